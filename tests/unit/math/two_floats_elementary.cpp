// SPDX-License-Identifier: MIT
// Elementary functions of sums of two floats, and what each operation costs.
#include "nbk/math/elementary.hpp"
#include "nbk/math/fused_dot.hpp"
#include "support/two_floats_samples.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

using namespace nbk;

namespace {

using Real = long double;
using T = TwoFloats<float>;
constexpr Real pi = std::numbers::pi_v<Real>;
constexpr int steps = 100000;

/// In u^2.
double error(const T& value, Real exact, Real size) {
  const Real off = std::abs(testing::value_of(value) - exact);
  return static_cast<double>(off / (testing::unit * size));
}

/// A number whose work is counted in instructions: a multiply-add is one, as everything else is.
class Instruction {
 public:
  Instruction() = default;
  Instruction(float value) : m_value(value) {}  // NOLINT(google-explicit-constructor)
  inline static int count = 0;

  friend Instruction operator+(Instruction a, Instruction b) { return done(a.m_value + b.m_value); }
  friend Instruction operator-(Instruction a, Instruction b) { return done(a.m_value - b.m_value); }
  friend Instruction operator*(Instruction a, Instruction b) { return done(a.m_value * b.m_value); }
  friend Instruction operator/(Instruction a, Instruction b) { return done(a.m_value / b.m_value); }
  friend Instruction operator-(Instruction a) { return -a.m_value; }  // a sign of an operand
  friend bool operator<(Instruction a, Instruction b) { return done(a.m_value < b.m_value); }
  friend Instruction fma(Instruction a, Instruction b, Instruction c) {
    return done(std::fma(a.m_value, b.m_value, c.m_value));
  }
  friend Instruction sqrt(Instruction a) { return done(std::sqrt(a.m_value)); }
  friend Instruction reciprocal_sqrt(Instruction a) { return done(1 / std::sqrt(a.m_value)); }
  friend Instruction round_any(Instruction a) { return done(std::rint(a.m_value)); }
  friend Instruction select(bool mask, Instruction a, Instruction b) { return done(mask ? a.m_value : b.m_value); }

 private:
  template <class Number>
  static Number done(Number value) {
    ++count;
    return value;
  }

  float m_value = 0;
};

template <class Work>
int instructions(const Work& work) {
  const TwoFloats<Instruction> a(2), b(3);
  Instruction::count = 0;
  (void)work(a, b);
  return Instruction::count;
}

}  // namespace

TEST_CASE("two floats: sin(pi x) within 8 u^2, cos(pi x) within 8 u^2 of 1") {
  double sine = 0, cosine = 0;
  for (int i = -steps; i <= steps; ++i) {
    if (i == 0) continue;
    const T x(0.5 * i / steps);
    const Real exact = pi * testing::value_of(x);
    sine = std::max(sine, error(sinpi_reduced(x), std::sin(exact), std::abs(std::sin(exact))));
    cosine = std::max(cosine, error(cospi_reduced(x), std::cos(exact), 1));
  }
  MESSAGE("sin: worst " << sine << " u^2, cos: worst " << cosine << " u^2");
  CHECK(sine <= 8);
  CHECK(cosine <= 8);
  CHECK(sinpi_reduced(T(0)) == T(0));
}

TEST_CASE("two floats: exp within 16 + 2 |x| u^2 from -60 to 80, 0 below its cut-off") {
  double worst = 0;
  for (int i = 0; i <= steps; ++i) {
    const T x(-60 + 140.0 * i / steps);
    const Real exact = std::exp(testing::value_of(x));
    worst = std::max(worst, error(nbk::exp(x), exact, exact) / (16 + 2 * std::abs(static_cast<double>(x))));
  }
  MESSAGE("worst " << worst << " of the bound");
  CHECK(worst <= 1);
  CHECK(nbk::exp(T(0)) == T(1));
  CHECK(nbk::exp(T(-1e30)) == T(0));
  CHECK(nbk::exp(T(-87.5)) == T(0));
}

TEST_CASE("two floats: packs give what scalars give") {
  using V = TwoFloats<pack_t<float, simd::native_lanes<float>>>;
  for (int i = 0; i < 1000; ++i) {
    const T x(i / 2000.0);
    T lane[PackTraits<V>::width];
    store(sinpi_reduced(V(x)), static_cast<T*>(lane));
    CHECK(lane[0] == sinpi_reduced(x));
    store(nbk::exp(V(T(-50) * x)), static_cast<T*>(lane));
    CHECK(lane[0] == nbk::exp(T(-50) * x));
  }
}

TEST_CASE("two floats: numbers in and out") {
  CHECK(static_cast<double>(T(0.1)) == doctest::Approx(0.1).epsilon(0x1p-48));
  CHECK(static_cast<double>(T(1.0 / 3)) != static_cast<double>(1.0F / 3));
  for (const int whole : {0, 1, -1, 16777217, -16777217, 2147483647, -2147483647}) {
    CHECK(static_cast<int>(T(whole)) == whole);
    CHECK(static_cast<double>(T(whole)) == whole);
  }
  CHECK(static_cast<float>(T(1e300)) == std::numeric_limits<float>::infinity());
  CHECK(static_cast<double>(T(1e300)) == std::numeric_limits<double>::infinity());
  static_assert(std::is_same_v<pack_t<T, 1>, T>);
  static_assert(std::is_same_v<pack_t<T, 16>, TwoFloats<Pack<float, 16>>>);
  static_assert(std::is_same_v<scalar_t<TwoFloats<Pack<float, 16>>>, T>);
  static_assert(std::is_same_v<rebind_t<Pack<float, 16>, T>, TwoFloats<Pack<float, 16>>>);
  static_assert(std::is_trivially_copyable_v<T>);
  static_assert(RealNumber<T> && RealNumber<float> && RealNumber<double> && !RealNumber<int>);
}

TEST_CASE("two floats: what an operation costs is what docs/numerics/two_floats.md says") {
  using A = TwoFloats<Instruction>;
  CHECK(instructions([](A a, A b) { return a + b; }) == 20);
  CHECK(instructions([](A a, A b) { return a - b; }) == 20);
  CHECK(instructions([](A a, A b) { return a * b; }) == 9);
  CHECK(instructions([](A a, A b) { return a / b; }) == 14);
  CHECK(instructions([](A a, A b) { return fma(a, b, a); }) == 15);
  CHECK(instructions([](A a, A b) { return fused_dot(Vec3<A>{a, a, b}, Vec3<A>{b, a, b}); }) == 31);
  CHECK(instructions([](A a, A) { return sqrt(a); }) == 10);
  CHECK(instructions([](A a, A) { return reciprocal_sqrt(a); }) == 16);
  CHECK(instructions([](A a, A) { return round_any(a); }) == 7);
}
