// SPDX-License-Identifier: MIT
#include "nbk/scene/make_scene.hpp"

#include "support/experiments.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <vector>

using namespace nbk;
using nbk::testing::begins_with;
using nbk::testing::complaint;
using nbk::testing::cubic_experiment;
using nbk::testing::degree;

namespace {

/// What make_scene says to the cubic experiment after `change`.
std::string complaint_after(const std::function<void(Experiment&)>& change) {
  return complaint([&] {
    Experiment experiment = cubic_experiment();
    change(experiment);
    make_scene(experiment);
  });
}

int recommended(double edge_A, double wavelength_A, double cells) {
  Experiment experiment = cubic_experiment(edge_A);
  experiment.beam.wavelength_m = wavelength_A * 1e-10;
  experiment.crystal.cells = {cells, cells, cells};
  const Scene scene = make_scene(experiment);
  CHECK(scene.panels.front().oversample == scene.panels.front().recommended_oversample);
  return scene.panels.front().oversample;
}

}  // namespace

TEST_CASE("make_scene: defaults") {
  const Scene scene = make_scene(cubic_experiment());
  CHECK(scene.panels.front().geometry.pixels_fast == 1024);
  CHECK(scene.rays.size() == 1);
  CHECK(scene.phi_rad == std::vector<double>{0.0});
  CHECK(scene.domains.size() == 1);
  CHECK(scene.mosaic_rotations == false);
  CHECK(scene.fluence_per_m2 == constants::unit_fluence_per_m2);
  CHECK(scene.panels.front().layers.count == 1);
  CHECK(scene.lattice.cells == std::array<double, 3>{1, 1, 1});
  CHECK(scene.interpolate == false);
  CHECK(scene.warnings.empty());
}

TEST_CASE("make_scene: automatic oversampling") {
  CHECK(recommended(100, 6.2, 5) == 1);
  CHECK(recommended(100, 1.0, 5) == 2);
  CHECK(recommended(100, 1.0, 10) == 3);
  CHECK(recommended(100, 0.5, 20) == 12);
}

TEST_CASE("make_scene: automatic oversampling of a crystal given by its size") {
  Experiment experiment = cubic_experiment();
  experiment.crystal.cell = UnitCell{70, 80, 90, 75 * degree, 85 * degree, 95 * degree};
  experiment.crystal.size_m = {2e-4, 2e-4, 2e-4};
  CHECK(make_scene(experiment).panels.front().oversample == 6001);
}

TEST_CASE("make_scene: less oversampling than recommended is a warning") {
  Experiment experiment = cubic_experiment();
  experiment.crystal.cells = {50, 1, 1};
  experiment.detector.oversample = 2;
  const Scene scene = make_scene(experiment);
  CHECK(scene.panels.front().oversample == 2);
  CHECK(scene.panels.front().recommended_oversample == 15);
  REQUIRE(scene.warnings.size() == 1);
  CHECK(scene.warnings[0].text.find("15") != std::string::npos);
}

TEST_CASE("make_scene: when structure factors are interpolated") {
  Experiment experiment = cubic_experiment();
  CHECK(make_scene(experiment).interpolate == false);
  auto& factors = experiment.structure_factors;
  factors.h_min = factors.h_max = factors.k_min = factors.k_max = factors.l_min = factors.l_max = 0;
  factors.amplitude = {1.0};
  CHECK(make_scene(experiment).interpolate == true);
  experiment.crystal.cells = {3, 3, 2};
  CHECK(make_scene(experiment).interpolate == true);
  experiment.crystal.cells = {3, 3, 3};
  CHECK(make_scene(experiment).interpolate == false);
  factors.interpolate = true;
  CHECK(make_scene(experiment).interpolate == true);
  experiment.crystal.cells = {1, 1, 1};
  factors.interpolate = false;
  CHECK(make_scene(experiment).interpolate == false);
}

TEST_CASE("make_scene: interpolation is decided before the size in compat, after it in corrected") {
  Experiment experiment = cubic_experiment();
  auto& factors = experiment.structure_factors;
  factors.h_min = factors.h_max = factors.k_min = factors.k_max = factors.l_min = factors.l_max = 0;
  factors.amplitude = {1.0};
  experiment.crystal.size_m = {1e-6, 1e-6, 1e-6};
  experiment.detector.oversample = 1;
  CHECK(make_scene(experiment).interpolate == true);
  experiment.policy = Policy::corrected;
  CHECK(make_scene(experiment).interpolate == false);
}

TEST_CASE("make_scene: a random orientation replaces the given one") {
  Experiment experiment = cubic_experiment();
  experiment.crystal.misset_rad = {1, 2, 3};
  experiment.crystal.random_misset_seed = -7;
  const Scene scene = make_scene(experiment);
  CHECK(scene.misset_rad.x / degree == doctest::Approx(22.076402).epsilon(1e-7));
  CHECK(scene.misset_rad.y / degree == doctest::Approx(19.703339).epsilon(1e-7));
  CHECK(scene.misset_rad.z / degree == doctest::Approx(8.204977).epsilon(1e-7));
}

