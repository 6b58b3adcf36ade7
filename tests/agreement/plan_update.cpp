// SPDX-License-Identifier: MIT
// A plan changed in place gives the bits of a new one, and does no more than it must.
#include "support/experiments.hpp"
#include "support/kokkos_events.hpp"

#include <doctest/doctest.h>

#include <Kokkos_Core.hpp>
#include <nbk/nbk.hpp>

#include <limits>
#include <utility>
#include <vector>

using namespace nbk;
using namespace nbk::testing;

namespace {

using Host = Kokkos::DefaultHostExecutionSpace;
using HostPlan = Plan<Fp32, Host>;

std::vector<float> image_of(const Host& exec, const HostPlan& plan) {
  const auto image = make_image(exec, plan);
  simulate(exec, plan, image);
  exec.fence();
  return {image.data(), image.data() + image.size()};
}

double amplitude_of(int h, int k, int l) { return 50 + h - 2 * k + 3 * l; }

/// Everything that a crystal decides, and much that it does not.
Experiment busy(Policy policy) {
  Experiment e = smoke_experiment();
  e.policy = policy;
  e.crystal.mosaicity.spread_rad = 0.01;
  e.crystal.mosaicity.domains = 5;
  e.beam.dispersion.range = 0.01;
  e.beam.dispersion.count = 2;
  e.structure_factors = StructureFactors::from(amplitude_of, {-9, 9}, {-10, 10}, {-11, 11});
  e.structure_factors.default_amplitude = 7;
  e.water_size_m = 1e-6;
  e.detector.mask.assign(32 * 32, 1);
  e.detector.mask[5] = 0;
  e.detector.oversample = 0;
  return e;
}

/// Crystals that differ from that of busy() in all that may change.
std::vector<Crystal> other_crystals() {
  const Crystal first = busy(Policy::compat).crystal;
  std::vector<Crystal> crystals(6, first);
  crystals[0].misset_rad = {0.3, -0.2, 0.1};
  crystals[1].cell = UnitCell{60, 60, 75, 90 * degree, 90 * degree, 120 * degree};
  crystals[1].cells = {2, 9, 12};  // tricubic where nothing else is asked for, and another oversampling
  crystals[2].mosaicity.domains = 2;
  crystals[3].phi = {0.0, 0.02, {}, 3};
  crystals[4].shape = LatticeShape("gauss");
  crystals[4].fudge = 1.5;
  crystals[5].random_misset_seed = -17;
  return crystals;
}

}  // namespace

TEST_CASE("plan: another crystal in place gives the bits and the warnings of a new plan") {
  const Host exec;
  for (const Policy policy : {Policy::compat, Policy::corrected}) {
    Experiment e = busy(policy);
    HostPlan updated(exec, e);
    for (const Crystal& crystal : other_crystals()) {
      const auto before = image_of(exec, updated);
      updated.update(exec, crystal);
      e.crystal = crystal;
      const HostPlan fresh(exec, e);
      const auto image = image_of(exec, updated);
      CHECK(image == image_of(exec, fresh));
      CHECK(image != before);
      CHECK(updated.scene().warnings == fresh.scene().warnings);
      CHECK(updated.scene().misset_rad == fresh.scene().misset_rad);
      CHECK(updated.lookup() == fresh.lookup());
      CHECK(updated.table_bytes() == fresh.table_bytes());
    }
  }
}

TEST_CASE("plan: another orientation allocates nothing and copies nothing but orientations") {
  const Host exec;
  Experiment e = busy(Policy::compat);
  HostPlan plan(exec, e);
  const KokkosEvents events;
  for (int i = 0; i < 5; ++i) {
    Crystal crystal = e.crystal;
    crystal.misset_rad = {0.1 * i, 0.2 * i, 0.3 * i};
    plan.update(exec, crystal);
  }
  CHECK(events.allocations() == 0);
  CHECK(events.uploads() == 5);  // one table each, that of orientations
  CHECK(events.copied_bytes() == 0);
}

TEST_CASE("plan: another experiment in place allocates only where a table grows") {
  const Host exec;
  Experiment small = busy(Policy::compat), large = small;
  large.crystal.mosaicity.domains = 50;
  HostPlan plan(exec, small);
  plan.update(exec, large);
  const auto image = image_of(exec, plan);
  {
    const KokkosEvents events;
    plan.update(exec, small);
    plan.update(exec, large);
    CHECK(events.allocations() == 0);
  }
  CHECK(image_of(exec, plan) == image);
  large.crystal.mosaicity.domains = 51;
  const KokkosEvents events;
  plan.update(exec, large);
  CHECK(events.allocations() == 1);
}

