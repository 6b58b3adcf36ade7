// SPDX-License-Identifier: MIT
#include "support/random_spots.hpp"

#include "support/dice.hpp"

#include "nbk/core/constants.hpp"
#include "nbk/math/strict.hpp"

#include <algorithm>
#include <numbers>

namespace nbk::testing {

namespace {

constexpr double A_to_m = 1e-10;
constexpr double degree = constants::degree_rad;

void choose_spectrum(Dice& dice, Beam& beam, int sets, int most) {
  const int count = dice.once_in(5) ? 1 : dice.whole(2, most);
  const double width = dice.once_in(4) ? dice.between(0.05, 0.4) : dice.between(0.002, 0.03);
  if (dice.once_in(3)) {
    beam.dispersion = {width, {}, count};
    return;
  }
  const bool rising = dice.once_in(2);
  for (int i = 0; i < count; ++i) {
    const double place = count > 1 ? (i + dice.between(-0.3, 0.3)) / (count - 1) - 0.5 : 0;
    const double wavelength_m = beam.wavelength_m * (1 + (rising ? place : -place) * width);
    beam.spectrum.lines.push_back(
        {wavelength_m, i > 0 && dice.once_in(9) ? 0 : dice.between(0.1, 3), dice.whole(0, sets - 1)});
  }
  if (dice.once_in(8)) std::swap(beam.spectrum.lines.front(), beam.spectrum.lines.back());
}

Beam choose_beam(Dice& dice, int sets, int most_wavelengths) {
  Beam beam;
  beam.wavelength_m = dice.between(0.7, 1.6) * A_to_m;
  beam.fluence_per_m2 = 1e24;
  beam.polarized = !dice.once_in(5);
  beam.kahn_factor = dice.between(-1, 1);
  choose_spectrum(dice, beam, sets, most_wavelengths);
  if (dice.once_in(5)) beam.horizontal_divergence = {dice.between(1e-3, 0.04), {}, dice.whole(2, 3)};
  if (dice.once_in(5)) beam.vertical_divergence = {dice.between(1e-3, 0.04), {}, 2};
  return beam;
}

Crystal choose_crystal(Dice& dice, Policy policy) {
  Crystal crystal;
  crystal.shape = dice.once_in(2) ? LatticeShape("tophat") : LatticeShape("gauss");
  const auto edge = [&] { return dice.between(20, dice.once_in(4) ? 140 : 60); };
  const auto angle = [&] { return dice.between(65, 115) * degree; };
  crystal.cell = UnitCell{edge(), edge(), edge(), angle(), angle(), angle()};
  crystal.misset_rad = {dice.between(-3, 3), dice.between(-3, 3), dice.between(-3, 3)};
  const int most = dice.once_in(4) ? 5 : 30;
  for (double& cells : crystal.cells) cells = dice.whole(2, most);
  if (policy == Policy::corrected && crystal.shape == LatticeShape("gauss") && dice.once_in(4)) {
    const double off = dice.between(-2, 2);
    crystal.cells_matrix = Mat3d{
        {dice.between(7, 20), off, 0.5 * off}, {off, dice.between(7, 20), off}, {0.5 * off, off, dice.between(7, 20)}};
  }
  if (policy == Policy::corrected && crystal.shape == LatticeShape("gauss") && dice.once_in(3))
    crystal.intensity_cut = dice.between(1e-9, 1e-4);
  if (dice.once_in(3)) crystal.fudge = dice.between(0.4, 1.5);
  if (dice.once_in(2)) {
    const double spread = dice.once_in(3) ? dice.between(1, 10) * degree : dice.between(0.01, 0.5) * degree;
    crystal.mosaicity = {spread, dice.whole(2, 6), -dice.whole(1, 10000), {}};
  }
  if (dice.once_in(3)) {
    crystal.phi = {dice.once_in(2) ? 0 : dice.between(-1, 1), dice.between(0.001, 0.1), {}, dice.whole(1, 4)};
  }
  return crystal;
}

StructureFactors choose_set(Dice& dice, bool intensities) {
  StructureFactors f;
  f.intensities = intensities;
  f.interpolate = false;
  f.default_amplitude = dice.once_in(2) ? 0 : 7;
  if (dice.once_in(3)) {
    f.default_amplitude = 5;
    return f;
  }
  const auto range = [&] { return IndexRange{-dice.whole(3, 40), dice.whole(3, 40)}; };
  const int present = dice.whole(1, 10);
  const auto value = [&](int, int, int) {
    return dice.whole(1, 10) > present ? 0.0 : intensities ? dice.between(-20, 400) : dice.between(0.1, 30);
  };
  const IndexRange h = range(), k = range(), l = range();
  StructureFactors table = StructureFactors::from(value, h, k, l);
  table.intensities = f.intensities;
  table.interpolate = f.interpolate;
  table.default_amplitude = f.default_amplitude;
  return table;
}

Sensor choose_sensor(Dice& dice) {
  Sensor sensor;
  sensor.thickness_m = dice.between(1e-4, 2e-3);
  sensor.attenuation_length_m = dice.between(1e-4, 1e-3);
  sensor.layers = dice.whole(1, 3);
  return sensor;
}

std::vector<std::uint16_t> choose_mask(Dice& dice, int fast, int slow) {
  std::vector<std::uint16_t> mask(static_cast<std::size_t>(fast) * static_cast<std::size_t>(slow), 1);
  for (auto& pixel : mask) pixel = dice.once_in(4) ? 0 : 1;
  if (dice.once_in(3)) std::fill(mask.begin(), mask.begin() + static_cast<std::ptrdiff_t>(mask.size() / 2), 0);
  return mask;
}

RegionOfInterest choose_region(Dice& dice, int fast, int slow) {
  RegionOfInterest roi;
  roi.fast_min = dice.whole(0, fast - 1);
  roi.fast_max = dice.whole(*roi.fast_min, fast - 1);
  if (dice.once_in(2)) roi.slow_min = dice.whole(0, slow - 1);
  return roi;
}

/// A panel anywhere about the sample, up to right behind the source.
Panel choose_panel(Dice& dice, const Vec3d& beam) {
  Panel panel;
  panel.pixels_fast = dice.whole(3, 90);
  panel.pixels_slow = dice.whole(2, 40);
  panel.pixel_size_m = dice.between(0.1, 1.2) * 1e-3;
  if (dice.once_in(4)) panel.first_fast = dice.whole(0, 3000);
  if (dice.once_in(4)) panel.first_slow = dice.whole(0, 3000);
  const double turn = dice.once_in(4) ? dice.between(0, std::numbers::pi) : dice.between(0, 1);
  const Vec3d side = dice.across(beam);
  const Vec3d towards = std::cos(turn) * beam + std::sin(turn) * side;
  const double tilt = dice.once_in(3) ? dice.between(-1.2, 1.2) : 0;
  panel.fast = strict::unit(dice.across(towards) + tilt * towards);
  panel.slow = strict::unit(cross(towards, panel.fast));
  if (dice.once_in(3)) panel.slow = -panel.slow;
  const double p = panel.pixel_size_m;
  const double middle = dice.once_in(2) ? 0.5 : dice.between(-0.3, 1.3);
  panel.origin_m = dice.between(0.03, 0.3) * towards -
                   ((panel.first_fast + middle * panel.pixels_fast) * p) * panel.fast -
                   ((panel.first_slow + middle * panel.pixels_slow) * p) * panel.slow;
  if (dice.once_in(4)) panel.sensor = choose_sensor(dice);
  if (dice.once_in(4)) panel.oversample = dice.whole(1, 3);
  if (dice.once_in(5)) panel.mask = choose_mask(dice, panel.pixels_fast, panel.pixels_slow);
  if (dice.once_in(5)) panel.roi = choose_region(dice, panel.pixels_fast, panel.pixels_slow);
  return panel;
}

void describe_panel(Dice& dice, Detector& detector) {
  detector.pixels_fast = dice.whole(3, 90);
  detector.pixels_slow = dice.whole(2, 40);
  detector.pixel_size_m = dice.between(0.1, 1.2) * 1e-3;
  detector.distance_m = dice.between(0.03, 0.3);
  detector.two_theta_rad = dice.once_in(2) ? 0 : dice.between(-100, 100) * degree;
  if (dice.once_in(2)) detector.rotation_rad = {dice.between(-0.5, 0.5), dice.between(-0.5, 0.5), dice.between(-1, 1)};
  if (dice.once_in(5)) detector.mask = choose_mask(dice, *detector.pixels_fast, *detector.pixels_slow);
  if (dice.once_in(5)) detector.roi = choose_region(dice, *detector.pixels_fast, *detector.pixels_slow);
}

Detector choose_detector(Dice& dice, const Vec3d& beam) {
  Detector detector;
  if (dice.once_in(2)) {
    describe_panel(dice, detector);
  } else {
    const int count = dice.whole(1, 4);
    for (int i = 0; i < count; ++i) detector.panels.push_back(choose_panel(dice, beam));
  }
  detector.oversample = dice.once_in(4) ? dice.whole(2, 3) : 1;
  if (dice.once_in(4)) detector.sensor = choose_sensor(dice);
  detector.point_pixel = dice.once_in(8);
  // A sensor has to face the sample.
  if (detector.two_theta_rad != 0 || detector.rotation_rad != Vec3d{}) detector.sensor = {};
  return detector;
}

}  // namespace

Experiment random_spots(std::uint64_t seed) {
  Dice dice(seed);
  Experiment e;
  e.policy = dice.once_in(2) ? Policy::compat : Policy::corrected;
  constexpr Convention conventions[] = {Convention::mosflm, Convention::xds, Convention::dials, Convention::adxv};
  e.frame = Frame::of(conventions[dice.whole(0, 3)]);
  const int sets = dice.once_in(4) ? dice.whole(2, 3) : 1;
  e.beam = choose_beam(dice, sets, dice.once_in(4) ? 150 : 30);
  e.crystal = choose_crystal(dice, e.policy);
  e.detector = choose_detector(dice, strict::unit(e.frame.beam));
  const bool intensities = dice.once_in(5);
  e.structure_factors = choose_set(dice, intensities);
  for (int set = 1; set < sets; ++set) e.further_sets.push_back(choose_set(dice, intensities));
  if (dice.once_in(8)) e.water_size_m = 1e-7;
  if (dice.once_in(5)) e.dmin_m = dice.between(1.0, 4) * A_to_m;
  return e;
}

}  // namespace nbk::testing
