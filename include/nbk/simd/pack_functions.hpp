// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/simd/pack.hpp"

#include <Kokkos_Core.hpp>

#include <utility>

namespace nbk {

// The functions a formula needs, once for a scalar (host and device) and once for a pack (host).

/// a b + c with one rounding.
template <class T>
  requires std::is_floating_point_v<T> KOKKOS_FORCEINLINE_FUNCTION T fma(T a, T b, T c) { return Kokkos::fma(a, b, c); }
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, W> fma(const Pack<T, W>& a, const Pack<T, W>& b, const Pack<T, W>& c) {
  return detail::map(simd::op::Fma{}, a, b, c);
}
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, W> fma(std::type_identity_t<T> a, const Pack<T, W>& b, const Pack<T, W>& c) {
  return fma(Pack<T, W>(a), b, c);
}
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, W> fma(const Pack<T, W>& a, const Pack<T, W>& b, std::type_identity_t<T> c) {
  return fma(a, b, Pack<T, W>(c));
}
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, W> fma(const Pack<T, W>& a, std::type_identity_t<T> b, const Pack<T, W>& c) {
  return fma(a, Pack<T, W>(b), c);
}

template <class T>
  requires std::is_floating_point_v<T> KOKKOS_FORCEINLINE_FUNCTION T sqrt(T a) { return Kokkos::sqrt(a); }
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, W> sqrt(const Pack<T, W>& a) {
  return detail::map(simd::op::Sqrt{}, a);
}

/// 1 / sqrt(a), within 2 ulp.
template <class T>
  requires std::is_floating_point_v<T> KOKKOS_FORCEINLINE_FUNCTION T reciprocal_sqrt(T a) { return Kokkos::rsqrt(a); }
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, W> reciprocal_sqrt(const Pack<T, W>& a) {
  return detail::map(simd::op::ReciprocalSqrt{}, a);
}

/// sqrt(a) and 1 / a, within 3 and 5 ulp.
template <class V>
struct RootAndInverse {
  V root, inverse;
};
/// From one reciprocal square root where there are such, else by two operations that do not wait for each other.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION RootAndInverse<V> root_and_inverse(const V& a) {
  KOKKOS_IF_ON_HOST((if constexpr (!simd::has_reciprocal_sqrt || PackTraits<V>::width == 1) {
    return {sqrt(a), V(scalar_t<V>(1)) / a};
  }))
  const V r = reciprocal_sqrt(a);
  return {a * r, r * r};
}

/// a / b within 3 ulp, where b and the result are normal numbers below 2^126: on a device in float without the detour
/// for all others, elsewhere the division itself.
template <class T>
  requires std::is_arithmetic_v<T> KOKKOS_FORCEINLINE_FUNCTION T quotient(T a, T b) {
#if defined(__CUDA_ARCH__)
    if constexpr (sizeof(T) == 4) return __fdividef(a, b);
#elif defined(__HIP_DEVICE_COMPILE__)
    if constexpr (sizeof(T) == 4) return a * __builtin_amdgcn_rcpf(b);
#endif
    return a / b;
  }
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, W> quotient(const Pack<T, W>& a, const Pack<T, W>& b) {
  return a / b;
}

template <class T>
  requires std::is_arithmetic_v<T> KOKKOS_FORCEINLINE_FUNCTION T abs(T a) { return Kokkos::abs(a); }
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, W> abs(const Pack<T, W>& a) {
  return detail::map(simd::op::Abs{}, a);
}

// The empty pack makes std::min and std::max the better match where a program opens both namespaces.
template <class T, class... Nothing>
  requires(std::is_arithmetic_v<T> && sizeof...(Nothing) == 0)
KOKKOS_FORCEINLINE_FUNCTION T min(T a, T b, Nothing...) { return a < b ? a : b; }
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, W> min(const Pack<T, W>& a, const Pack<T, W>& b) {
  return detail::map(simd::op::Min{}, a, b);
}

