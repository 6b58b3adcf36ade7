// SPDX-License-Identifier: MIT
#include "bench/render/solid_angle.hpp"

#include "nbk/scene/make_scene.hpp"
#include "support/experiments.hpp"
#include "support/relative.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace nbk;
using nbk::testing::near;

namespace {

/// Every pixel for itself, at the middle of its first sub-pixel.
double one_by_one(const Scene& scene) {
  const PanelGeometry& p = scene.panels.front().geometry;
  const double sub_m = p.pixel_size_m / scene.panels.front().oversample;
  double sum = 0;
  for (int slow = scene.panels.front().window.slow_min; slow <= scene.panels.front().window.slow_max; ++slow) {
    for (int fast = scene.panels.front().window.fast_min; fast <= scene.panels.front().window.fast_max; ++fast) {
      const Vec3d at = p.point_m(p.pixel_size_m * fast + sub_m / 2, p.pixel_size_m * slow + sub_m / 2);
      const double r = std::sqrt(dot(at, at));
      sum += p.point_pixel ? 1 / (r * r) : p.pixel_size_m * p.pixel_size_m * p.close_distance_m / (r * r * r);
    }
  }
  return sum;
}

double printed(const Experiment& e) {
  const Scene scene = make_scene(e);
  return bench::render::printed_solid_angle_sr(scene, e, io::rendered_area(scene, e.detector.mask));
}

}  // namespace

TEST_CASE("solid angle: rows that are added up at once, and those that are not") {
  Experiment e = nbk::testing::smoke_experiment(Convention::xds);
  e.detector.pixels_fast = 700;
  e.detector.pixels_slow = 90;
  e.detector.rotation_rad = {0.3, -0.5, 0.2};
  e.detector.two_theta_rad = 0.4;
  e.detector.oversample = 2;
  for (const double pixel_m : {1e-5, 1e-4, 5e-4, 7e-4, 2e-3}) {  // from 5e-4 m on the points are added up
    e.detector.pixel_size_m = pixel_m;
    for (const bool points : {false, true}) {
      e.detector.point_pixel = points;
      e.detector.roi = {};
      CHECK(printed(e) == near(one_by_one(make_scene(e)), 1e-7));
      e.detector.roi = {13, 502, 20, 77};
      CHECK(printed(e) == near(one_by_one(make_scene(e)), 1e-7));
    }
  }
}

TEST_CASE("solid angle: masked pixels do not count") {
  Experiment e = nbk::testing::smoke_experiment();
  e.detector.pixel_size_m = 1e-4;
  const double open = printed(e);
  e.detector.mask.assign(32 * 32, 1);
  CHECK(printed(e) == near(open, 1e-6));
  for (std::size_t i = 0; i < e.detector.mask.size(); i += 2) e.detector.mask[i] = 0;
  CHECK(printed(e) == near(open / 2, 1e-4));
}

TEST_CASE("solid angle: in corrected it is the panel's own, in compat it is divided by phi steps and domains") {
  Experiment e = nbk::testing::smoke_experiment();
  const double own = printed(e);
  e.crystal.phi.range_rad = 0.01;
  e.crystal.phi.steps = 5;
  e.policy = Policy::compat;
  CHECK(printed(e) == near(own / 5, 1e-6));
  e.policy = Policy::corrected;
  CHECK(printed(e) == near(own, 1e-6));
  e.detector.sensor = {.thickness_m = 1e-9, .attenuation_length_m = 1e-9, .layers = 3};
  e.detector.oversample = 2;
  CHECK(printed(e) == near(own, 1e-3));
  e.detector.oversample_solid_angle = true;
  CHECK(printed(e) == near(own, 1e-3));
}
