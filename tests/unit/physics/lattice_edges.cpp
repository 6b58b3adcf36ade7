// SPDX-License-Identifier: MIT
// Where the lattice factors follow the C program's rounding: the middle of a round spot, the far end of a Gaussian one.
#include "nbk/physics/shape/shapes.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

using namespace nbk;
using namespace nbk::physics;

namespace {

/// Two cells along each axis; a* = b* = c* = 1/A once multiplied.
template <class T>
LatticeParameters<T> two_cells(bool hollow) {
  LatticeParameters<T> p;
  p.cells = {2, 2, 2};
  p.cells_product_sqr = 64;
  p.hollow_spots = hollow;
  p.spot_axes[0] = {1, 0, 0};
  p.spot_axes[1] = {0, 1, 0};
  p.spot_axes[2] = {0, 0, 1};
  return p;
}

}  // namespace

TEST_CASE("lattice factor: a round spot is hollow in its very middle, in double and in compat alone") {
  const double height = 64 * 0.723601254558268 * 0.723601254558268;
  const auto at_y = [](double y, bool hollow) {  // y = pi N x
    return Round::intensity(two_cells<double>(hollow), Vec3<double>{y / (2 * std::numbers::pi), 0, 0});
  };
  for (const double y : {1e-150, 1e-12, 1e-9, 1e-8}) {
    CHECK(std::sin(y) / y - std::cos(y) == 0.0);  // what the C program divides by y^2
    CHECK(at_y(y, true) == 0);
    CHECK(at_y(y, false) == doctest::Approx(height).epsilon(1e-14));
    const auto x = static_cast<float>(y / (2 * std::numbers::pi));
    const float single = Round::intensity(two_cells<float>(true), Vec3<float>{x, 0, 0});
    CHECK(static_cast<double>(single) == doctest::Approx(height).epsilon(1e-6));
  }
  CHECK(at_y(0, true) == doctest::Approx(height).epsilon(1e-14));
  CHECK(at_y(2.7e-8, true) == doctest::Approx(height).epsilon(1e-14));
}

TEST_CASE("lattice factor: a Gaussian spot ends where the C program's exponential is 0, and not before") {
  const auto at_exponent = [](double of_f_latt) {
    return Gauss::intensity(two_cells<double>(true), Vec3<double>{std::sqrt(0.63 * of_f_latt), 0, 0});
  };
  CHECK(std::exp(-745.0) > 0);
  CHECK(at_exponent(745.0) > 0);  // nothing in an image, but the C program counts the term
  CHECK(std::exp(-745.2) == 0);
  CHECK(at_exponent(745.2) == 0);
  CHECK(at_exponent(300.0) == doctest::Approx(64 * std::exp(-600.0)).epsilon(1e-10).scale(0));
}