TEST_CASE("make_scene: water that compat counts more or less often than once is a warning with the factor") {
  Experiment experiment = cubic_experiment();
  experiment.water_size_m = 1e-5;
  CHECK(make_scene(experiment).warnings.empty());  // r_e^2 fluence is 1, and so are the evaluations
  experiment.beam.fluence_per_m2 = 0.5 * constants::unit_fluence_per_m2;
  experiment.crystal.mosaicity = {0.01, 5};
  const std::vector<Warning> warnings = make_scene(experiment).warnings;
  REQUIRE(warnings.size() == 1);
  CHECK(warnings[0].topic == Warning::Topic::miscounted_water);
  CHECK(warnings[0].text.find("water has 0.1 times the photons") == 0);
  experiment.water_size_m = 0;
  CHECK(make_scene(experiment).warnings.empty());
  experiment.water_size_m = 1e-5;
  experiment.policy = Policy::corrected;
  CHECK(make_scene(experiment).warnings.empty());
}

TEST_CASE("make_scene: a panel swung behind the sample, and a polarisation beyond full, are warnings") {
  Experiment experiment = cubic_experiment();
  experiment.detector.two_theta_rad = 100 * degree;
  experiment.beam.kahn_factor = 1.5;
  CHECK(make_scene(experiment).warnings.size() == 2);
}

TEST_CASE("make_scene: a beam centre that the convention does not read is a warning") {
  Experiment experiment = cubic_experiment();
  experiment.detector.close_x_m = 0.05;
  CHECK(make_scene(experiment).warnings.size() == 1);
  experiment.frame = Frame::of(Convention::xds);
  experiment.detector.beam_x_m = 0.05;
  CHECK(make_scene(experiment).warnings.size() == 2);
  experiment.frame = Frame::of(Convention::custom);
  CHECK(make_scene(experiment).warnings.empty());
}

TEST_CASE("make_scene: numbers that cannot be are refused by name") {
  const auto check = [](const std::string& start, const std::function<void(Experiment&)>& change) {
    const std::string text = complaint_after(change);
    CAPTURE(text);
    CHECK(begins_with(text, start));
  };
  const double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
  check("beam.wavelength_m = 0", [](Experiment& e) { e.beam.wavelength_m = 0; });
  check("beam.wavelength_m = -1", [](Experiment& e) { e.beam.wavelength_m = -1; });
  check("beam.wavelength_m = nan", [&](Experiment& e) { e.beam.wavelength_m = nan; });
  check("beam.kahn_factor", [&](Experiment& e) { e.beam.kahn_factor = infinity; });
  check("beam.fluence_per_m2", [](Experiment& e) { e.beam.fluence_per_m2 = -1; });
  check("beam.flux_per_s", [](Experiment& e) { e.beam.flux_per_s = -1; });
  check("beam.exposure_s (with a flux) = 0", [](Experiment& e) { e.beam.flux_per_s = 1, e.beam.exposure_s = 0; });
  check("beam.size_m (with a flux) = 0", [](Experiment& e) { e.beam.flux_per_s = 1, e.beam.size_m = 0; });
  check("beam.flux_per_s *", [](Experiment& e) { e.beam.flux_per_s = 1e300, e.beam.exposure_s = 1e20; });
  check("beam.dispersion.range", [](Experiment& e) { e.beam.dispersion.range = -0.1; });
  check("beam.horizontal_divergence.step", [](Experiment& e) { e.beam.horizontal_divergence.step = -0.1; });
  check("beam.vertical_divergence.count", [](Experiment& e) { e.beam.vertical_divergence.count = -2; });
  check("detector.pixel_size_m = 0", [](Experiment& e) { e.detector.pixel_size_m = 0; });
  check("cell edge * 2 / wavelength", [](Experiment& e) { e.beam.wavelength_m = 1e-20; });
  check("detector.distance_m = 1e-300", [](Experiment& e) { e.detector.distance_m = 1e-300; });
  check("detector distance to the first pixel", [](Experiment& e) { e.detector.beam_x_m = 1e10; });
  check("detector.distance_m = -0.1", [](Experiment& e) { e.detector.distance_m = -0.1; });
  check("detector.close_distance_m", [](Experiment& e) { e.detector.close_distance_m = 0; });
  check("detector.pixels_fast or pixels_slow = 0", [](Experiment& e) { e.detector.pixels_slow = 0; });
  check("detector.size_fast_m", [](Experiment& e) { e.detector.size_fast_m = 1e-5; });
  check("detector.size_slow_m", [](Experiment& e) { e.detector.size_slow_m = 1e9; });
  check("detector.beam_x_m", [&](Experiment& e) { e.detector.beam_x_m = nan; });
  check("detector.rotation_rad.y", [&](Experiment& e) { e.detector.rotation_rad.y = infinity; });
  check("detector.sensor.thickness_m", [](Experiment& e) { e.detector.sensor.thickness_m = -1; });
  check("detector.sensor.layers", [](Experiment& e) { e.detector.sensor.layers = -3; });
  check("crystal.cells = 0", [](Experiment& e) { e.crystal.cells = {5, 0, 5}; });
  check("crystal.cells = 2.5", [](Experiment& e) { e.crystal.cells = {2.5, 1, 1}; });
  check("crystal.misset_rad.z", [&](Experiment& e) { e.crystal.misset_rad.z = nan; });
  check("crystal.size_m.x", [](Experiment& e) { e.crystal.size_m.x = -1e-6; });
  check("crystal.fudge", [](Experiment& e) { e.crystal.fudge = -1; });
  check("crystal.mosaicity.spread_rad", [](Experiment& e) { e.crystal.mosaicity.spread_rad = -0.1; });
  check("crystal.mosaicity.domains", [](Experiment& e) { e.crystal.mosaicity.domains = -1; });
  check("crystal.phi.range_rad = 0", [](Experiment& e) { e.crystal.phi = {0, 0.0, 0.1, std::nullopt}; });
  check("crystal.phi.steps = -1", [](Experiment& e) { e.crystal.phi.steps = -1; });
  check("water_size_m", [](Experiment& e) { e.water_size_m = -1; });
  check("dmin_m", [&](Experiment& e) { e.dmin_m = nan; });
}

