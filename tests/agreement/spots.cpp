// SPDX-License-Identifier: MIT
// Images by lists of spots have the bits of those by pixels.
#include "support/dice.hpp"
#include "support/experiments.hpp"
#include "support/photons_of.hpp"
#include "support/random_spots.hpp"

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

PlanOptions by(Traversal traversal) {
  PlanOptions options;
  options.traversal = traversal;
  return options;
}

/// The image of a plan, which is added to one that holds something where that is asked for.
template <class P>
std::vector<float> image_of(const Plan<P, Host>& plan, const LaunchOptions& options = {}) {
  const Host exec;
  const bool adds = options.use == ImageUse::add;
  if (!plan.scene().selection.runs.empty()) {
    const auto list = make_pixel_list(exec, plan);
    Kokkos::deep_copy(exec, list, adds ? 3.0F : -1.0F);
    simulate(exec, plan, list, options);
    return copy_of(exec, list);
  }
  const auto image = make_image(exec, plan);
  Kokkos::deep_copy(exec, image, adds ? 3.0F : -1.0F);
  simulate(exec, plan, image, options);
  return copy_of(exec, image);
}

/// Runs of pixels, some of them twice.
void choose_runs(Dice& dice, Experiment& e) {
  const Scene scene = make_scene(e);
  const int count = dice.whole(1, 40);
  for (int i = 0; i < count; ++i) {
    PixelRun run;
    run.panel = dice.whole(0, static_cast<int>(scene.panels.size()) - 1);
    const PanelGeometry& panel = scene.panels[static_cast<std::size_t>(run.panel)].geometry;
    run.slow = dice.whole(0, panel.pixels_slow - 1);
    run.first_fast = dice.whole(0, panel.pixels_fast - 1);
    run.count = dice.whole(1, panel.pixels_fast - run.first_fast);
    e.selection.runs.push_back(run);
  }
}

/// An experiment of many wavelengths and domains, for which lists pay.
Experiment spectrum_of_domains(LatticeShape shape) {
  Experiment e = smoke_experiment();
  e.crystal.shape = shape;
  e.crystal.cells = {18, 16, 20};
  e.policy = Policy::corrected;
  e.beam.dispersion = {0.02, {}, 50};
  e.crystal.mosaicity.spread_rad = 0.01;
  e.crystal.mosaicity.domains = 20;
  e.detector.pixel_size_m = 1e-4;
  e.detector.pixels_fast = e.detector.pixels_slow = 256;
  return e;
}

constexpr std::uint64_t experiments = 150;

}  // namespace

// By hand: seeds 1 to 1,000, before there was a cut.
TEST_CASE_TEMPLATE("spots: random experiments have the bits of those by pixels", P, Fp32, Mixed, Fp64) {
  std::size_t dark = 0, unsuited = 0;
  for (std::uint64_t seed = 1; seed <= experiments; ++seed) {
    CAPTURE(seed);
    const Experiment e = random_spots(seed);
    const Plan<P, Host> pixels(Host(), e, by(Traversal::pixels)), spots(Host(), e, by(Traversal::spots));
    REQUIRE(pixels.traversal() == Traversal::pixels);
    unsuited += spots.traversal() != Traversal::spots;
    const auto image = image_of(pixels);
    CHECK(image_of(spots) == image);
    double sum = 0;
    for (const float pixel : image) sum += static_cast<double>(pixel);
    dark += sum == 0;
  }
  CHECK(dark < experiments / 2);
  CHECK(unsuited == 0);
}

TEST_CASE("spots: parts that fit into less memory, pieces, added and listed pixels have the same bits") {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    Dice dice(seed);
    Experiment e = random_spots(seed + 1000);
    if (seed % 3 == 0) {
      e.policy = Policy::corrected;
      choose_runs(dice, e);
    }
    const Plan<Fp32, Host> pixels(Host(), e, by(Traversal::pixels)), spots(Host(), e, by(Traversal::spots));
    LaunchOptions options;
    options.use = seed % 2 == 0 ? ImageUse::add : ImageUse::replace;
    const auto image = image_of(pixels, options);
    options.most_list_bytes = 20000;
    CHECK(image_of(spots, options) == image);
    if (!e.selection.runs.empty()) continue;
    options.pieces.next = [&](std::int64_t) { return dice.whole(1, 700); };
    CHECK(image_of(spots, options) == image);
  }
}

