// SPDX-License-Identifier: MIT
// Wrong units: numbers that can be computed with, but that no X-ray experiment has.
#include "nbk/scene/unlikely_numbers.hpp"

#include "nbk/model/water_material.hpp"
#include "nbk/scene/make_scene.hpp"
#include "support/experiments.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <vector>

using namespace nbk;
using nbk::testing::smoke_experiment;

namespace {

using Change = std::function<void(Experiment&)>;

/// Returns the warnings about unlikely numbers that a scene has.
std::vector<Warning> unlikely(const Change& change, Policy policy = Policy::corrected) {
  Experiment experiment = smoke_experiment();
  experiment.policy = policy;
  change(experiment);
  std::vector<Warning> found;
  for (const Warning& warning : make_scene(experiment).warnings)
    if (scene::is_unlikely(warning.topic)) found.push_back(warning);
  return found;
}

Panel panel() {
  Panel p;
  p.origin_m = {-0.01, -0.01, 0.1};
  p.pixels_fast = p.pixels_slow = 8;
  return p;
}

struct Row {
  const char* text;       ///< of the warning
  const char* parameter;  ///< of the warning
  Change change;
};

const std::vector<Row> rows{
    {"a wavelength of 1e+10 A is no X-ray's; beam.wavelength_m is in metres", "beam.wavelength_m",
     [](Experiment& e) { e.beam.wavelength_m = 1; }},
    {"a wavelength of 0.0015 A is no X-ray's", "beam.wavelength_m",
     [](Experiment& e) { e.beam.wavelength_m = 1.5e-13; }},
    {"a wavelength of 1e+10 A is no X-ray's", "beam.spectrum.lines[1].wavelength_m",
     [](Experiment& e) {
       e.beam.spectrum.lines = {{1.5e-10, 1, 0}, {1, 1, 0}, {1.1, 1, 0}};
     }},
    {"a wavelength of 1.5e+10 A is no X-ray's", "beam.sources[0].wavelength_m",
     [](Experiment& e) {
       e.beam.sources = {{{-10, 0, 0}, 1, 1.5, 0}};
     }},
    {"a beam of 100000 mm is no X-ray beam's", "beam.size_m", [](Experiment& e) { e.beam.size_m = 100; }},
    {"a dispersion of 150 % is wider", "beam.dispersion.range",
     [](Experiment& e) {
       e.beam.dispersion = {1.5, {}, 2};
     }},
    {"a divergence of 114.592 degrees is no beam's", "beam.horizontal_divergence.range",
     [](Experiment& e) {
       e.beam.horizontal_divergence = {2, {}, 2};
     }},
    {"a pixel of 172 mm is no detector's; detector.pixel_size_m is in metres", "detector.pixel_size_m",
     [](Experiment& e) { e.detector.pixel_size_m = 0.172; }},
    {"a pixel of 1.72e-05 mm is no detector's", "detector.pixel_size_m",
     [](Experiment& e) { e.detector.pixel_size_m = 1.72e-8; }},
    {"a detector 100000 mm from the sample is none; detector.distance_m is in metres", "detector.distance_m",
     [](Experiment& e) { e.detector.distance_m = 100; }},
    {"a detector 0.1 mm from the sample is none", "detector.distance_m",
     [](Experiment& e) { e.detector.distance_m = 1e-4; }},
    {"a detector 100000 mm from the sample is none", "detector.close_distance_m",
     [](Experiment& e) { e.detector.close_distance_m = 100; }},
    {"80000 mm is wider than any detector", "detector.beam_x_m", [](Experiment& e) { e.detector.beam_x_m = 80; }},
    {"a sensor of 450 mm is no detector's; detector.sensor.thickness_m is in metres", "detector.sensor.thickness_m",
     [](Experiment& e) {
       e.detector.sensor = {0.45, 0.001, 2};
     }},
    {"an attenuation length of 234000 mm is no sensor's", "detector.sensor.attenuation_length_m",
     [](Experiment& e) {
       e.detector.sensor = {4.5e-4, 234, 2};
     }},
    {"an angle of 1145.92 degrees is more than a turn; detector.two_theta_rad is in radian", "detector.two_theta_rad",
     [](Experiment& e) { e.detector.two_theta_rad = 20; }},
    {"a detector 100000 mm from the sample is none", "detector.panels[1].origin_m",
     [](Experiment& e) {
       e.detector.panels = {panel(), panel(), panel()};
       e.detector.panels[1].origin_m = e.detector.panels[2].origin_m = {0, 0, 100};
     }},
    {"a pixel of 75 mm is no detector's", "detector.panels[0].pixel_size_m",
     [](Experiment& e) {
       e.detector.panels = {panel(), panel()};
       e.detector.panels[0].pixel_size_m = e.detector.panels[1].pixel_size_m = 0.075;
     }},
    {"30000 mm of matter let no X-rays through", "materials[0].thickness_m",
     [](Experiment& e) {
       e.materials = {water_material(1e-4)};
       e.materials[0].thickness_m = 30;
     }},
    {"1.5e+10 A leaves the whole image out", "dmin_m", [](Experiment& e) { e.dmin_m = 1.5; }},
    {"a unit cell's edge of 7e-09 A is no crystal's; crystal.cell edge is in Angstrom", "crystal.cell edge",
     [](Experiment& e) { e.crystal.cell = UnitCell{7e-9, 8e-9, 9e-9, 1.5, 1.5, 1.5}; }},
    {"a unit cell's edge of 7e-09 A is no crystal's", "crystal.real_space_A",
     [](Experiment& e) {
       e.crystal.cell.reset();
       e.crystal.real_space_A = Mat3d{{7e-9, 0, 0}, {0, 8e-9, 0}, {0, 0, 9e-9}};
     }},
    {"a unit cell's edge of 0.0142857 A is no crystal's", "crystal.b_matrix",
     [](Experiment& e) {
       e.crystal.cell.reset();
       e.crystal.u_matrix = Mat3d::identity();
       e.crystal.b_matrix = Mat3d{{70, 0, 0}, {0, 80, 0}, {0, 0, 90}};
     }},
    {"a unit cell's edge of 0.0214286 A is no crystal's", "crystal.a_matrix",
     [](Experiment& e) {
       e.crystal.cell.reset();
       e.crystal.a_matrix = Mat3d{{70, 0, 0}, {0, 80, 0}, {0, 0, 90}};
     }},
    {"a crystal of 50000 mm is no sample's", "crystal.size_m",
     [](Experiment& e) {
       e.crystal.size_m = {0, 50, 0};
     }},
    {"a spread of 572.958 degrees is more than half a turn; crystal.mosaicity.spread_rad is in radian",
     "crystal.mosaicity.spread_rad",
     [](Experiment& e) {
       e.crystal.mosaicity = {10, 3, -1};
     }},
    {"an angle of 1718.87 degrees is more than a turn", "crystal.misset_rad",
     [](Experiment& e) {
       e.crystal.misset_rad = {10, 20, 30};
     }},
    {"an angle of 5156.62 degrees is more than a turn", "crystal.phi.range_rad",
     [](Experiment& e) { e.crystal.phi.range_rad = 90; }},
};

}  // namespace

