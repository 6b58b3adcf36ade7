// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace nbk::bench::measure {

/// A pixel that none of its eight neighbours exceeds.
struct LocalMaximum {
  int fast = 0, slow = 0;
  float value = 0;
};

/// The brightest local maxima above the image's 95th percentile, brightest first. \param width pixels of a row
std::vector<LocalMaximum> brightest_maxima(std::span<const float> image, std::size_t width, std::size_t most = 10);

/// Distances of the maxima of one image from the nearest ones of another, pixels.
struct MaximaDistance {
  double mean = 0, max = 0;
};

/// Nothing when either list is empty.
std::optional<MaximaDistance> distance_of(const std::vector<LocalMaximum>& ours,
                                          const std::vector<LocalMaximum>& reference);

}  // namespace nbk::bench::measure
