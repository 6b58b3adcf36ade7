// SPDX-License-Identifier: MIT
// Lattice, panel and intensities of the reference against figures that the C program prints, and against arithmetic
// done by hand.
#include "bench/reference/beam.hpp"
#include "bench/reference/crystal.hpp"
#include "bench/reference/geometry.hpp"
#include "bench/reference/intensity.hpp"
#include "bench/reference/random.hpp"

#include "nbk/core/constants.hpp"
#include "nbk/core/error.hpp"
#include "support/relative.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace nbk;
using namespace nbk::reference;
using nbk::testing::near;
using nbk::testing::negligible;

namespace {

constexpr double deg = constants::degree_rad;

}  // namespace

TEST_CASE("reference: a MOSFLM detector's corner (the published case AT-GEO-001)") {
  Detector d;
  d.pixels_fast = d.pixels_slow = 1024;
  d.beam_x_m = d.beam_y_m = 0.0512;
  const Plane plane = build_plane(d, Frame::of(Convention::mosflm), Policy::compat);
  CHECK(plane.origin_m.x == near(0.1));
  CHECK(plane.origin_m.y == near(0.05125));
  CHECK(plane.origin_m.z == near(-0.05125));
  CHECK(plane.distance_m == near(0.1));
}

TEST_CASE("reference: solid angles of a square around the beam add up") {
  // A square seen from a point at half its side fills a sixth of the sphere.
  Detector d;
  d.pixels_fast = d.pixels_slow = 400;
  d.pixel_size_m = 0.2 / 400;
  d.org_x_px = d.org_y_px = 200.5;
  const Plane plane = build_plane(d, Frame::of(Convention::xds), Policy::compat);
  double total = 0;
  for (int s = 0; s < 400; ++s)
    for (int f = 0; f < 400; ++f)
      total += solid_angle(plane, position(plane, (f + 0.5) * plane.pixel_m, (s + 0.5) * plane.pixel_m, 0));
  CHECK(total == near(4 * constants::pi<double> / 6, 1e-5));
}

TEST_CASE("reference: an origin counts in corrected only") {
  Detector d;
  d.origin_m = Vec3d{0.2, 0.03, -0.04};
  const Frame frame = Frame::of(Convention::custom);
  CHECK(build_plane(d, frame, Policy::corrected).origin_m.x == 0.2);
  CHECK(build_plane(d, frame, Policy::compat).origin_m.x == near(0.1));
}

TEST_CASE("reference: a cell's real and reciprocal vectors are each other's inverse") {
  Experiment e;
  e.crystal.cell = UnitCell{70, 80, 90, 75 * deg, 85 * deg, 95 * deg};
  e.crystal.misset_rad = {0.1, 0.2, 0.3};
  const auto lattice_of = [&](Policy policy) {
    ShuffledUniform uniform;
    e.policy = policy;
    return build_lattice(e, uniform);
  };
  const auto angle = [](const Vec& u, const Vec& v) { return std::acos(dot(u, v) / length(u) / length(v)) / deg; };
  for (const Policy policy : {Policy::compat, Policy::corrected}) {
    const Lattice lattice = lattice_of(policy);
    const Cell& cell = lattice.cell;
    CHECK(length(cell.a) == near(70e-10));
    CHECK(length(cell.b) == near(80e-10));
    CHECK(length(cell.c) == near(90e-10));
    CHECK(negligible(dot(cell.a, lattice.b_star), 1e-10));
    CHECK(negligible(dot(cell.c, lattice.a_star), 1e-10));
  }
  const Lattice proper = lattice_of(Policy::corrected);
  CHECK(dot(proper.cell.a, proper.a_star) == near(1e-10));
  CHECK(angle(proper.cell.b, proper.cell.c) == near(75));
  CHECK(angle(proper.cell.c, proper.cell.a) == near(85));
  CHECK(angle(proper.cell.a, proper.cell.b) == near(95));
  // The C program prints 75.0391 85.0136 95.0081 for this cell.
  const Lattice compat = lattice_of(Policy::compat);
  CHECK(angle(compat.cell.b, compat.cell.c) == near(75.0391, 1e-6));
  CHECK(angle(compat.cell.c, compat.cell.a) == near(85.0136, 1e-6));
  CHECK(angle(compat.cell.a, compat.cell.b) == near(95.0081, 1e-6));
}

TEST_CASE("reference: a cell lends its edges to a matrix, and in corrected leaves it its hand") {
  Experiment e;
  e.crystal.cell = UnitCell{50, 60, 70, 90 * deg, 90 * deg, 90 * deg};
  e.crystal.a_matrix = Mat3d{{-0.02, 0.002, 0}, {0, 0.015, 0}, {0, 0, 0.01}};  // a* points backwards
  const auto cell_of = [&](Policy policy) {
    ShuffledUniform uniform;
    e.policy = policy;
    return build_lattice(e, uniform).cell;
  };
  const Cell compat = cell_of(Policy::compat), corrected = cell_of(Policy::corrected);
  CHECK(length(compat.a) == near(50e-10));
  CHECK(length(corrected.a) == near(50e-10));
  CHECK(compat.c.z == near(-70e-10));
  CHECK(corrected.c.z == near(70e-10));
}

