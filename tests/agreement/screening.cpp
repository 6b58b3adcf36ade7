// SPDX-License-Identifier: MIT
#include "support/experiments.hpp"
#include "support/image_of.hpp"
#include "support/photons_of.hpp"

#include <doctest/doctest.h>

#include <Kokkos_Core.hpp>
#include <nbk/nbk.hpp>

#include <algorithm>
#include <vector>

using namespace nbk;
using nbk::testing::image_of;
using nbk::testing::photons_of;

namespace {

using Host = Kokkos::DefaultHostExecutionSpace;

/// Mosaic domains of a crystal with compact spots: what screening is for. In `compat` spots are narrower.
Experiment compact(LatticeShape shape, Policy policy = Policy::compat) {
  Experiment e = nbk::testing::smoke_experiment();
  e.policy = policy;
  e.crystal.shape = shape;
  e.crystal.cells = {18, 16, 20};
  if (policy == Policy::corrected) {
    e.crystal.cells = shape == LatticeShape("gauss") ? std::array{90.0, 70.0, 110.0} : std::array{30.0, 24.0, 36.0};
  }
  e.crystal.mosaicity.spread_rad = 0.01;
  e.crystal.mosaicity.domains = 9;
  e.detector.pixel_size_m = 1e-4;
  e.detector.pixels_fast = 300;
  e.detector.pixels_slow = 40;
  e.detector.oversample = 2;
  return e;
}

}  // namespace

TEST_CASE_TEMPLATE("screening: an image without it has the same bits", P, Fp32, Mixed, Df64, Fp64) {
  const Host exec;
  for (const Policy policy : {Policy::compat, Policy::corrected}) {
    for (const LatticeShape shape : {LatticeShape("gauss"), LatticeShape("tophat")}) {
      for (const double rotation_rad : {0.0, 0.3, 0.8}) {
        Experiment e = compact(shape, policy);
        e.detector.rotation_rad = {0, 0, rotation_rad};
        const Plan<P, Host> plan(exec, e);
        REQUIRE(plan.tables().screening.used);
        Tables<P> all = plan.tables();
        all.screening.used = false;
        const auto screened = image_of(exec, plan, plan.tables());
        double sum = 0;
        for (const float pixel : screened) sum += static_cast<double>(pixel);
        CHECK(sum > 0);
        CHECK(screened == image_of(exec, plan, all));
        // Nor may the shape's own reach leave anything out.
        all.lattice.reach = {1, 1, 1};
        CHECK(screened == image_of(exec, plan, all));
      }
    }
  }
}

TEST_CASE_TEMPLATE("screening: listed rows and pixels from anywhere have the bits of an image without it", P, Fp32,
                   Mixed, Fp64) {
  const Host exec;
  for (const LatticeShape shape : {LatticeShape("gauss"), LatticeShape("tophat")}) {
    for (const double rotation_rad : {0.0, 0.8}) {
      Experiment e = compact(shape, Policy::corrected);
      e.detector.rotation_rad = {0, 0, rotation_rad};
      const Plan<P, Host> whole(exec, e);
      Tables<P> all = whole.tables();
      all.screening.used = false;
      const std::vector<float> image = image_of(exec, whole, all);
      std::vector<float> expected;
      // Boxes, rows of all lengths, and rows in no order that share packs.
      for (int i = 0; i < 400; ++i) {
        const int slow = i < 225 ? 10 + i % 15 : 37 * i % 40, count = i < 225 ? 15 : 1 + i % 40;
        const int first_fast = i < 225 ? 18 * (i / 15) : 91 * i % (301 - count);
        e.selection.runs.push_back({0, slow, first_fast, count});
        const auto begin = image.begin() + slow * 300 + first_fast;
        expected.insert(expected.end(), begin, begin + count);
      }
      PlanOptions options;
      options.traversal = Traversal::pixels;
      REQUIRE(Plan<P, Host>(exec, e, options).tables().screening.used);
      CHECK(*std::max_element(expected.begin(), expected.end()) > 0);
      CHECK(photons_of<P, float>(e, options) == expected);
    }
  }
}

