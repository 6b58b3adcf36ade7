// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/detector.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace nbk::plan {

/// The mask as kernels read it: 0 where a pixel is not computed, else 1; empty if there is none.
inline std::vector<std::uint8_t> mask_bytes(const Detector& detector) {
  std::vector<std::uint8_t> bytes(detector.mask.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = detector.mask[i] != 0;
  return bytes;
}

}  // namespace nbk::plan
