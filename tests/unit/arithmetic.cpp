// SPDX-License-Identifier: MIT
#include "src/arithmetic.hpp"

#include "src/counted.hpp"

#include <doctest/doctest.h>

namespace {

using namespace nbk::bench;

Arithmetic count(nbk::LatticeShape shape, const char* dtype) {
  nbk::Experiment experiment;
  experiment.crystal.shape = shape;
  return count_arithmetic(experiment, nbk::Scene{}, dtype);
}

}  // namespace

TEST_CASE("counted: a multiply-add counts two, the rest one") {
  const Counted<float> x = 2, y = 3;
  CHECK(operations_of([&] { (void)(x + y); }) == 1);
  CHECK(operations_of([&] { (void)fma(x, y, x); }) == 2);
  CHECK(operations_of([&] { (void)(x * y / sqrt(x)); }) == 3);
  CHECK(operations_of([&] { (void)dot(nbk::Vec3<Counted<float>>{x, x, x}, nbk::Vec3<Counted<float>>{y, y, y}); }) == 5);
}

TEST_CASE("arithmetic: what each shape costs is plausible, and double costs more than float") {
  using nbk::LatticeShape;
  for (const auto shape : {LatticeShape::square, LatticeShape::round, LatticeShape::gauss, LatticeShape::tophat}) {
    const auto single = count(shape, "float32"), twice = count(shape, "float64");
    CHECK(single.per_evaluation > 30);
    CHECK(single.per_evaluation < 200);
    CHECK(twice.per_evaluation >= single.per_evaluation);
    CHECK(single.per_sample > 20);
    CHECK(single.per_sample < 120);
  }
  CHECK(count(LatticeShape::square, "float64").per_evaluation > count(LatticeShape::square, "float32").per_evaluation);
  CHECK(count(LatticeShape::square, "df64").per_evaluation >
        3 * count(LatticeShape::square, "mixed").per_evaluation / 2);
  CHECK(count(LatticeShape::square, "mixed").per_evaluation == count(LatticeShape::square, "float32").per_evaluation);
}

TEST_CASE("arithmetic: interpolation costs its stencil") {
  nbk::Experiment experiment;
  experiment.structure_factors.amplitude = {1};
  nbk::Scene scene;
  const double nearest = count_arithmetic(experiment, scene, "float32").per_evaluation;
  scene.interpolate = true;
  // 64 multiply-adds along the third axis, less the first of each line, and those of the other two.
  CHECK(count_arithmetic(experiment, scene, "float32").per_evaluation > nearest + 150);
}
