// SPDX-License-Identifier: MIT
// Whole images of the reference: what has to hold without anything to compare with.
#include "reference/reference.hpp"

#include "nbk/core/constants.hpp"
#include "nbk/core/error.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace nbk;
using reference::render;

namespace {

constexpr double deg = constants::degree_rad;
using Image = std::vector<float>;

Experiment small(Policy policy = Policy::compat) {
  Experiment e;
  e.policy = policy;
  e.crystal.cell = UnitCell{70, 80, 90, 75 * deg, 85 * deg, 95 * deg};
  e.crystal.misset_rad = {10 * deg, 20 * deg, 30 * deg};
  e.crystal.cells = {4, 5, 6};
  e.beam.wavelength_m = 1.5e-10;
  e.detector.pixels_fast = 24;
  e.detector.pixels_slow = 18;
  e.detector.pixel_size_m = 1e-3;
  e.detector.distance_m = 0.06;
  e.detector.oversample = 1;
  e.structure_factors.default_amplitude = 100;
  return e;
}

/// The same with one oblique angle only: the C program gets other angles than asked for where there are more.
Experiment monoclinic(Policy policy = Policy::compat) {
  Experiment e = small(policy);
  e.crystal.cell = UnitCell{70, 80, 90, 90 * deg, 105 * deg, 90 * deg};
  return e;
}

/// A table that reaches out to |h| = 5, which the edges of small()'s image leave.
StructureFactors table() {
  StructureFactors f;
  f.h_min = f.k_min = f.l_min = -5;
  f.h_max = f.k_max = f.l_max = 5;
  for (int i = 0; i < 11 * 11 * 11; ++i) f.amplitude.push_back(50 + i % 17);
  return f;
}

double sum(const Image& image) { return std::accumulate(image.begin(), image.end(), 0.0); }

doctest::Approx near(double value, double epsilon) { return doctest::Approx(value).epsilon(epsilon).scale(0); }

std::size_t differing(const Image& a, const Image& b) {
  std::size_t n = 0;
  for (std::size_t i = 0; i < a.size(); ++i) n += a[i] != b[i];
  return n;
}

/// Largest difference as a share of b's maximum.
double distance(const Image& a, const Image& b) {
  double worst = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    worst = std::max(worst, std::fabs(static_cast<double>(a[i]) - static_cast<double>(b[i])));
  return worst / static_cast<double>(*std::max_element(b.begin(), b.end()));
}

}  // namespace

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
      const auto i = static_cast<std::size_t>(s * 24 + f);
      const bool wanted = f >= 3 && f <= 10 && s >= 5 && i != 7 * 24 + 8;
      CHECK(part[i] == (wanted ? all[i] : 0.0F));
    }
}

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
  for (const LatticeShape shape : {LatticeShape::square, LatticeShape::gauss, LatticeShape::tophat}) {
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
