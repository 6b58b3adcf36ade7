// SPDX-License-Identifier: MIT
// Whole images of the reference: what has to hold without anything to compare with.
#include "bench/reference/reference.hpp"
#include "support/reference_images.hpp"

#include "nbk/core/error.hpp"

#include <doctest/doctest.h>

using namespace nbk;
using namespace nbk::testing;
using reference::render;

TEST_CASE("reference: any number of threads gives the same bits") {
  std::vector<Experiment> experiments{small(), small(), small(), small(Policy::corrected)};
  experiments[1].crystal.phi = {0, 4 * deg, {}, 4};
  experiments[2].structure_factors = table();
  experiments[2].structure_factors.interpolate = true;
  experiments[3].beam.dispersion = {0.02, {}, 3};
  for (const Experiment& e : experiments) {
    const Image one = render(e, 1);
    CHECK(one.size() == 24 * 18);
    for (const int threads : {2, 3, 7}) CHECK(render(e, threads) == one);
    CHECK(render(e) == one);
  }
}

TEST_CASE("reference: a sweep that starts at 0 differs from its repetition in the first pixel alone") {
  // In compat the step at 0 keeps the orientation before it: the mounted one once, and the last step's ever after.
  Experiment e = small();
  e.crystal.phi = {0, 4 * deg, {}, 4};
  const Image with_zero = render(e);
  e.crystal.phi.start_rad = 1e-300;  // as good as 0, but rotated
  const Image proper = render(e);
  CHECK(with_zero[0] == proper[0]);
  CHECK(differing(with_zero, proper) > 400);

  // Later steps at 0 keep their predecessor's orientation: -1, "0", 1 is -1, -1, 1.
  e.crystal.phi = {-1 * deg, {}, 1 * deg, 3};
  e.crystal.phi.range_rad = 3 * deg;
  const Image through_zero = render(e);
  Experiment twice = small(), once = small();
  twice.crystal.phi.start_rad = -1 * deg;
  once.crystal.phi.start_rad = 1 * deg;
  const Image a = render(twice), b = render(once);
  Image expected(a.size());
  for (std::size_t i = 0; i < a.size(); ++i)
    expected[i] = static_cast<float>((2 * static_cast<double>(a[i]) + static_cast<double>(b[i])) / 3);
  CHECK(distance(through_zero, expected) < 2e-7);

  // Zeros only: never turned.
  e.crystal.phi = {0, 0.0, 0.0, 3};
  CHECK(distance(render(e), render(small())) < 2e-7);
}

TEST_CASE("reference: the exceptional first evaluation waits for a pixel that is not culled or masked") {
  Experiment e = small();
  e.crystal.phi = {0, 4 * deg, {}, 4};
  e.detector.mask.assign(24 * 18, 1);
  e.detector.mask[0] = e.detector.mask[1] = 0;
  const Image masked = render(e);
  e.detector.mask.clear();
  const Image all = render(e);
  e.crystal.phi.start_rad = 1e-300;
  const Image proper = render(e);
  CHECK(masked[0] == 0);
  CHECK(masked[2] == proper[2]);
  CHECK(masked[2] != all[2]);
  CHECK(std::equal(masked.begin() + 3, masked.end(), all.begin() + 3));
}

TEST_CASE("reference: interpolation ends at the first miss in compat, and is decided anew each time in corrected") {
  Experiment e = monoclinic();
  e.structure_factors = table();
  // Centre first: a region that begins where the indices are small.
  e.detector.roi = {12, 23, 9, 17};
  const auto with = [&](bool interpolate, Policy policy) {
    e.structure_factors.interpolate = interpolate;
    e.policy = policy;
    return render(e);
  };
  const Image nearest = with(false, Policy::compat), smooth = with(true, Policy::compat);
  const Image always = with(true, Policy::corrected);

  // corrected interpolates wherever it can; compat does so up to the first pixel that cannot.
  std::size_t last_smooth = 0, first_miss = always.size(), interpolated_later = 0;
  for (std::size_t i = 0; i < smooth.size(); ++i) {
    if (smooth[i] != nearest[i]) last_smooth = i;
    if (always[i] == nearest[i] && nearest[i] != 0) first_miss = std::min(first_miss, i);
  }
  REQUIRE(last_smooth > 0);
  REQUIRE(first_miss < always.size());
  CHECK(last_smooth < first_miss);
  for (std::size_t i = 0; i < first_miss; ++i) CHECK(std::fabs(smooth[i] - always[i]) <= 1e-6F * always[i]);
  for (std::size_t i = first_miss; i < smooth.size(); ++i) CHECK(smooth[i] == nearest[i]);
  for (std::size_t i = first_miss; i < always.size(); ++i) interpolated_later += always[i] != nearest[i];
  CHECK(interpolated_later > 0);
}

