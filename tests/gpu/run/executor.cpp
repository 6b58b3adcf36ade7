// SPDX-License-Identifier: MIT
#include "kernels.hpp"

#include <cxxabi.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>

namespace nbk::gpu_run {

namespace {

constexpr int warp_lanes = 32;
constexpr int finished = -1;

std::string demangled(const char* name) {
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> text(abi::__cxa_demangle(name, nullptr, nullptr, &status), std::free);
  return status == 0 ? text.get() : name;
}

/// The first argument of a template's name, from behind its '<'.
std::string first_argument(const std::string& name, std::size_t begin) {
  int depth = 0;
  std::size_t end = begin;
  for (; end < name.size(); ++end) {
    const char c = name[end];
    if (depth == 0 && (c == '>' || c == ',')) break;
    depth += c == '<' || c == '(' ? 1 : c == '>' || c == ')' ? -1 : 0;
  }
  while (end > begin && name[end - 1] == ' ') --end;
  return name.substr(begin, end - begin);
}

/// Runs one block of threads.
class BlockRun {
 public:
  BlockRun(Kernel& kernel, const LaunchExtents& extents, BlockMemory& memory, std::vector<std::max_align_t>& registers,
           std::uint64_t& steps)
      : m_kernel(kernel), m_memory(memory), m_registers(registers), m_steps(steps) {
    const auto& block = extents.block;
    m_lanes.resize(std::size_t(block[0]) * block[1] * block[2]);
    m_next.assign(m_lanes.size(), 0);
    m_waits.assign(m_lanes.size(), Wait::none);
    m_words = (kernel.code.register_bytes + sizeof(std::max_align_t) - 1) / sizeof(std::max_align_t);
    m_registers.resize(m_words * m_lanes.size());
    for (Lane& lane : m_lanes) {
      lane.ntid = block;
      lane.nctaid = extents.grid;
      lane.memory = &memory;
    }
  }

  void run(const std::array<unsigned, 3>& place) {
    // Registers and shared memory of a device hold anything at first.
    std::memset(static_cast<void*>(m_registers.data()), 0xCD, m_registers.size() * sizeof(std::max_align_t));
    std::fill(m_memory.shared.begin(), m_memory.shared.end(), static_cast<unsigned char>(0xCD));
    std::fill(m_memory.shared_written.begin(), m_memory.shared_written.end(), static_cast<unsigned char>(0));
    std::fill(m_next.begin(), m_next.end(), 0);
    std::fill(m_waits.begin(), m_waits.end(), Wait::none);
    for (std::size_t i = 0; i < m_lanes.size(); ++i) {
      Lane& lane = m_lanes[i];
      const auto index = static_cast<unsigned>(i);
      lane.ctaid = place;
      lane.tid = {index % lane.ntid[0], index / lane.ntid[0] % lane.ntid[1], index / lane.ntid[0] / lane.ntid[1]};
    }
    const std::size_t warps = (m_lanes.size() + warp_lanes - 1) / warp_lanes;
    do {
      for (std::size_t w = 0; w < warps; ++w) run_warp(executor().warps_backwards ? warps - 1 - w : w);
    } while (pass_barrier());
  }

 private:
  bool is_ready(std::size_t i) const { return m_next[i] != finished && m_waits[i] == Wait::none; }

  /// Runs the lanes of a warp until all wait for other warps or have finished; those that are furthest behind first, so
  /// that lanes meet again behind a branch.
  void run_warp(std::size_t warp) {
    const std::size_t begin = warp * warp_lanes, end = std::min(begin + warp_lanes, m_lanes.size());
    while (true) {
      int block = finished;
      for (std::size_t i = begin; i < end; ++i) {
        if (is_ready(i) && (block == finished || m_next[i] < block)) block = m_next[i];
      }
      if (block == finished) {
        if (!pass_warp_barrier(begin, end)) return;
        continue;
      }
      run_block(block, begin, end);
    }
  }

  void run_block(int number, std::size_t begin, std::size_t end) {
    const TranslatedBlock& block = m_kernel.code.blocks[number];
    std::uint64_t lanes = 0;
    for (std::size_t i = begin; i < end; ++i) {
      if (m_next[i] != number || m_waits[i] != Wait::none) continue;
      ++lanes;
      m_at = i;
      m_block = number;
      m_next[i] = block.run(&m_registers[i * m_words], m_lanes[i]);
      if (m_next[i] != finished) m_waits[i] = block.wait;
      if (block.wait != Wait::none) m_barriers[i % warp_lanes] = number;
    }
    m_kernel.lanes[static_cast<std::size_t>(number)] += lanes;
    ++m_kernel.warps[static_cast<std::size_t>(number)];
    m_steps += lanes;
    if (m_steps > executor().most_steps) throw DeviceFault("the kernel does not come to an end");
  }

  /// Lets lanes go on that wait for each other inside a warp. Returns false if there are none.
  bool pass_warp_barrier(std::size_t begin, std::size_t end) {
    bool passed = false;
    for (std::size_t i = begin; i < end; ++i) {
      if (m_waits[i] != Wait::warp) continue;
      bool all = true;
      for (std::size_t j = begin; j < end; ++j) {
        const bool wanted = (m_lanes[i].barrier_lanes >> (j - begin) & 1U) != 0;
        all = all && (!wanted || m_next[j] == finished || m_waits[j] == Wait::warp);
      }
      if (!all) continue;
      for (std::size_t j = begin; j < end; ++j) {
        if ((m_lanes[i].barrier_lanes >> (j - begin) & 1U) != 0 && m_waits[j] == Wait::warp) m_waits[j] = Wait::none;
      }
      passed = true;
    }
    return passed;
  }

