// SPDX-License-Identifier: MIT
#include "nbk/plan/plan.hpp"

#include "support/experiments.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace nbk;

namespace {

using Host = Kokkos::DefaultHostExecutionSpace;

Experiment of_cells(double cells) {
  Experiment e = nbk::testing::smoke_experiment();
  e.crystal.cells = {cells, cells, cells};
  e.detector.oversample = 1000;  // fine enough for all
  return e;
}

template <class P>
std::ptrdiff_t precision_warnings(const Plan<P, Host>& plan) {
  return std::ranges::count(plan.warnings(), Warning::Topic::insufficient_precision, &Warning::topic);
}

}  // namespace

TEST_CASE("plan: warns where its precision does not resolve the spots, and says which does") {
  const Host exec;
  Plan<Fp32, Host> plan(exec, of_cells(5));
  CHECK(plan.warnings().empty());
  plan.update(exec, of_cells(200));
  REQUIRE(precision_warnings(plan) == 1);
  const auto& warning = *std::ranges::find(plan.warnings(), Warning::Topic::insufficient_precision, &Warning::topic);
  CHECK(warning.parameter == "precision");
  CHECK(warning.text.find(Mixed::name) != std::string::npos);
  CHECK(precision_warnings(Plan<Mixed, Host>(exec, of_cells(200))) == 0);
}

TEST_CASE("plan: another crystal in place brings and takes away its own warnings, and leaves the others") {
  const Host exec;
  Experiment e = of_cells(5);
  e.beam.kahn_factor = 2;
  e.detector.origin_m = Vec3d{0.06, 0, 0};
  Plan<Fp32, Host> plan(exec, e);
  const auto before = plan.warnings();
  REQUIRE(before.size() == 2);
  CHECK(before[0].topic == Warning::Topic::ignored_by_policy);
  CHECK(before[0].parameter == "detector.origin_m");
  CHECK(before[1].topic == Warning::Topic::polarization_range);
  Crystal crystal = of_cells(200).crystal;
  crystal.mosaicity.domains = 3;
  plan.update(exec, crystal);
  CHECK(plan.warnings().size() == 4);
  CHECK(precision_warnings(plan) == 1);
  plan.update(exec, e.crystal);
  CHECK(plan.warnings() == before);
}

TEST_CASE("plan: wrong units of the beam stay said, those of a crystal go with it") {
  const Host exec;
  Experiment e = of_cells(5);
  e.beam.wavelength_m = 1.5e-13;
  const Crystal good = e.crystal;
  e.crystal.mosaicity.spread_rad = 10;
  e.crystal.mosaicity.domains = 2;
  Plan<Fp64, Host> plan(exec, e);
  const auto warned = [&](Warning::Topic topic) { return std::ranges::count(plan.warnings(), topic, &Warning::topic); };
  CHECK(warned(Warning::Topic::unlikely_number) == 1);
  CHECK(warned(Warning::Topic::unlikely_crystal) == 1);
  plan.update(exec, good);
  CHECK(warned(Warning::Topic::unlikely_number) == 1);
  CHECK(warned(Warning::Topic::unlikely_crystal) == 0);
  plan.update(exec, of_cells(5));
  CHECK(plan.warnings().empty());
}
