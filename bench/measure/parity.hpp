// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace nbk::bench::measure {

/// A pixel where two images differ.
struct DifferingPixel {
  std::size_t fast = 0, slow = 0;
  float ours = 0, reference = 0;  ///< photons
};

/// Closeness of an image to a reference, all sums in double. A value that is not a number in either image makes every
/// field that it enters NaN, and NaN passes no bound.
struct Parity {
  double correlation = 0;  ///< Pearson's; where an image is constant 1 for equal images, else NaN
  double sum_ours = 0, sum_reference = 0;
  double sum_ratio = 0;               ///< ours / reference; where that is 0 1 for equal images, else NaN
  double rmse = 0;                    ///< root of the mean squared difference, photons
  double max_abs_difference = 0;      ///< photons
  double max_reference = 0;           ///< brightest pixel of the reference, photons
  std::vector<DifferingPixel> worst;  ///< the largest differences first; those that are NaN before all others

  /// The largest difference as a share of the reference's brightest pixel.
  double relative_difference() const;
};

/// Compares two images of one size.
/// \param width       pixels along the fast axis, to name the places of the worst ones
/// \param worst_count how many differing pixels to list, at most
/// \throws InvalidInput when the sizes differ, are 0 or are no multiple of `width`
Parity compare(std::span<const float> ours, std::span<const float> reference, std::size_t width,
               std::size_t worst_count = 10);

/// Bounds that an image has to reach to be in parity.
struct ParityBounds {
  double min_correlation = 0.999999;
  double max_sum_ratio_error = 1e-5;      ///< of |sum ratio - 1|
  double max_relative_difference = 1e-6;  ///< of any pixel, as a share of the brightest one
};

/// Tells whether everything is within its bound.
bool in_parity(const Parity& parity, const ParityBounds& bounds);

/// Bounds of an image in a precision, against float64's, the C program's or the built-in reference's. Beside a sharp
/// peak a single pixel of the narrower ones may differ: correlation and sum judge them.
ParityBounds bounds_of(std::string_view dtype);

/// Tells whether images agree. Without any difference they do, also where an image without contrast has no correlation.
bool agree(const Parity& parity, const ParityBounds& bounds);

}  // namespace nbk::bench::measure
