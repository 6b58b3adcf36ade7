// SPDX-License-Identifier: MIT
#pragma once

#include "counts.hpp"
#include "lane.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace nbk::gpu_run {

/// What a lane waits for behind a block.
enum class Wait { none, warp, block, vote };

/// A basic block: its function returns the number of the next one, -1 at the end.
struct TranslatedBlock {
  int (*run)(void* registers, Lane& lane);
  Wait wait;
  InstructionCounts counts;
};

/// A kernel as the translator wrote it.
struct TranslatedKernel {
  const char* name;  ///< mangled
  std::size_t parameter_bytes;
  std::size_t register_bytes;
  const TranslatedBlock* blocks;
  int block_count;
  int mutants;  ///< changes that can be selected
};

/// A kernel with what has been executed of it.
struct Kernel {
  TranslatedKernel code;
  std::string driver;                       ///< readable name of the type that Kokkos passes
  bool in_constant_memory = false;          ///< how it passes it
  std::vector<std::uint64_t> lanes, warps;  ///< executions of each block
  std::uint64_t launches = 0;
};

/// All kernels of the program, by Kernel::driver.
std::map<std::string, Kernel>& kernels();

/// Finds a kernel by its mangled name; nullptr if it was not translated.
Kernel* kernel_named(const std::string& name);

/// Runs a kernel. \param object  what is passed to it, of these bytes \throws DeviceFault
void run_kernel(Kernel& kernel, const void* object, std::size_t bytes, const LaunchExtents& extents);

/// Adds a kernel to kernels().
struct Registration {
  explicit Registration(const TranslatedKernel& code);
};

/// Settings of the executor. One for the program, as device().
struct Executor {
  Approximation approximation = Approximation::rounded;
  int mutant = -1;
  bool mutant_reached = false;  ///< since it was set to false
  bool warps_backwards = false;
  std::uint64_t most_steps = std::uint64_t(1) << 34;  ///< blocks of a launch, all lanes; more is taken for a hang
};

Executor& executor();

}  // namespace nbk::gpu_run
