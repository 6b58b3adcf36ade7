// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace nbk::gpu_run {

/// Classes of instructions; ptx_classes.py has the same.
enum InstructionClass {
  fma32,
  mul32,
  add32,
  fma64,
  mul64,
  add64,
  convert,
  special,
  loads,
  parameters,
  stores,
  compare,
  integer,
  moves,
  branch,
  other,
  sign,  ///< of an operand: no instruction of machine code
  class_count
};

/// Instructions of a basic block.
using InstructionCounts = std::array<std::uint16_t, class_count>;

/// Instructions that have been executed: by single lanes, and by warps, in which lanes that took another branch idle.
struct Executed {
  std::array<double, class_count> by_lanes{}, by_warps{};

  /// Share of a warp's lanes that computed, of all instructions.
  double active_lanes() const;
  /// Fewest cycles in which a quarter of a multiprocessor of compute capability 9.0 executes them, and what sets them.
  struct Cycles {
    double number = 0;
    const char* unit = "";
  };
  Cycles least_cycles() const;
  /// Largest share of the peak of fused operations in single (or double) precision that follows.
  double share_of_peak(bool in_double) const;
};

/// Returns what the kernels of the program have executed.
Executed executed();
Executed operator-(const Executed& a, const Executed& b);

/// Row of a workload. \param evaluations  of all pixels
std::string table_row(const std::string& precision, const std::string& name, const Executed& executed,
                      double evaluations, double evaluations_per_pixel, bool in_double);

}  // namespace nbk::gpu_run
