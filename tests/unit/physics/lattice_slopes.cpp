// SPDX-License-Identifier: MIT
#include "nbk/physics/shape/gauss_slopes.hpp"
#include "nbk/physics/shape/round_slopes.hpp"
#include "nbk/physics/shape/square_slopes.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <type_traits>
#include <vector>

using namespace nbk;
using namespace nbk::physics;

namespace {

using Real = long double;
constexpr Real pi = constants::pi<Real>;

/// A function of one index and its derivatives by the index and by N.
struct Axis {
  Real value, by_index, by_cells;
};

/// sin(pi N x) / sin(pi x), by series where both sines are small.
Axis grating(Real x, Real cells) {
  const Real y = pi * x;
  if (std::fabs(cells * y) < 1e-4L) {
    const Real ratio = cells * cells;
    return {cells * (1 - (ratio - 1) * y * y / 6), -cells * (ratio - 1) * y * pi / 3, 1 - (3 * ratio - 1) * y * y / 6};
  }
  const Real sine = std::sin(y), cosine = std::cos(y), many = std::sin(cells * y), many_cosine = std::cos(cells * y);
  return {many / sine, pi * (cells * many_cosine * sine - many * cosine) / (sine * sine), y * many_cosine / sine};
}

/// The three gratings squared.
LatticeSlopes<Real> square(const std::array<double, 3>& delta, const std::array<double, 3>& cells) {
  Axis axis[3];
  for (std::size_t i = 0; i < 3; ++i) axis[i] = grating(delta[i], cells[i]);
  const Real all = axis[0].value * axis[1].value * axis[2].value;
  LatticeSlopes<Real> s{};
  s.value = all * all;
  Real by_index[3];
  for (std::size_t i = 0; i < 3; ++i) {
    const Real others = axis[(i + 1) % 3].value * axis[(i + 2) % 3].value;
    by_index[i] = 2 * all * others * axis[i].by_index;
    s.by_cells[i] = 2 * all * others * axis[i].by_cells;
  }
  s.by_index = {by_index[0], by_index[1], by_index[2]};
  return s;
}

/// Central differences with two steps, of which the error of the second order is taken out.
template <class F>
Real difference(const F& f, Real step) {
  const auto once = [&](Real h) { return (f(h) - f(-h)) / (2 * h); };
  return (4 * once(step / 2) - once(step)) / 3;
}

/// The factor of a ball by its closed form, by a series in the middle.
Real ball(const std::array<Real, 3>& delta, const std::array<Real, 3>& cells, Real fudge) {
  Real sqr = 0, product = 1;
  for (std::size_t i = 0; i < 3; ++i) {
    sqr += delta[i] * delta[i] * cells[i] * cells[i];
    product *= cells[i];
  }
  const Real y = pi * std::sqrt(sqr * fudge);
  Real f = 0, term = 1;
  if (y < 1.5L) {
    for (int n = 0; n < 16; ++n) {
      f += term * (2 * n + 2) / ((2 * n + 2) * (2 * n + 3));
      term *= -y * y / ((2 * n + 2) * (2 * n + 3));
    }
  } else {
    f = (std::sin(y) - y * std::cos(y)) / (y * y * y);
  }
  const Real amplitude = product * 0.723601254558268L * 3 * f;
  return amplitude * amplitude;
}

/// exp(-2 fudge |N delta|^2 / 0.63) det(N)^2, N by its elements aa, bb, cc, ab, bc, ac.
Real gaussian(const std::array<Real, 3>& delta, const std::array<Real, 6>& n, Real fudge) {
  const Real x = n[0] * delta[0] + n[3] * delta[1] + n[5] * delta[2];
  const Real y = n[3] * delta[0] + n[1] * delta[1] + n[4] * delta[2];
  const Real z = n[5] * delta[0] + n[4] * delta[1] + n[2] * delta[2];
  const Real determinant =
      n[0] * (n[1] * n[2] - n[4] * n[4]) - n[3] * (n[3] * n[2] - n[4] * n[5]) + n[5] * (n[3] * n[4] - n[1] * n[5]);
  return determinant * determinant * std::exp(-2 * fudge / 0.63L * (x * x + y * y + z * z));
}

template <class T>
LatticeParameters<T> parameters(const std::array<double, 3>& cells, double fudge = 1) {
  CrystalParameters<double> crystal;
  crystal.cells = {cells[0], cells[1], cells[2]};
  crystal.cells_product_sqr = std::pow(cells[0] * cells[1] * cells[2], 2);
  crystal.fudge = fudge;
  crystal.spot_axes[0] = {cells[0], 0, 0};
  crystal.spot_axes[1] = {0, cells[1], 0};
  crystal.spot_axes[2] = {0, 0, cells[2]};
  return lattice_parameters<T>(crystal);
}

template <class V>
std::array<double, 10> numbers(const LatticeSlopes<V>& s) {
  std::array<double, 10> all{static_cast<double>(s.value), static_cast<double>(s.by_index.x),
                             static_cast<double>(s.by_index.y), static_cast<double>(s.by_index.z)};
  for (std::size_t i = 0; i < 6; ++i) all[4 + i] = static_cast<double>(s.by_cells[i]);
  return all;
}

/// Largest error of each number, as a share of the largest value of its kind: value, by index, by cells.
struct Errors {
  std::array<double, 10> error{}, largest{};

