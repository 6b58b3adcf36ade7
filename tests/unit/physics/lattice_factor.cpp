// SPDX-License-Identifier: MIT
#include "nbk/plan/lattice_parameters.hpp"
#include "nbk/scene/make_scene.hpp"
#include "support/experiments.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>

using namespace nbk;
using namespace nbk::physics;

namespace {

constexpr long double pi = std::numbers::pi_v<long double>;

template <class T>
LatticeParameters<T> cubic(double na, double nb, double nc) {
  LatticeParameters<T> p;
  p.cells = {static_cast<T>(na), static_cast<T>(nb), static_cast<T>(nc)};
  p.cells_product_sqr = static_cast<T>(na * nb * nc * na * nb * nc);
  const T star = static_cast<T>(na * nb * nc * 0.01);
  p.spot_axes[0] = {star, 0, 0};
  p.spot_axes[1] = {0, star, 0};
  p.spot_axes[2] = {0, 0, star};
  return p;
}

long double sincg_sqr(long double x, long double n) {
  const long double ratio = x == 0 ? n : std::sin(pi * n * x) / std::sin(pi * x);
  return ratio * ratio;
}

}  // namespace

TEST_CASE_TEMPLATE("lattice factor: square is the product of three grating functions", T, float, double) {
  const double relative =
      sizeof(T) == 4 ? 4e-6 : 1e-14;  // of the peak of each axis: the zeros have no relative accuracy
  double worst = 0;
  for (const double n : {1.0, 2.0, 3.0, 5.0, 7.0, 20.0, 47.0, 100.0}) {
    for (int i = -500; i <= 500; ++i) {
      const T x = static_cast<T>(i) / T(1000);
      const auto p = cubic<T>(n, 1, 1);
      const T value = Square::intensity(p, Vec3<T>{x, T(0.3), T(-0.2)});
      const long double expected = sincg_sqr(x, n);
      // phase error of N x in T: half a unit in the last place of N x, steepest slope pi N^2
      const double phase = 0.5 * static_cast<double>(std::numeric_limits<T>::epsilon()) * n *
                           std::abs(static_cast<double>(x)) * std::numbers::pi * n * n;
      const auto error = static_cast<double>(std::abs(static_cast<long double>(value) - expected));
      worst = std::max(worst, error / (relative * n * n + 2 * phase));
    }
  }
  CHECK(worst <= 1.0);
}

TEST_CASE_TEMPLATE("lattice factor: few cells give the same by a polynomial", T, float, double) {
  const double relative = sizeof(T) == 4 ? 6e-6 : 1e-14;  // of the peak of each axis
  double worst = 0;
  for (const double n : {1.0, 2.0, 3.0, 4.0, 5.0, 6.0}) {
    const auto p = lattice_parameters<T>({.cells = {n, 1, 1}, .cells_product_sqr = n * n});
    REQUIRE(p.few_cells);
    for (int i = -500; i <= 500; ++i) {
      const T x = static_cast<T>(i) / T(1000);
      const T value = Square::intensity(p, Vec3<T>{x, T(0.3), T(-0.2)});
      const auto error = std::abs(static_cast<long double>(value) - sincg_sqr(x, n));
      worst = std::max(worst, static_cast<double>(error) / (relative * n * n));
      CHECK(value >= T(0));
    }
  }
  CHECK(worst <= 1.0);
}

TEST_CASE_TEMPLATE("lattice factor: every shape has its exact height at a reflection", T, float, double) {
  const auto p = cubic<T>(4, 5, 6);
  const Vec3<T> centre{T(0), T(0), T(0)};
  const double height = 120.0 * 120.0;
  const double rounding = 8 * static_cast<double>(std::numeric_limits<T>::epsilon()) * height;
  const double grating = sizeof(T) == 4 ? 1e-5 * height : rounding;
  CHECK(std::abs(static_cast<double>(Square::intensity(p, centre)) - height) <= grating);
  CHECK(std::abs(static_cast<double>(Gauss::intensity(p, centre)) - height) <= rounding);
  CHECK(std::abs(static_cast<double>(Tophat::intensity(p, centre)) - height) <= rounding);
  const double ball = 0.723601254558268 * 0.723601254558268;
  CHECK(std::abs(static_cast<double>(Round::intensity(p, centre)) - height * ball) <= rounding);
}

TEST_CASE_TEMPLATE("lattice factor: round follows 3 (sin y / y - cos y) / y^2, across the change to the series", T,
                   float, double) {
  constexpr auto epsilon = static_cast<double>(std::numeric_limits<T>::epsilon());
  // Where the closed form begins, u^2 = s, sin y - y cos y is only y^3 / 3 while its parts carry (3 + 1.5) eps y: a
  // relative error of 3 (3 + 1.5) / (s pi^2) eps, and twice that in the square.
  const double cancellation = 27 / ((sizeof(T) == 4 ? 0.04 : 0.002) * std::numbers::pi * std::numbers::pi) * epsilon;
  double worst = 0;
  for (int i = 1; i <= 40000; ++i) {
    const long double u = i * 1e-4L * (1 + i * 1e-4L);  // up to 20 periods
    const long double y = pi * u;
    // The closed form cancels near 0, also in long double.
    const long double y_sqr = y * y;
    const long double f =
        y < 0.05L ? 1 - y_sqr / 10 * (1 - y_sqr / 28 * (1 - y_sqr / 54)) : 3 * (std::sin(y) / y - std::cos(y)) / y_sqr;
    const double value = static_cast<double>(sphere_sqr(static_cast<T>(u * u))) * 9 / std::pow(std::numbers::pi, 6);
    const double slope = epsilon * static_cast<double>(u) * 4;  // phase in T
    const double error = std::abs(value - static_cast<double>(f * f));
    worst = std::max(worst, error / (cancellation + slope));
  }
  CHECK(worst <= 1.0);
}

