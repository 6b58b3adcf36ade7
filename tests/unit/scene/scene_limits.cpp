// SPDX-License-Identifier: MIT
// How large an experiment may be, a sensor that is seen from behind, and crystals that cannot be.
#include "nbk/plan/steps_per_pixel.hpp"
#include "nbk/scene/make_scene.hpp"
#include "support/experiments.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace nbk;
using nbk::testing::begins_with;
using nbk::testing::complaint;
using nbk::testing::degree;

TEST_CASE("scene: more evaluations per pixel than a 32-bit count are divided by all the same") {
  Experiment e = nbk::testing::smoke_experiment();
  e.detector.oversample = 50000;
  const auto steps = [&] {
    const Scene scene = make_scene(e);
    return plan::steps_per_pixel(scene, scene.panels.front());
  };
  CHECK(steps() == 2.5e9);
  e.crystal.phi = {0, 0.1, {}, 4};
  CHECK(steps() == 1e10);
}

TEST_CASE("scene: more evaluations per pixel than 64 bits count are refused, in both policies") {
  Experiment e = nbk::testing::smoke_experiment();
  e.detector.oversample = 60'000'000;
  e.crystal.phi = {0, 0.1, {}, 10000};
  for (const Policy policy : {Policy::compat, Policy::corrected}) {
    e.policy = policy;
    CHECK(begins_with(complaint([&] { make_scene(e); }), "evaluations per pixel"));
  }
}

TEST_CASE("scene: a sensor with a thickness must face the sample, in both policies") {
  Experiment e = nbk::testing::smoke_experiment();
  e.detector.two_theta_rad = 100 * degree;
  for (const Policy policy : {Policy::compat, Policy::corrected}) {
    e.policy = policy;
    e.detector.sensor = {};
    CHECK_FALSE(make_scene(e).warnings.empty());
    e.detector.sensor = {3e-4, 5e-4, 2};
    const std::string text = complaint([&] { make_scene(e); });
    CAPTURE(text);
    CHECK(begins_with(text, "detector.sensor.thickness_m = 0.000"));
    CHECK(text.find("seen from behind") != std::string::npos);
  }
  e.detector.two_theta_rad = 10 * degree;
  CHECK(complaint([&] { make_scene(e); }).empty());
}

TEST_CASE("scene: impossible cells, matrices and amplitudes are refused by name") {
  const auto check = [](const std::string& start, const auto& change) {
    Experiment e = nbk::testing::smoke_experiment();
    change(e);
    for (const Policy policy : {Policy::compat, Policy::corrected}) {
      e.policy = policy;
      const std::string text = complaint([&] { make_scene(e); });
      CAPTURE(text);
      CHECK(begins_with(text, start));
    }
  };
  const double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
  check("crystal.cell.a_A = -70", [](Experiment& e) { e.crystal.cell->a_A = -70; });
  check("crystal.cell edge", [&](Experiment& e) { e.crystal.cell->c_A = infinity; });
  check("crystal.cell angle, radian = 3.14159", [](Experiment& e) { e.crystal.cell->beta_rad = 180 * degree; });
  check("crystal.cell.gamma_rad = nan", [&](Experiment& e) { e.crystal.cell->gamma_rad = nan; });
  check("crystal.cell angles", [](Experiment& e) { e.crystal.cell->alpha_rad = 9 * degree; });
  check("crystal.cell angles", [](Experiment& e) {
    e.crystal.cell->alpha_rad = e.crystal.cell->beta_rad = e.crystal.cell->gamma_rad = 125 * degree;
  });
  check("crystal.a_matrix column", [](Experiment& e) { e.crystal.a_matrix = Mat3d{}; });
  check("crystal.a_matrix determinant", [](Experiment& e) {
    e.crystal.a_matrix = Mat3d{{1, 0, 1}, {0, 1, 1}, {0, 0, 0}};
  });
  check("crystal.a_matrix row 1", [&](Experiment& e) {
    e.crystal.a_matrix = Mat3d{{1, 0, 0}, {0, nan, 0}, {0, 0, 1}};
  });
  check("structure_factors.default_amplitude", [&](Experiment& e) { e.structure_factors.default_amplitude = nan; });
}

TEST_CASE("scene: a panel with a pixel at the sample is refused, one that goes past it is not") {
  Experiment e = nbk::testing::smoke_experiment(Convention::custom);
  e.policy = Policy::corrected;
  e.detector.origin_m = Vec3d{0, 0.0165, -0.0165};  // the middle of pixel (16, 16)
  CHECK(
      begins_with(complaint([&] { make_scene(e); }), "detector, distance from the sample to a pixel, m = 0: must be"));
  e.detector.roi = {0, 15, 0, 31};
  CHECK(complaint([&] { make_scene(e); }).empty());
  e.detector.roi = {};
  e.detector.oversample = 2;  // its sub-pixels lie around it
  CHECK(complaint([&] { make_scene(e); }).empty());
}