TEST_CASE("screening: no spot is lost where a cell next to a matrix makes the reciprocal vectors no dual ones") {
  const Host exec;
  Experiment e = compact(LatticeShape("tophat"));
  e.crystal.cells = {5, 5, 5};
  e.crystal.cell = UnitCell{
      29.9299, 90.018, 92.3446, 90 * nbk::testing::degree, 90 * nbk::testing::degree, 90 * nbk::testing::degree};
  e.crystal.a_matrix = Mat3d{{0.03, 0.012, -0.01}, {-0.003, 0.012, 0.012}, {0.012, 0.002, 0.011}};
  const Plan<Fp64, Host> plan(exec, e);
  const CellVectors& direct = plan.scene().lattice.direct;
  CHECK(std::abs(dot(direct.a_m, plan.scene().lattice.a_star_per_A) * 1e10 - 1) > 0.1);
  REQUIRE(plan.tables().lattice.reach.x < 0.5);
  Tables<Fp64> all = plan.tables();
  all.screening.used = false;
  all.lattice.reach = {1, 1, 1};
  CHECK(image_of(exec, plan, plan.tables()) == image_of(exec, plan, all));
}

TEST_CASE("screening: a term of nearly nothing counts where every term multiplies the sum") {
  const Host exec;
  Experiment e = compact(LatticeShape("gauss"));
  e.crystal.mosaicity.domains = 3;
  e.detector.pixels_fast = e.detector.pixels_slow = 60;
  e.detector.pixel_size_m = 1e-3;
  e.detector.oversample = 1;
  e.detector.oversample_solid_angle = true;
  const Plan<Fp64, Host> plan(exec, e);
  REQUIRE(plan.weighting() == TermWeighting::compounding);
  REQUIRE(plan.tables().lattice.reach.x < 0.5);
  Tables<Fp64> all = plan.tables();
  all.lattice.reach = {1, 1, 1};
  const auto image = image_of(exec, plan, plan.tables());
  CHECK(image == image_of(exec, plan, all));
  // What the reach of a sum would leave out:
  e.detector.oversample_solid_angle = false;
  all.lattice.reach = Plan<Fp64, Host>(exec, e).tables().lattice.reach;
  CHECK(image != image_of(exec, plan, all));
}

TEST_CASE("screening: more orientations than are listed at a time") {
  const Host exec;
  for (const int domains : {63, 64, 65, 150}) {
    Experiment e = compact(LatticeShape("gauss"));
    e.crystal.mosaicity.domains = domains;
    e.detector.pixels_fast = 70;
    e.detector.pixels_slow = 12;
    const Plan<Mixed, Host> plan(exec, e);
    REQUIRE(plan.tables().screening.used);
    Tables<Mixed> all = plan.tables();
    all.screening.used = false;
    CHECK(image_of(exec, plan, plan.tables()) == image_of(exec, plan, all));
  }
}

TEST_CASE("screening: a curved detector is not screened, whose rows are no straight lines") {
  const Host exec;
  for (const Policy policy : {Policy::compat, Policy::corrected}) {
    Experiment e = compact(LatticeShape("tophat"), policy);
    e.detector.curved = true;
    CHECK_FALSE(Plan<Fp32, Host>(exec, e).tables().screening.used);
  }
}

TEST_CASE_TEMPLATE("screening: a reach that is too short loses spots, so the comparison above can fail", P, Fp32,
                   Fp64) {
  using L = typename P::Lattice;
  const Host exec;
  const Plan<P, Host> plan(exec, compact(LatticeShape("tophat")));
  Tables<P> narrow = plan.tables();
  narrow.screening.reach = {L(-0.05), L(-0.05), L(-0.05)};
  const bool lost = image_of(exec, plan, narrow) != image_of(exec, plan, plan.tables());
  CHECK(lost == (launch::pack_width<P, Host> > 1));  // single pixels are not screened
}
