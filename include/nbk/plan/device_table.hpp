// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/concepts.hpp"

#include <Kokkos_Core.hpp>

#include <cstddef>
#include <string>
#include <type_traits>
#include <vector>

namespace nbk {

/// A table in the memory of an execution space. Its memory grows where it has to and is never given back, so that a
/// plan updated in place stops allocating.
template <class T, ExecSpace Exec>
  requires std::is_trivially_copyable_v<T>
class DeviceTable {
 public:
  /// nullptr where the table is empty.
  T* data() const { return m_size == 0 ? nullptr : m_memory.data(); }
  std::size_t size() const { return m_size; }
  std::size_t bytes() const { return m_size * sizeof(T); }

  /// Makes room for `size` values; what they are is not defined.
  void resize(const Exec& exec, const std::string& label, std::size_t size) {
    if (size > m_memory.extent(0)) {
      m_memory = {};  // first, so that the two need not fit together
      m_size = 0;
      m_memory = Memory(Kokkos::view_alloc(exec, label, Kokkos::WithoutInitializing), size);
    }
    m_size = size;
  }

  /// Copies values into the table. The copy has finished when the function returns.
  void assign(const Exec& exec, const std::string& label, const std::vector<T>& values) {
    resize(exec, label, values.size());
    if (values.empty()) return;
    // As bytes, so that one copy serves all types.
    using Bytes = Kokkos::View<unsigned char*, typename Exec::memory_space, Kokkos::MemoryTraits<Kokkos::Unmanaged>>;
    using HostBytes = Kokkos::View<const unsigned char*, Kokkos::HostSpace, Kokkos::MemoryTraits<Kokkos::Unmanaged>>;
    Kokkos::deep_copy(exec, Bytes(reinterpret_cast<unsigned char*>(data()), bytes()),
                      HostBytes(reinterpret_cast<const unsigned char*>(values.data()), bytes()));
    exec.fence("nbk::upload");
  }

  /// Copies the table to the host. The copy has finished when the function returns.
  /// \param values  has the size of the table
  void copy_to(const Exec& exec, std::vector<T>& values) const {
    using Values = Kokkos::View<const T*, typename Exec::memory_space, Kokkos::MemoryTraits<Kokkos::Unmanaged>>;
    using HostValues = Kokkos::View<T*, Kokkos::HostSpace, Kokkos::MemoryTraits<Kokkos::Unmanaged>>;
    Kokkos::deep_copy(exec, HostValues(values.data(), m_size), Values(data(), m_size));
    exec.fence("nbk::download");
  }

 private:
  using Memory = Kokkos::View<T*, typename Exec::memory_space>;

  Memory m_memory;
  std::size_t m_size = 0;
};

}  // namespace nbk
