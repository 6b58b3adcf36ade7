// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>

namespace nbk::gpu_run {

/// Classes of instructions; ptx_classes.py has the same.
enum InstructionClass {
  fma32, mul32, add32, fma64, mul64, add64, convert, special, loads, parameters, stores, compare, integer, moves, branch,
  other, class_count
};

using InstructionCounts = std::array<std::uint16_t, class_count>;

}  // namespace nbk::gpu_run
