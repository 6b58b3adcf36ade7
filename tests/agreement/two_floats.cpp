// SPDX-License-Identifier: MIT
// Phases that a float cannot hold.
#include "bench/kernels/simulation.hpp"
#include "support/closeness.hpp"
#include "support/experiments.hpp"
#include "support/photons_of.hpp"

#include <doctest/doctest.h>

#include <Kokkos_Core.hpp>
#include <nbk/nbk.hpp>

using namespace nbk;
using namespace nbk::testing;

namespace {

using Host = Kokkos::DefaultHostExecutionSpace;

/// A crystal with so many periods of its interference function between the centre and the farthest pixel.
Experiment with_periods(double cells, double edge_A) {
  Experiment e = nbk::testing::smoke_experiment();
  e.crystal.cell = UnitCell{edge_A, 1.1 * edge_A, 0.9 * edge_A, 1.3, 1.5, 1.7};
  e.crystal.cells = {cells, cells, cells};
  e.detector.pixels_fast = e.detector.pixels_slow = 100;
  e.detector.pixel_size_m = 4e-4;
  return e;
}

double periods(const Experiment& e) { return scene::phase_periods(make_scene(e), e.crystal.shape, e.policy); }

}  // namespace

TEST_CASE("two floats: an image that single precision loses agrees with double") {
  const Experiment e = with_periods(50, 1e4);
  CHECK(periods(e) > 1e5);
  const auto exact = photons_of<Fp64, float>(e);
  const auto lost = bench::measure::compare(photons_of<Fp32, float>(e), exact, 100, 3);
  CHECK_FALSE(bench::measure::in_parity(lost, float_bounds));
  const auto found = bench::measure::compare(photons_of<Df64, float>(e), exact, 100, 3);
  CHECK_MESSAGE(bench::measure::in_parity(found, float_bounds), describe(found));
}

TEST_CASE("two floats: phases are resolved as far as the programs trust them") {
  const Experiment e = with_periods(50, 5e7);
  CHECK(periods(e) <= scene::most_periods_in_two_floats);
  CHECK(periods(e) > scene::most_periods_in_two_floats / 4);
  const auto parity = bench::measure::compare(photons_of<Df64, float>(e), photons_of<Fp64, float>(e), 100, 3);
  CHECK_MESSAGE(bench::measure::in_parity(parity, float_bounds), describe(parity));
}

TEST_CASE("two floats: the programs take double for the phase beyond, and where factors compound") {
  const auto simulation = bench::make_simulation("cpu", "df64");
  simulation->setup(with_periods(50, 1e4));
  CHECK(simulation->dtype() == "df64");
  simulation->setup(with_periods(50, 8e8));
  CHECK(simulation->dtype() == "mixed");
  Experiment e = nbk::testing::smoke_experiment();
  e.detector.oversample_solid_angle = true;
  CHECK(nbk::testing::begins_with(nbk::testing::complaint([&] { const Plan<Df64, Host> plan(Host(), e); }),
                                  "detector.oversample_*"));
  simulation->setup(e);
  CHECK(simulation->dtype() == "float64");
}
