// SPDX-License-Identifier: MIT
#pragma once

// nvcc gives empty members of Views room of their own, so what kernels receive has it here, too.
#define MDSPAN_IMPL_HAS_CPP_ATTRIBUTE(attribute) 0

#include "device.hpp"

#include <Kokkos_Core.hpp>

#include <array>
#include <cstddef>
#include <string>

/// \file
/// Spaces with the names of Kokkos' CUDA backend, for a Kokkos that has none: so the library's device code is
/// instantiated with the same types, and the same names of kernels, as nvcc sees them. What a kernel receives is laid
/// out as in that backend, of Kokkos 5; the sizes are compared with those in nvcc's code at each launch.

namespace Kokkos {

class Cuda;

/// Memory of the device of tests/gpu/run.
class CudaSpace {
 public:
  using memory_space = CudaSpace;
  using execution_space = Cuda;
  using device_type = Kokkos::Device<Cuda, CudaSpace>;
  using size_type = unsigned int;
  using index_type = int;

  void* allocate(std::size_t bytes) const { return nbk::gpu_run::device().memory.allocate(bytes); }
  void* allocate(const Cuda&, std::size_t bytes) const { return allocate(bytes); }
  void* allocate(const char*, std::size_t bytes, std::size_t = 0) const { return allocate(bytes); }
  void* allocate(const Cuda&, const char*, std::size_t bytes, std::size_t = 0) const { return allocate(bytes); }
  void deallocate(void* memory, std::size_t) const { nbk::gpu_run::device().memory.release(memory); }
  void deallocate(const char*, void* memory, std::size_t, std::size_t = 0) const { deallocate(memory, 0); }

  static constexpr const char* name() { return "Cuda"; }
};

/// Execution space of the device of tests/gpu/run. Everything has finished when a call returns.
class Cuda {
 public:
  using execution_space = Cuda;
  using memory_space = CudaSpace;
  using device_type = Kokkos::Device<Cuda, CudaSpace>;
  using index_type = CudaSpace::index_type;
  using size_type = CudaSpace::size_type;
  using array_layout = LayoutLeft;
  using scratch_memory_space = ScratchMemorySpace<Cuda>;

  Cuda() {}
  static void impl_static_fence(const std::string&) {}
  void fence(const std::string& = "") const {}
  int concurrency() const { return 2048; }
  void print_configuration(std::ostream&, bool = false) const {}
  static const char* name() { return "Cuda"; }
  std::uint32_t impl_instance_id() const noexcept { return 1; }

  friend bool operator==(const Cuda&, const Cuda&) { return true; }
  friend bool operator!=(const Cuda&, const Cuda&) { return false; }

 private:
  [[maybe_unused]] std::array<const void*, 2> m_instance{};  // where the real one keeps a shared pointer
};

template <>
struct Tools::Experimental::DeviceTypeTraits<Cuda> {
  static constexpr DeviceType id = DeviceType::Cuda;
  static int device_id(const Cuda&) { return 0; }
};

template <>
struct default_outer_direction<Cuda> {
  using type = Iterate;
  static constexpr Iterate value = Iterate::Left;
};
template <>
struct default_inner_direction<Cuda> {
  using type = Iterate;
  static constexpr Iterate value = Iterate::Left;
};

namespace Impl {

template <>
struct MemorySpaceAccess<HostSpace, CudaSpace> {
  enum : bool { assignable = false };
  enum : bool { accessible = false };
};
template <>
struct MemorySpaceAccess<CudaSpace, HostSpace> {
  enum : bool { assignable = false };
  enum : bool { accessible = false };
};

// Kokkos' own checks of Views are left out: functors of kernels are called on the host, too, and the pages of the
// device's memory are closed to all other code.
template <class AccessSpace>
struct RuntimeCheckMemoryAccessViolation<CudaSpace, AccessSpace, false> {
  explicit RuntimeCheckMemoryAccessViolation(const char*) {}
};
template <class AccessSpace>
struct RuntimeCheckBasicViewMemoryAccessViolation<CudaSpace, AccessSpace, false> {
  explicit RuntimeCheckBasicViewMemoryAccessViolation(const SharedAllocationTracker&) {}
};

/// Copies between host and device, and inside the device.
struct CopyOfDevice {
  CopyOfDevice(void* to, const void* from, std::size_t bytes) { nbk::gpu_run::device().memory.copy(to, from, bytes); }
  template <class Exec>
  CopyOfDevice(const Exec&, void* to, const void* from, std::size_t bytes) : CopyOfDevice(to, from, bytes) {}
};
template <class Exec>
struct DeepCopy<CudaSpace, HostSpace, Exec> : CopyOfDevice {
  using CopyOfDevice::CopyOfDevice;
};
template <class Exec>
struct DeepCopy<HostSpace, CudaSpace, Exec> : CopyOfDevice {
  using CopyOfDevice::CopyOfDevice;
};
template <class Exec>
struct DeepCopy<CudaSpace, CudaSpace, Exec> : CopyOfDevice {
  using CopyOfDevice::CopyOfDevice;
};

template <>
struct ZeroMemset<Cuda> {
  ZeroMemset(const Cuda&, void* to, std::size_t bytes) { nbk::gpu_run::device().memory.set(to, 0, bytes); }
};

template <>
struct TileSizeRecommended<Cuda> {
  template <class Policy>
  static auto get(const Policy&) {
    // Fast indices first; of three, as the real one has them.
    typename Policy::tile_type tile{};
    constexpr int rank = Policy::rank;
    for (int i = 0; i < rank; ++i) {
      const int at = Policy::inner_direction == Iterate::Left ? i : rank - 1 - i;
      tile[at] = rank == 3 ? (i == 0 ? 32 : i == 1 ? 2 : 4) : (i == 0 ? 16 : 2);
    }
    return tile;
  }
};

template <>
inline TileSizeProperties get_tile_size_properties<Cuda>(const Cuda&) {
  TileSizeProperties properties;
  properties.max_threads = 2048;
  properties.max_total_tile_size = 512;
  properties.max_threads_dimensions[0] = 1024;
  properties.max_threads_dimensions[1] = 1024;
  properties.max_threads_dimensions[2] = 64;
  return properties;
}

}  // namespace Impl
}  // namespace Kokkos

KOKKOS_IMPL_HOST_INACCESSIBLE_SHARED_ALLOCATION_SPECIALIZATION(Kokkos::CudaSpace);

#include "cuda_kernels.hpp"
