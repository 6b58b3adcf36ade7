// SPDX-License-Identifier: MIT
#include "bench/measure/additions.hpp"

#include "nbk/scene/make_scene.hpp"
#include "nbk/scene/validate_selection.hpp"

#include <doctest/doctest.h>

#include <set>
#include <tuple>

using namespace nbk;
using namespace nbk::bench::measure;

namespace {

/// A panel of 64 x 48 pixels, with a table.
Workload plain() {
  Workload workload = main_job(64);
  workload.pixels_slow = 48;
  workload.experiment.detector.pixels_slow = 48;
  workload.experiment.structure_factors =
      StructureFactors::from([](int, int, int) { return 10.0; }, {-3, 3}, {-3, 3}, {-3, 3});
  return workload;
}

Workload with(const Additions& additions) {
  Workload workload = plain();
  add(additions, workload);
  return workload;
}

}  // namespace

TEST_CASE("additions: none leave a workload and its flags") {
  const Workload workload = with({});
  CHECK(workload.flags == plain().flags);
  CHECK(workload.experiment.detector.panels.empty());
}

TEST_CASE("additions: modules share the panel's pixels, and lie apart from each other") {
  const Workload workload = with({4, 0, 0});
  const auto& panels = workload.experiment.detector.panels;
  REQUIRE(panels.size() == 16);
  CHECK(workload.flags.empty());
  CHECK(workload.pixels_fast == 16);
  CHECK(workload.pixels_slow == 16 * 12);
  const Scene scene = make_scene(workload.experiment);
  const PanelGeometry whole = make_scene(plain().experiment).panels.front().geometry;
  std::set<std::tuple<double, double, double>> directions;
  for (const ScenePanel& panel : scene.panels) {
    const PanelGeometry& p = panel.geometry;
    directions.insert({p.fast.x, p.fast.y, p.fast.z});
    CHECK(dot(p.normal, whole.normal) > 0.9999);
    CHECK(p.close_distance_m == doctest::Approx(whole.close_distance_m).epsilon(0.01));
  }
  CHECK(directions.size() == 16);
  // From corner to corner of neighbours: a module and a gap of 2 % of it, give or take the shifts.
  const Vec3d step_m = panels[1].origin_m - panels[0].origin_m;
  CHECK(dot(step_m, whole.fast) == doctest::Approx(1.02 * 16 * whole.pixel_size_m).epsilon(0.15));
}

TEST_CASE("additions: shoeboxes are boxes of 15 x 15 pixels on the panels") {
  const Workload workload = with({2, 7, 0});
  const Scene scene = make_scene(workload.experiment);
  CHECK(scene.panels.size() == 4);
  CHECK(scene::listed_pixels(scene.selection) == 7 * 225);
  CHECK(workload.pixels() == 7 * 225);
  CHECK(scene.selection.runs.size() == 7 * 15);
}

TEST_CASE("additions: materials are water, and air as well") {
  CHECK(with({.materials = 1}).experiment.materials.size() == 1);
  const Experiment e = with({.materials = 2}).experiment;
  REQUIRE(e.materials.size() == 2);
  CHECK(e.materials[0].name == "water");
  CHECK(e.materials[1].name == "air");
  CHECK(make_scene(e).warnings.size() == make_scene(plain().experiment).warnings.size());
}

TEST_CASE("additions: energies have a Gaussian spectrum, and structure factors each") {
  const Experiment e = with({0, 0, 5}).experiment;
  CHECK(e.further_sets.size() == 4);
  REQUIRE(e.beam.spectrum.lines.size() == 5);
  CHECK(e.beam.spectrum.lines[2].weight == 1);
  CHECK(e.beam.spectrum.lines[2].wavelength_m == doctest::Approx(e.beam.wavelength_m));
  CHECK(e.beam.spectrum.lines[0].weight == doctest::Approx(e.beam.spectrum.lines[4].weight));
  for (int i = 0; i < 5; ++i) CHECK(e.beam.spectrum.lines[static_cast<std::size_t>(i)].structure_factor_set == i);
  CHECK(e.further_sets[0].amplitude != e.further_sets[1].amplitude);
}
