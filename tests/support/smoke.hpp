// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/experiment.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace nbk::testing {

/// A 32 x 32 image of a triclinic crystal with one thing changed, and four figures that the C program (serial, x86-64)
/// gave for it. Sums were printed with nine digits, pixels with eight.
struct SmokeCase {
  std::string name;
  std::string flags;  ///< what is changed, as flags
  double sum = 0;     ///< photons, over the image
  double max = 0;     ///< brightest pixel, photons
  std::size_t max_fast = 0, max_slow = 0;
  double pixel_7_7 = 0;

  Experiment experiment() const;
};

/// All 28.
std::vector<SmokeCase> smoke_cases();

/// Relative differences between an image's figures and the C program's.
struct SmokeErrors {
  double sum = 0, max = 0, pixel_7_7 = 0;
  bool same_place = false;  ///< the brightest pixel is where it should be
};
SmokeErrors smoke_errors(const SmokeCase& expected, std::span<const float> image);

}  // namespace nbk::testing