TEST_CASE("make_scene: what does not fit together is refused by name") {
  CHECK(complaint_after([](Experiment& e) { e.crystal.cell.reset(); }) ==
        "crystal.cell = none: a unit cell, an A matrix, U and B, or real-space vectors must be given");
  CHECK(complaint_after([](Experiment& e) { e.structure_factors.default_amplitude = 0; }) ==
        "structure_factors.default_amplitude = 0: must not be 0 when there is no table of structure factors");
  CHECK(begins_with(complaint_after([](Experiment& e) { e.detector.roi.fast_min = 1024; }), "detector.roi.fast_min"));
  CHECK(complaint_after([](Experiment& e) { e.detector.mask.assign(5, 1); }) ==
        "detector.mask size = 5: must be empty or have the panel's 1048576 pixels");
  CHECK(begins_with(complaint_after([](Experiment& e) { e.detector.pixels_fast = e.detector.pixels_slow = 60000; }),
                    "detector pixels_fast * pixels_slow = 3600000000"));
  CHECK(begins_with(complaint_after([](Experiment& e) { e.frame.slow = {0, 0, -2}; }), "frame.slow"));
  CHECK(begins_with(complaint_after([](Experiment& e) { e.frame.spindle = {0, 0, 0}; }), "frame.spindle"));
  CHECK(begins_with(complaint_after([](Experiment& e) { e.detector.oversample = 1 << 30; }), "detector.oversample"));
  CHECK(begins_with(complaint_after([](Experiment& e) {
                      e.crystal.phi.steps = 20000;
                      e.crystal.mosaicity = {0.1, 20000};
                    }),
                    "crystal.phi.steps * crystal.mosaicity.domains"));
}

TEST_CASE("make_scene: sources need a direction, a wavelength and a weight") {
  const auto after = [](const Source& source) {
    return complaint_after([&](Experiment& e) { e.beam.sources = {Source{}, source}; });
  };
  CHECK(begins_with(after({{0, 0, 0}, 1, 1e-10, 0}), "beam.sources[1].position"));
  CHECK(begins_with(after({{1, 0, 0}, 1, 0, 0}), "beam.sources[1].wavelength_m = 0"));
  CHECK(begins_with(after({{1, 0, 0}, -1, 1e-10, 0}), "beam.sources[1].weight"));
  CHECK(begins_with(after({{1, 0, 0}, 1, 1e-10, 2}), "beam.sources[1].structure_factor_set = 2"));
  CHECK(after({{1, 0, 0}, 0, 1e-10, 0}).empty());
}

TEST_CASE("make_scene: a table of structure factors must fill its ranges with finite numbers") {
  const auto with_table = [](int h_max, std::vector<double> amplitude) {
    return complaint_after([&](Experiment& e) {
      e.structure_factors = {-1, h_max, 0, 0, 2, 3, std::move(amplitude), 0, false, std::nullopt};
    });
  };
  CHECK(with_table(0, {1, 2, 3, 4}).empty());
  CHECK(begins_with(with_table(0, {1, 2, 3}), "structure_factors.amplitude size = 3"));
  CHECK(begins_with(with_table(-2, {1, 2, 3}), "structure_factors.h_max = -2"));
  CHECK(begins_with(with_table(0, {1, 2, std::nan(""), 4}), "structure_factors.amplitude = nan"));
  CHECK(begins_with(with_table(std::numeric_limits<int>::max(), {1, 2, 3, 4}), "structure_factors.amplitude size = 4"));
}
