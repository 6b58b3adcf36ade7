// SPDX-License-Identifier: MIT
// How large an experiment may be, and a sensor that is seen from behind.
#include "nbk/setup/make_scene.hpp"
#include "nbk/setup/make_tables.hpp"
#include "support/experiments.hpp"

#include <doctest/doctest.h>

using namespace nbk;
using nbk::tests::begins_with;
using nbk::tests::complaint;
using nbk::tests::degree;

TEST_CASE("scene: more evaluations per pixel than a 32-bit count are divided by all the same") {
  Experiment e = nbk::tests::smoke_experiment();
  e.detector.oversample = 50000;
  CHECK(setup::steps_per_pixel(make_scene(e)) == 2.5e9);
  e.crystal.phi = {0, 0.1, {}, 4};
  CHECK(setup::steps_per_pixel(make_scene(e)) == 1e10);
}

TEST_CASE("scene: more evaluations per pixel than 64 bits count are refused, in both policies") {
  Experiment e = nbk::tests::smoke_experiment();
  e.detector.oversample = 60'000'000;
  e.crystal.phi = {0, 0.1, {}, 10000};
  for (const Policy policy : {Policy::compat, Policy::corrected}) {
    e.policy = policy;
    CHECK(begins_with(complaint([&] { make_scene(e); }), "evaluations per pixel"));
  }
}

TEST_CASE("scene: a sensor with a thickness must face the sample, in both policies") {
  Experiment e = nbk::tests::smoke_experiment();
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
