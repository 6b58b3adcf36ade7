// SPDX-License-Identifier: MIT
#include "nbk/math/elementary.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <numbers>

using namespace nbk;

namespace {

constexpr long double pi = std::numbers::pi_v<long double>;

/// Distance of two numbers in units of the last place of the expected one.
template <class T>
double ulps(T value, long double expected) {
  const T rounded = static_cast<T>(expected);
  const T place = std::nextafter(std::abs(rounded), std::numeric_limits<T>::infinity()) - std::abs(rounded);
  return static_cast<double>(std::abs(static_cast<long double>(value) - expected) / static_cast<long double>(place));
}

}  // namespace

TEST_CASE_TEMPLATE("elementary: sin(pi x) within 3 ulp over its range", T, float, double) {
  double worst = 0;
  for (int i = -50000; i <= 50000; ++i) {
    const T x = static_cast<T>(i) / T(100000);
    if (i == 0) continue;
    worst = std::max(worst, ulps(sinpi_reduced(x), std::sin(pi * static_cast<long double>(x))));
  }
  MESSAGE("worst " << worst << " ulp");
  CHECK(worst <= 3.0);
  CHECK(sinpi_reduced(T(0)) == T(0));
}

TEST_CASE_TEMPLATE("elementary: cos(pi x) within 1.5 ulp of 1 over its range", T, float, double) {
  double worst = 0;
  for (int i = -50000; i <= 50000; ++i) {
    const T x = static_cast<T>(i) / T(100000);
    const long double error = static_cast<long double>(cospi_reduced(x)) - std::cos(pi * static_cast<long double>(x));
    worst =
        std::max(worst, static_cast<double>(std::abs(error)) / static_cast<double>(std::numeric_limits<T>::epsilon()));
  }
  MESSAGE("worst " << worst << " of the last place of 1");
  CHECK(worst <= 1.5);
}

TEST_CASE_TEMPLATE("elementary: exp within 2 ulp, 0 below its cut-off", T, float, double) {
  double worst = 0;
  for (int i = 0; i <= 200000; ++i) {
    const T x = exp_cutoff<T> + (T(80) - exp_cutoff<T>)*static_cast<T>(i) / T(200000);
    worst = std::max(worst, ulps(nbk::exp(x), std::exp(static_cast<long double>(x))));
  }
  MESSAGE("worst " << worst << " ulp");
  CHECK(worst <= 2.0);
  CHECK(nbk::exp(T(0)) == T(1));
  CHECK(nbk::exp(std::nextafter(exp_cutoff<T>, T(-1e9))) == T(0));
  CHECK(nbk::exp(T(-1e30)) == T(0));
}

TEST_CASE_TEMPLATE("elementary: packs and scalars give the same", T, float, double) {
  using V = Pack<T, simd::native_lanes<T>>;
  for (int i = 0; i < 1000; ++i) {
    const T x = static_cast<T>(i) / T(2000);
    T lane[V::width];
    store(sinpi_reduced(V(x)), static_cast<T*>(lane));
    CHECK(lane[V::width - 1] == sinpi_reduced(x));
    store(nbk::exp(V(T(-80) * x)), static_cast<T*>(lane));
    CHECK(lane[0] ==
          doctest::Approx(nbk::exp(T(-80) * x)).epsilon(3 * static_cast<double>(std::numeric_limits<T>::epsilon())));
  }
}