  void add(const std::array<double, 10>& got, const std::array<double, 10>& wanted) {
    for (std::size_t i = 0; i < 10; ++i) {
      const double e = std::fabs(got[i] - wanted[i]);
      error[i] = std::isnan(e) ? e : std::max(error[i], e);
      largest[i] = std::max(largest[i], std::fabs(wanted[i]));
    }
  }
  void check(double bound) const {
    for (std::size_t i = 0; i < 10; ++i) {
      CAPTURE(i);
      // Along an axis of one cell the slope is 0, and what is rounded is of the size of the factor.
      CHECK(error[i] <= bound * (i < 4 ? std::max(largest[i], 3 * largest[0]) : largest[i]));
    }
  }
};

/// Indices in and beside a spot, at zeros of both sines, half-way.
std::vector<double> places(double cells) {
  std::vector<double> all{0, -0.0, 1e-30, -1e-12, 1e-9, 1e-6, 0.5, -0.5, 0.499999999, 0.25, -0.123, 0.37};
  for (const double y : {0.1, -0.3, 0.5, 0.7, 1.0, 1.43, -2.0, 3.3}) {
    if (std::fabs(y) < cells / 2) all.push_back(y / cells);
  }
  return all;
}

/// \tparam Coefficients  of the sine and the cosine
template <class T, class Coefficients = GratingSlopeCoefficients<T>>
Errors square_errors(double na, double nb, double nc) {
  Errors errors;
  const T times(4);
  const std::array<double, 3> cells{na, nb, nc};
  const auto p = parameters<T>(cells);
  for (const double x : places(na)) {
    for (const double y : places(nb)) {
      for (const double z : places(nc)) {
        const Vec3<T> delta{static_cast<T>(x), static_cast<T>(y), static_cast<T>(z)};
        const std::array<double, 3> same{static_cast<double>(delta.x), static_cast<double>(delta.y),
                                         static_cast<double>(delta.z)};
        errors.add(numbers((1 / times) * square_slopes<Coefficients>(p, delta, times)), numbers(square(same, cells)));
        if constexpr (std::is_same_v<Coefficients, GratingSlopeCoefficients<T>>) {
          // The factor is a power of two, so that only what the compiler fuses differs.
          const T apart = lattice_slopes(Square{}, p, delta).value * times;
          const T within = square_slopes<Coefficients>(p, delta, times).value;
          CHECK(std::fabs(apart - within) <= 4 * std::numeric_limits<T>::epsilon() * std::fabs(apart));
        }
      }
    }
  }
  return errors;
}

}  // namespace

TEST_CASE("slopes of the square shape: in spots, at zeros of both sines and half-way, from 1 to 1000 cells") {
  for (const auto& [a, b, c] : {std::array{1.0, 2.0, 3.0}, {5.0, 6.0, 7.0}, {20.0, 21.0, 22.0}, {100.0, 1.0, 1000.0}}) {
    CAPTURE(a);
    // 1e-14 of each factor in double; the phase's own rounding is 1000 times half a unit in the last place.
    square_errors<double>(a, b, c).check(4e-13);
    square_errors<float>(a, b, c).check(2e-4);
  }
}

TEST_CASE("slopes of the square shape in float: 2e-6 of the largest where the phase is not what limits them") {
  square_errors<float>(20, 21, 22).check(4e-6);
}

TEST_CASE("slopes of the square shape in float: 1e-4 of the largest with short sines and cosines") {
  for (const auto& [a, b, c] : {std::array{2.0, 3.0, 4.0}, {5.0, 6.0, 7.0}, {20.0, 21.0, 22.0}})
    square_errors<float, ShortGratingSlopeCoefficients>(a, b, c).check(1e-4);
}

