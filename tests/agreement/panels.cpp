// SPDX-License-Identifier: MIT
#include "support/experiments.hpp"
#include "support/photons_of.hpp"

#include <doctest/doctest.h>

#include <Kokkos_Core.hpp>
#include <nbk/nbk.hpp>

#include <nbk/compiled_kernels.hpp>

#include <algorithm>
#include <cstddef>
#include <random>
#include <vector>

using namespace nbk;
using namespace nbk::testing;

namespace {

using Host = Kokkos::DefaultHostExecutionSpace;

constexpr int pixels_fast = 83, pixels_slow = 40;

/// A tilted panel of 83 x 40 pixels with a sensor, two directions and three wavelengths.
Experiment whole(LatticeShape shape, int domains) {
  Experiment e;
  e.policy = Policy::corrected;
  e.frame = Frame::of(Convention::dials);
  e.beam.directions = {{{0.002, 0, 1}, 1.5}, {{-0.001, 0.001, 1}, 1}};
  e.beam.spectrum.lines = {{1.00e-10, 1, 0}, {1.01e-10, 2, 0}, {1.02e-10, 0.5, 0}};
  e.crystal.cell = UnitCell{78, 62, 37, 1.5, 1.6, 1.7};
  e.crystal.misset_rad = {0.3, 0.2, 0.1};
  e.crystal.cells = {9, 12, 20};
  e.crystal.shape = shape;
  e.crystal.mosaicity.spread_rad = 0.005;
  e.crystal.mosaicity.domains = domains;
  e.structure_factors.default_amplitude = 50;
  e.detector.sensor.thickness_m = 4e-4;
  e.detector.sensor.attenuation_length_m = 3e-4;
  Panel panel;
  panel.origin_m = {0.01, -0.015, 0.1};
  panel.fast = {0.9, 0.1, 0.2};
  panel.slow = {-0.1, 0.9, 0};
  panel.pixel_size_m = 5e-4;
  panel.pixels_fast = pixels_fast;
  panel.pixels_slow = pixels_slow;
  e.detector.panels = {panel};
  e.detector.oversample = 2;
  return e;
}

/// The same panel cut into tiles, in a random order.
Experiment cut(Experiment e, int along_fast, int along_slow, std::mt19937& random) {
  const Panel panel = e.detector.panels.front();
  e.detector.panels.clear();
  for (int s = 0; s < along_slow; ++s) {
    for (int f = 0; f < along_fast; ++f) {
      Panel tile = panel;
      tile.first_fast = pixels_fast * f / along_fast;
      tile.first_slow = pixels_slow * s / along_slow;
      tile.pixels_fast = pixels_fast * (f + 1) / along_fast - tile.first_fast;
      tile.pixels_slow = pixels_slow * (s + 1) / along_slow - tile.first_slow;
      e.detector.panels.push_back(tile);
    }
  }
  std::shuffle(e.detector.panels.begin(), e.detector.panels.end(), random);
  return e;
}

template <class P>
std::vector<float> image(const Experiment& e) {
  return photons_of<P, float>(e);
}

/// The image of tiles put together again.
std::vector<float> joined(const Experiment& e, const std::vector<float>& tiles) {
  const ImageExtents extents = image_extents(make_scene(e));
  std::vector<float> all(static_cast<std::size_t>(pixels_fast) * pixels_slow, -1.0F);
  for (std::size_t p = 0; p < e.detector.panels.size(); ++p) {
    const Panel& tile = e.detector.panels[p];
    for (int slow = 0; slow < tile.pixels_slow; ++slow) {
      for (int fast = 0; fast < tile.pixels_fast; ++fast) {
        const auto from =
            (p * extents.slow + static_cast<std::size_t>(slow)) * extents.fast + static_cast<std::size_t>(fast);
        all[static_cast<std::size_t>((tile.first_slow + slow) * pixels_fast + tile.first_fast + fast)] = tiles[from];
      }
    }
  }
  return all;
}

/// Runs of random lengths in random order, some of which overlap.
Selection random_runs(const Experiment& e, std::mt19937& random, int count) {
  Selection selection;
  const auto below = [&](int end) { return static_cast<int>(random() % static_cast<unsigned>(end)); };
  for (int i = 0; i < count; ++i) {
    PixelRun run;
    run.panel = below(static_cast<int>(e.detector.panels.size()));
    const Panel& panel = e.detector.panels[static_cast<std::size_t>(run.panel)];
    run.slow = below(panel.pixels_slow);
    run.first_fast = below(panel.pixels_fast);
    run.count = 1 + below(std::min(12, panel.pixels_fast - run.first_fast));
    selection.runs.push_back(run);
  }
  return selection;
}

/// The listed pixels of an image.
std::vector<float> picked(const Experiment& e, const std::vector<float>& image, const Selection& selection) {
  const ImageExtents extents = image_extents(make_scene(e));
  std::vector<float> pixels;
  for (const PixelRun& run : selection.runs) {
    for (int i = 0; i < run.count; ++i)
      pixels.push_back(image[(static_cast<std::size_t>(run.panel) * extents.slow + static_cast<std::size_t>(run.slow)) *
                                 extents.fast +
                             static_cast<std::size_t>(run.first_fast + i)]);
  }
  return pixels;
}

template <class F>
void for_each_shape(F&& f) {
  for_each_type(physics::Shapes{}, [&](auto shape) { f(shape_of<decltype(shape)>); });
}

double largest(const std::vector<float>& image) {
  return static_cast<double>(*std::max_element(image.begin(), image.end()));
}

}  // namespace