TEST_CASE("reference: a table that is nowhere left interpolates all over, one that is left at once nowhere") {
  Experiment e = small();
  e.structure_factors = table();
  e.structure_factors.interpolate = true;
  e.detector.roi = {12, 13, 9, 10};
  const Image inside = render(e);
  e.structure_factors.interpolate = false;
  CHECK(differing(inside, render(e)) == 4);

  e.detector.roi = {};
  e.detector.distance_m = 0.005;  // the first pixel is far outside the table
  const Image nearest = render(e);
  e.structure_factors.interpolate = true;
  CHECK(render(e) == nearest);
}

TEST_CASE("reference: region of interest and mask leave the rest alone") {
  Experiment e = small();
  const Image all = render(e);
  e.detector.roi = {3, 10, 5, -1};
  e.detector.mask.assign(24 * 18, 1);
  e.detector.mask[7 * 24 + 8] = 0;
  const Image part = render(e);
  for (int s = 0; s < 18; ++s)
    for (int f = 0; f < 24; ++f) {
      const auto i = static_cast<std::size_t>(s) * 24 + static_cast<std::size_t>(f);
      const bool wanted = f >= 3 && f <= 10 && s >= 5 && i != 7 * 24 + 8;
      CHECK(part[i] == (wanted ? all[i] : 0.0F));
    }
}

TEST_CASE("reference: intensity grows with F^2, fluence and the square of the number of cells") {
  Experiment e = small();
  e.detector.roi = {12, 12, 9, 9};
  const double one = sum(render(e));
  e.structure_factors.default_amplitude = 300;
  CHECK(sum(render(e)) == near(9 * one, 1e-6));
  e.beam.fluence_per_m2 *= 4;
  CHECK(sum(render(e)) == near(36 * one, 1e-6));

  // At the beam itself, where h = k = l = 0.
  Experiment peak = small();
  peak.frame = Frame::of(Convention::custom);
  peak.detector.beam_x_m = 12.5e-3;
  peak.detector.beam_y_m = 9.5e-3;
  peak.detector.roi = {12, 12, 9, 9};
  for (const LatticeShape shape : {LatticeShape("square"), LatticeShape("gauss"), LatticeShape("tophat")}) {
    peak.crystal.shape = shape;
    peak.crystal.cells = {1, 1, 1};
    const double single = sum(render(peak));
    peak.crystal.cells = {4, 5, 6};
    CHECK(sum(render(peak)) == near(120.0 * 120.0 * single, 1e-6));
  }
}

TEST_CASE("reference: what has no image is refused") {
  const auto refuses = [](auto&& spoil) {
    Experiment e = small();
    spoil(e);
    CHECK_THROWS_AS(render(e), InvalidInput);
  };
  refuses([](Experiment& e) { e.crystal.cell.reset(); });
  refuses([](Experiment& e) { e.crystal.cell->a_A = 0; });
  refuses([](Experiment& e) { e.beam.wavelength_m = 0; });
  refuses([](Experiment& e) { e.detector.pixel_size_m = -1; });
  refuses([](Experiment& e) { e.detector.mask.assign(5, 1); });
  refuses([](Experiment& e) { e.structure_factors.default_amplitude = 0; });
  refuses([](Experiment& e) { e.structure_factors = table(), e.structure_factors.h_max = 6; });
  refuses([](Experiment& e) { e.crystal.phi = {0, 0.0, 0.1, {}}; });
  refuses([](Experiment& e) { e.crystal.cell.reset(), e.crystal.a_matrix = Mat3d{}; });
}
