// SPDX-License-Identifier: MIT
#include "nbk/scene/sufficient_precision.hpp"

#include "nbk/math/two_floats.hpp"
#include "support/experiments.hpp"

#include <doctest/doctest.h>

using namespace nbk;

namespace {

Experiment of_cells(double cells, double edge_A = 100) {
  Experiment e = nbk::testing::smoke_experiment();
  e.crystal.cell = UnitCell{edge_A, edge_A, edge_A};
  e.crystal.cells = {cells, cells, cells};
  return e;
}

}  // namespace

TEST_CASE("sufficient precision: float up to 2000 periods, double for the phase beyond") {
  CHECK(sufficient_precision(of_cells(5)) == Fp32::name);
  CHECK(sufficient_precision(of_cells(5000)) == Mixed::name);
  const Scene few = make_scene(of_cells(5)), many = make_scene(of_cells(5000)), most = make_scene(of_cells(5000, 1e8));
  CHECK(few.need.phase_periods > 0.0);
  CHECK(few.need.phase_periods < scene::most_periods_in_float);
  CHECK(many.need.phase_periods == doctest::Approx(1000 * few.need.phase_periods).epsilon(1e-12));
  CHECK(suffices<Fp32>(few));
  CHECK_FALSE(suffices<Fp32>(many));
  CHECK(suffices<Df64>(many));
  CHECK_FALSE(suffices<Df64>(most));
  CHECK(suffices<Mixed>(most));
  CHECK(suffices<Fp64>(most));
}

TEST_CASE("sufficient precision: a precision of a program's own is judged by its numbers") {
  struct WidePhase : Precision<double, float, float> {};
  struct FloatPhase : Precision<float, double, double> {};
  const Scene many = make_scene(of_cells(5000));
  CHECK(suffices<WidePhase>(many));
  CHECK_FALSE(suffices<FloatPhase>(many));
}

TEST_CASE("sufficient precision: factors that compound need the range of double, in compat only") {
  Experiment e = of_cells(5);
  e.detector.oversample_thickness = true;
  CHECK(sufficient_precision(e) == Fp64::name);
  e.policy = Policy::corrected;
  CHECK(sufficient_precision(e) == Fp32::name);
}

TEST_CASE("sufficient precision: few cells show which reflection is the nearest, which takes double") {
  Experiment e = of_cells(5);
  e.structure_factors = StructureFactors::from([](int h, int, int) { return 10.0 + h; }, {-1, 1}, {-1, 1}, {-1, 1});
  e.structure_factors.interpolate = false;
  CHECK(sufficient_precision(e) == Mixed::name);
  CHECK(suffices<Df64>(e));
  e.crystal.cells = {9, 9, 9};
  CHECK(sufficient_precision(e) == Fp32::name);
  e.crystal.cells = {9, 1, 9};
  CHECK(sufficient_precision(e) == Mixed::name);
  e.structure_factors.interpolate = true;  // nothing jumps
  CHECK(sufficient_precision(e) == Fp32::name);
  e.structure_factors = {};
  e.structure_factors.default_amplitude = 100;  // one F for all
  CHECK(sufficient_precision(e) == Fp32::name);
}

TEST_CASE("sufficient precision: an experiment that cannot be used has none") {
  Experiment e = of_cells(5);
  e.beam.wavelength_m = -1;
  CHECK(nbk::testing::begins_with(nbk::testing::complaint([&] { sufficient_precision(e); }), "beam.wavelength_m"));
}