TEST_CASE_TEMPLATE("panels: tiles of a panel have its bits, in any order", P, Fp32, Mixed, Fp64) {
  std::mt19937 random(7);
  for_each_shape([&](LatticeShape shape) {
    for (const int domains : {1, 6}) {
      const Experiment one = whole(shape, domains);
      const std::vector<float> expected = image<P>(one);
      CHECK(largest(expected) > 0);
      for (const auto& [fast, slow] : {std::pair{2, 1}, {4, 2}, {8, 8}}) {
        const Experiment tiles = cut(one, fast, slow, random);
        CAPTURE(shape.name());
        CAPTURE(fast);
        CHECK(joined(tiles, image<P>(tiles)) == expected);
      }
    }
  });
}

TEST_CASE_TEMPLATE("panels: rows taken as lines have the same bits in tiles", P, Fp32, Mixed, Fp64) {
  std::mt19937 random(8);
  Experiment one = whole(LatticeShape("square"), 1);
  one.crystal.mosaicity = {};
  one.beam.directions.resize(1);
  one.beam.spectrum.lines.resize(1);
  const Host exec;
  CHECK(Plan<P, Host>(exec, one).tables().rows_as_lines);
  const Experiment tiles = cut(one, 3, 4, random);
  CHECK(joined(tiles, image<P>(tiles)) == image<P>(one));
}

TEST_CASE_TEMPLATE("selection: listed pixels have the bits of the image", P, Fp32, Mixed, Fp64) {
  std::mt19937 random(9);
  for_each_shape([&](LatticeShape shape) {
    for (const int domains : {1, 6}) {
      Experiment e = cut(whole(shape, domains), 3, 2, random);
      e.detector.panels[1].mask.assign(
          static_cast<std::size_t>(e.detector.panels[1].pixels_fast * e.detector.panels[1].pixels_slow), 1);
      e.detector.panels[1].mask[77] = 0;
      e.detector.panels[2].roi.fast_min = 4;
      const std::vector<float> all = image<P>(e);
      e.selection = random_runs(e, random, 300);
      CAPTURE(shape.name());
      CAPTURE(domains);
      CHECK(image<P>(e) == picked(e, all, e.selection));
    }
  });
}

TEST_CASE_TEMPLATE("simulate: an image of double holds what its float image rounds", P, Fp32, Mixed, Fp64) {
  const Experiment e = whole(LatticeShape("gauss"), 6);
  const std::vector<double> wide = photons_of<P>(e);
  const std::vector<float> narrow = image<P>(e);
  std::vector<float> rounded(wide.size());
  std::transform(wide.begin(), wide.end(), rounded.begin(), [](double pixel) { return static_cast<float>(pixel); });
  CHECK(rounded == narrow);
  const bool finer = std::any_of(wide.begin(), wide.end(),
                                 [](double pixel) { return static_cast<double>(static_cast<float>(pixel)) != pixel; });
  CHECK(finer == !std::is_same_v<typename P::Accumulate, float>);
}

TEST_CASE("simulate: images add up where that is asked for") {
  const Host exec;
  Experiment e = whole(LatticeShape("gauss"), 3);
  e.detector.panels.push_back(e.detector.panels.front());
  e.detector.panels.back().pixels_fast = 20;  // padded
  const Plan<Fp64, Host> plan(exec, e);
  e.crystal.misset_rad = {1, 0.2, -0.4};
  const Plan<Fp64, Host> other(exec, e);
  const auto first = make_image(exec, plan), second = make_image(exec, plan), both = make_image(exec, plan);
  simulate(exec, plan, first);
  simulate(exec, other, second);
  simulate(exec, plan, both);
  simulate(exec, other, both, {{}, ImageUse::add});
  const auto a = copy_of(exec, first), b = copy_of(exec, second), sum = copy_of(exec, both);
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < sum.size(); ++i) wrong += sum[i] != a[i] + b[i];
  CHECK(wrong == 0);
  CHECK(largest(sum) > largest(a) * 0.5);
}

