// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/detector.hpp"
#include "nbk/scene/make_panels.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace nbk::plan {

/// The masks of all panels as kernels read them, one behind the other: 0 where a pixel is not computed, else 1.
struct MaskTable {
  std::vector<std::uint8_t> bytes;
  std::vector<std::ptrdiff_t> begins;  ///< of each panel's mask; < 0: it has none
};

/// Puts the masks of a detector into a table.
inline MaskTable mask_table(const Detector& detector) {
  MaskTable table;
  for (std::size_t p = 0; p < panel_count(detector); ++p) {
    const std::vector<std::uint16_t>& mask = mask_of(detector, p);
    table.begins.push_back(mask.empty() ? -1 : static_cast<std::ptrdiff_t>(table.bytes.size()));
    for (const std::uint16_t pixel : mask) table.bytes.push_back(pixel != 0);
  }
  return table;
}

}  // namespace nbk::plan