TEST_CASE("plan: what is refused leaves the plan as it was") {
  const Host exec;
  Experiment e = busy(Policy::compat);
  HostPlan plan(exec, e);
  const auto before = image_of(exec, plan);

  Crystal crystal = e.crystal;
  crystal.fudge = -1;
  CHECK(begins_with(complaint([&] { plan.update(exec, crystal); }), "crystal.fudge = -1: "));
  crystal = e.crystal;
  crystal.phi.steps = 100'000'000;
  crystal.mosaicity.domains = 100'000;
  CHECK(begins_with(complaint([&] { plan.update(exec, crystal); }), "crystal.phi.steps * "));
  e.beam.wavelength_m = -1;
  CHECK(begins_with(complaint([&] { plan.update(exec, e); }), "beam.wavelength_m = -1: "));
  Kokkos::View<double***, Kokkos::HostSpace> bad("bad", 19, 21, 23);
  bad(3, 4, 5) = std::numeric_limits<double>::quiet_NaN();
  CHECK(begins_with(complaint([&] { plan.update(exec, bad); }), "structure factors in the View"));
  CHECK(image_of(exec, plan) == before);
}

TEST_CASE_TEMPLATE("plan: structure factors of a View give the bits of a table on the host", ViewType,
                   Kokkos::View<double***, Kokkos::LayoutRight, Kokkos::HostSpace>,
                   Kokkos::View<float***, Kokkos::LayoutLeft, Kokkos::HostSpace>,
                   Kokkos::View<int***, Kokkos::LayoutRight, Kokkos::HostSpace>) {
  const Host exec;
  Experiment e = busy(Policy::compat);
  const HostPlan expected(exec, e);
  ViewType amplitudes("amplitudes", 19, 21, 23);
  for (int h = -9; h <= 9; ++h) {
    for (int k = -10; k <= 10; ++k) {
      for (int l = -11; l <= 11; ++l)
        amplitudes(h + 9, k + 10, l + 11) = static_cast<typename ViewType::value_type>(amplitude_of(h, k, l));
    }
  }

  const StructureFactors table = e.structure_factors;
  e.structure_factors.amplitude.clear();
  CHECK(image_of(exec, HostPlan(exec, e, amplitudes)) == image_of(exec, expected));

  e.structure_factors = table;
  e.structure_factors.amplitude.assign(table.amplitude.size(), 1);
  HostPlan updated(exec, e);
  CHECK(image_of(exec, updated) != image_of(exec, expected));
  const KokkosEvents events;
  updated.update(exec, amplitudes);
  CHECK(events.allocations() == 0);
  CHECK(events.copied_bytes() == 0);
  CHECK(image_of(exec, updated) == image_of(exec, expected));
}

TEST_CASE("plan: one made from a View can be moved, and given another crystal or experiment") {
  const Host exec;
  Experiment e = busy(Policy::compat);
  const std::vector<double> table = e.structure_factors.amplitude;
  const Kokkos::View<const double***, Kokkos::LayoutRight, Kokkos::HostSpace, Kokkos::MemoryTraits<Kokkos::Unmanaged>>
      amplitudes(table.data(), 19, 21, 23);
  e.structure_factors.amplitude.clear();
  HostPlan made(exec, e, amplitudes);
  HostPlan plan = std::move(made);
  e.structure_factors.amplitude = table;
  CHECK(image_of(exec, plan) == image_of(exec, HostPlan(exec, e)));
  e.crystal = other_crystals()[1];
  plan.update(exec, e.crystal);
  CHECK(image_of(exec, plan) == image_of(exec, HostPlan(exec, e)));
  e.structure_factors = {};
  e.structure_factors.default_amplitude = 20;
  plan.update(exec, e);
  CHECK(plan.lookup() == CellLookup::constant);
  CHECK(image_of(exec, plan) == image_of(exec, HostPlan(exec, e)));
}

TEST_CASE("plan: Views of structure factors that do not fit are refused") {
  const Host exec;
  Experiment e = busy(Policy::compat);
  const Kokkos::View<double***, Kokkos::HostSpace> fits("fits", 19, 21, 23), other("other", 19, 23, 21);
  HostPlan plan(exec, e);
  CHECK(complaint([&] { plan.update(exec, other); }) ==
        "structure factors, extents of the View = 19 x 23 x 21: must be 19 x 21 x 23, the plan's ranges of h, k and l");
  CHECK(begins_with(complaint([&] { HostPlan(exec, e, fits); }), "structure_factors.amplitude size = 9177: must be 0"));
  e.structure_factors.amplitude.clear();
  CHECK(begins_with(complaint([&] { HostPlan(exec, e, other); }), "structure factors, extents of the View"));
  e.structure_factors = {};
  CHECK(begins_with(complaint([&] { HostPlan(exec, e, fits); }), "structure_factors.h_max = -1: "));
  e.structure_factors.default_amplitude = 5;
  HostPlan without(exec, e);
  CHECK(begins_with(complaint([&] { without.update(exec, fits); }), "structure factors = a View: must replace"));
}
