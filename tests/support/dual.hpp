// SPDX-License-Identifier: MIT
#pragma once

#include <nbk/nbk.hpp>

#include <type_traits>

namespace nbk::testing {

/// The part of a Dual that a pixel of an image holds.
enum class Shown { value, slope };

/// Pixels that are computed together.
enum class Together { one, pack };

/// A value and its derivative by one parameter: a number type of one's own, for Precision<Dual, Dual, Dual>. It has
/// each operation that nbk::RealNumber asks for, and those of packs.
/// \tparam V  double, or a Pack of doubles
template <class V, Shown shown, Together together>
struct Dual {
  V value, slope;
  static constexpr bool packed = PackTraits<V>::width > 1;
  using Lane = Dual<scalar_t<V>, shown, together>;

  Dual() = default;
  constexpr Dual(const V& v, const V& s) : value(v), slope(s) {}
  template <class N>
    requires std::is_arithmetic_v<N>
  constexpr Dual(N n) : value(static_cast<scalar_t<V>>(n)), slope(scalar_t<V>(0)) {}  // NOLINT: as numbers do
  template <class One>
    requires(packed&& std::is_same_v<One, Lane>)
  Dual(const One& lane) : value(lane.value), slope(lane.slope) {}  // NOLINT: all lanes equal
  template <class N>
    requires(std::is_arithmetic_v<N> && !packed)
  constexpr explicit operator N() const {
    return static_cast<N>(std::is_same_v<N, float> && shown == Shown::slope ? slope : value);
  }

  friend Dual operator+(const Dual& a, const Dual& b) { return {a.value + b.value, a.slope + b.slope}; }
  friend Dual operator-(const Dual& a, const Dual& b) { return {a.value - b.value, a.slope - b.slope}; }
  friend Dual operator-(const Dual& a) { return {-a.value, -a.slope}; }
  friend Dual operator*(const Dual& a, const Dual& b) {
    return {a.value * b.value, nbk::fma(a.value, b.slope, a.slope * b.value)};
  }
  friend Dual operator/(const Dual& a, const Dual& b) {
    const V q = a.value / b.value;
    return {q, (a.slope - q * b.slope) / b.value};
  }
  friend auto operator<(const Dual& a, const Dual& b) { return a.value < b.value; }
  friend auto operator<=(const Dual& a, const Dual& b) { return a.value <= b.value; }
  friend auto operator>(const Dual& a, const Dual& b) { return b.value < a.value; }
  friend auto operator==(const Dual& a, const Dual& b) { return a.value == b.value; }
  friend auto operator!=(const Dual& a, const Dual& b) { return !(a.value == b.value); }

  friend Dual fma(const Dual& a, const Dual& b, const Dual& c) {
    return {nbk::fma(a.value, b.value, c.value), nbk::fma(a.value, b.slope, nbk::fma(a.slope, b.value, c.slope))};
  }
  friend Dual sqrt(const Dual& a) {
    const V root = nbk::sqrt(a.value);
    return {root, a.slope / (root + root)};
  }
  friend Dual reciprocal_sqrt(const Dual& a) {
    const V r = nbk::reciprocal_sqrt(a.value);
    return {r, a.slope * r * r * r * scalar_t<V>(-0.5)};
  }
  friend Dual quotient(const Dual& a, const Dual& b) { return a / b; }
  template <class M>
  friend Dual select(const M& mask, const Dual& a, const Dual& b) {
    return {nbk::select(mask, a.value, b.value), nbk::select(mask, a.slope, b.slope)};
  }
  friend Dual abs(const Dual& a) { return select(a.value < V(0), -a, a); }
  friend Dual min(const Dual& a, const Dual& b) { return select(b.value < a.value, b, a); }
  friend Dual max(const Dual& a, const Dual& b) { return select(a.value < b.value, b, a); }
  friend Dual round_any(const Dual& a) { return {nbk::round_any(a.value), V(0)}; }
  friend Dual floor(const Dual& a) { return {nbk::floor(a.value), V(0)}; }
  friend Dual ceil(const Dual& a) { return {nbk::ceil(a.value), V(0)}; }
  friend Dual scale_by_power_of_2(const Dual& a, const Dual& n) {
    return {nbk::scale_by_power_of_2(a.value, n.value), nbk::scale_by_power_of_2(a.slope, n.value)};
  }
  template <class To>
  friend To convert(const Dual& a) {
    return a;
  }

  // Packs alone: lanes are written one after the other.
  friend void store(const Dual& a, Lane* to) requires packed {
    scalar_t<V> value[PackTraits<V>::width], slope[PackTraits<V>::width];
    nbk::store(a.value, static_cast<scalar_t<V>*>(value));
    nbk::store(a.slope, static_cast<scalar_t<V>*>(slope));
    for (int i = 0; i < PackTraits<V>::width; ++i) to[i] = {value[i], slope[i]};
  }
  friend void store_as_float(const Dual& a, float* to) requires packed {
    nbk::store_as_float(shown == Shown::slope ? a.slope : a.value, to);
  }
};

}  // namespace nbk::testing

template <nbk::testing::Shown shown, nbk::testing::Together together>
struct nbk::NumberTraits<nbk::testing::Dual<double, shown, together>> : nbk::NumberTraits<double> {};

// What makes packs of it.
template <nbk::testing::Shown shown>
inline constexpr int nbk::register_lanes<nbk::testing::Dual<double, shown, nbk::testing::Together::pack>> =
    nbk::register_lanes<double>;

template <nbk::testing::Shown shown, nbk::testing::Together together, int Width>
struct nbk::PackOf<nbk::testing::Dual<double, shown, together>, Width> {
  using type = nbk::testing::Dual<nbk::Pack<double, Width>, shown, together>;
};

template <class V, nbk::testing::Shown shown, nbk::testing::Together together>
struct nbk::PackTraits<nbk::testing::Dual<V, shown, together>> {
  using Dual = nbk::testing::Dual<V, shown, together>;
  using Scalar = nbk::testing::Dual<nbk::scalar_t<V>, shown, together>;
  static constexpr int width = nbk::PackTraits<V>::width;

  static Dual lane_numbers() { return {nbk::lane_numbers<V>(), V(0)}; }
  static Dual load(const Scalar* from) {
    nbk::scalar_t<V> value[width], slope[width];
    for (int i = 0; i < width; ++i) {
      value[i] = from[i].value;
      slope[i] = from[i].slope;
    }
    return {nbk::load<V>(static_cast<const nbk::scalar_t<V>*>(value)),
            nbk::load<V>(static_cast<const nbk::scalar_t<V>*>(slope))};
  }
};