template <class T, class... Nothing>
  requires(std::is_arithmetic_v<T> && sizeof...(Nothing) == 0)
KOKKOS_FORCEINLINE_FUNCTION T max(T a, T b, Nothing...) { return a > b ? a : b; }
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, W> max(const Pack<T, W>& a, const Pack<T, W>& b) {
  return detail::map(simd::op::Max{}, a, b);
}

/// Nearest whole number; exact halves may go either way.
template <class T>
  requires std::is_floating_point_v<T> KOKKOS_FORCEINLINE_FUNCTION T round_any(T a) { return Kokkos::nearbyint(a); }
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, W> round_any(const Pack<T, W>& a) {
  return detail::map(simd::op::Round{}, a);
}

template <class T>
  requires std::is_floating_point_v<T> KOKKOS_FORCEINLINE_FUNCTION T floor(T a) { return Kokkos::floor(a); }
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, W> floor(const Pack<T, W>& a) {
  return detail::map(simd::op::Floor{}, a);
}

template <class T>
  requires std::is_floating_point_v<T> KOKKOS_FORCEINLINE_FUNCTION T ceil(T a) { return Kokkos::ceil(a); }
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, W> ceil(const Pack<T, W>& a) {
  return detail::map(simd::op::Ceil{}, a);
}

/// Nearest whole number, exact halves down: ceil(a - 1/2).
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V round_half_down(const V& a) {
  return ceil(a - scalar_t<V>(0.5));
}

/// a where the mask is set, b elsewhere.
template <class T>
  requires std::is_arithmetic_v<T> KOKKOS_FORCEINLINE_FUNCTION T select(bool mask, T a, T b) { return mask ? a : b; }
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, W> select(const Mask<T, W>& mask, const Pack<T, W>& a, const Pack<T, W>& b) {
  Pack<T, W> result;
  KOKKOS_IF_ON_HOST((for (int i = 0; i < Pack<T, W>::registers; ++i) result.part[i] =
                         simd::op::Select{}(mask.part[i], a.part[i], b.part[i]);))
  KOKKOS_IF_ON_DEVICE(((void)mask; (void)a; (void)b;))
  return result;
}

/// True if the mask is set in any lane.
KOKKOS_FORCEINLINE_FUNCTION bool any(bool mask) { return mask; }
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION bool any(const Mask<T, W>& mask) {
  KOKKOS_IF_ON_HOST((auto all = mask.part[0]; for (int i = 1; i < Pack<T, W>::registers; ++i) all = all || mask.part[i];
                     return simd::any_lane(all);))
  KOKKOS_IF_ON_DEVICE(((void)mask; return false;))
}

/// Bit i is set where lane i of the mask is.
KOKKOS_FORCEINLINE_FUNCTION unsigned lane_bits(bool mask) { return mask ? 1U : 0U; }
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION unsigned lane_bits(const Mask<T, W>& mask) {
  unsigned bits = 0;
  KOKKOS_IF_ON_HOST((for (int i = 0; i < Pack<T, W>::registers; ++i) bits |= simd::lane_bits(mask.part[i])
                                                                             << (i * simd::native_lanes<T>);))
  KOKKOS_IF_ON_DEVICE(((void)mask;))
  return bits;
}

/// The same lanes in another precision.
template <class To, class T>
  requires std::is_arithmetic_v<T> KOKKOS_FORCEINLINE_FUNCTION To convert(T value) { return static_cast<To>(value); }
template <class To, class T, int W>
KOKKOS_FORCEINLINE_FUNCTION To convert(const Pack<T, W>& value) {
  if constexpr (std::is_same_v<To, Pack<T, W>>) {
    return value;
  } else {
    To result;
    [[maybe_unused]] constexpr int per_float = simd::native_lanes<float> / simd::native_lanes<double>;
    if constexpr (std::is_same_v<T, double>) {
      KOKKOS_IF_ON_HOST(
          (for (int i = 0; i < To::registers; ++i) simd::narrow(value.part + i * per_float, result.part[i]);))
    } else {
      KOKKOS_IF_ON_HOST(
          (for (int i = 0; i < Pack<T, W>::registers; ++i) simd::widen(value.part[i], result.part + i * per_float);))
    }
    return result;
  }
}

