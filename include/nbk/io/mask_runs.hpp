// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace nbk::io {

/// A mask as lengths of runs, by turns of pixels that are computed and of pixels that are not, the first of them
/// possibly 0: {5, 2} are five computed pixels and two that are not.
inline std::vector<std::uint64_t> runs_of(std::span<const std::uint16_t> mask) {
  std::vector<std::uint64_t> runs;
  bool computed = true;
  std::uint64_t length = 0;
  for (const std::uint16_t pixel : mask) {
    if ((pixel != 0) != computed) {
      runs.push_back(length);
      computed = !computed;
      length = 0;
    }
    ++length;
  }
  if (!mask.empty()) runs.push_back(length);
  return runs;
}

/// The mask of its runs: 1 for computed, 0 for not.
inline std::vector<std::uint16_t> mask_of(std::span<const std::uint64_t> runs) {
  std::vector<std::uint16_t> mask;
  std::uint16_t value = 1;
  for (const std::uint64_t length : runs) {
    mask.insert(mask.end(), static_cast<std::size_t>(length), value);
    value = value == 0;
  }
  return mask;
}

}  // namespace nbk::io
