// SPDX-License-Identifier: MIT
// Images whose wavelengths are solved for, and images of all wavelengths: the same bits.
#include "support/experiments.hpp"
#include "support/image_of.hpp"
#include "support/photons_of.hpp"
#include "support/spectrum_experiment.hpp"

#include <doctest/doctest.h>

#include <Kokkos_Core.hpp>
#include <nbk/nbk.hpp>

#include <nbk/compiled_kernels.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

using namespace nbk;
using namespace nbk::testing;

namespace {

using Host = Kokkos::DefaultHostExecutionSpace;

constexpr PlanOptions by_pixels{Traversal::pixels}, by_windows{Traversal::windows};

template <class P>
WavelengthWindows<typename P::Lattice> windows_of(const Experiment& e, const PlanOptions& options) {
  return Plan<P, Host>(Host(), e, options).tables().windows;
}

bool is_dark(const std::vector<float>& image) {
  for (const float pixel : image) {
    if (pixel != 0.0F) return false;
  }
  return true;
}

/// Domains of a crystal with compact spots and 40 wavelengths.
Experiment spectrum(LatticeShape shape) {
  Experiment e = smoke_experiment();
  e.policy = Policy::corrected;
  e.crystal.shape = shape;
  e.crystal.cells = {30, 24, 36};
  e.crystal.mosaicity.spread_rad = 0.01;
  e.crystal.mosaicity.domains = 3;
  e.beam.dispersion = {0.02, {}, 40};
  e.detector.pixels_fast = 150;
  e.detector.pixels_slow = 40;
  e.detector.pixel_size_m = 3e-4;
  return e;
}

}  // namespace

// By hand: 2,000 seeds in each precision, 5,000 in single.
TEST_CASE_TEMPLATE("windows: an image without them has the same bits, in random experiments", P, Fp32, Mixed, Fp64,
                   Df64) {
  constexpr std::uint64_t experiments = 1000;
  std::size_t used = 0, dark = 0;
  for (std::uint64_t seed = 1; seed <= experiments; ++seed) {
    const Experiment e = spectrum_experiment(seed);
    CAPTURE(seed);
    const auto pixels = photons_of<P, float>(e, by_pixels);
    CHECK(photons_of<P, float>(e, by_windows) == pixels);
    used += windows_of<P>(e, by_windows).used;
    dark += is_dark(pixels);
  }
  CHECK(used > experiments * 3 / 4);
  CHECK(dark < experiments / 2);
}

TEST_CASE_TEMPLATE("windows: spots are lost with a radius that is too short, so the comparison above can fail", P, Fp32,
                   Mixed, Fp64) {
  const Host exec;
  for (const LatticeShape shape : {LatticeShape("gauss"), LatticeShape("tophat")}) {
    const Plan<P, Host> plan(exec, spectrum(shape), by_windows);
    Tables<P> tables = plan.tables();
    REQUIRE(tables.windows.used);
    const auto image = image_of(exec, plan, tables);
    // What double sees of a Gaussian beyond half of its radius is too faint for an image of float.
    tables.windows.radius_sqr *= static_cast<typename P::Lattice>(0.1);
    CHECK(image_of(exec, plan, tables) != image);
  }
}

TEST_CASE("windows: parts that are too long lose reflections") {
  const Host exec;
  Experiment e = spectrum(LatticeShape("tophat"));
  e.beam.dispersion.range = 0.3;
  const Plan<Fp64, Host> plan(exec, e, by_windows);
  Tables<Fp64> tables = plan.tables();
  const auto image = image_of(exec, plan, tables);
  tables.windows.parts_per_change *= 0.3;
  CHECK(image_of(exec, plan, tables) != image);
}

TEST_CASE("windows: taken by themselves where a part of the spectrum has many wavelengths") {
  Experiment e = spectrum(LatticeShape("tophat"));
  const auto all = windows_of<Fp32>(e, {});
  CHECK(all.used);
  CHECK(1 / all.parts_per_wave == doctest::Approx(4 / (1 - 2 * 0.63 / 24)).epsilon(0.01));
  CHECK_FALSE(windows_of<Fp32>(e, by_pixels).used);
  CHECK(windows_of<Fp32>(e, by_windows).parts_per_wave > 100);
}

TEST_CASE("windows: not for spots without an end, nor for those that meet between the reflections") {
  Experiment e = spectrum(LatticeShape("round"));
  CHECK_FALSE(windows_of<Fp32>(e, by_windows).used);
  e.crystal.shape = LatticeShape("gauss");
  CHECK(windows_of<Fp32>(e, by_windows).used);
  e.crystal.cells = {3, 24, 36};
  CHECK_FALSE(windows_of<Fp32>(e, by_windows).used);
  e.crystal.cells = {30, 24, 36};
  e.crystal.fudge = 0;
  CHECK_FALSE(windows_of<Fp32>(e, by_windows).used);
}

TEST_CASE("windows: wavelengths in no order have none") {
  const auto per_inverse = [](const std::vector<double>& wavelengths_m) {
    Experiment e = spectrum(LatticeShape("tophat"));
    for (const double wavelength_m : wavelengths_m) e.beam.spectrum.lines.push_back({wavelength_m, 1, 0});
    return Plan<Fp64, Host>(Host(), e).tables().groups[0].waves_per_inverse;
  };
  CHECK(per_inverse({1.0e-10, 1.25e-10, 2.0e-10}) == doctest::Approx(2 / (0.5 - 1.0)));
  CHECK(per_inverse({2.0e-10, 2.0e-10, 1.0e-10}) == doctest::Approx(2 / (1.0 - 0.5)));
  CHECK(per_inverse({1.0e-10, 2.0e-10, 1.25e-10}) == 0);
  CHECK(per_inverse({1.0e-10, 1.0e-10}) == 0);
  CHECK(per_inverse({1.0e-10}) == 0);
}

TEST_CASE("windows: a plan keeps its options when it is updated") {
  const Host exec;
  const Experiment e = spectrum(LatticeShape("tophat"));
  Plan<Fp32, Host> plan(exec, e, by_pixels);
  plan.update(exec, e.crystal);
  CHECK_FALSE(plan.tables().windows.used);
  plan.update(exec, e);
  CHECK_FALSE(plan.tables().windows.used);
}
