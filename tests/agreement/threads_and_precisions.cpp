// SPDX-License-Identifier: MIT
#include "bench/kernels/simulation.hpp"
#include "support/closeness.hpp"
#include "support/experiments.hpp"
#include "support/golden.hpp"
#include "support/render.hpp"

#include <doctest/doctest.h>

#include <Kokkos_Core.hpp>
#include <nbk/nbk.hpp>

using namespace nbk;
using namespace nbk::testing;

namespace {

using Host = Kokkos::DefaultHostExecutionSpace;

/// An experiment that uses everything at once: sources of two wavelengths, phi, mosaic domains, layers, sub-pixels.
Experiment everything() {
  Experiment e = nbk::testing::smoke_experiment();
  e.beam.dispersion.range = 0.01;
  e.beam.dispersion.count = 2;
  e.beam.horizontal_divergence.range = 0.002;
  e.beam.horizontal_divergence.count = 2;
  e.crystal.mosaicity.spread_rad = 0.01;
  e.crystal.mosaicity.domains = 3;
  e.crystal.phi = {0.1, 0.02, {}, 3};
  e.detector.sensor = {3e-4, 5e-4, 2};
  e.detector.oversample = 2;
  return e;
}

template <class P>
std::vector<float> on(const Host& exec, const Experiment& experiment) {
  const Plan<P, Host> plan(exec, experiment);
  const auto image = make_image(exec, plan);
  simulate(exec, plan, image);
  exec.fence();
  return {image.data(), image.data() + image.size()};
}

}  // namespace

TEST_CASE_TEMPLATE("agree: the same bits for parts of the threads", P, Fp32, Mixed, Df64, Fp64) {
  const Host exec;
  const auto all = on<P>(exec, everything());
  double sum = 0;
  for (const float pixel : all) sum += static_cast<double>(pixel);
  CHECK(sum > 0);
  const std::vector<int> halves(2, 1);
  if (exec.concurrency() > 1) {
    for (const Host& part : Kokkos::Experimental::partition_space(exec, halves))
      CHECK(on<P>(part, everything()) == all);
  }
  for (int repeat = 0; repeat < 3; ++repeat) CHECK(on<P>(exec, everything()) == all);
}

TEST_CASE("agree: every precision and space with double") {
  const auto exact = render(everything(), "float64");
  for (const std::string& device : bench::devices()) {
    for (const char* dtype : {"float32", "mixed", "df64", "float64"}) {
      const auto parity = bench::measure::compare(render(everything(), dtype, device), exact, 32, 3);
      CHECK_MESSAGE(bench::measure::in_parity(parity, float_bounds), device << ' ' << dtype << ' ' << describe(parity));
    }
  }
}

TEST_CASE("agree: a plan updated in place gives the image of a new one") {
  const Host exec;
  Plan<Fp64, Host> plan(exec, nbk::testing::smoke_experiment());
  const auto image = make_image(exec, plan);
  plan.update(exec, everything());
  simulate(exec, plan, image);
  exec.fence();
  CHECK(std::vector<float>(image.data(), image.data() + image.size()) == on<Fp64>(exec, everything()));
}

TEST_CASE("agree: a plan that cannot be updated stays as it was") {
  const Host exec;
  Plan<Fp64, Host> plan(exec, everything());
  Experiment bad = everything();
  bad.beam.wavelength_m = -1;
  CHECK_THROWS_AS(plan.update(exec, bad), InvalidInput);
  const auto image = make_image(exec, plan);
  simulate(exec, plan, image);
  exec.fence();
  CHECK(std::vector<float>(image.data(), image.data() + image.size()) == on<Fp64>(exec, everything()));
}

TEST_CASE("agree: an image of another shape is refused") {
  const Host exec;
  const Plan<Fp32, Host> plan(exec, everything());
  const Image<Host> small("small", 1, 32, 31);
  CHECK_THROWS_AS(simulate(exec, plan, small), InvalidInput);
}

TEST_CASE("agree: single precision gives way to mixed where it would lose the phase") {
  Experiment e = nbk::testing::smoke_experiment();
  const auto simulation = bench::make_simulation("cpu", "float32");
  simulation->setup(e);
  CHECK(simulation->dtype() == "float32");
  e.crystal.cells = {5000, 5000, 5000};
  simulation->setup(e);
  CHECK(simulation->dtype() == "mixed");
}

TEST_CASE("agree: single precision refuses factors that compound, where they do") {
  const Host exec;
  Experiment e = nbk::testing::smoke_experiment();
  e.detector.oversample_solid_angle = true;
  const auto refused = [&] { return nbk::testing::complaint([&] { const Plan<Fp32, Host> plan(exec, e); }); };
  const auto refused_mixed = [&] { return nbk::testing::complaint([&] { const Plan<Mixed, Host> plan(exec, e); }); };
  CHECK(nbk::testing::begins_with(refused(), "detector.oversample_*"));
  CHECK(nbk::testing::begins_with(refused_mixed(), "detector.oversample_*"));
  CHECK_NOTHROW(Plan<Fp64, Host>(exec, e));
  const auto simulation = bench::make_simulation("cpu", "float32");
  simulation->setup(e);
  CHECK(simulation->dtype() == "float64");
  e.policy = Policy::corrected;
  CHECK(refused().empty());
  CHECK(refused_mixed().empty());
}