  /// Lets all lanes go on that wait for the whole block. Returns false if all have finished.
  bool pass_barrier() {
    std::optional<Wait> wait;
    bool vote = false;
    for (std::size_t i = 0; i < m_lanes.size(); ++i) {
      if (m_next[i] == finished) continue;
      m_at = i;
      m_block = m_next[i];
      if (m_waits[i] == Wait::warp) throw DeviceFault("a lane waits for lanes of its warp that never come");
      if (wait && *wait != m_waits[i]) throw DeviceFault("lanes wait at different barriers");
      wait = m_waits[i];
      vote = vote || (m_waits[i] == Wait::vote && m_lanes[i].vote);
    }
    if (!wait) return false;
    for (std::size_t i = 0; i < m_lanes.size(); ++i) {
      if (m_next[i] == finished) continue;
      if (m_waits[i] == Wait::vote) *m_lanes[i].vote_result = vote;
      m_waits[i] = Wait::none;
    }
    return true;
  }

  Kernel& m_kernel;
  BlockMemory& m_memory;
  std::vector<std::max_align_t>& m_registers;
  std::uint64_t& m_steps;
  std::size_t m_words = 0;
  std::vector<Lane> m_lanes;
  std::vector<int> m_next;
  std::vector<Wait> m_waits;
  std::array<int, warp_lanes> m_barriers{};

 public:
  std::size_t m_at = 0;  ///< lane and block that are computed, for messages
  int m_block = 0;
};

}  // namespace

void bad_access(const char* what, std::uint64_t address, std::size_t bytes) {
  char text[160];
  std::snprintf(text, sizeof(text), "%s: %zu bytes at %#llx", what, bytes, static_cast<unsigned long long>(address));
  throw DeviceFault(text);
}

std::map<std::string, Kernel>& kernels() {
  static std::map<std::string, Kernel> all;
  return all;
}

Executor& executor() {
  static Executor only;
  return only;
}

Registration::Registration(const TranslatedKernel& code) {
  const std::string name = demangled(code.name), stem = "Kokkos::Impl::cuda_parallel_launch_";
  const std::size_t begin = name.find(stem), argument = name.find('<', begin);
  Kernel kernel{code, code.name, false, {}, {}, 0};
  if (begin != std::string::npos && argument != std::string::npos) {
    kernel.driver = first_argument(name, argument + 1);
    kernel.in_constant_memory = name.compare(begin + stem.size(), 8, "constant") == 0;
  }
  if (kernels().count(kernel.driver) > 0) kernel.driver = name;  // the same, passed in another way
  kernel.lanes.assign(static_cast<std::size_t>(code.block_count), 0);
  kernel.warps = kernel.lanes;
  kernels().emplace(kernel.driver, kernel);
}

Kernel* kernel_named(const std::string& name) {
  for (auto& [driver, kernel] : kernels()) {
    if (kernel.code.name == name) return &kernel;
  }
  return nullptr;
}

void run_translated(const char* driver, const void* object, std::size_t bytes, const LaunchExtents& extents) {
  const std::string name = demangled(driver);
  const auto found = kernels().find(name);
  if (found == kernels().end()) throw DeviceFault("nvcc's code has no kernel for " + name);
  run_kernel(found->second, object, bytes, extents);
}

void run_kernel(Kernel& kernel, const void* object, std::size_t bytes, const LaunchExtents& extents) {
  const std::string& name = kernel.driver;
  if (!kernel.in_constant_memory && kernel.code.parameter_bytes != bytes) {
    throw DeviceFault("nvcc's kernel takes " + std::to_string(kernel.code.parameter_bytes) + " bytes, not " +
                      std::to_string(bytes) + ": " + name);
  }
  ++kernel.launches;
  BlockMemory memory;
  memory.global = &device().memory;
  memory.approximation = executor().approximation;
  memory.mutant = executor().mutant;
  memory.shared.resize(extents.shared_bytes);
  memory.shared_written.resize(extents.shared_bytes);
  const std::unique_ptr<std::max_align_t[]> copy(new std::max_align_t[bytes / sizeof(std::max_align_t) + 1]);
  std::memcpy(copy.get(), object, bytes);
  (kernel.in_constant_memory ? memory.constant : memory.parameter) = {reinterpret_cast<std::uintptr_t>(copy.get()),
                                                                      bytes};
  std::vector<std::max_align_t> registers;
  std::uint64_t steps = 0;
  BlockRun run(kernel, extents, memory, registers, steps);
  try {
    for (unsigned z = 0; z < extents.grid[2]; ++z) {
      for (unsigned y = 0; y < extents.grid[1]; ++y) {
        for (unsigned x = 0; x < extents.grid[0]; ++x) run.run({x, y, z});
      }
    }
    executor().mutant_reached = executor().mutant_reached || memory.mutant_reached;
  } catch (const DeviceFault& fault) {
    throw DeviceFault(std::string(fault.what()) + "\n  in thread " + std::to_string(run.m_at) + ", basic block " +
                      std::to_string(run.m_block) + " of " + name);
  }
}

}  // namespace nbk::gpu_run