/// a - whole, for the nearest whole number, in another precision.
template <class L, class V>
KOKKOS_FORCEINLINE_FUNCTION L difference_from_whole(const V& a, const V& whole) {
  return convert<L>(a - whole);
}

namespace detail {

template <class M>
struct MaskOf;
template <class T, int W>
struct MaskOf<Mask<T, W>> {
  using Number = T;
};

}  // namespace detail

/// The mask of a double pack for the float pack of the same lanes, and the other way round.
template <class To>
KOKKOS_FORCEINLINE_FUNCTION bool convert_mask(bool mask) {
  return mask;
}
template <class To, class T, int W>
KOKKOS_FORCEINLINE_FUNCTION auto convert_mask(const Mask<T, W>& mask) {
  using Wanted = detail::MaskOf<decltype(std::declval<To>() < std::declval<To>())>;
  if constexpr (std::is_same_v<T, typename Wanted::Number>) {
    return mask;
  } else {
    using Numbers = Pack<typename Wanted::Number, W>;
    return Numbers(0) < convert<Numbers>(select(mask, Pack<T, W>(T(1)), Pack<T, W>(T(0))));
  }
}

/// The values 0, 1, 2, ... along the lanes.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V lane_numbers() {
  if constexpr (PackTraits<V>::width == 1) {
    return V(0);
  } else if constexpr (requires { PackTraits<V>::lane_numbers(); }) {
    return PackTraits<V>::lane_numbers();
  } else {
    V result;
    KOKKOS_IF_ON_HOST((using T = scalar_t<V>; alignas(64) T lane[V::width];
                       for (int i = 0; i < V::width; ++i) lane[i] = static_cast<T>(i);
                       for (int i = 0; i < V::registers; ++i) result.part[i] =
                           simd::load_register(static_cast<const T*>(lane) + i * simd::native_lanes<T>);))
    return result;
  }
}

/// Reads consecutive values.
template <class V, class T>
KOKKOS_FORCEINLINE_FUNCTION V load(const T* from) {
  if constexpr (PackTraits<V>::width == 1) {
    return *from;
  } else if constexpr (requires { PackTraits<V>::load(from); }) {
    return PackTraits<V>::load(from);
  } else {
    V result;
    KOKKOS_IF_ON_HOST((for (int i = 0; i < V::registers; ++i) result.part[i] =
                           simd::load_register(from + i * simd::native_lanes<T>);))
    KOKKOS_IF_ON_DEVICE(((void)from;))
    return result;
  }
}

/// Writes consecutive values.
template <class T>
  requires(PackTraits<T>::width == 1)
KOKKOS_FORCEINLINE_FUNCTION void store(const T& value, std::type_identity_t<T>* to) { *to = value; }
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION void store(const Pack<T, W>& value, T* to) {
  KOKKOS_IF_ON_HOST((for (int i = 0; i < Pack<T, W>::registers; ++i)
                         simd::store_register(value.part[i], to + i * simd::native_lanes<T>);))
  KOKKOS_IF_ON_DEVICE(((void)value; (void)to;))
}

/// Writes consecutive values as float.
template <class T>
  requires(PackTraits<T>::width == 1)
KOKKOS_FORCEINLINE_FUNCTION void store_as_float(const T& value, float* to) { *to = static_cast<float>(value); }
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION void store_as_float(const Pack<T, W>& value, float* to) {
  KOKKOS_IF_ON_HOST((for (int i = 0; i < Pack<T, W>::registers; ++i)
                         simd::store_as_float<T>(value.part[i], to + i * simd::native_lanes<T>);))
  KOKKOS_IF_ON_DEVICE(((void)value; (void)to;))
}

}  // namespace nbk
