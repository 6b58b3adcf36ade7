// SPDX-License-Identifier: MIT
#include "support/spectrum_experiment.hpp"

#include "support/dice.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace nbk::testing {
namespace {

constexpr double A_to_m = 1e-10;
constexpr double degree_rad = std::numbers::pi / 180;

/// Wavelengths in order, from `width` of a mean one; a fifth of the spectra has several sets of F.
void add_spectrum(Dice& dice, Beam& beam, int sets) {
  const double width = dice.once_in(3) ? dice.between(0.002, 0.02) : dice.between(0.002, 0.4);
  const int count = dice.once_in(4) ? dice.whole(1, 4) : dice.whole(5, 150);
  std::vector<double> wavelengths_m;
  for (int i = 0; i < count; ++i) {
    const bool even = dice.once_in(2);
    const double place = even ? (i + 0.5) / count - 0.5 : dice.between(-0.5, 0.5);
    wavelengths_m.push_back(beam.wavelength_m * (1 + width * place));
  }
  std::sort(wavelengths_m.begin(), wavelengths_m.end());
  if (dice.once_in(2)) std::reverse(wavelengths_m.begin(), wavelengths_m.end());
  if (count > 2 && dice.once_in(4)) wavelengths_m[1] = wavelengths_m[0];
  if (count > 2 && dice.once_in(10)) std::swap(wavelengths_m[1], wavelengths_m[2]);
  for (const double wavelength_m : wavelengths_m) {
    const double weight = !beam.spectrum.lines.empty() && dice.once_in(6) ? 0 : dice.between(0.1, 3);
    beam.spectrum.lines.push_back({wavelength_m, weight, dice.whole(0, sets - 1)});
  }
}

Crystal random_crystal(Dice& dice, Policy policy) {
  Crystal crystal;
  crystal.shape = dice.once_in(2) ? LatticeShape("gauss") : LatticeShape("tophat");
  if (policy == Policy::corrected && dice.once_in(3)) crystal.intensity_cut = std::pow(10, -dice.between(1, 12));
  const auto edge = [&] { return dice.between(20, 120); };
  const auto angle = [&] { return dice.between(70, 110) * degree_rad; };
  crystal.cell = UnitCell{edge(), edge(), edge(), angle(), angle(), angle()};
  crystal.u_matrix = dice.rotation(std::numbers::pi);
  const int least = dice.once_in(2) ? 2 : 12;
  for (double& cells : crystal.cells) cells = dice.whole(least, 30);
  if (dice.once_in(3)) crystal.fudge = dice.between(0.3, 3);
  if (dice.once_in(2)) {
    const int count = dice.whole(1, 5);
    for (int i = 0; i < count; ++i) crystal.mosaicity.rotations.push_back(dice.rotation(dice.once_in(3) ? 0.17 : 0.01));
  }
  if (dice.once_in(3)) crystal.phi = {dice.between(-1, 1), dice.between(0.001, 0.1), {}, dice.whole(1, 3)};
  return crystal;
}

StructureFactors random_set(Dice& dice) {
  StructureFactors f;
  if (!dice.once_in(3)) {
    const auto range = [&] { return IndexRange{-dice.whole(0, 30), dice.whole(0, 30)}; };
    const IndexRange h = range(), k = range(), l = range();
    const bool sparse = dice.once_in(2);
    const auto value = [&](int, int, int) { return sparse && !dice.once_in(3) ? 0 : dice.between(1, 30); };
    f = StructureFactors::from(value, h, k, l);
  }
  f.default_amplitude = f.has_table() && dice.once_in(2) ? 0 : 7;
  f.interpolate = false;
  return f;
}

Detector random_detector(Dice& dice) {
  Detector detector;
  detector.pixel_size_m = dice.between(0.05, 0.4) * 1e-3;
  detector.pixels_fast = dice.whole(1, 70);
  detector.pixels_slow = dice.whole(1, 20);
  detector.distance_m = dice.between(0.05, 0.3);
  if (dice.once_in(4)) {  // the beam meets the middle of a pixel
    detector.pixels_fast = 2 * dice.whole(1, 30) + 1;
    detector.pixels_slow = 2 * dice.whole(0, 3) + 1;
    detector.oversample = 1;
    return detector;
  }
  detector.two_theta_rad = dice.between(0, 100) * degree_rad;
  detector.rotation_rad = {dice.between(-0.4, 0.4), dice.between(-0.4, 0.4), dice.between(-0.4, 0.4)};
  const bool behind = dice.once_in(8);
  if (behind) detector.rotation_rad.y = 2.7;
  detector.oversample = dice.whole(1, 2);
  detector.point_pixel = dice.once_in(10);
  if (behind || detector.two_theta_rad > 50 * degree_rad) return detector;
  detector.curved = dice.once_in(8);
  if (dice.once_in(3)) detector.sensor = {dice.between(1e-4, 1e-3), dice.between(1e-4, 1e-3), dice.whole(1, 3)};
  if (dice.once_in(4)) {
    for (int i = 0; i < *detector.pixels_fast * *detector.pixels_slow; ++i)
      detector.mask.push_back(dice.once_in(5) ? 0 : 1);
  }
  return detector;
}

}  // namespace

Experiment spectrum_experiment(std::uint64_t seed) {
  Dice dice(seed);
  Experiment e;
  e.policy = dice.once_in(2) ? Policy::compat : Policy::corrected;
  e.frame = Frame::of(Convention::mosflm);
  const int sets = dice.once_in(5) ? dice.whole(2, 3) : 1;
  e.beam.wavelength_m = dice.between(0.8, 1.6) * A_to_m;
  e.beam.kahn_factor = dice.between(-1, 1);
  e.beam.polarized = !dice.once_in(5);
  e.beam.fluence_per_m2 = 1e24;
  add_spectrum(dice, e.beam, sets);
  if (dice.once_in(3)) {
    const int count = dice.whole(1, 3);
    for (int i = 0; i < count; ++i)
      e.beam.directions.push_back({e.frame.beam + dice.vector(0, 0.04), dice.between(0.1, 2)});
  }
  e.crystal = random_crystal(dice, e.policy);
  e.detector = random_detector(dice);
  e.structure_factors = random_set(dice);
  for (int set = 1; set < sets; ++set) e.further_sets.push_back(random_set(dice));
  if (dice.once_in(6)) e.water_size_m = 1e-7;
  if (dice.once_in(5)) e.dmin_m = dice.between(1, 3) * A_to_m;
  return e;
}

}  // namespace nbk::testing
