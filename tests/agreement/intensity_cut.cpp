// SPDX-License-Identifier: MIT
// Gaussian spots that end where they are faint.
#include "bench/kernels/image_in_packs.hpp"
#include "bench/reference/reference.hpp"
#include "support/experiments.hpp"
#include "support/photons_of.hpp"
#include "support/spectrum_experiment.hpp"

#include <doctest/doctest.h>

#include <Kokkos_Core.hpp>
#include <nbk/nbk.hpp>

#include <nbk/compiled_kernels.hpp>

#include <cmath>
#include <cstddef>
#include <numeric>
#include <string>
#include <vector>

using namespace nbk;
using namespace nbk::testing;

namespace {

using Host = Kokkos::DefaultHostExecutionSpace;

const double e_to_minus_20 = std::exp(-20.0);

Experiment gaussian_spots(double cut) {
  Experiment e = smoke_experiment();
  e.policy = Policy::corrected;
  e.crystal.shape = LatticeShape("gauss");
  e.crystal.cells = {15, 15, 15};
  e.crystal.intensity_cut = cut;
  e.crystal.mosaicity.spread_rad = 0.01;
  e.crystal.mosaicity.domains = 5;
  e.beam.dispersion = {0.01, {}, 30};
  e.detector.pixels_fast = e.detector.pixels_slow = 128;
  e.detector.pixel_size_m = 3e-4;
  return e;
}

double sum(const std::vector<double>& image) { return std::accumulate(image.begin(), image.end(), 0.0); }

}  // namespace

// Beyond e^-x of the peak of a Gaussian in three dimensions are Gamma(3/2, x) / Gamma(3/2) of its photons.
TEST_CASE("intensity cut: the photons that are lost are those of the tails, 1.1e-8 for e^-20") {
  const double all = sum(photons_of<Fp64>(gaussian_spots(0)));
  for (const double x : {std::log(100.0), std::log(1e6), 20.0}) {
    CAPTURE(x);
    const double beyond = std::erfc(std::sqrt(x)) + 2 * std::sqrt(x / std::numbers::pi) * std::exp(-x);
    const double lost = 1 - sum(photons_of<Fp64>(gaussian_spots(std::exp(-x)))) / all;
    CHECK(lost == doctest::Approx(beyond).epsilon(0.05));
  }
}

// Directions of single pixels differ from those of packs in the last bit where a processor has a reciprocal root, cut
// or no cut. That the cut itself has the same lanes is a test of the lattice factor.
TEST_CASE("intensity cut: packs of every width have the same image, and every traversal") {
  for (const double cut : {1e-2, e_to_minus_20}) {
    Experiment e = gaussian_spots(cut);
    e.structure_factors =
        StructureFactors::from([](int h, int k, int l) { return 100.0 + h - k + 2 * l; }, {-9, 9}, {-9, 9}, {-9, 9});
    const auto pixels = photons_of<Fp32, float>(e, {Traversal::pixels});
    CHECK(photons_of<Fp32, float>(e, {Traversal::windows}) == pixels);
    for (const int width : bench::further_pack_widths("cpu", "float32")) {
      CAPTURE(width);
      if (width > 1) CHECK(bench::image_in_packs(e, "cpu", "float32", width) == pixels);
    }
  }
}

TEST_CASE("intensity cut: the same as in the reference") {
  for (const double cut : {0.3, 1e-3}) {
    Experiment e = gaussian_spots(cut);
    e.detector.pixels_fast = e.detector.pixels_slow = 48;
    const auto ours = photons_of<Fp64>(e);
    const auto reference = reference::render_in_double(e);
    REQUIRE(ours.size() == reference.size());
    double worst = 0, most = 0;
    for (std::size_t i = 0; i < ours.size(); ++i) {
      if (!(std::abs(ours[i] - reference[i]) <= worst)) worst = std::abs(ours[i] - reference[i]);
      most = std::max(most, reference[i]);
    }
    CHECK(most > 0);
    CHECK(worst <= 1e-11 * most);
    e.crystal.intensity_cut = 0;
    CHECK(sum(photons_of<Fp64>(e)) > 1.0001 * sum(ours));
  }
}

TEST_CASE("intensity cut: spots of double end there, too") {
  const Experiment e = gaussian_spots(1e-3);
  const Plan<Fp64, Host> plan(Host(), e);
  const double radius = std::sqrt(0.63 / 2 * std::log(1e3));
  CHECK(plan.tables().lattice.reach.x == doctest::Approx(1.001 * radius / 15));
}

TEST_CASE("intensity cut: refused where it means nothing") {
  const auto refused = [](Experiment e) { return complaint([&] { make_scene(e); }); };
  Experiment e = gaussian_spots(-1e-9);
  CHECK(begins_with(refused(e), "crystal.intensity_cut = "));
  e.crystal.intensity_cut = 1;
  CHECK(begins_with(refused(e), "crystal.intensity_cut = 1: must be >= 0 and < 1"));
  e.crystal.intensity_cut = 0.5;
  CHECK(refused(e).empty());
  e.crystal.shape = LatticeShape("square");
  CHECK(refused(e) == "crystal.intensity_cut = 0.5: must be 0 for the shape square: its spots have no end");
  e.crystal.shape = LatticeShape("round");
  CHECK(begins_with(refused(e), "crystal.intensity_cut = 0.5: must be 0 for the shape round"));
  e.crystal.shape = LatticeShape("gauss");
  e.policy = Policy::compat;
  CHECK(refused(e) == "crystal.intensity_cut = 0.5: must be 0 in the compat policy");
}

TEST_CASE("intensity cut: flat-topped spots have nothing that it could cut") {
  Experiment e = gaussian_spots(0);
  e.crystal.shape = LatticeShape("tophat");
  const auto whole = photons_of<Fp32, float>(e);
  e.crystal.intensity_cut = 0.5;
  CHECK(photons_of<Fp32, float>(e) == whole);
}
