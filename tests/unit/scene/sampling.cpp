// SPDX-License-Identifier: MIT
#include "nbk/scene/sampling.hpp"

#include "nbk/scene/resolve_layers.hpp"

#include "support/experiments.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using nbk::PhiScan;
using nbk::Policy;
using nbk::Sampling;
using nbk::Sensor;
using nbk::SensorLayers;
using nbk::scene::Grid;
using nbk::scene::PhiSteps;
using nbk::scene::resolve_dispersion;
using nbk::scene::resolve_grid;
using nbk::scene::resolve_layers;
using nbk::scene::resolve_phi;
using nbk::testing::complaint;
using nbk::testing::degree;

namespace {

constexpr std::nullopt_t none = std::nullopt;

void check_grid(const Sampling& wanted, double range, double step, int count) {
  const Grid grid = resolve_grid(wanted, "grid");
  CHECK(grid.range == range);
  CHECK(grid.step == step);
  CHECK(grid.count == count);
}

void check_phi(const PhiScan& wanted, double range, double step, int count) {
  const PhiSteps phi = resolve_phi(wanted);
  CHECK(phi.range_rad == doctest::Approx(range).epsilon(1e-15));
  CHECK(phi.step_rad == doctest::Approx(step).epsilon(1e-15));
  CHECK(phi.count == count);
}

SensorLayers layers_of(const Sensor& sensor, Policy policy = Policy::compat) {
  std::vector<nbk::Warning> warnings;
  return resolve_layers(sensor, policy, warnings);
}

}  // namespace

TEST_CASE("sampling: every combination of range, step and count") {
  check_grid({none, none, none}, 0, 0, 1);
  check_grid({none, 0.25, none}, 0.25, 0.25, 2);
  check_grid({0.5, none, none}, 0.5, 0.5, 2);
  check_grid({1.0, 0.3, none}, 1.0, 0.3, 4);
  check_grid({none, none, 4}, 1.0, 0.25, 4);
  check_grid({none, 0.1, 7}, 0.1, 0.1, 2);
  check_grid({0.6, none, 4}, 0.6, 0.6 / 3, 4);
  check_grid({0.6, none, 1}, 0.6, 0.6, 2);
  check_grid({0.6, 0.1, 3}, 0.6, 0.1, 3);
}

TEST_CASE("sampling: a grid without extent is one point, and a count of 0 is not given") {
  check_grid({0.0, none, 5}, 0, 0, 1);
  check_grid({0.0, 0.1, none}, 0, 0, 1);
  check_grid({none, none, 0}, 0, 0, 1);
  check_grid({0.5, none, 0}, 0.5, 0.5, 2);
}

TEST_CASE("sampling: points start at minus half the range and may stop short of its end") {
  const Grid grid = resolve_grid({1.0, 0.25, none}, "grid");
  CHECK(grid.at(0) == -0.5);
  CHECK(grid.at(grid.count - 1) == 0.25);
}

TEST_CASE("sampling: a number of wavelengths alone gives one") {
  CHECK(resolve_dispersion({none, none, 5}).count == 1);
  CHECK(resolve_dispersion({0.02, none, 5}).count == 5);
}

TEST_CASE("sampling: too many points are refused") {
  CHECK(complaint([] {
          resolve_grid({1.0, 1e-12, none}, "beam.dispersion");
        }) == "beam.dispersion.range / step = 1000000000000: must be at most 1e8 points");
}

TEST_CASE("sampling: every combination of a phi scan") {
  check_phi({0, none, none, none}, 0, 0, 1);
  check_phi({0, none, 0.1, none}, 0.1, 0.1, 2);
  check_phi({0, 0.3, none, none}, 0.3, 0.15, 2);
  check_phi({0, 0.3, 0.1, none}, 0.3, 0.1, 3);
  check_phi({0, none, none, 4}, degree, degree / 4, 4);
  check_phi({0, none, none, 0}, degree, degree, 1);
  check_phi({0, none, 0.1, 5}, 0.1, 0.1, 2);
  check_phi({0, 0.4, none, 4}, 0.4, 0.1, 4);
  check_phi({0, 0.4, 0.3, 4}, 0.4, 0.3, 4);
  check_phi({0, 0.4, 0.0, 4}, 0.4, 0, 4);
  check_phi({0, 0.0, none, none}, 0, 0, 2);
}

TEST_CASE("sampling: phi steps start at the start, and meet 0 exactly where the C program does") {
  const auto angles = nbk::scene::phi_angles(resolve_phi({-degree, 4 * degree, none, 4}));
  REQUIRE(angles.size() == 4);
  CHECK(angles[0] == -degree);
  CHECK(angles[1] == 0.0);
  CHECK(angles[3] == doctest::Approx(2 * degree).epsilon(1e-15));
}

TEST_CASE("sampling: a phi scan of no steps is refused") {
  CHECK(complaint([] {
          resolve_phi({0, 0.0, 0.1, none});
        }) == "crystal.phi.range_rad = 0: must be > 0 when a step is given without a count");
}

TEST_CASE("sampling: layers of the sensor, as the C program spaces them") {
  SensorLayers layers = layers_of({4e-4, 5e-4, none});
  CHECK(layers.count == 2);
  CHECK(layers.step_m == 2e-4);
  CHECK(layers.attenuation_per_m == 1 / 5e-4);
  layers = layers_of({4e-4, 5e-4, 5});
  CHECK(layers.count == 5);
  CHECK(layers.step_m == 1e-4);
  layers = layers_of({4e-4, none, 1});
  CHECK(layers.count == 2);
  CHECK(layers.step_m == 4e-4);
  CHECK(layers.attenuation_per_m == 1 / 4e-4);
}

TEST_CASE("sampling: corrected layers share the thickness") {
  SensorLayers layers = layers_of({4e-4, 5e-4, 5}, Policy::corrected);
  CHECK(layers.count == 5);
  CHECK(layers.step_m == 4e-4 / 5);
  layers = layers_of({4e-4, 5e-4, 1}, Policy::corrected);
  CHECK(layers.count == 1);
  CHECK(layers.step_m == 4e-4);
}

TEST_CASE("sampling: a sensor without thickness is one layer that captures everything") {
  const SensorLayers layers = layers_of({0, 5e-4, 7});
  CHECK(layers.count == 1);
  CHECK(layers.thickness_m == 0);
  CHECK(layers.step_m == 0);
}

TEST_CASE("sampling: an attenuation length of 0 is no absorption") {
  CHECK(layers_of({4e-4, 0.0, none}).attenuation_per_m == 0);
}
