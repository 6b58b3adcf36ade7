// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/simd/isa.hpp"
#include "nbk/simd/register_operations.hpp"

#include <cmath>
#include <cstddef>
#include <type_traits>

namespace nbk {
inline namespace NBK_ISA {

template <class T, int Width>
struct Mask;

/// `Width` values of T, computed side by side in as many registers as they need. Host only: on a device the pack of one
/// value is the value itself (see pack_t). The functions are marked for both sides because the physics that calls them
/// is; on a device their bodies are empty and never reached.
template <class T, int Width>
struct Pack {
  using Scalar = T;
  static constexpr int width = Width;
  static constexpr int registers = Width / simd::native_lanes<T>;
  static_assert(registers >= 1 && registers * simd::native_lanes<T> == Width,
                "nbk::Pack: the width must be a multiple of the lanes of a native register");

  simd::Register<T> part[static_cast<std::size_t>(registers)];

  KOKKOS_DEFAULTED_FUNCTION Pack() = default;
  /// All lanes equal.
  KOKKOS_FORCEINLINE_FUNCTION Pack(T value) {  // NOLINT(google-explicit-constructor): constants read as in formulas
    KOKKOS_IF_ON_HOST((for (auto& r : part) r = simd::Register<T>(value);))
    KOKKOS_IF_ON_DEVICE(((void)value;))
  }
};

template <class T, int Width>
struct Mask {
  simd::RegisterMask<T> part[Pack<T, Width>::registers];
};

/// The pack of a number type; one that is made of several numbers has a pack of its own.
template <class T, int Width>
struct PackOf {
  using type = Pack<T, Width>;
};

/// Lanes of a native register; 1 for numbers that are computed one by one. A number type of one's own that can be
/// packed specialises it, PackOf and PackTraits.
template <class T>
inline constexpr int register_lanes = 1;
template <>
inline constexpr int register_lanes<float> = simd::native_lanes<float>;
template <>
inline constexpr int register_lanes<double> = simd::native_lanes<double>;

}  // namespace NBK_ISA

/// T itself for one lane, a pack otherwise.
template <class T, int Width>
using pack_t = typename std::conditional_t<Width == 1, std::type_identity<T>, PackOf<T, Width>>::type;

/// Properties of a scalar or pack. A pack of numbers of one's own has besides `lane_numbers()` and `load(from)`, as the
/// functions of simd/pack_functions.hpp.
template <class V>
struct PackTraits {
  using Scalar = V;
  static constexpr int width = 1;
  template <class T>
  using rebind = T;
};
template <class T, int Width>
struct PackTraits<Pack<T, Width>> {
  using Scalar = T;
  static constexpr int width = Width;
  template <class U>
  using rebind = typename PackOf<U, Width>::type;
};

/// The number type of a scalar or pack.
template <class V>
using scalar_t = typename PackTraits<V>::Scalar;
/// The same lanes, of another number type.
template <class V, class T>
using rebind_t = typename PackTraits<V>::template rebind<T>;

namespace detail {

template <class Op, class T, int W, class... Packs>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, W> map(Op op, const Pack<T, W>& a, const Packs&... more) {
  Pack<T, W> result;
  KOKKOS_IF_ON_HOST((for (int i = 0; i < Pack<T, W>::registers; ++i) result.part[i] = op(a.part[i], more.part[i]...);))
  KOKKOS_IF_ON_DEVICE(((void)op; (void)a; ((void)more, ...);))
  return result;
}

template <class Op, class T, int W, class... Packs>
KOKKOS_FORCEINLINE_FUNCTION Mask<T, W> map_mask(Op op, const Pack<T, W>& a, const Packs&... more) {
  Mask<T, W> result;
  KOKKOS_IF_ON_HOST((for (int i = 0; i < Pack<T, W>::registers; ++i) result.part[i] = op(a.part[i], more.part[i]...);))
  KOKKOS_IF_ON_DEVICE(((void)op; (void)a; ((void)more, ...);))
  return result;
}

template <class Op, class T, int W, class... Masks>
KOKKOS_FORCEINLINE_FUNCTION Mask<T, W> map_mask(Op op, const Mask<T, W>& a, const Masks&... more) {
  Mask<T, W> result;
  KOKKOS_IF_ON_HOST((for (int i = 0; i < Pack<T, W>::registers; ++i) result.part[i] = op(a.part[i], more.part[i]...);))
  KOKKOS_IF_ON_DEVICE(((void)op; (void)a; ((void)more, ...);))
  return result;
}

}  // namespace detail

template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, W> operator+(const Pack<T, W>& a, const Pack<T, W>& b) {
  return detail::map(simd::op::Add{}, a, b);
}
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, W> operator-(const Pack<T, W>& a, const Pack<T, W>& b) {
  return detail::map(simd::op::Sub{}, a, b);
}
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, W> operator*(const Pack<T, W>& a, const Pack<T, W>& b) {
  return detail::map(simd::op::Mul{}, a, b);
}
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, W> operator/(const Pack<T, W>& a, const Pack<T, W>& b) {
  return detail::map(simd::op::Div{}, a, b);
}
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, W> operator-(const Pack<T, W>& a) {
  return Pack<T, W>(T(0)) - a;
}
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Mask<T, W> operator<(const Pack<T, W>& a, const Pack<T, W>& b) {
  return detail::map_mask(simd::op::Less{}, a, b);
}
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Mask<T, W> operator<=(const Pack<T, W>& a, const Pack<T, W>& b) {
  return detail::map_mask(simd::op::LessEqual{}, a, b);
}
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Mask<T, W> operator==(const Pack<T, W>& a, const Pack<T, W>& b) {
  return detail::map_mask(simd::op::Equal{}, a, b);
}
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Mask<T, W> operator&&(const Mask<T, W>& a, const Mask<T, W>& b) {
  return detail::map_mask(simd::op::And{}, a, b);
}
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Mask<T, W> operator||(const Mask<T, W>& a, const Mask<T, W>& b) {
  return detail::map_mask(simd::op::Or{}, a, b);
}
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Mask<T, W> operator!(const Mask<T, W>& a) {
  return detail::map_mask(simd::op::Not{}, a);
}

// Scalars mix with packs as in a formula.
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, W> operator+(const Pack<T, W>& a, std::type_identity_t<T> b) {
  return a + Pack<T, W>(b);
}
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, W> operator-(const Pack<T, W>& a, std::type_identity_t<T> b) {
  return a - Pack<T, W>(b);
}
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, W> operator*(const Pack<T, W>& a, std::type_identity_t<T> b) {
  return a * Pack<T, W>(b);
}
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, W> operator+(std::type_identity_t<T> a, const Pack<T, W>& b) {
  return Pack<T, W>(a) + b;
}
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, W> operator-(std::type_identity_t<T> a, const Pack<T, W>& b) {
  return Pack<T, W>(a) - b;
}
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, W> operator*(std::type_identity_t<T> a, const Pack<T, W>& b) {
  return Pack<T, W>(a) * b;
}
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, W> operator/(std::type_identity_t<T> a, const Pack<T, W>& b) {
  return Pack<T, W>(a) / b;
}

}  // namespace nbk
