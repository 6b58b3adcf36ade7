// SPDX-License-Identifier: MIT
// Curved detectors of Policy::corrected: where their pixels are and how much of the sphere they cover.
#include "nbk/scene/bend_to_sphere.hpp"

#include "bench/render/solid_angle.hpp"
#include "nbk/math/rotation.hpp"
#include "nbk/physics/solid_angle.hpp"
#include "nbk/plan/panel_parameters.hpp"
#include "nbk/scene/make_scene.hpp"
#include "support/experiments.hpp"
#include "support/relative.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <numbers>

using namespace nbk;
using nbk::testing::begins_with;
using nbk::testing::complaint;
using nbk::testing::degree;
using nbk::testing::near;
using nbk::testing::relative_difference;

namespace {

constexpr double pi = std::numbers::pi;

Experiment curved(Convention convention) {
  Experiment e = nbk::testing::smoke_experiment(convention);
  e.policy = Policy::corrected;
  e.detector.curved = true;
  return e;
}

Vec3d point(const Scene& scene, double fast_m, double slow_m, double depth_m = 0) {
  return physics::curved_position(plan::panel_parameters<double>(scene.panels.front()).bend,
                                  scene.panels.front().geometry.point_m(fast_m, slow_m, depth_m));
}

double radius(const Vec3d& v) { return std::sqrt(dot(v, v)); }

/// What the kernels make of it (kernel/per_term.hpp), for a point of a pixel.
double solid_angle_of(const Scene& scene, const Vec3d& position) {
  const auto panel = plan::panel_parameters<double>(scene.panels.front());
  const double r = radius(position);
  return physics::solid_angle(panel, 1 / r) * physics::narrowing(panel.bend, (1 / r) * position, 1 / r);
}

}  // namespace

TEST_CASE("bend: lengths along the panel become angles about its own axes, in every frame") {
  for (const Convention convention : {Convention::mosflm, Convention::denzo, Convention::adxv, Convention::xds,
                                      Convention::dials, Convention::custom}) {
    const Scene scene = make_scene(curved(convention));
    const PanelGeometry& p = scene.panels.front().geometry;
    const double r = p.close_distance_m;
    const auto at = [&](double u, double v) {  // u, v: radian from the point nearest to the sample
      return point(scene, u * r - dot(p.origin_m, p.fast), v * r - dot(p.origin_m, p.slow));
    };
    CHECK(relative_difference(at(0, 0), r * p.normal) < 1e-14);
    CHECK(relative_difference(at(pi / 2, 0), r * p.fast) < 1e-14);
    CHECK(relative_difference(at(0, pi / 2), r * p.slow) < 1e-14);
    CHECK(relative_difference(at(0, -pi / 3), r * (0.5 * p.normal - std::sqrt(0.75) * p.slow)) < 1e-14);
    // At 60 degrees of latitude a parallel is half as long.
    const Vec3d parallel = at(0.002, pi / 3) - at(0, pi / 3);
    CHECK(radius(parallel) == near(0.001 * r, 1e-6));
  }
}

TEST_CASE("bend: next to its nearest point a curved panel is the flat one, and never farther away") {
  for (const double two_theta : {0.0, 25.0, 80.0}) {
    Experiment e = curved(Convention::xds);
    e.detector.two_theta_rad = two_theta * degree;
    e.detector.rotation_rad = {0.1, -0.2, 0.3};
    const Scene scene = make_scene(e);
    const PanelGeometry& p = scene.panels.front().geometry;
    const double near_fast = -dot(p.origin_m, p.fast), near_slow = -dot(p.origin_m, p.slow);
    const Vec3d bent = point(scene, near_fast + 1e-4, near_slow - 2e-4);
    const Vec3d flat = p.point_m(near_fast + 1e-4, near_slow - 2e-4);
    CHECK(radius(bent - flat) < 1e-6);  // 5e-8 m^2 / (2 R)
    CHECK(radius(point(scene, 0, 0)) == near(p.close_distance_m));
    CHECK(radius(point(scene, 0, 0, 1e-3)) == near(p.close_distance_m));  // layers lie behind each other
  }
}

TEST_CASE("bend: a detector swung about the sample is the same detector somewhere else") {
  Experiment e = curved(Convention::xds);
  const Scene straight = make_scene(e);
  e.detector.two_theta_rad = 110 * degree;
  const Scene swung = make_scene(e);
  for (const double fast_m : {0.001, 0.02}) {
    for (const double slow_m : {0.003, 0.031}) {
      const Vec3d expected =
          rotate_about(point(straight, fast_m, slow_m), swung.frame.two_theta_axis, e.detector.two_theta_rad);
      CHECK(relative_difference(point(swung, fast_m, slow_m), expected) < 1e-13);
    }
  }
}

TEST_CASE("bend: pixels all round cover the sphere once, in the kernel's solid angles and in the printed one") {
  Experiment e = curved(Convention::dials);
  e.detector.pixels_fast = 400;
  e.detector.pixels_slow = 200;
  e.detector.pixel_size_m = 2 * pi * 0.06 / 400;
  const Scene scene = make_scene(e);
  double sum = 0;
  for (int s = 0; s < 200; ++s) {
    for (int f = 0; f < 400; ++f) {
      const double p = e.detector.pixel_size_m;
      sum += solid_angle_of(scene, point(scene, p * (f + 0.5), p * (s + 0.5)));
    }
  }
  CHECK(sum == near(4 * pi, 1e-4));
  const auto warns = [](const Scene& s) {
    return std::ranges::find(s.warnings, Warning::Topic::overlapping_panel, &Warning::topic) != s.warnings.end();
  };
  CHECK_FALSE(warns(scene));
  CHECK(bench::render::printed_solid_angle_sr(scene, e, io::rendered_area(scene, {})) == near(4 * pi, 1e-4));
  e.detector.pixels_slow = 203;
  CHECK(warns(make_scene(e)));
}

TEST_CASE("bend: axes that are not at right angles are made so, whatever their hand") {
  Experiment e = curved(Convention::custom);
  e.frame.fast = {0.1, 0.2, 0.9};
  e.frame.slow = {0.05, -1, 0.3};
  e.frame.normal = {1, 0, 0};
  const Scene scene = make_scene(e);
  const Vec3d origin = point(scene, 0, 0);
  const Vec3d towards_fast = point(scene, 0.001, 0) - origin, towards_slow = point(scene, 0, 0.001) - origin;
  CHECK(radius(origin) == near(scene.panels.front().geometry.close_distance_m));
  CHECK(dot(towards_fast, scene.panels.front().geometry.fast) > 0.0005);
  CHECK(dot(towards_slow, scene.panels.front().geometry.slow) > 0.0005);
}

TEST_CASE("bend: a radius of nothing is refused, and so is a distance of 0 along the beam in compat") {
  Experiment e = curved(Convention::custom);
  e.detector.origin_m = Vec3d{0, 0.01, -0.01};  // the plane goes through the sample
  CHECK(begins_with(complaint([&] { make_scene(e); }), "detector close distance, m = 0: must be at least one pixel"));
  e.detector.origin_m = Vec3d{-0.06, 0.01, -0.01};
  CHECK(begins_with(complaint([&] { make_scene(e); }), "detector close distance, m = -0.0"));
}
