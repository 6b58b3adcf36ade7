// SPDX-License-Identifier: MIT
// Expected values: what the C program's loop over phi and domains has in its cell vectors, printed in full.
#include "nbk/scene/make_orientations.hpp"

#include "nbk/scene/make_scene.hpp"
#include "support/experiments.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace nbk;
using nbk::testing::degree;
using nbk::testing::relative_difference;

namespace {

Scene scene_of(double start_deg, double range_deg, int steps, int domains) {
  Experiment experiment = testing::smoke_experiment();
  experiment.crystal.misset_rad = {0, 0, 0};
  experiment.crystal.phi = {start_deg * degree, range_deg * degree, std::nullopt, steps};
  if (domains > 1) experiment.crystal.mosaicity = {degree, domains};
  return make_scene(experiment);
}

bool same(const CellVectors& u, const CellVectors& v) { return u.a_m == v.a_m && u.b_m == v.b_m && u.c_m == v.c_m; }

void check(const CellVectors& v, const Vec3d& a_m, const Vec3d& b_m) {
  CHECK(relative_difference(v.a_m, a_m) < 1e-15);
  CHECK(relative_difference(v.b_m, b_m) < 1e-15);
}

}  // namespace

TEST_CASE("orientations: phi outermost, domain innermost") {
  const auto all = make_orientations(scene_of(-1, 4, 4, 2), Policy::compat);
  REQUIRE(all.size() == 8);
  check(all[0], {6.9130995025682352e-09, -9.1589118816613743e-10, 6.0843947852718991e-10},
        {1.3488644372825522e-10, 7.7276391857013333e-09, 2.065284063491409e-09});
  check(all[1], {6.9293634772479411e-09, -8.0605157337557114e-10, 5.7810263901930973e-10},
        {2.044369656599406e-11, 7.7269002511475716e-09, 2.072340359131751e-09});
  check(all[7], {6.9620277701472001e-09, -4.4242551395876523e-10, 5.7829835923813759e-10},
        {-3.8406307582967334e-10, 7.7169148386982849e-09, 2.0740590459440815e-09});
}

TEST_CASE("orientations: a step of angle 0 repeats the step before it in compat only") {
  const Scene scene = scene_of(-1, 4, 4, 1);
  REQUIRE(scene.phi_rad[1] == 0.0);
  const auto compat = make_orientations(scene, Policy::compat);
  CHECK(same(compat[1], compat[0]));
  const auto corrected = make_orientations(scene, Policy::corrected);
  CHECK(same(corrected[1], scene.lattice.direct));
  CHECK(same(corrected[0], compat[0]));
  CHECK(same(corrected[3], compat[3]));
}

TEST_CASE("orientations: a first step of angle 0 repeats the last, but not in the first evaluation") {
  const Scene scene = scene_of(0, 90, 3, 1);
  const auto compat = make_orientations(scene, Policy::compat), first = make_first_evaluation_orientations(scene);
  check(compat[0], {4.152593627330669e-09, 5.6023002032399408e-09, 6.0843947852718991e-10},
        {-6.6933512759167434e-09, 3.8644081609312581e-09, 2.065284063491409e-09});
  check(first[0], {6.9280311092978468e-09, -7.9510147124175775e-10, 6.0843947852718991e-10},
        {0, 7.7288163218625145e-09, 2.065284063491409e-09});
  CHECK(same(first[1], compat[1]));
  CHECK(same(first[2], compat[2]));
  CHECK(same(make_orientations(scene, Policy::corrected)[0], first[0]));
}

TEST_CASE("orientations: the first evaluation repeats a step before an inner one of angle 0 too") {
  const Scene scene = scene_of(-1, 4, 4, 1);
  const auto first = make_first_evaluation_orientations(scene);
  CHECK(same(first[1], first[0]));
}

TEST_CASE("orientations: steps that are all 0 leave the crystal alone") {
  for (const int steps : {1, 3}) {
    const Scene scene = scene_of(0, 0, steps, 1);
    for (const Policy policy : {Policy::compat, Policy::corrected}) {
      const auto all = make_orientations(scene, policy);
      REQUIRE(all.size() == static_cast<std::size_t>(steps));
      for (const CellVectors& v : all) CHECK(same(v, scene.lattice.direct));
    }
  }
}

TEST_CASE("orientations: phi turns about the spindle and keeps what lies along it") {
  const Scene scene = scene_of(30, 10, 2, 1);
  for (const CellVectors& v : make_orientations(scene, Policy::compat)) {
    CHECK(v.a_m.z == doctest::Approx(scene.lattice.direct.a_m.z).epsilon(1e-14));
    CHECK(dot(v.a_m, v.b_m) == doctest::Approx(dot(scene.lattice.direct.a_m, scene.lattice.direct.b_m)).epsilon(1e-13));
  }
}
