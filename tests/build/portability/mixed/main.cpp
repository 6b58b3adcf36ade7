// SPDX-License-Identifier: MIT
// The same plans through files compiled for different processors: every one must compute with packs of its own width,
// and their images must agree.
#include "images.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace nbk::mixed {
namespace {

int failures = 0;

void check(bool good, const char* processor, const char* precision, const char* what, double value) {
  std::printf("%-6s %s %s: %s (%g)\n", good ? "ok" : "FAILED", processor, precision, what, value);
  if (!good) ++failures;
}

/// Largest difference of a pixel, relative to the brightest one; infinite where the images cannot be compared.
double difference(const std::vector<float>& image, const std::vector<float>& expected) {
  const float brightest = expected.empty() ? 0.0F : *std::max_element(expected.begin(), expected.end());
  if (image.size() != expected.size() || !(brightest > 0)) return INFINITY;
  double largest = 0;
  for (std::size_t i = 0; i < image.size(); ++i) {
    const double d = std::fabs(static_cast<double>(image[i]) - static_cast<double>(expected[i]));
    if (!(d <= largest)) largest = d;
  }
  return largest / static_cast<double>(brightest);
}

/// A triclinic crystal on 61 x 32 pixels: no pack width divides a row. A table of reflections for tricubic lookup.
Experiment experiment(bool table) {
  constexpr int range = 40;
  Experiment e;
  e.beam.wavelength_m = 1.5e-10;
  e.crystal.cell = UnitCell{70, 80, 90, 1.31, 1.48, 1.66};
  e.crystal.misset_rad = {0.17, 0.35, 0.52};
  e.crystal.cells = {5, 5, 5};
  e.crystal.mosaicity.spread_rad = 0.01;
  e.crystal.mosaicity.domains = 3;
  e.structure_factors.default_amplitude = 100;
  e.detector.pixels_fast = 61;
  e.detector.pixels_slow = 32;
  e.detector.pixel_size_m = 1e-3;
  e.detector.distance_m = 0.06;
  e.detector.oversample = 2;
  if (!table) return e;
  e.policy = Policy::corrected;
  StructureFactors& f = e.structure_factors;
  f.h_min = f.k_min = f.l_min = -range;
  f.h_max = f.k_max = f.l_max = range;
  for (int h = -range; h <= range; ++h) {
    for (int k = -range; k <= range; ++k) {
      for (int l = -range; l <= range; ++l)
        f.amplitude.push_back(100 + (7 * h * h + 3 * k * k + 5 * l * l + h * k) % 50);
    }
  }
  f.interpolate = true;
  return e;
}

template <class P>
struct Expected {
  Plan<P, Host> constant{Host(), experiment(false)}, table{Host(), experiment(true)};
  std::vector<float> square = Images<Generic, P>::square(constant);
  std::vector<float> tricubic = Images<Generic, P>::tricubic(table);
  std::vector<float> pack_widths = Images<Generic, P>::pack_widths(constant);
};

template <class Processor, class P>
void compare(const Expected<P>& expected, int width, double bound) {
  const char* const precision = P::name.data();
  if (!Processor::runs_here()) return std::printf("skipped %s: not this processor\n", Processor::name), void();
  using These = Images<Processor, P>;
  check(These::pack_width() == width, Processor::name, precision, "its own pack width", These::pack_width());

  std::vector<float> per_lane = These::pack_widths(expected.constant);
  for (float& pixel : per_lane) pixel /= static_cast<float>(width);
  double d = difference(per_lane, expected.pack_widths);
  check(d < 1e-5, Processor::name, precision, "kernels of its own pack width", d);

  d = difference(These::square(expected.constant), expected.square);
  check(d < bound, Processor::name, precision, "the same image", d);
  d = difference(These::tricubic(expected.table), expected.tricubic);
  check(d < bound, Processor::name, precision, "the same image with a table", d);
}

template <class P>
void compare_all(int avx2_width, double bound) {
  const Expected<P> expected;
  compare<Generic, P>(expected, 1, bound);
  compare<Avx2, P>(expected, avx2_width, bound);
  compare<Avx512, P>(expected, 2 * avx2_width, bound);
}

}  // namespace
}  // namespace nbk::mixed

int main(int argc, char** argv) {
  const Kokkos::ScopeGuard kokkos(argc, argv);
  nbk::mixed::compare_all<nbk::Fp32>(8, 1e-4);
  nbk::mixed::compare_all<nbk::Mixed>(8, 1e-5);
  nbk::mixed::compare_all<nbk::Fp64>(4, 1e-6);
  return nbk::mixed::failures == 0 ? 0 : 1;
}
