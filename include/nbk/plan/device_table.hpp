// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/concepts.hpp"

#include <Kokkos_Core.hpp>

#include <cstddef>
#include <cstring>
#include <string>
#include <type_traits>
#include <vector>

namespace nbk {

/// Bytes in the memory of an execution space: what tables of all types have in common, compiled once for all. The
/// memory grows where it has to and is never given back, so that a plan updated in place stops allocating.
template <ExecSpace Exec>
class DeviceBytes {
 public:
  void* data() const { return m_memory.data(); }

  /// Makes room for `size` bytes; what they are is not defined.
  void resize(const Exec& exec, const char* label, std::size_t size) {
    if (size <= m_memory.extent(0)) return;
    m_memory = {};  // first, so that the two need not fit together
    m_memory = Memory(Kokkos::view_alloc(exec, std::string(label), Kokkos::WithoutInitializing), size);
  }

  /// Copies bytes of the host to the beginning. The copy has finished when the function returns.
  void assign(const Exec& exec, const char* label, const void* values, std::size_t size) {
    resize(exec, label, size);
    if (size == 0) return;
    if constexpr (is_host_space<Exec>) {  // without Kokkos' copies, of which a compiler has much to do
      exec.fence("nbk::upload");
      std::memcpy(data(), values, size);
    } else {
      Kokkos::deep_copy(exec, Bytes(m_memory.data(), size), HostBytes(static_cast<const unsigned char*>(values), size));
      exec.fence("nbk::upload");
    }
  }

  /// Copies the first bytes to the host. The copy has finished when the function returns.
  void copy_to(const Exec& exec, void* values, std::size_t size) const {
    if (size == 0) return;
    if constexpr (is_host_space<Exec>) {
      exec.fence("nbk::download");
      std::memcpy(values, data(), size);
    } else {
      using Values = Kokkos::View<const unsigned char*, typename Exec::memory_space, Unmanaged>;
      using HostValues = Kokkos::View<unsigned char*, Kokkos::HostSpace, Unmanaged>;
      Kokkos::deep_copy(exec, HostValues(static_cast<unsigned char*>(values), size), Values(m_memory.data(), size));
      exec.fence("nbk::download");
    }
  }

 private:
  using Unmanaged = Kokkos::MemoryTraits<Kokkos::Unmanaged>;
  using Memory = Kokkos::View<unsigned char*, typename Exec::memory_space>;
  using Bytes = Kokkos::View<unsigned char*, typename Exec::memory_space, Unmanaged>;
  using HostBytes = Kokkos::View<const unsigned char*, Kokkos::HostSpace, Unmanaged>;

  Memory m_memory;
};

/// A table in the memory of an execution space; see DeviceBytes.
template <class T, ExecSpace Exec>
  requires std::is_trivially_copyable_v<T>
class DeviceTable {
 public:
  /// nullptr where the table is empty.
  T* data() const { return m_size == 0 ? nullptr : static_cast<T*>(m_memory.data()); }
  std::size_t size() const { return m_size; }
  std::size_t bytes() const { return m_size * sizeof(T); }

  /// Makes room for `size` values; what they are is not defined.
  void resize(const Exec& exec, const char* label, std::size_t size) {
    m_size = 0;
    m_memory.resize(exec, label, size * sizeof(T));
    m_size = size;
  }

  /// Copies values into the table. The copy has finished when the function returns.
  void assign(const Exec& exec, const char* label, const std::vector<T>& values) {
    m_size = 0;
    m_memory.assign(exec, label, values.data(), values.size() * sizeof(T));
    m_size = values.size();
  }

  /// Copies the table to the host. The copy has finished when the function returns.
  /// \param values  has the size of the table
  void copy_to(const Exec& exec, std::vector<T>& values) const { m_memory.copy_to(exec, values.data(), bytes()); }

 private:
  DeviceBytes<Exec> m_memory;
  std::size_t m_size = 0;
};

}  // namespace nbk