TEST_CASE("spots: what lists do not suit is computed by pixels") {
  const Experiment suited = spectrum_of_domains(LatticeShape("gauss"));
  const auto traversal_of = [](const Experiment& e) {
    const Plan<Fp64, Host> plan(Host(), e, by(Traversal::spots));
    const Plan<Fp64, Host> pixels(Host(), e, by(Traversal::pixels));
    CHECK(image_of(plan) == image_of(pixels));
    return plan.traversal();
  };
  CHECK(traversal_of(suited) == Traversal::spots);
  Experiment e = suited;
  e.crystal.mosaicity.domains = 2;
  e.detector.pixels_fast = e.detector.pixels_slow = 40;
  e.detector.pixel_size_m = 6e-4;
  Experiment curved = e;
  curved.detector.curved = true;
  CHECK(traversal_of(curved) != Traversal::spots);
  Experiment compounding = e;
  compounding.policy = Policy::compat;
  compounding.detector.oversample_solid_angle = true;
  CHECK(traversal_of(compounding) != Traversal::spots);
  Experiment tricubic = e;
  tricubic.structure_factors =
      StructureFactors::from([](int h, int k, int l) { return 1.0 + (h * h + k + l) % 5; }, {-9, 9}, {-9, 9}, {-9, 9});
  tricubic.structure_factors.interpolate = true;
  CHECK(traversal_of(tricubic) != Traversal::spots);
  Experiment endless = e;
  endless.crystal.shape = LatticeShape("square");
  CHECK(traversal_of(endless) != Traversal::spots);
}

TEST_CASE("spots: numbers that are no float or double have no lists") {
  const Plan<Df64, Host> plan(Host(), spectrum_of_domains(LatticeShape("tophat")), by(Traversal::spots));
  CHECK(plan.traversal() != Traversal::spots);
}

TEST_CASE("spots: a plan takes lists where they are predicted to cost less") {
  const auto plan_of = [](const Experiment& e) { return Plan<Fp32, Host>(Host(), e); };
  Experiment many = spectrum_of_domains(LatticeShape("tophat"));
  many.detector.pixels_fast = many.detector.pixels_slow = 1000;
  many.detector.pixel_size_m = 5e-5;
  const Plan<Fp32, Host> of_many = plan_of(many);
  CHECK(of_many.traversal() == Traversal::spots);
  CHECK(of_many.traversal_costs().spots_s < of_many.traversal_costs().pixels_s);
  // Spots everywhere, and one wavelength: nothing can be left out.
  Experiment wide = spectrum_of_domains(LatticeShape("gauss"));
  wide.crystal.cells = {2, 2, 2};
  wide.beam.dispersion = {};
  const Plan<Fp32, Host> of_wide = plan_of(wide);
  CHECK(of_wide.traversal() != Traversal::spots);
  CHECK(of_wide.traversal_costs().pixels_s <= of_wide.traversal_costs().spots_s);
}

TEST_CASE_TEMPLATE("spots: a radius that is too short loses pixels, so the comparison above can fail", P, Fp32, Fp64) {
  const Host exec;
  const Plan<P, Host> plan(exec, spectrum_of_domains(LatticeShape("gauss")), by(Traversal::spots));
  REQUIRE(plan.traversal() == Traversal::spots);
  Tables<P> narrow = plan.tables();
  narrow.spots.radius *= 0.3;
  const auto image = make_image(exec, plan);
  simulate_with<physics::Gauss>(exec, plan, narrow, image);
  CHECK(copy_of(exec, image) != image_of(plan));
}
