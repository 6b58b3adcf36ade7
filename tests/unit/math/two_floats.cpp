// SPDX-License-Identifier: MIT
#include "nbk/math/fused_dot.hpp"
#include "support/two_floats_samples.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <random>

using namespace nbk;
using nbk::testing::worst_error;

namespace {

using Real = long double;  // 64 bits: 2^-16 of the bounds
constexpr int lanes = simd::native_lanes<float>;
using One = float;
using Register1 = pack_t<float, lanes>;
using Registers2 = pack_t<float, 2 * lanes>;

constexpr Real plus(Real x, Real y) { return x + y; }
constexpr Real minus(Real x, Real y) { return x - y; }
constexpr Real times(Real x, Real y) { return x * y; }
constexpr Real over(Real x, Real y) { return x / y; }
constexpr auto relative = [](Real, Real, Real exact) { return std::abs(exact); };

// Products that a compiler would fuse with the sum, each alone: one that is used otherwise, too, g++ leaves as it is.
template <class V>
[[gnu::noinline]] Rounded<V> sum_with_product(const V& x, const V& y, const V& z) {
  return two_sum(x * y, z);
}
template <class V>
[[gnu::noinline]] Rounded<V> difference_from_product(const V& x, const V& y, const V& z) {
  return two_difference(x * y, z);
}
template <class V>
[[gnu::noinline]] Rounded<V> ordered_sum_with_product(const V& x, const V& y, const V& z) {
  return quick_two_sum(x * y, z);
}

/// As far as an index can be looked up: beyond 2^22 the rule for halves may be missed.
Real index(Real x) { return std::abs(x) < 0x1p22L ? x : 0.5L; }
template <class V>
TwoFloats<V> index(const TwoFloats<V>& a) {
  return select(abs(a) < TwoFloats<V>(V(0x1p22F)), a, TwoFloats<V>(V(0.5F)));
}

}  // namespace

TEST_CASE_TEMPLATE("two floats: sums and products are exact with their errors, whatever made the operands", V, One,
                   Register1, Registers2) {
  std::mt19937 random(1);
  // Exponents close enough that long double holds every exact result.
  const auto draw = [&] {
    return std::ldexp(std::uniform_real_distribution<float>(-1, 1)(random), static_cast<int>(random() % 16));
  };
  constexpr int width = PackTraits<V>::width;
  for (int i = 0; i < 20000; ++i) {
    float in[3][width], out[8][width];
    for (auto& row : in) {
      for (float& x : row) x = draw();
    }
    const V x = load<V>(in[0]), y = load<V>(in[1]), z = load<V>(in[2]);
    const Rounded<V> sum = sum_with_product(x, y, z), difference = difference_from_product(x, y, z),
                     product = two_product(x, y), ordered = ordered_sum_with_product(x, y, z * V(0x1p-50F));
    const V results[8] = {sum.value,     sum.error,     difference.value, difference.error,
                          product.value, product.error, ordered.value,    ordered.error};
    for (int k = 0; k < 8; ++k) store(results[k], static_cast<float*>(out[k]));
    for (int lane = 0; lane < width; ++lane) {
      const volatile float rounded = in[0][lane] * in[1][lane];
      const float small = in[2][lane] * 0x1p-50F;
      const auto total = [&](int k) { return static_cast<Real>(out[k][lane]) + static_cast<Real>(out[k + 1][lane]); };
      REQUIRE(out[0][lane] == rounded + in[2][lane]);
      REQUIRE(total(0) == static_cast<Real>(rounded) + static_cast<Real>(in[2][lane]));
      REQUIRE(total(2) == static_cast<Real>(rounded) - static_cast<Real>(in[2][lane]));
      REQUIRE(out[4][lane] == rounded);
      REQUIRE(total(4) == static_cast<Real>(in[0][lane]) * static_cast<Real>(in[1][lane]));
      REQUIRE(total(6) == static_cast<Real>(rounded) + static_cast<Real>(small));
    }
  }
}

TEST_CASE_TEMPLATE("two floats: sums and differences within 3 u^2", V, One, Register1, Registers2) {
  CHECK(worst_error<V>(
            "+", [](auto a, auto b) { return a + b; }, plus, relative) <= 3.0001);
  CHECK(worst_error<V>(
            "-", [](auto a, auto b) { return a - b; }, minus, relative) <= 3.0001);
}

TEST_CASE_TEMPLATE("two floats: products within 4 u^2, quotients within 15 u^2", V, One, Register1, Registers2) {
  CHECK(worst_error<V>(
            "*", [](auto a, auto b) { return a * b; }, times, relative) <= 4.0);
  CHECK(worst_error<V>(
            "/", [](auto a, auto b) { return a / b; }, over, relative) <= 15.0001);
  CHECK(worst_error<V>(
            "quotient", [](auto a, auto b) { return quotient(a, b); }, over, relative) <= 15.0001);
}

TEST_CASE_TEMPLATE("two floats: fma within 13 u^2 of what is added, also where it cancels", V, One, Register1,
                   Registers2) {
  using T = TwoFloats<V>;
  const auto weight = [](Real x, Real y, Real) { return std::abs(x * x) + std::abs(y); };
  CHECK(worst_error<V>(
            "fma", [](auto a, auto b) { return fma(a, a, b); }, [](Real x, Real y) { return x * x + y; }, weight) <=
        13.0);
  const auto twice = [](Real x, Real y, Real) { return 2 * std::abs(x * y); };
  // a b - (a b), the second product rounded to two floats: only errors are left
  CHECK(worst_error<V>(
            "fma, cancelling", [](auto a, auto b) { return fma(a, b, -(a * b)) + T(V(0.0F)); },
            [](Real, Real) { return Real(0); }, twice) <= 13.0);
}

