// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/shape/shapes.hpp"

#include <cmath>
#include <iterator>
#include <type_traits>

namespace nbk::bench::measure {

/// Operations of all Counted numbers of this thread so far.
inline long& operations_so_far() {
  thread_local long count = 0;
  return count;
}

/// A number that counts what is done with it: a multiply-add as two, everything else as one. It goes through nbk's
/// physics functions like any other number type.
template <class T>
class Counted {
 public:
  constexpr Counted() = default;
  /// Plain numbers turn into it as they turn into float.
  template <class Number>
    requires std::is_arithmetic_v<Number>
  constexpr Counted(Number value) : m_value(static_cast<T>(value)) {}  // NOLINT(google-explicit-constructor)

  explicit constexpr operator double() const { return static_cast<double>(m_value); }

  friend Counted operator+(Counted a, Counted b) { return made(a.m_value + b.m_value); }
  friend Counted operator-(Counted a, Counted b) { return made(a.m_value - b.m_value); }
  friend Counted operator-(Counted a) { return made(-a.m_value); }
  friend Counted operator*(Counted a, Counted b) { return made(a.m_value * b.m_value); }
  friend Counted operator/(Counted a, Counted b) { return made(a.m_value / b.m_value); }
  friend bool operator<(Counted a, Counted b) { return counted(a.m_value < b.m_value); }
  friend bool operator<=(Counted a, Counted b) { return counted(a.m_value <= b.m_value); }
  // Only constants of a whole launch are compared like this, so it is no work per pixel.
  friend bool operator!=(Counted a, Counted b) { return !(a == b); }
  friend bool operator==(Counted a, Counted b) { return a.m_value <= b.m_value && b.m_value <= a.m_value; }

  friend Counted fma(Counted a, Counted b, Counted c) {
    return made(made(std::fma(a.m_value, b.m_value, c.m_value)).m_value);
  }
  template <class To>
  friend To convert(Counted a) {
    return To(a.m_value);
  }
  friend Counted abs(Counted a) { return made(std::abs(a.m_value)); }
  friend Counted max(Counted a, Counted b) { return made(std::fmax(a.m_value, b.m_value)); }
  friend Counted min(Counted a, Counted b) { return made(std::fmin(a.m_value, b.m_value)); }
  friend Counted sqrt(Counted a) { return made(std::sqrt(a.m_value)); }
  friend Counted reciprocal_sqrt(Counted a) { return made(1 / std::sqrt(a.m_value)); }
  friend Counted quotient(Counted a, Counted b) { return a / b; }
  friend Counted round_any(Counted a) { return made(std::rint(a.m_value)); }
  friend Counted floor(Counted a) { return made(std::floor(a.m_value)); }
  friend Counted ceil(Counted a) { return made(std::ceil(a.m_value)); }
  friend Counted select(bool mask, Counted a, Counted b) { return made(mask ? a.m_value : b.m_value); }
  friend Counted scale_by_power_of_2(Counted a, Counted n) {
    return made(std::ldexp(a.m_value, static_cast<int>(n.m_value)));
  }

 private:
  static Counted made(T value) {
    ++operations_so_far();
    return Counted(value);
  }
  static bool counted(bool value) {
    ++operations_so_far();
    return value;
  }

  T m_value = 0;
};

/// Operations that `work` does.
template <class Work>
long operations_of(Work&& work) {
  const long before = operations_so_far();
  work();
  return operations_so_far() - before;
}

}  // namespace nbk::bench::measure

template <class T>
struct nbk::NumberTraits<nbk::bench::measure::Counted<T>> : nbk::NumberTraits<T> {};

// In float the lattice factor has coefficients of its own, fewer than in double.
template <>
struct nbk::physics::GratingCoefficients<nbk::bench::measure::Counted<float>> {
  nbk::bench::measure::Counted<float> value[std::size(GratingCoefficients<float>{}.value)]{};
};
