// SPDX-License-Identifier: MIT
#include "nbk/kernel/line_block.hpp"
#include "support/experiments.hpp"

#include <doctest/doctest.h>

#include <Kokkos_Core.hpp>
#include <nbk/nbk.hpp>

#include <algorithm>
#include <cmath>

using namespace nbk;
using nbk::testing::tilted;

namespace {

using Host = Kokkos::DefaultHostExecutionSpace;

struct Errors {
  double inverse_r = 0, index = 0, cosine = 0, polarization = 0;
};

/// Largest differences between the quantities of lines in T and those of single rays in double.
template <class P>
Errors largest_errors(const Experiment& e) {
  const Host exec;
  const Plan<Fp64, Host> exact(exec, e);
  const Plan<P, Host> plan(exec, e);
  using S = typename P::Geometry;
  Errors worst;
  const auto note = [](double& largest, double value, double expected, double scale) {
    largest = std::max(largest, std::abs(value - expected) / scale);
  };
  for (const int slow : {0, 7, 31}) {
    const kernel::LineSamples<P> samples(plan.tables(), slow);
    for (const auto& sample : samples) {
      const Tables<Fp64>& t = exact.tables();
      const SourceGroup<double>& group = t.groups[sample.group - plan.tables().groups];
      for (const int fast : {0, 1, 15, 31}) {
        const auto ray = kernel::exit_ray(t, static_cast<double>(fast), slow, sample.sub);
        const auto hkl = physics::miller_indices(
            t.orientations[0], t.waves[group.first].inverse_wavelength_per_A * (ray.direction - group.incident));
        const S u = fma(static_cast<S>(fast), sample.step, sample.first);
        const kernel::LineRay<S> line{sample, u, S(1) / std::sqrt(fma(u, u, sample.nearest_sqr))};
        note(worst.inverse_r, static_cast<double>(line.inverse_r), ray.inverse_r, ray.inverse_r);
        note(worst.index, static_cast<double>(line.h()), hkl.x, 50);
        note(worst.index, static_cast<double>(line.k()), hkl.y, 50);
        note(worst.index, static_cast<double>(line.l()), hkl.z, 50);
        note(worst.cosine, static_cast<double>(line.cosine_to_normal(plan.tables().panel)),
             ray.cosine_to_normal(t.panel), 1);
        note(worst.polarization, static_cast<double>(line.polarization()),
             kernel::ScatteredPair<double>{ray.direction, group, t.kahn_factor}.polarization(), 1);
      }
    }
  }
  return worst;
}

}  // namespace

TEST_CASE_TEMPLATE("lines: give what single rays give", P, Fp32, Fp64) {
  // Indices relative to |a| / wavelength, about 50. Single precision begins with a panel in single precision.
  const auto epsilon = static_cast<double>(std::numeric_limits<typename P::Geometry>::epsilon());
  Experiment e = tilted();
  for (const bool along_the_polarization : {false, true}) {
    if (along_the_polarization) e.beam.sources[1].position = -10.0 * e.frame.polarization;
    const Errors worst = largest_errors<P>(e);
    CHECK(worst.inverse_r < 4 * epsilon);
    CHECK(worst.index < 8 * epsilon);
    CHECK(worst.cosine < 8 * epsilon);
    CHECK(worst.polarization < 8 * epsilon);
  }
}

TEST_CASE("lines: are taken where a row has few samples and nothing is left out") {
  const Host exec;
  const auto suits = [&](const Experiment& e) { return Plan<Fp32, Host>(exec, e).tables().rows_as_lines; };
  CHECK(suits(tilted()));
  Experiment e = tilted();
  e.detector.oversample = 3;  // 9 x 2 layers x 2 sources
  CHECK_FALSE(suits(e));
  e = tilted();
  e.dmin_m = 1e-10;
  CHECK_FALSE(suits(e));
  e = tilted();
  e.detector.curved = true;
  CHECK_FALSE(suits(e));
  e = tilted();
  e.crystal.mosaicity.spread_rad = 0.01;
  CHECK_FALSE(suits(e));
  e = tilted();
  e.beam.sources[1] = {{-10, 0, 0}, 1, 1.4e-10, 0};  // two wavelengths of one direction
  CHECK_FALSE(suits(e));
}