TEST_CASE_TEMPLATE("two floats: a scalar product within 19 u^2 of its terms, also where it cancels", V, One, Register1,
                   Registers2) {
  const auto terms = [](Real x, Real y, Real) { return std::abs(x * y) + std::abs(y * y) + std::abs(x * x); };
  CHECK(worst_error<V>(
            "dot",
            [](auto a, auto b) {
              using T = decltype(a);
              return fused_dot(Vec3<T>{a, b, a}, Vec3<T>{b, b, -a});
            },
            [](Real x, Real y) { return x * y + y * y - x * x; }, terms) <= 19.0);
  const auto three = [](Real x, Real y, Real) { return 2 * std::abs(x * y) + std::abs(x * x) * Real(0x1p-20); };
  CHECK(worst_error<V>(
            "dot, cancelling",
            [](auto a, auto b) {
              using T = decltype(a);
              return fused_dot(Vec3<T>{a, a * T(0x1p-20F), b}, Vec3<T>{b, a, -a});
            },
            [](Real x, Real) { return x * x * Real(0x1p-20); }, three) <= 19.0);
}

TEST_CASE_TEMPLATE("two floats: roots within 25/8 u^2, their reciprocals within 15 u^2", V, One, Register1,
                   Registers2) {
  const auto root = [](auto a, auto) { return sqrt(abs(a)); };
  CHECK(worst_error<V>(
            "sqrt", root, [](Real x, Real) { return std::sqrt(std::abs(x)); }, relative) <= 3.126);
  const auto reciprocal = [](auto a, auto) { return reciprocal_sqrt(abs(a)); };
  CHECK(worst_error<V>(
            "1/sqrt", reciprocal, [](Real x, Real) { return 1 / std::sqrt(std::abs(x)); }, relative) <= 15);
  CHECK(static_cast<double>(sqrt(TwoFloats<float>(0))) == 0.0);
}

TEST_CASE_TEMPLATE("two floats: comparing, choosing, signs", V, One, Register1, Registers2) {
  const auto exactly = [](const char* name, auto op, auto exact) {
    CHECK(worst_error<V>(name, op, exact, relative) == 0);
  };
  exactly(
      "abs", [](auto a, auto) { return abs(a); }, [](Real x, Real) { return std::abs(x); });
  exactly(
      "-a", [](auto a, auto) { return -a; }, [](Real x, Real) { return -x; });
  exactly(
      "min", [](auto a, auto b) { return min(a, b); }, [](Real x, Real y) { return std::min(x, y); });
  exactly(
      "max", [](auto a, auto b) { return max(a, b); }, [](Real x, Real y) { return std::max(x, y); });
  exactly(
      "<", [](auto a, auto b) { return select(a < b, a, b); }, [](Real x, Real y) { return x < y ? x : y; });
  exactly(
      "<=", [](auto a, auto b) { return select(a <= b, a, b); }, [](Real x, Real y) { return x <= y ? x : y; });
  exactly(
      "==", [](auto a, auto b) { return select(a == b, a, b); }, [](Real x, Real y) { return x == y ? x : y; });
}

TEST_CASE_TEMPLATE("two floats: rounding to whole numbers", V, One, Register1, Registers2) {
  const auto exactly = [](const char* name, auto op, auto exact) {
    CHECK(worst_error<V>(name, op, exact, relative) == 0);
  };
  exactly(
      "floor", [](auto a, auto) { return floor(a); }, [](Real x, Real) { return std::floor(x); });
  exactly(
      "ceil", [](auto a, auto) { return ceil(a); }, [](Real x, Real) { return std::ceil(x); });
  exactly(
      "half down", [](auto a, auto) { return round_half_down(index(a)); },
      [](Real x, Real) { return std::ceil(index(x) - 0.5L); });
  // The nearest: by its distance, as halves may go either way
  const auto distance = [](auto a, auto) { return abs(a - round_any(a)); };
  CHECK(worst_error<V>(
            "round", distance, [](Real x, Real) { return std::abs(x - std::rint(x)); },
            [](Real, Real, Real) { return Real(1); }) <= 0x1p-23 / static_cast<double>(nbk::testing::unit));
  const auto broken = [](auto a, auto) { return round_any(a) - floor(round_any(a)); };
  CHECK(worst_error<V>(
            "whole", broken, [](Real, Real) { return Real(0); }, [](Real, Real, Real) { return Real(1); }) == 0);
}

TEST_CASE_TEMPLATE("two floats: what is left of an index is right to float", V, One, Register1, Registers2) {
  const auto rest = [](auto a, auto) {
    const auto i = index(a);
    return abs(TwoFloats<V>(difference_from_whole<V>(i, round_any(i))));
  };
  // One rounding to float is 2^24 u^2; a half that went the other way, from a little above to a little below, another.
  CHECK(worst_error<V>(
            "a - [a]", rest, [](Real x, Real) { return std::abs(index(x) - std::rint(index(x))); }, relative) <=
        0x1p25);
}
