// SPDX-License-Identifier: MIT
#include "bench/measure/arithmetic.hpp"

#include "bench/measure/counted.hpp"
#include "nbk/scene/make_scene.hpp"
#include "support/experiments.hpp"

#include <doctest/doctest.h>

namespace {

using namespace nbk::bench;

measure::Arithmetic count(const nbk::Experiment& experiment, const char* dtype) {
  return measure::count_arithmetic(experiment, nbk::make_scene(experiment), dtype);
}

/// Some orientations: no row is taken as a line.
measure::Arithmetic count(nbk::LatticeShape shape, const char* dtype) {
  nbk::Experiment experiment = nbk::testing::smoke_experiment();
  experiment.crystal.shape = shape;
  experiment.crystal.cells = {20, 20, 20};
  experiment.crystal.mosaicity.spread_rad = 0.01;
  return count(experiment, dtype);
}

}  // namespace

TEST_CASE("counted: a multiply-add counts two, the rest one") {
  const measure::Counted<float> x = 2, y = 3;
  CHECK(measure::operations_of([&] { (void)(x + y); }) == 1);
  CHECK(measure::operations_of([&] { (void)fma(x, y, x); }) == 2);
  CHECK(measure::operations_of([&] { (void)(x * y / sqrt(x)); }) == 3);
  CHECK(measure::operations_of([&] {
          (void)dot(nbk::Vec3<measure::Counted<float>>{x, x, x}, nbk::Vec3<measure::Counted<float>>{y, y, y});
        }) == 5);
}

TEST_CASE("arithmetic: what each shape costs is plausible, and double costs more than float") {
  using nbk::LatticeShape;
  for (const LatticeShape shape : nbk::shapes_of<nbk::physics::Shapes>) {
    const auto single = count(shape, "float32"), twice = count(shape, "float64");
    CHECK(single.per_evaluation > 30);
    CHECK(single.per_evaluation < 200);
    CHECK(twice.per_evaluation >= single.per_evaluation);
    CHECK(single.per_sample > 20);
    CHECK(single.per_sample < 120);
  }
  constexpr LatticeShape square("square");
  CHECK(count(square, "float64").per_evaluation > count(square, "float32").per_evaluation);
  CHECK(count(square, "df64").per_evaluation > 3 * count(square, "mixed").per_evaluation / 2);
  CHECK(count(square, "mixed").per_evaluation == count(square, "float32").per_evaluation);
}

TEST_CASE("arithmetic: interpolation costs its stencil") {
  nbk::Experiment experiment = nbk::testing::smoke_experiment();
  experiment.structure_factors =
      nbk::StructureFactors::from([](int, int, int) { return 1.0; }, {-9, 9}, {-9, 9}, {-9, 9});
  nbk::Scene scene = nbk::make_scene(experiment);
  scene.interpolate = false;
  const double nearest = measure::count_arithmetic(experiment, scene, "float32").per_evaluation;
  scene.interpolate = true;
  // 64 multiply-adds along the third axis, less the first of each line, and those of the other two.
  CHECK(measure::count_arithmetic(experiment, scene, "float32").per_evaluation > nearest + 150);
}

TEST_CASE("arithmetic: rows as lines and few cells cost less, and only where they are taken") {
  const nbk::Experiment few = nbk::testing::smoke_experiment();
  nbk::Experiment more = few;
  more.crystal.cells = {20, 20, 20};
  CHECK(count(few, "float32").per_evaluation < count(more, "float32").per_evaluation - 10);
  nbk::Experiment limited = few;
  limited.dmin_m = 1e-10;
  CHECK(count(few, "float32").per_sample < count(limited, "float32").per_sample / 2);
  CHECK(count(few, "float64").per_sample < count(limited, "float64").per_sample / 2);
  nbk::Experiment ball = few;
  ball.crystal.shape = nbk::LatticeShape("round");
  CHECK(count(ball, "float32").per_sample < count(limited, "float32").per_sample / 2);
  CHECK(count(ball, "float64").per_sample == count(limited, "float64").per_sample);
  CHECK(count(few, "df64").per_sample == count(limited, "df64").per_sample);
}