TEST_CASE("slopes of the round shape: by differences of its closed form") {
  for (const double n : {1.0, 3.0, 20.0, 1000.0}) {
    CAPTURE(n);
    const std::array<double, 3> cells{n, n + 1, n + 3};
    const double fudge = 1.3;
    const auto p = parameters<double>(cells, fudge);
    const auto p_float = parameters<float>(cells, fudge);
    Errors errors, float_errors;
    for (const double x : places(n)) {
      for (const double y : {0.0, 0.02 / n, 0.15 / n, -0.8 / n, 0.31}) {
        for (const double z : {0.0, 0.24 / n, 0.5}) {
          const std::array<Real, 3> at{x, y, z}, sizes{cells[0], cells[1], cells[2]};
          LatticeSlopes<Real> wanted{};
          wanted.value = ball(at, sizes, fudge);
          Real by_index[3];
          for (std::size_t i = 0; i < 3; ++i) {
            const auto moved = [&](std::array<Real, 3> v, Real h) {
              v[i] += h;
              return v;
            };
            by_index[i] = difference([&](Real h) { return ball(moved(at, h), sizes, fudge); }, 3e-4L / n);
            wanted.by_cells[i] = difference([&](Real h) { return ball(at, moved(sizes, h), fudge); }, 3e-4L);
          }
          wanted.by_index = {by_index[0], by_index[1], by_index[2]};
          errors.add(numbers(lattice_slopes(Round{}, p, Vec3d{x, y, z})), numbers(wanted));
          const Vec3<float> rounded{static_cast<float>(x), static_cast<float>(y), static_cast<float>(z)};
          float_errors.add(numbers(lattice_slopes(Round{}, p_float, rounded)), numbers(wanted));
        }
      }
    }
    errors.check(1e-10);
    float_errors.check(1e-5);
  }
}

TEST_CASE("slopes of the Gaussian shape: by differences, with a full matrix of cells") {
  const std::array<Real, 6> n{21, 24, 30, 3, -2, 5};
  const double fudge = 0.8;
  auto p = parameters<double>({21, 24, 30}, fudge);
  p.spot_axes[0] = {21, 3, 5};
  p.spot_axes[1] = {3, 24, -2};
  p.spot_axes[2] = {5, -2, 30};
  p.cells_product_sqr = static_cast<double>(gaussian({0, 0, 0}, n, fudge));
  Errors errors;
  for (const double x : places(21)) {
    for (const double y : {0.0, -0.01, 0.03, 0.5}) {
      for (const double z : {0.0, 0.02, -0.013}) {
        const std::array<Real, 3> at{x, y, z};
        LatticeSlopes<Real> wanted{};
        wanted.value = gaussian(at, n, fudge);
        Real by_index[3];
        for (std::size_t i = 0; i < 6; ++i) {
          const auto moved = [&](auto v, Real h) {
            v[i] += h;
            return v;
          };
          if (i < 3) by_index[i] = difference([&](Real h) { return gaussian(moved(at, h), n, fudge); }, 1e-5L);
          wanted.by_cells[i] = difference([&](Real h) { return gaussian(at, moved(n, h), fudge); }, 1e-3L);
        }
        wanted.by_index = {by_index[0], by_index[1], by_index[2]};
        errors.add(numbers(lattice_slopes(Gauss{}, p, Vec3d{x, y, z})), numbers(wanted));
      }
    }
  }
  errors.check(1e-10);
}

TEST_CASE("slopes of all shapes: packs have those of numbers") {
  constexpr int width = register_lanes<float>;
  using Lanes = pack_t<float, width>;
  const auto p = parameters<float>({20, 21, 22}, 1.1);
  const auto check = [&](auto shape) {
    float x[width], value[width], slope[width];
    for (int i = 0; i < width; ++i) x[i] = -0.06F + 0.011F * static_cast<float>(i);
    const auto s =
        lattice_slopes(shape, p, Vec3<Lanes>{load<Lanes>(static_cast<const float*>(x)), Lanes(0.01F), Lanes(-0.02F)});
    store_as_float(s.value, static_cast<float*>(value));
    store_as_float(s.by_index.x, static_cast<float*>(slope));
    for (int i = 0; i < width; ++i) {
      const auto one = lattice_slopes(shape, p, Vec3<float>{x[i], 0.01F, -0.02F});
      CHECK(value[i] == doctest::Approx(one.value).epsilon(1e-5));
      CHECK(slope[i] == doctest::Approx(one.by_index.x).epsilon(1e-4));
    }
  };
  check(Square{});
  check(Round{});
  check(Gauss{});
}

TEST_CASE("slopes: a shape has them or not, at compile time") {
  static_assert(DifferentiableShape<Square> && DifferentiableShape<Round> && DifferentiableShape<Gauss>);
  static_assert(!DifferentiableShape<Tophat>);
  CHECK(require_differentiable_shape<Square>());
}
