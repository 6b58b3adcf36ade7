// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace nbk {

/// A spot on a panel: a reflection of one orientation, seen from one source direction. Numbers are as small as they can
/// be, since there are millions of entries; plan/spot_lists.hpp says which experiments have larger ones.
struct SpotEntry {
  std::uint32_t task = 0;  ///< number of the source group times the orientations, plus that of the orientation
  std::uint32_t area = 0;  ///< number of the area it lights
  std::int16_t h = 0, k = 0, l = 0;                                            ///< Miller indices
  std::uint16_t fast_least = 0, fast_most = 0, slow_least = 0, slow_most = 0;  ///< pixels of the panel, bounds included
};

}  // namespace nbk
