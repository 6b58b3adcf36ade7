// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/number_traits.hpp"
#include "nbk/math/error_free.hpp"

#include <concepts>
#include <cstdint>
#include <limits>
#include <type_traits>

/// \file
/// Numbers that are sums of two floats: 48 bits from the instructions of float, for devices whose double is slow.
///
/// Bounds are in units of u^2 = 2^-48 and hold where no intermediate result is below 2^-126 / u^2 or above 2^127, in
/// particular for 2^-50 <= |x| <= 2^60. Sources: [J] M. Joldes, J.-M. Muller, V. Popescu, "Tight and rigorous error
/// bounds for basic building blocks of double-word arithmetic", ACM Trans. Math. Softw. 44 (2017) 15; [M] J.-M. Muller,
/// L. Rideau, "Formalization of double-word arithmetic", ACM Trans. Math. Softw. 48 (2022) 9; [L] V. Lefevre et al.,
/// "Accurate calculation of Euclidean norms using double-word arithmetic", ACM Trans. Math. Softw. 49 (2023) 1; [D]
/// docs/numerics/two_floats.md. Measured by tests/unit/math/two_floats.cpp.

namespace nbk {

/// Sum hi + lo, not evaluated; hi is the float nearest to the sum.
/// \tparam V  float, or a Pack of them
template <class V>
struct TwoFloats {
  V hi, lo;

  KOKKOS_DEFAULTED_FUNCTION TwoFloats() = default;
  // Numbers turn into it as they turn into float: implicitly.
  KOKKOS_FORCEINLINE_FUNCTION constexpr TwoFloats(const V& value) : hi(value), lo(0.0F) {}  // NOLINT
  /// \param low  no more than half a last place of `high`
  KOKKOS_FORCEINLINE_FUNCTION constexpr TwoFloats(const V& high, const V& low) : hi(high), lo(low) {}
  KOKKOS_FORCEINLINE_FUNCTION constexpr TwoFloats(const Rounded<V>& r) : hi(r.value), lo(r.error) {}  // NOLINT
  /// Takes the nearest sum of two floats; exact for 48 bits.
  template <std::floating_point F>
    requires(sizeof(F) > sizeof(float) && PackTraits<V>::width == 1)
  KOKKOS_FORCEINLINE_FUNCTION constexpr TwoFloats(F value)  // NOLINT
      : hi(static_cast<float>(value)), lo(rest(value, static_cast<float>(value))) {}
  /// Takes a whole number, exactly.
  template <std::integral I>
    requires(sizeof(I) <= 4 && PackTraits<V>::width == 1)
  KOKKOS_FORCEINLINE_FUNCTION constexpr TwoFloats(I value)  // NOLINT
      : hi(static_cast<float>(value)),
        lo(static_cast<float>(std::int64_t{value} - static_cast<std::int64_t>(static_cast<float>(value)))) {}
  /// Makes a pack whose lanes are equal.
  template <class Lane>
    requires(PackTraits<V>::width > 1 && std::is_same_v<Lane, scalar_t<V>>)
  KOKKOS_FORCEINLINE_FUNCTION TwoFloats(const TwoFloats<Lane>& value) : hi(value.hi), lo(value.lo) {}  // NOLINT

  /// Converts to float (the nearest), to double (exactly), or a whole number to an integer.
  template <class Number>
    requires(std::is_arithmetic_v<Number> && !std::is_same_v<Number, bool> && PackTraits<V>::width == 1)
  KOKKOS_FORCEINLINE_FUNCTION constexpr explicit operator Number() const {
    if constexpr (std::is_same_v<Number, float>) {
      return static_cast<float>(hi);
    } else if constexpr (std::is_integral_v<Number> && sizeof(Number) <= 4) {
      // hi alone may be one too large for Number, as with 2^31 - 1.
      return static_cast<Number>(static_cast<std::int64_t>(hi) + static_cast<std::int64_t>(lo));
    } else {
      return static_cast<Number>(hi) + static_cast<Number>(lo);
    }
  }

 private:
  template <class F>
  static KOKKOS_FORCEINLINE_FUNCTION constexpr float rest(F value, float high) {
    return high - high == 0.0F ? static_cast<float>(value - static_cast<F>(high)) : 0.0F;  // infinite: nothing
  }
};

template <class V>
struct NumberTraits<TwoFloats<V>> {
  static constexpr int significand_bits = 2 * std::numeric_limits<float>::digits;
  static constexpr int max_exponent = std::numeric_limits<float>::max_exponent;
};

template <class V, int Width>
struct PackOf<TwoFloats<V>, Width> {
  using type = TwoFloats<typename PackOf<V, Width>::type>;
};

template <class V>
struct PackTraits<TwoFloats<V>> {
  using Scalar = TwoFloats<typename PackTraits<V>::Scalar>;
  static constexpr int width = PackTraits<V>::width;
  template <class U>
  using rebind = typename PackTraits<V>::template rebind<U>;

