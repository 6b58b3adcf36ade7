// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace nbk::bench::measure {

/// What this machine's device does at best, measured in this process with all its threads.
struct Peaks {
  double float_flops_per_s = 0;   ///< multiply-adds in float32, two operations each
  double double_flops_per_s = 0;  ///< in float64
  double store_bytes_per_s = 0;   ///< writing memory that fits no cache
};

/// Takes about a third of a second. \param device one of devices() \throws InvalidInput
Peaks measure_peaks(std::string_view device);

}  // namespace nbk::bench::measure
