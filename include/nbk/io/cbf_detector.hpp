// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace nbk::io {

/// Returns the name of the detector with these pixels, as headers of mini-CBF files have it; nothing where there is
/// none. Readers find the gaps between modules by it. A PILATUS has n x m modules of 487 x 195 pixels, 7 and 17 apart.
inline std::optional<std::string> cbf_detector(int pixels_fast, int pixels_slow) {
  struct Named {
    int fast, slow;
    std::string_view name;
  };
  constexpr std::array<Named, 17> known{{{487, 195, "PILATUS 100K"},
                                         {487, 407, "PILATUS 200K"},
                                         {487, 619, "PILATUS 300K"},
                                         {1475, 195, "PILATUS 300K-W"},
                                         {981, 1043, "PILATUS 1M"},
                                         {1475, 1679, "PILATUS 2M"},
                                         {2463, 2527, "PILATUS 6M"},
                                         {1030, 514, "EIGER 500K"},
                                         {1030, 1065, "EIGER 1M"},
                                         {2070, 2167, "EIGER 4M"},
                                         {3110, 3269, "EIGER 9M"},
                                         {4150, 4371, "EIGER 16M"},
                                         {1028, 512, "EIGER2 500K"},
                                         {1028, 1062, "EIGER2 1M"},
                                         {2068, 2162, "EIGER2 4M"},
                                         {3108, 3262, "EIGER2 9M"},
                                         {4148, 4362, "EIGER2 16M"}}};
  for (const Named& detector : known) {
    if (detector.fast == pixels_fast && detector.slow == pixels_slow) return std::string(detector.name);
  }
  constexpr int module_fast = 487, gap_fast = 7, module_slow = 195, gap_slow = 17;
  const int columns = (pixels_fast + gap_fast) / (module_fast + gap_fast);
  const int rows = (pixels_slow + gap_slow) / (module_slow + gap_slow);
  const bool whole = columns >= 1 && rows >= 1 && columns * (module_fast + gap_fast) - gap_fast == pixels_fast &&
                     rows * (module_slow + gap_slow) - gap_slow == pixels_slow;
  if (!whole) return std::nullopt;
  return "PILATUS " + std::to_string(columns) + "x" + std::to_string(rows);
}

/// Returns the same, or throws.
/// \throws InvalidInput  no PILATUS or EIGER has these pixels
inline std::string require_cbf_detector(int pixels_fast, int pixels_slow) {
  if (const auto name = cbf_detector(pixels_fast, pixels_slow)) return *name;
  reject("detector pixels of a mini-CBF", std::to_string(pixels_fast) + " x " + std::to_string(pixels_slow),
         "must be those of a PILATUS (n*487+(n-1)*7 by m*195+(m-1)*17, such as 2463 x 2527) or of an EIGER (such as "
         "2070 x 2167), from which readers know the detector; --nexus takes any");
}

}  // namespace nbk::io
