// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/simd/isa.hpp"

#include <Kokkos_Core.hpp>

#include <cstddef>
#include <type_traits>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// `Count` values of a block of packs, each of which is set before it is read. A plain array of vectors is cleared
/// first, which took a seventh of the time of listed pixels with one evaluation each.
template <class T, int Count>
class ScratchArray {
 public:
  KOKKOS_FORCEINLINE_FUNCTION ScratchArray() {}  // NOLINT(modernize-use-equals-default): that would be no constructor

  KOKKOS_FORCEINLINE_FUNCTION T& operator[](int i) { return m_values[i]; }
  KOKKOS_FORCEINLINE_FUNCTION const T& operator[](int i) const { return m_values[i]; }
  /// The first value.
  KOKKOS_FORCEINLINE_FUNCTION const T* data() const { return m_values; }

 private:
  static_assert(std::is_trivially_destructible_v<T>);
  union {  // whose member has no initial value
    T m_values[static_cast<std::size_t>(Count)];
  };
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
