// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace nbk::bench::flags {

/// Returns what an offset does to integer images of 16 bits that is probably not meant; empty: nothing.
/// \param has_scale  false: the brightest pixel becomes 55000 before the offset
inline std::string offset_remark(double offset_counts, bool has_scale) {
  constexpr double most_counts = 65535, automatic_peak = 55000;
  if (offset_counts > most_counts) return "all pixels of the integer images are 65535, their largest value";
  if (offset_counts < 0)
    return "pixels of the integer images that have fewer counts than that are 0, their least value";
  if (offset_counts <= most_counts - automatic_peak || has_scale) return {};
  return "the brightest pixels of the integer image are 65535, its largest value, because the maximum becomes 55000 "
         "before the offset; give -scale";
}

}  // namespace nbk::bench::flags
