// SPDX-License-Identifier: MIT
#pragma once

namespace nbk {

/// Way in which solid angle, polarisation and absorption weight the terms of a pixel; launch/dispatch.hpp turns it into
/// a type.
enum class TermWeighting {
  first_value,  ///< one value of each multiplies the whole sum: `compat`
  compounding,  ///< some multiply the running sum after every term: `compat` with an oversample_* flag
  per_term,     ///< every term has its own: `corrected`
};

}  // namespace nbk