TEST_CASE("simulate: pixels that depend on order are added once") {
  const Host exec;
  Experiment e = smoke_experiment();
  e.crystal.phi = {0, 0.02, {}, 2};
  const Plan<Fp64, Host> plan(exec, e);
  REQUIRE(plan.depends_on_order());
  const auto replaced = make_image(exec, plan), added = make_image(exec, plan);
  simulate(exec, plan, replaced);
  Kokkos::deep_copy(exec, added, 0.0F);
  simulate(exec, plan, added, {{}, ImageUse::add});
  CHECK(largest(copy_of(exec, replaced)) > 0);
  CHECK(copy_of(exec, added) == copy_of(exec, replaced));
}

TEST_CASE("panels: those that no ray reaches are 0, and the others have their bits") {
  Experiment e = whole(LatticeShape("square"), 1);
  Panel far = e.detector.panels.front();
  far.origin_m = {0.2, 0.2, 0.1};
  e.detector.panels.push_back(far);
  Panel masked = e.detector.panels.front();
  masked.mask.assign(static_cast<std::size_t>(pixels_fast * pixels_slow), 0);
  e.detector.panels.push_back(masked);
  e.dmin_m = 2e-10;
  const Scene scene = make_scene(e);
  CHECK(scene.panels[0].reached);
  CHECK_FALSE(scene.panels[1].reached);
  CHECK_FALSE(scene.panels[2].reached);
  const std::vector<float> three = image<Fp32>(e);
  e.detector.panels.resize(1);
  std::vector<float> one = image<Fp32>(e);
  one.resize(three.size(), 0.0F);
  CHECK(three == one);
}

TEST_CASE_TEMPLATE("structure factors: sets by energy give the sum of one image for each energy", P, Fp32, Fp64) {
  for_each_shape([&](LatticeShape shape) {
    for (const bool interpolate : {false, true}) {
      Experiment e = whole(shape, 2);
      const auto set = [&](int number) {
        const IndexRange h{-30 - number, 30}, k{-25, 25}, l{-20, 20 + number};
        StructureFactors f = StructureFactors::from(
            [&](int i, int j, int m) { return 20.0 + (7 * i + 5 * j + 3 * m + number * number) % 17; }, h, k, l);
        f.default_amplitude = number;
        f.interpolate = interpolate;
        return f;
      };
      e.structure_factors = set(0);
      e.further_sets = {set(1), set(2)};
      for (int i = 0; i < 3; ++i) e.beam.spectrum.lines[static_cast<std::size_t>(i)].structure_factor_set = 2 - i;
      const std::vector<double> together = photons_of<P>(e);
      const double total = 1 + 2 + 0.5;
      std::vector<double> sum(together.size(), 0.0);
      for (int i = 0; i < 3; ++i) {
        Experiment alone = e;
        const SpectrumLine line = e.beam.spectrum.lines[static_cast<std::size_t>(i)];
        alone.beam.spectrum.lines = {{line.wavelength_m, 1, 0}};
        alone.structure_factors = set(2 - i);
        alone.further_sets.clear();
        const std::vector<double> part = photons_of<P>(alone);
        for (std::size_t p = 0; p < sum.size(); ++p) sum[p] += part[p] * line.weight / total;
      }
      const double most = *std::max_element(sum.begin(), sum.end());
      double worst = 0;
      for (std::size_t p = 0; p < sum.size(); ++p) worst = std::max(worst, std::abs(sum[p] - together[p]));
      CAPTURE(shape.name());
      CAPTURE(interpolate);
      CHECK(most > 0);
      CHECK(worst <= most * (std::is_same_v<P, Fp64> ? 1e-13 : 2e-5));
    }
  });
}

TEST_CASE("structure factors: intensities are the squares of amplitudes, and may be negative") {
  Experiment e = whole(LatticeShape("gauss"), 2);
  const auto amplitude = [](int h, int k, int l) { return 5.0 + (7 * h + 5 * k + 3 * l) % 13; };
  const IndexRange range{-30, 30};
  e.structure_factors = StructureFactors::from(amplitude, range, range, range);
  const std::vector<double> of_amplitudes = photons_of<Fp64>(e);
  for (double& f : e.structure_factors.amplitude) f = -f * f;
  e.structure_factors.intensities = true;
  const std::vector<double> of_intensities = photons_of<Fp64>(e);
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < of_amplitudes.size(); ++i) wrong += of_intensities[i] != -of_amplitudes[i];
  CHECK(wrong == 0);
  CHECK(*std::min_element(of_intensities.begin(), of_intensities.end()) < 0);
}
