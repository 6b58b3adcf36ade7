// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>

namespace nbk::bench::measure {

/// Best rates of this machine's device, measured in this process with all its threads.
struct Peaks {
  double float_flops_per_s = 0;   ///< multiply-adds in float32, two operations each
  double double_flops_per_s = 0;  ///< in float64
  double store_bytes_per_s = 0;   ///< writing as much memory as was asked for, again and again

  /// Keeps the better of two measurements. A busy machine makes one of a moment too low.
  void take_best(const Peaks& other);
};

/// Measures the best rates in about a third of a second. Call it several times over a run and keep the best.
/// \param device  one of devices() \param image_bytes  size of the memory that is written: data that stays in a cache
/// is to be compared with that cache \throws InvalidInput
Peaks measure_peaks(std::string_view device, std::size_t image_bytes);

}  // namespace nbk::bench::measure
