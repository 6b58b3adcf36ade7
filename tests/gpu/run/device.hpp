// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>

/// \file
/// The device that tests/gpu/run pretends to have: memory that only kernels and copies reach, and kernels that are the
/// machine code of nvcc (PTX) translated to C++, or the same functors called on the host. cuda_space.hpp makes it an
/// execution space of Kokkos.

namespace nbk::gpu_run {

/// What a real device would have reported, or worse, silently done.
class DeviceFault : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Extents of a launch, as CUDA has them.
struct LaunchExtents {
  std::array<unsigned, 3> grid{1, 1, 1}, block{1, 1, 1};
  std::size_t shared_bytes = 0;
};

/// Who computes a kernel.
enum class Engine {
  host,        ///< the functor, compiled by the host's compiler, one index after the other
  translated,  ///< nvcc's code
};

/// Memory of the device. Host code that touches it outside of copies and kernels is stopped by the system. New memory
/// has the byte 0xCD everywhere, and a page behind it that nobody may touch.
class DeviceMemory {
 public:
  /// Range of an allocation.
  struct Range {
    std::uintptr_t begin = 0;
    std::size_t bytes = 0;
  };

  /// Makes the memory reachable as long as it lives.
  class Access {
   public:
    explicit Access(DeviceMemory& memory) : m_memory(memory) { m_memory.open(+1); }
    Access(const Access&) = delete;
    Access& operator=(const Access&) = delete;
    ~Access() { m_memory.open(-1); }

   private:
    DeviceMemory& m_memory;
  };

  DeviceMemory() = default;
  DeviceMemory(const DeviceMemory&) = delete;
  DeviceMemory& operator=(const DeviceMemory&) = delete;
  ~DeviceMemory();

  /// Who reaches an allocation outside of copies and kernels.
  enum class Reach { device, host };  // the latter is CUDA's pinned memory

  void* allocate(std::size_t bytes, Reach reach = Reach::device);
  void release(void* memory);
  std::size_t allocations() const { return m_blocks.size(); }
  /// Finds the allocation that an address is in; {0, 0} if there is none.
  Range range_of(std::uintptr_t address) const;
  /// Copies to, from or inside of the device.
  void copy(void* to, const void* from, std::size_t bytes);
  void set(void* to, int byte, std::size_t bytes);

 private:
  struct Block {
    std::size_t bytes = 0, mapped = 0;
    Reach reach = Reach::device;
  };
  void open(int step);
  void protect(std::uintptr_t begin, const Block& block) const;

  std::map<std::uintptr_t, Block> m_blocks;
  int m_open = 0;
};

/// The device, and how its kernels are run. One for the program, as Kokkos' spaces are.
struct Device {
  DeviceMemory memory;
  Engine engine = Engine::host;
  unsigned block_threads = 128;     ///< of one-dimensional launches
  unsigned most_blocks = 1U << 30;  ///< of a grid; fewer than wanted make threads compute several indices
};

Device& device();

/// True for the mangled names of kernels of nbk's functors, or of their drivers; the others are Kokkos' own (fills of
/// Views).
inline bool is_of_nbk(const std::string& name) {
  for (const char* const pattern : {"ParallelForIN3nbk", "ParallelForMDRangeIN3nbk", "CombinedFunctorReducerIN3nbk"}) {
    if (name.find(pattern) != std::string::npos) return true;
  }
  return false;
}

/// Runs a translated kernel.
/// \param driver  mangled name of the type that Kokkos passes to the kernel
/// \param bytes   of the object
/// \throws DeviceFault  there is no such kernel, or one whose parameter has another size, or it faulted
void run_translated(const char* driver, const void* object, std::size_t bytes, const LaunchExtents& extents);

}  // namespace nbk::gpu_run
