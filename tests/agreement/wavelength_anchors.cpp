// SPDX-License-Identifier: MIT
// The lattice factor along wavelengths, from an anchor: as near to double as from the indices of each wavelength.
#include "support/experiments.hpp"
#include "support/image_of.hpp"
#include "support/photons_of.hpp"
#include "support/spectrum_experiment.hpp"

#include <doctest/doctest.h>

#include <Kokkos_Core.hpp>
#include <nbk/nbk.hpp>

#include <nbk/compiled_kernels.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

using namespace nbk;
using namespace nbk::testing;

namespace {

using Host = Kokkos::DefaultHostExecutionSpace;

/// Gaussian spots in many wavelengths.
Experiment spectrum(double cells) {
  Experiment e = smoke_experiment();
  e.policy = Policy::corrected;
  e.crystal.shape = LatticeShape("gauss");
  e.crystal.cells = {cells, cells, cells};
  e.beam.dispersion = {0.01, {}, 100};
  e.detector.pixels_fast = 130;
  e.detector.pixels_slow = 60;
  e.detector.pixel_size_m = 2e-4;
  return e;
}

/// Sum of differences from an image of double, relative to its sum.
double error_of(const std::vector<float>& image, const std::vector<double>& expected) {
  REQUIRE(image.size() == expected.size());
  double difference = 0, sum = 0;
  for (std::size_t i = 0; i < image.size(); ++i) {
    difference += std::abs(static_cast<double>(image[i]) - expected[i]);
    sum += std::abs(expected[i]);
  }
  return sum > 0 ? difference / sum : 0;
}

/// Error of images with `waves_per_anchor` wavelengths to an anchor; < 0: as many as the plan takes.
template <class P>
double error_with(const Experiment& e, int waves_per_anchor) {
  const Host exec;
  const Plan<P, Host> plan(exec, e, {Traversal::windows});
  Tables<P> tables = plan.tables();
  if (waves_per_anchor > 0) tables.waves_per_anchor = waves_per_anchor;
  Experiment single = e;
  const Plan<Fp64, Host> in_double(exec, single, {Traversal::pixels});
  Tables<Fp64> expected = in_double.tables();
  expected.waves_per_anchor = 1;
  const auto image = image_of(exec, in_double, expected);
  return error_of(image_of(exec, plan, tables), {image.begin(), image.end()});
}

}  // namespace

// By hand: 91 experiments of seeds 1 to 200, with anchors wherever a spectrum had 4 wavelengths.
TEST_CASE("wavelength anchors: images are as near to double as those without") {
  double with = 0, without = 0;
  std::size_t used = 0;
  for (std::uint64_t seed = 1; used < 20 && seed <= 1000; ++seed) {
    CAPTURE(seed);
    Experiment e = spectrum_experiment(seed);
    if (e.crystal.shape != LatticeShape("gauss")) continue;  // a flat top's edge moves with the last bit
    e.policy = Policy::corrected;
    if (Plan<Fp32, Host>(Host(), e).tables().waves_per_anchor == 1) continue;
    ++used;
    const double anchored = error_with<Fp32>(e, -1), own = error_with<Fp32>(e, 1);
    CHECK(anchored < 1.5 * own + 1e-7);
    with += anchored;
    without += own;
  }
  CHECK(used == 20);
  CHECK(without > 0);
  CHECK(with < 1.02 * without);
}

TEST_CASE("wavelength anchors: in double, images of float are the same") {
  for (const double cells : {15.0, 60.0}) CHECK(error_with<Fp64>(spectrum(cells), -1) < 1e-9);
}

TEST_CASE("wavelength anchors: mixed precision would lose digits, so the comparison above can fail") {
  const Experiment e = spectrum(300);
  CHECK(error_with<Mixed>(e, 100) > 5 * error_with<Mixed>(e, 1));
}

TEST_CASE("wavelength anchors: which experiments have them") {
  const auto in = [](const Experiment& e, auto precision) {
    return Plan<decltype(precision), Host>(Host(), e).tables().waves_per_anchor;
  };
  Experiment e = spectrum(15);
  CHECK(in(e, Fp32{}) == 100);
  CHECK(in(spectrum(60), Fp64{}) == 100);
  CHECK(in(e, Mixed{}) == 1);
  CHECK(in(e, Df64{}) == 1);
  CHECK(in(spectrum(8), Fp32{}) == 1);  // spots overlap: there are no windows
  e.policy = Policy::compat;
  CHECK(in(e, Fp32{}) == 1);
  e.policy = Policy::corrected;
  e.beam.dispersion = {0.01, {}, 3};
  CHECK(in(e, Fp32{}) == 1);
}