TEST_CASE("reference: the two-theta swing counts for the distance in corrected") {
  Detector d;
  d.two_theta_rad = 60 * deg;
  Frame frame = Frame::of(Convention::custom);  // pivots about the beam spot: the plane comes nearer
  frame.two_theta_axis = {0, 2, 0};
  const Plane corrected = build_plane(d, frame, Policy::corrected);
  CHECK(corrected.close_distance_m == near(0.05));
  CHECK(corrected.distance_m == near(0.1));
  CHECK(length(corrected.fast) == near(1));
  CHECK(length(build_plane(d, frame, Policy::compat).fast) > 1.1);
  frame.two_theta_axis = {0, 1, 0};
  CHECK(build_plane(d, frame, Policy::compat).distance_m == near(0.05));
}

TEST_CASE("reference: Lagrange's polynomial is exact for a cubic in each index") {
  StructureFactors f;
  f.h_min = f.k_min = f.l_min = -4;
  f.h_max = f.k_max = f.l_max = 5;
  const auto cubic = [](double h, double k, double l) {
    return 3 + h * h * h - 2 * k * k * l + 0.5 * l * l * l - h * k * l;
  };
  for (int h = -4; h <= 5; ++h)
    for (int k = -4; k <= 5; ++k)
      for (int l = -4; l <= 5; ++l) f.amplitude.push_back(cubic(h, k, l));
  const auto value = interpolated_amplitude(f, box_of(f), {-1.3, 2.7, 0.4, 0, 0, 0});
  REQUIRE(value);
  CHECK(*value == near(cubic(-1.3, 2.7, 0.4), 1e-13));
  // Two reflections to either side are needed, those at the ends included.
  CHECK(interpolated_amplitude(f, box_of(f), {-2, 3, 0, 0, 0, 0}));
  CHECK_FALSE(interpolated_amplitude(f, box_of(f), {-2.001, 3, 0, 0, 0, 0}));
  CHECK_FALSE(interpolated_amplitude(f, box_of(f), {-2, 3.001, 0, 0, 0, 0}));
  CHECK_FALSE(interpolated_amplitude(f, box_of(f), {0, 0, std::numeric_limits<double>::quiet_NaN(), 0, 0, 0}));
}

TEST_CASE("reference: nearest reflection, halves downwards, default outside") {
  StructureFactors f;
  f.h_min = f.k_min = f.l_min = 0;
  f.h_max = 2;
  f.k_max = f.l_max = 0;
  f.amplitude = {10, 11, 12};
  f.default_amplitude = 7;
  const Cell along_x{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
  CHECK(nearest_amplitude(f, miller_index(along_x, {0.5, 0, 0})) == 10);
  CHECK(nearest_amplitude(f, miller_index(along_x, {1.5001, 0, 0})) == 12);
  CHECK(nearest_amplitude(f, miller_index(along_x, {2.6, 0, 0})) == 7);
  CHECK(nearest_amplitude(f, miller_index(along_x, {-0.5, 0, 0})) == 7);
}

TEST_CASE("reference: a ball's transform has no hole in its middle in corrected, and the C program's in compat") {
  Experiment e;
  e.crystal.shape = LatticeShape("round");
  Lattice lattice;
  const double height = std::sqrt(constants::pi<double> / 6);
  const auto factor = [&](double h, Policy policy) {
    e.policy = policy;
    return lattice_factor(e, lattice, {h, 0, 0, 0, 0, 0}) / height;
  };
  for (const double h : {1e-300, 1e-12, 1e-5, 0.003}) {
    const double x = constants::pi<double> * h;
    CHECK(factor(h, Policy::corrected) == near(1 - x * x / 10, 1e-9));
  }
  // Either side of where the series takes over, at x = 0.01.
  CHECK(factor(0.0031830, Policy::corrected) == near(factor(0.0031830, Policy::compat), 1e-11));
  CHECK(factor(0.0031832, Policy::corrected) == factor(0.0031832, Policy::compat));
  CHECK(factor(0, Policy::compat) == near(1));
  CHECK(factor(1e-9, Policy::compat) == 0);
}

TEST_CASE("reference: polarisation along and across the electric vector") {
  const Vec electric{0, 0, 1}, beam{1, 0, 0}, along{0, 0, 1}, across{0, 1, 0};
  CHECK(polarization_factor(0, electric, beam, along) == near(0.5));
  CHECK(negligible(polarization_factor(1, electric, beam, along), 1));
  CHECK(polarization_factor(1, electric, beam, across) == near(1));
  CHECK(polarization_factor(1, electric, beam, beam) == near(1));
}

TEST_CASE("reference: a shape that it does not compute is refused") {
  CHECK_NOTHROW(require_known_shape(LatticeShape()));
  CHECK_NOTHROW(require_known_shape(LatticeShape("tophat")));
  CHECK_THROWS_WITH_AS(require_known_shape(LatticeShape("cube")),
                       "crystal.shape = cube: is not a shape that bench/reference computes", InvalidInput);
}
