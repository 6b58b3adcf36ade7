// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/concepts.hpp"

#include <Kokkos_Core.hpp>

#include <string>
#include <type_traits>
#include <vector>

namespace nbk {

/// A table in the memory of an execution space.
template <class T, ExecSpace Exec>
using DeviceTable = Kokkos::View<T*, typename Exec::memory_space>;

/// Copies `values` into `table`, which keeps its memory when the size is the same (a plan updated in place allocates
/// nothing). The copy has finished when the function returns.
template <class T, ExecSpace Exec>
  requires std::is_trivially_copyable_v<T>
void upload(const Exec& exec, const std::string& label, const std::vector<T>& values, DeviceTable<T, Exec>& table) {
  if (table.extent(0) != values.size()) {
    table = DeviceTable<T, Exec>(Kokkos::view_alloc(exec, label, Kokkos::WithoutInitializing), values.size());
  }
  // As bytes, so that one copy serves all types.
  using Bytes = Kokkos::View<unsigned char*, typename Exec::memory_space, Kokkos::MemoryTraits<Kokkos::Unmanaged>>;
  using HostBytes = Kokkos::View<const unsigned char*, Kokkos::HostSpace, Kokkos::MemoryTraits<Kokkos::Unmanaged>>;
  const std::size_t size = values.size() * sizeof(T);
  Kokkos::deep_copy(exec, Bytes(reinterpret_cast<unsigned char*>(table.data()), size),
                    HostBytes(reinterpret_cast<const unsigned char*>(values.data()), size));
  exec.fence("nbk::upload");
}

}  // namespace nbk
