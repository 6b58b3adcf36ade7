// SPDX-License-Identifier: MIT
// Whole images of the reference in Policy::corrected: what has to hold without anything to compare with.
#include "bench/reference/reference.hpp"
#include "support/reference_images.hpp"

#include "nbk/core/error.hpp"

#include <doctest/doctest.h>

using namespace nbk;
using namespace nbk::testing;
using reference::render;

TEST_CASE("reference: corrected takes no notice of the oversample options") {
  Experiment e = small(Policy::corrected);
  e.detector.oversample = 2;
  e.detector.sensor = {4e-4, 5e-4, 3};
  e.beam.kahn_factor = 0.7;
  const Image plain = render(e);
  e.detector.oversample_thickness = e.detector.oversample_polarization = e.detector.oversample_solid_angle = true;
  CHECK(render(e) == plain);
  e.policy = Policy::compat;
  CHECK(differing(render(e), plain) > 400);
}

TEST_CASE("reference: with nothing to correct both policies agree") {
  // One layer, one sub-pixel, one ray, no zero among the phi steps.
  Experiment e = monoclinic();
  e.crystal.phi = {1 * deg, 3 * deg, {}, 3};
  e.crystal.mosaicity = {0.5 * deg, 4, -77};
  e.beam.kahn_factor = -0.4;
  const Image compat = render(e);
  e.policy = Policy::corrected;
  CHECK(distance(render(e), compat) < 2e-7);
}

TEST_CASE("reference: in corrected a pixel is the sum of its quarters, each seen as a pixel of its own") {
  Experiment e = small(Policy::corrected);
  e.frame = Frame::of(Convention::custom);
  e.beam.kahn_factor = 0.7;
  e.detector.beam_x_m = 0.012;
  e.detector.beam_y_m = 0.007;
  e.detector.sensor = {4e-4, 5e-4, 3};
  e.detector.oversample = 2;
  const Image coarse = render(e);
  e.detector.oversample = 1;
  e.detector.pixels_fast = 48;
  e.detector.pixels_slow = 36;
  e.detector.pixel_size_m /= 2;
  const Image fine = render(e);
  Image sums(coarse.size());
  for (std::size_t s = 0; s < 36; ++s)
    for (std::size_t f = 0; f < 48; ++f) sums[s / 2 * 24 + f / 2] += fine[s * 48 + f];
  CHECK(distance(coarse, sums) < 3e-7);
}

TEST_CASE("reference: corrected leaves out the crystal beyond the limit of resolution, but no water") {
  Experiment e = small(Policy::corrected);
  e.beam.fluence_per_m2 = 1e24;
  e.water_size_m = 5e-8;
  const Image whole = render(e);
  e.dmin_m = 9e-10;
  const Image cut = render(e);
  e.structure_factors.default_amplitude = 1e-30;
  e.dmin_m = 0;
  const Image water = render(e);
  std::size_t cut_off = 0;
  for (std::size_t i = 0; i < cut.size(); ++i) {
    cut_off += cut[i] == water[i];
    CHECK((cut[i] == whole[i] || cut[i] == water[i]));
  }
  CHECK(cut_off > 50);
  CHECK(cut_off < 400);
  CHECK(water[0] > 0);
}

TEST_CASE("reference: corrected turns properly at phi = 0") {
  Experiment e = small(Policy::corrected);
  e.crystal.phi = {0, 4 * deg, {}, 4};
  const Image with_zero = render(e);
  e.crystal.phi.start_rad = 1e-300;
  CHECK(render(e) == with_zero);
}

TEST_CASE("reference: corrected weighs its rays, compat does not") {
  const Source straight{{-10, 0, 0}, 3, 1.5e-10, 0}, tilted{{-10, 0.05, 0}, 1, 1.45e-10, 0};
  Experiment e = small(Policy::corrected);
  e.beam.sources = {straight};
  const Image a = render(e);
  e.beam.sources = {tilted};
  const Image b = render(e);
  e.beam.sources = {straight, tilted};
  const Image both = render(e);
  Image expected(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) expected[i] = 0.75F * a[i] + 0.25F * b[i];
  CHECK(distance(both, expected) < 2e-7);

  e.policy = Policy::compat;
  const Image unweighted = render(e);
  e.beam.sources[0].weight = 1;
  CHECK(render(e) == unweighted);

  e.policy = Policy::corrected;
  e.beam.sources[0].weight = -1;
  CHECK_THROWS_AS(render(e), InvalidInput);
}

TEST_CASE("reference: in corrected a sensor captures the same whatever it is cut into, and a thick one everything") {
  Experiment e = small(Policy::corrected);
  const double open = sum(render(e));
  e.detector.distance_m = 6000;  // so far away that depth does not move the spots
  e.detector.pixel_size_m = 100;
  e.detector.sensor = {4e-4, 5e-4, 1};
  const Image one = render(e);
  e.detector.sensor.layers = 8;
  CHECK(distance(render(e), one) < 1e-5);
  e.detector.sensor.thickness_m = 1;
  const double thick = sum(render(e));
  e.detector.sensor = {};
  CHECK(thick == near(sum(render(e)), 1e-4));
  CHECK(thick == near(open, 1e-4));  // solid angles and all are those of the small detector
}

TEST_CASE("reference: water adds what its formula says") {
  Experiment e = small(Policy::corrected);
  e.beam.fluence_per_m2 = 1e24;
  const Image dry = render(e);
  e.water_size_m = 5e-5;
  const Image wet = render(e);
  // F^2 r_e^2 fluence N(molecules) times solid angle and polarisation at pixel (12, 9), which is next to the beam.
  const double background = 2.57 * 2.57 * 7.94079248018965e-30 * 1e24 * 1.25e-13 * 1e6 * 6.02214179e23 / 18;
  const auto i = static_cast<std::size_t>(9 * 24 + 12);
  const double added = static_cast<double>(wet[i]) - static_cast<double>(dry[i]);
  CHECK(added == near(background * 1e-6 / (0.06 * 0.06), 2e-3));
  // compat has the fluence in it twice.
  e.policy = Policy::compat;
  CHECK(distance(render(e), wet) > 1e-3);
}