TEST_CASE("unlikely numbers: a number in a wrong unit is one warning with the parameter, its value and its unit") {
  for (const Row& row : rows) {
    INFO(row.text);
    const std::vector<Warning> found = unlikely(row.change);
    REQUIRE(found.size() == 1);
    CHECK(found[0].parameter == row.parameter);
    CHECK(found[0].text.find(row.text) != std::string::npos);
    CHECK(found[0].text.find(std::string("; ") + row.parameter + " is ") != std::string::npos);
    const bool of_crystal = found[0].parameter.rfind("crystal.", 0) == 0;
    CHECK(depends_on_crystal(found[0].topic) == of_crystal);
  }
}

TEST_CASE("unlikely numbers: neither what is usual nor what is large but real is warned of") {
  const std::vector<Change> usual{
      [](Experiment&) {},
      [](Experiment& e) { e.detector.distance_m = 31; },      // small-angle scattering
      [](Experiment& e) { e.detector.distance_m = 1e-3; },    // the least that a detector has
      [](Experiment& e) { e.beam.wavelength_m = 1.97e-12; },  // electrons of 300 keV
      [](Experiment& e) { e.beam.wavelength_m = 13.5e-9; },   // extreme ultraviolet
      [](Experiment& e) { e.detector.pixel_size_m = 6.5e-7; },
      [](Experiment& e) { e.crystal.cell = UnitCell{4000, 4000, 4000, 0, 0, 0}; },
      [](Experiment& e) {
        e.crystal.misset_rad = {0, 0, -6.283185307179586};
      },
      [](Experiment& e) { e.crystal.random_misset_seed = -7; },
      [](Experiment& e) {
        e.detector.sensor = {0, 0.0, {}};
      },
      [](Experiment& e) {
        e.detector.panels = {panel(), panel()};
      },
  };
  for (std::size_t i = 0; i < usual.size(); ++i) {
    INFO(i);
    CHECK(unlikely(usual[i]).empty());
    CHECK(unlikely(usual[i], Policy::compat).empty());
  }
}
