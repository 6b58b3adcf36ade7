// SPDX-License-Identifier: MIT
#include "nbk/simd/pack_functions.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <type_traits>

using namespace nbk;

static_assert(std::is_trivially_copyable_v<Pack<float, simd::native_lanes<float>>>);
static_assert(std::is_same_v<pack_t<float, 1>, float>);
static_assert(std::is_same_v<scalar_t<Pack<double, 2 * simd::native_lanes<double>>>, double>);
static_assert(std::is_same_v<scalar_t<float>, float>);

namespace {

template <class T, int Registers>
struct Combo {
  using Scalar = T;
  static constexpr int width = Registers * simd::native_lanes<T>;
  using V = Pack<T, width>;
};

template <class C>
std::array<typename C::Scalar, C::width> lanes(const typename C::V& v) {
  std::array<typename C::Scalar, C::width> out{};
  store(v, out.data());
  return out;
}

/// Lanes with both signs, halves and whole numbers.
template <class C>
std::array<typename C::Scalar, C::width> samples(double scale) {
  constexpr int middle = C::width / 2;
  std::array<typename C::Scalar, C::width> in{};
  for (int i = 0; i < C::width; ++i)
    in[static_cast<std::size_t>(i)] = static_cast<typename C::Scalar>(scale * (i - middle) + 0.25);
  return in;
}

template <class C, class F, class G>
void check_unary(const F& pack_function, const G& scalar_function, double scale, bool positive = false) {
  auto in = samples<C>(scale);
  if (positive) {
    for (auto& x : in) x = std::abs(x);
  }
  const auto out = lanes<C>(pack_function(load<typename C::V>(in.data())));
  for (std::size_t i = 0; i < in.size(); ++i) CHECK(out[i] == scalar_function(in[i]));
}

}  // namespace

TEST_CASE_TEMPLATE("pack: every function acts on each lane as on a scalar", C, Combo<float, 1>, Combo<float, 2>,
                   Combo<double, 1>, Combo<double, 2>, Combo<double, 4>) {
  using V = typename C::V;
  using T = typename C::Scalar;
  check_unary<C>([](const V& v) { return sqrt(v); }, [](T x) { return std::sqrt(x); }, 1.3, true);
  check_unary<C>([](const V& v) { return abs(v); }, [](T x) { return std::abs(x); }, 1.3);
  check_unary<C>([](const V& v) { return floor(v); }, [](T x) { return std::floor(x); }, 0.7);
  check_unary<C>([](const V& v) { return ceil(v); }, [](T x) { return std::ceil(x); }, 0.7);
  check_unary<C>([](const V& v) { return round_any(v); }, [](T x) { return std::rint(x); }, 0.7);
  check_unary<C>([](const V& v) { return -v; }, [](T x) { return -x; }, 0.7);
  check_unary<C>([](const V& v) { return v * v + T(2) - v; }, [](T x) { return x * x + T(2) - x; }, 1.0);
  check_unary<C>([](const V& v) { return fma(v, v, V(T(1))); }, [](T x) { return std::fma(x, x, T(1)); }, 0.3);
  check_unary<C>([](const V& v) { return min(v, V(T(1))); }, [](T x) { return std::min(x, T(1)); }, 0.5);
  check_unary<C>([](const V& v) { return max(v, V(T(1))); }, [](T x) { return std::max(x, T(1)); }, 0.5);
  check_unary<C>([](const V& v) { return select(v < V(T(0)), V(T(-1)), v); }, [](T x) { return x < 0 ? T(-1) : x; },
                 0.5);
  check_unary<C>([](const V& v) { return select(!(v <= V(T(0))) && v < V(T(2)), V(T(5)), v); },
                 [](T x) { return x > 0 && x < 2 ? T(5) : x; }, 0.5);
}

TEST_CASE_TEMPLATE("pack: any() sees every single lane", C, Combo<float, 1>, Combo<float, 2>, Combo<double, 1>,
                   Combo<double, 4>) {
  using V = typename C::V;
  using T = typename C::Scalar;
  CHECK_FALSE(any(V(T(1)) < V(T(0))));
  for (int i = 0; i < C::width; ++i) {
    CHECK(any(lane_numbers<V>() == V(static_cast<T>(i))));
  }
}

TEST_CASE_TEMPLATE("pack: 1/sqrt within 2 ulp", C, Combo<float, 1>, Combo<double, 1>) {
  using V = typename C::V;
  using T = typename C::Scalar;
  double worst = 0;
  for (int i = 1; i < 20000; ++i) {
    const T x = static_cast<T>(i * 0.37e-3);
    const auto out = lanes<C>(reciprocal_sqrt(V(x)));
    const double exact = 1 / std::sqrt(static_cast<double>(x));
    worst = std::max(worst, std::abs(static_cast<double>(out[0]) - exact) / exact);
  }
  CHECK(worst < 2.0 * static_cast<double>(std::numeric_limits<T>::epsilon()));
}

TEST_CASE_TEMPLATE("pack: sqrt within 3 ulp and 1/x within 5", C, Combo<float, 1>, Combo<double, 1>) {
  using V = typename C::V;
  using T = typename C::Scalar;
  const auto epsilon = static_cast<double>(std::numeric_limits<T>::epsilon());
  double worst_root = 0, worst_inverse = 0;
  const auto note = [](double& worst, double value, double exact) {
    worst = std::max(worst, std::abs(value - exact) / exact);
  };
  double x = 1e-3;
  for (int i = 0; i < 11530; ++i, x *= 1.003) {  // to 1e12
    const T rounded = static_cast<T>(x);
    const auto both = root_and_inverse(V(rounded));
    const auto alone = root_and_inverse(rounded);
    const double exact_root = std::sqrt(static_cast<double>(rounded)), exact_inverse = 1 / static_cast<double>(rounded);
    note(worst_root, static_cast<double>(lanes<C>(both.root)[0]), exact_root);
    note(worst_root, static_cast<double>(alone.root), exact_root);
    note(worst_inverse, static_cast<double>(lanes<C>(both.inverse)[0]), exact_inverse);
    note(worst_inverse, static_cast<double>(alone.inverse), exact_inverse);
  }
  CHECK(worst_root < 3 * epsilon);
  CHECK(worst_inverse < 5 * epsilon);
}

TEST_CASE("pack: conversions keep lanes in their place") {
  constexpr int width = 2 * simd::native_lanes<float>;
  using F = Pack<float, width>;
  using D = Pack<double, width>;
  const D wide = lane_numbers<D>() + 0.5;
  std::array<float, width> narrow{};
  store(convert<F>(wide), narrow.data());
  std::array<double, width> back{};
  store(convert<D>(convert<F>(wide)), back.data());
  std::array<float, width> as_float{};
  store_as_float(wide, as_float.data());
  const auto mask = convert_mask<F>(wide < D(3.0));
  std::array<float, width> chosen{};
  store(select(mask, F(1.0F), F(0.0F)), chosen.data());
  for (int i = 0; i < width; ++i) {
    const auto lane = static_cast<std::size_t>(i);
    CHECK(narrow[lane] == static_cast<float>(i) + 0.5F);
    CHECK(back[lane] == i + 0.5);
    CHECK(as_float[lane] == static_cast<float>(i) + 0.5F);
    CHECK(chosen[lane] == (i + 0.5 < 3.0 ? 1.0F : 0.0F));
  }
}
