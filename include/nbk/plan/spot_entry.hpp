// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace nbk {

/// A spot on a panel: a reflection of one orientation, seen from one source direction. Numbers are as small as they can
/// be, since there are millions of entries; plan/spot_lists.hpp says which experiments have larger ones.
struct SpotEntry {
  std::uint32_t task = 0;        ///< number of the source group times the orientations, plus that of the orientation
  std::uint32_t area = 0;        ///< number of the area it lights
  std::int16_t h = 0;            ///< Miller index
  std::int16_t k = 0;            ///< Miller index
  std::int16_t l = 0;            ///< Miller index
  std::uint16_t fast_least = 0;  ///< first lit pixel of its rows
  std::uint16_t fast_most = 0;   ///< last lit pixel of its rows
  std::uint16_t slow_least = 0;  ///< first lit row of the panel
  std::uint16_t slow_most = 0;   ///< last lit row of the panel
};

}  // namespace nbk