  static KOKKOS_FORCEINLINE_FUNCTION TwoFloats<V> lane_numbers() { return TwoFloats<V>(nbk::lane_numbers<V>()); }
};

/// Parameter type that takes whatever converts to T.
template <class T>
using Also = std::type_identity_t<T>;

/// Returns a + b within 3 u^2 + 13 u^3, relative. [J] algorithm 6.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION TwoFloats<V> operator+(const TwoFloats<V>& a, const Also<TwoFloats<V>>& b) {
  const Rounded<V> high = two_sum(a.hi, b.hi), low = two_sum(a.lo, b.lo);
  const Rounded<V> sum = quick_two_sum(high.value, rounded_sum(high.error, low.value));
  return quick_two_sum(sum.value, rounded_sum(low.error, sum.error));
}

/// Returns a - b with the bound of the sum.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION TwoFloats<V> operator-(const TwoFloats<V>& a, const Also<TwoFloats<V>>& b) {
  const Rounded<V> high = two_difference(a.hi, b.hi), low = two_difference(a.lo, b.lo);
  const Rounded<V> sum = quick_two_sum(high.value, rounded_sum(high.error, low.value));
  return quick_two_sum(sum.value, rounded_sum(low.error, sum.error));
}

/// Returns -a, exactly.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION TwoFloats<V> operator-(const TwoFloats<V>& a) {
  return {-a.hi, -a.lo};
}

/// Returns a b within 4 u^2, relative. [J] algorithm 12, bound by [M].
template <class V>
KOKKOS_FORCEINLINE_FUNCTION TwoFloats<V> operator*(const TwoFloats<V>& a, const Also<TwoFloats<V>>& b) {
  const Rounded<V> high = two_product(a.hi, b.hi);
  const V cross = fma(a.lo, b.hi, fma(a.hi, b.lo, rounded_product(a.lo, b.lo)));
  return quick_two_sum(high.value, rounded_sum(high.error, cross));
}

/// Returns a / b within 15 u^2 + 56 u^3, relative. [J] algorithm 17.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION TwoFloats<V> operator/(const TwoFloats<V>& a, const Also<TwoFloats<V>>& b) {
  const V high = a.hi / b.hi;
  const Rounded<V> product = two_product(b.hi, high);
  const Rounded<V> back = quick_two_sum(product.value, fma(b.lo, high, product.error));
  const V rest = rounded_sum(rounded_difference(a.hi, back.value), rounded_difference(a.lo, back.error));
  return quick_two_sum(high, rest / b.hi);
}

/// Returns a b + c within 13 u^2 (|a b| + |c|), absolute. [D]
template <class V>
KOKKOS_FORCEINLINE_FUNCTION TwoFloats<V> fma(const TwoFloats<V>& a, const Also<TwoFloats<V>>& b,
                                             const Also<TwoFloats<V>>& c) {
  const Rounded<V> product = two_product(a.hi, b.hi);
  const V cross = fma(a.hi, b.lo, fma(a.lo, b.hi, product.error));
  const Rounded<V> sum = two_sum(product.value, c.hi);
  return quick_two_sum(sum.value, rounded_sum(sum.error, rounded_sum(cross, c.lo)));
}

template <class V>
KOKKOS_FORCEINLINE_FUNCTION auto operator<(const TwoFloats<V>& a, const TwoFloats<V>& b) {
  return a.hi < b.hi || (a.hi == b.hi && a.lo < b.lo);
}
template <class V>
KOKKOS_FORCEINLINE_FUNCTION auto operator<=(const TwoFloats<V>& a, const TwoFloats<V>& b) {
  return a.hi < b.hi || (a.hi == b.hi && a.lo <= b.lo);
}
template <class V>
KOKKOS_FORCEINLINE_FUNCTION auto operator>(const TwoFloats<V>& a, const TwoFloats<V>& b) {
  return b < a;
}
// clang++ 14 makes no != of an == whose type it has yet to deduce.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION auto operator==(const TwoFloats<V>& a, const TwoFloats<V>& b) -> decltype(a.hi == b.hi) {
  return a.hi == b.hi && a.lo == b.lo;
}

// A scalar mixes with packs as in a formula: on the right it is turned into a pack, on the left here.
template <class V>
  requires(PackTraits<V>::width > 1)
KOKKOS_FORCEINLINE_FUNCTION TwoFloats<V>
operator+(const Also<TwoFloats<scalar_t<V>>>& a, const TwoFloats<V>& b) { return TwoFloats<V>(a) + b; }
template <class V>
  requires(PackTraits<V>::width > 1)
KOKKOS_FORCEINLINE_FUNCTION TwoFloats<V>
operator-(const Also<TwoFloats<scalar_t<V>>>& a, const TwoFloats<V>& b) { return TwoFloats<V>(a) - b; }
template <class V>
  requires(PackTraits<V>::width > 1)
KOKKOS_FORCEINLINE_FUNCTION TwoFloats<V>
operator*(const Also<TwoFloats<scalar_t<V>>>& a, const TwoFloats<V>& b) { return TwoFloats<V>(a) * b; }
template <class V>
  requires(PackTraits<V>::width > 1)
KOKKOS_FORCEINLINE_FUNCTION TwoFloats<V>
operator/(const Also<TwoFloats<scalar_t<V>>>& a, const TwoFloats<V>& b) { return TwoFloats<V>(a) / b; }

}  // namespace nbk