TEST_CASE_TEMPLATE("lattice factor: gauss and tophat fall off with the C program's radius", T, float, double) {
  const auto p = cubic<T>(4, 4, 4);
  for (const double x : {0.1, 0.3, 0.5}) {
    const double radius_sqr = x * x * 64.0 * 64.0 * 1e-4;
    const Vec3<T> delta{static_cast<T>(x), T(0), T(0)};
    CHECK(static_cast<double>(Gauss::intensity(p, delta)) ==
          doctest::Approx(64.0 * 64.0 * std::exp(-2 * radius_sqr / 0.63)).epsilon(sizeof(T) == 4 ? 1e-5 : 1e-13));
    CHECK(static_cast<double>(Tophat::intensity(p, delta)) == (radius_sqr < 0.3969 ? 64.0 * 64.0 : 0.0));
  }
}

TEST_CASE("lattice factor: a reflection holds as many photons as the crystal has cells, whatever the shape") {
  // The mean of |F_latt|^2 over reciprocal space: Na Nb Nc for the square crystal (Parseval). In corrected the widths
  // of the others are made for that: (0.63 pi / 2)^(3/2) = 0.984 and 4 pi 0.63^3 / 3 = 1.047 of it; a ball's is 1 but
  // for its far tails.
  Scene scene;
  scene.lattice.cells = {9, 12, 8};
  const double cells = 9 * 12 * 8;
  const auto mean = [&](auto shape) {
    Crystal crystal;
    crystal.shape = shape_of<decltype(shape)>;
    const auto p = plan::lattice_parameters<double>(scene, crystal, Policy::corrected, TermWeighting::per_term);
    constexpr int n = 120;
    double total = 0;
    for (int i = 0; i < n * n * n; ++i) {
      const auto place = [](int at) { return (at + 0.5) / n - 0.5; };
      total += decltype(shape)::intensity(p, Vec3<double>{place(i % n), place(i / n % n), place(i / n / n)});
    }
    return total / n / n / n;
  };
  CHECK(mean(Square{}) / cells == doctest::Approx(1).epsilon(1e-10));
  CHECK(mean(Gauss{}) / cells == doctest::Approx(std::pow(0.315 * std::numbers::pi, 1.5)).epsilon(1e-6));
  CHECK(mean(Tophat{}) / cells == doctest::Approx(4.0 / 3 * std::numbers::pi * 0.250047).epsilon(0.01));
  // Of a ball's, 0.3 / (N / 2) or so lies outside of the cell.
  const double ball = mean(Round{}) / cells;
  CHECK(ball > 0.92);
  CHECK(ball < 1);
}

TEST_CASE(
    "lattice factor: the spots of corrected reach 1/N along each axis, those of compat by the volume of the cell") {
  const auto reach = [](Policy policy) {
    Experiment e = nbk::testing::smoke_experiment();
    e.policy = policy;
    e.crystal.cells = {10, 20, 40};
    e.crystal.shape = LatticeShape("tophat");
    return plan::lattice_parameters<double>(make_scene(e), e.crystal, policy, TermWeighting::per_term).reach;
  };
  const Vec3<double> corrected = reach(Policy::corrected), compat = reach(Policy::compat);
  CHECK(corrected.x == doctest::Approx(0.063063));
  CHECK(corrected.y == doctest::Approx(0.0315315));
  CHECK(corrected.z == doctest::Approx(0.01576575));
  CHECK(compat.x == doctest::Approx(0.63063 * 70 / 8000));
}

TEST_CASE_TEMPLATE("lattice factor: a cut of Gaussian spots has the same lanes in packs and one by one", T, float,
                   double) {
  constexpr int width = register_lanes<T>;
  CrystalParameters<double> crystal;
  crystal.cells_product_sqr = 1e6;
  for (int axis = 0; axis < 3; ++axis)
    crystal.spot_axes[axis] = {axis == 0 ? 10.0 : 0, axis == 1 ? 10.0 : 0, axis == 2 ? 10.0 : 0};
  for (const double cut : {0.0, 1e-2, 2e-9}) {
    crystal.intensity_cut = cut;
    const LatticeParameters<T> p = lattice_parameters<T>(crystal);
    std::size_t dark = 0, lit = 0;
    for (int i = 0; i < 4000; ++i) {
      T x[static_cast<std::size_t>(width)], value[static_cast<std::size_t>(width)];
      for (int lane = 0; lane < width; ++lane)
        x[static_cast<std::size_t>(lane)] = static_cast<T>(0.4 * std::sin(1.0 + 0.37 * i + 0.11 * lane));
      const auto pack = load<pack_t<T, width>>(static_cast<const T*>(x));
      store(Gauss::intensity(p, Vec3<pack_t<T, width>>{pack, pack * T(0.5), pack * T(0.25)}), static_cast<T*>(value));
      for (int lane = 0; lane < width; ++lane) {
        const T at = x[static_cast<std::size_t>(lane)], got = value[static_cast<std::size_t>(lane)];
        CHECK(got == Gauss::intensity(p, Vec3<T>{at, at * T(0.5), at * T(0.25)}));
        const double share = std::exp(-2 / 0.63 * 100 * 1.3125 * static_cast<double>(at) * static_cast<double>(at));
        if (std::abs(share / cut - 1) < 1e-4) continue;
        (got == 0 ? dark : lit) += 1;
        if (cut > 0) CHECK((got == 0) == (share < cut));
      }
    }
    CHECK(lit > 1000);
    CHECK((dark > 1000) == (cut > 0));
  }
}
