// SPDX-License-Identifier: MIT
#include "support/random_experiment.hpp"

#include "support/dice.hpp"

#include "nbk/math/matrix_algebra.hpp"
#include "nbk/math/rotation.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/scene/make_scene.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace nbk::testing {

namespace {

constexpr double A_to_m = 1e-10;

constexpr double any_angle = std::numbers::pi;

Frame random_frame(Dice& dice) {
  constexpr Convention conventions[] = {Convention::mosflm, Convention::xds, Convention::dials, Convention::adxv};
  Frame frame = Frame::of(conventions[dice.whole(0, 3)]);
  if (dice.once_in(2)) return frame;
  frame = Frame::of(Convention::custom);
  frame.beam = dice.vector(0.5, 2);
  frame.polarization = dice.direction();
  frame.spindle = dice.vector(0.5, 2);
  frame.fast = dice.across(frame.beam);
  frame.slow = strict::unit(cross(frame.beam, frame.fast));
  frame.normal = strict::unit(frame.beam);
  return frame;
}

Vec3d near_beam(Dice& dice, const Frame& frame, double most) { return strict::unit(frame.beam) + dice.vector(0, most); }

void add_spectrum(Dice& dice, Beam& beam, int sets) {
  const int count = dice.whole(1, 5);
  for (int i = 0; i < count; ++i) {
    const double weight = i > 0 && dice.once_in(5) ? 0 : dice.between(0.1, 3);
    beam.spectrum.lines.push_back({beam.wavelength_m * dice.between(0.97, 1.03), weight, dice.whole(0, sets - 1)});
  }
}

void add_directions(Dice& dice, Beam& beam, const Frame& frame) {
  const int count = dice.whole(1, 3);
  for (int i = 0; i < count; ++i) beam.directions.push_back({near_beam(dice, frame, 0.05), dice.between(0.1, 2)});
}

Beam random_beam(Dice& dice, const Frame& frame, int sets) {
  Beam beam;
  beam.wavelength_m = dice.between(0.8, 1.6) * A_to_m;
  beam.kahn_factor = dice.between(-1, 1);
  beam.polarized = !dice.once_in(5);
  beam.fluence_per_m2 = 1e24;
  if (dice.once_in(4)) {
    const int count = dice.whole(1, 6);
    for (int i = 0; i < count; ++i) {
      beam.sources.push_back({-near_beam(dice, frame, 0.05), dice.between(0.1, 2),
                              beam.wavelength_m * dice.between(0.98, 1.02), dice.whole(0, sets - 1)});
    }
    return beam;
  }
  if (!dice.once_in(3)) add_spectrum(dice, beam, sets);
  if (dice.once_in(2)) add_directions(dice, beam, frame);
  if (dice.once_in(4)) beam.dispersion = {0.02, {}, dice.whole(2, 4)};
  if (dice.once_in(4)) beam.horizontal_divergence = {0.01, {}, dice.whole(2, 3)};
  if (dice.once_in(4)) beam.vertical_divergence = {0.02, {}, dice.whole(2, 3)};
  return beam;
}

UnitCell random_cell(Dice& dice) {
  const auto edge = [&] { return dice.between(25, 70); };
  const auto angle = [&] { return dice.between(70, 110) * constants::degree_rad; };
  return {edge(), edge(), edge(), angle(), angle(), angle()};
}

/// Gives the crystal a place in the laboratory, in one of the ways that there are.
void orient(Dice& dice, Crystal& crystal, double wavelength_m) {
  const UnitCell cell = random_cell(dice);
  const Mat3d direct_A = dice.rotation(any_angle) * scene::real_space_of(cell);
  const Mat3d upright_A = scene::real_space_of(cell);
  switch (dice.whole(0, 6)) {
    case 0: crystal.real_space_A = direct_A; break;
    case 1: crystal.real_space_A = -1.0 * direct_A; break;
    case 2:
      crystal.u_matrix = dice.rotation(any_angle);
      crystal.cell = cell;
      break;
    case 3:
      crystal.u_matrix = dice.rotation(any_angle);
      crystal.b_matrix = transposed(inverse(upright_A));
      break;
    case 4: crystal.a_matrix = (wavelength_m / A_to_m) * transposed(inverse(direct_A)); break;
    case 5:
      crystal.cell = cell;
      crystal.random_misset_seed = -dice.whole(1, 1000);
      break;
    default: crystal.cell = cell;
  }
  if (dice.once_in(2)) crystal.misset_rad = {dice.between(-3, 3), dice.between(-3, 3), dice.between(-3, 3)};
}

void choose_cells(Dice& dice, Crystal& crystal) {
  const int most = dice.once_in(4) ? 3 : 14;
  for (double& cells : crystal.cells) cells = dice.whole(1, most);
  if (dice.once_in(6)) crystal.size_m = {dice.between(1, 90) * 1e-9, 3e-8, 2e-8};
  if (crystal.shape != LatticeShape("gauss") || dice.once_in(2)) return;
  const auto diagonal = [&] { return dice.between(3, 12); };
  const auto off = [&] { return dice.between(-1.4, 1.4); };  // less than half of the least diagonal element
  const double ab = off(), bc = off(), ac = off();
  crystal.cells_matrix = Mat3d{{diagonal(), ab, ac}, {ab, diagonal(), bc}, {ac, bc, diagonal()}};
}

Crystal random_crystal(Dice& dice, double wavelength_m) {
  constexpr LatticeShape shapes[] = {LatticeShape("square"), LatticeShape("round"), LatticeShape("gauss"),
                                     LatticeShape("tophat")};
  Crystal crystal;
  crystal.shape = shapes[dice.whole(0, 3)];
  orient(dice, crystal, wavelength_m);
  choose_cells(dice, crystal);
  crystal.fudge = dice.once_in(2) ? 1 : dice.between(0.4, 1.5);
  if (dice.once_in(3)) {
    crystal.mosaicity = {dice.between(0, 0.02), dice.whole(1, 5), -dice.whole(1, 10000), {}};
  } else if (dice.once_in(2)) {
    const int count = dice.whole(1, 5);
    for (int i = 0; i < count; ++i) crystal.mosaicity.rotations.push_back(dice.rotation(0.02));
  }
  if (dice.once_in(3)) crystal.phi = {dice.between(-1, 1), dice.between(0.01, 0.1), {}, dice.whole(1, 4)};
  if (dice.once_in(5)) crystal.phi = {0, 0.05, {}, 3};
  return crystal;
}

StructureFactors random_set(Dice& dice, bool intensities) {
  StructureFactors f;
  const auto range = [&] { return IndexRange{-dice.whole(0, 20), dice.whole(0, 20)}; };
  const IndexRange h = range(), k = range(), l = range();
  const auto value = [&](int, int, int) { return intensities ? dice.between(-20, 400) : dice.between(0, 30); };
  if (!dice.once_in(4)) f = StructureFactors::from(value, h, k, l);
  f.default_amplitude = f.has_table() && dice.once_in(2) ? 0 : dice.between(3, 20);
  f.intensities = intensities;
  if (!dice.once_in(3)) f.interpolate = dice.once_in(3);
  return f;
}

Sensor random_sensor(Dice& dice) {
  Sensor sensor;
  sensor.thickness_m = dice.between(1e-4, 1e-3);
  if (!dice.once_in(4)) sensor.attenuation_length_m = dice.between(1e-4, 1e-3);
  if (!dice.once_in(3)) sensor.layers = dice.whole(1, 4);
  return sensor;
}

RegionOfInterest random_region(Dice& dice, int pixels_fast, int pixels_slow) {
  RegionOfInterest roi;
  if (dice.once_in(2)) roi.fast_min = dice.whole(0, pixels_fast - 1);
  if (dice.once_in(2)) roi.fast_max = dice.whole(roi.fast_min.value_or(0), pixels_fast + 3);
  if (dice.once_in(2)) roi.slow_min = dice.whole(0, pixels_slow - 1);
  if (dice.once_in(2)) roi.slow_max = dice.whole(roi.slow_min.value_or(0), pixels_slow - 1);
  return roi;
}

std::vector<std::uint16_t> random_mask(Dice& dice, int pixels) {
  std::vector<std::uint16_t> mask;
  for (int i = 0; i < pixels; ++i) mask.push_back(dice.once_in(5) ? 0 : static_cast<std::uint16_t>(dice.whole(1, 9)));
  return mask;
}

Panel random_panel(Dice& dice, const Frame& frame) {
  Panel panel;
  panel.pixel_size_m = dice.between(0.05, 0.8) * 1e-3;
  panel.pixels_fast = dice.whole(1, 23);
  panel.pixels_slow = dice.whole(1, 11);
  if (dice.once_in(3)) panel.first_fast = dice.whole(0, 3000);
  if (dice.once_in(3)) panel.first_slow = dice.whole(0, 3000);
  const bool backward = dice.once_in(6);
  const Vec3d towards = strict::unit((backward ? -1.0 : 1.0) * near_beam(dice, frame, 0.9));
  const double tilt = dice.between(-0.5, 0.5);
  panel.fast = strict::unit(dice.across(towards) + tilt * towards);
  panel.slow = strict::unit(cross(towards, panel.fast));
  if (dice.once_in(3)) panel.slow = -panel.slow;
  const Vec3d nearest_m = dice.between(0.03, 0.2) * towards;
  const double p = panel.pixel_size_m;
  panel.origin_m = nearest_m - (panel.first_fast * p) * panel.fast - (panel.first_slow * p) * panel.slow;
  if (dice.once_in(3)) panel.slow = panel.slow + 4e-4 * panel.fast;
  panel.fast = dice.between(0.2, 3) * panel.fast;
  if (dice.once_in(3)) panel.sensor = dice.once_in(3) ? Sensor{} : random_sensor(dice);
  if (dice.once_in(4)) panel.oversample = dice.whole(1, 3);
  if (dice.once_in(5)) panel.mask = random_mask(dice, panel.pixels_fast * panel.pixels_slow);
  if (dice.once_in(4)) panel.roi = random_region(dice, panel.pixels_fast, panel.pixels_slow);
  return panel;
}

void describe_one_panel(Dice& dice, Detector& detector, const Frame& frame) {
  detector.pixel_size_m = dice.between(0.1, 0.8) * 1e-3;
  detector.pixels_fast = dice.whole(5, 30);
  detector.pixels_slow = dice.whole(5, 20);
  detector.distance_m = dice.between(0.03, 0.15);
  detector.rotation_rad = {dice.between(-0.3, 0.3), dice.between(-0.3, 0.3), dice.between(-0.3, 0.3)};
  if (frame.convention == Convention::custom) detector.pivot = Pivot::sample;
  if (dice.once_in(3)) detector.mask = random_mask(dice, *detector.pixels_fast * *detector.pixels_slow);
  if (dice.once_in(3)) detector.roi = random_region(dice, *detector.pixels_fast, *detector.pixels_slow);
}

Detector random_detector(Dice& dice, const Frame& frame) {
  Detector detector;
  if (dice.once_in(5)) {
    describe_one_panel(dice, detector, frame);
  } else {
    const int count = dice.whole(1, 4);
    for (int i = 0; i < count; ++i) detector.panels.push_back(random_panel(dice, frame));
  }
  if (dice.once_in(2)) detector.sensor = random_sensor(dice);
  detector.point_pixel = dice.once_in(6);
  detector.oversample = dice.whole(0, 2);
  return detector;
}

Selection random_selection(Dice& dice, const Detector& detector) {
  Selection selection;
  const int count = dice.whole(1, 25);
  for (int i = 0; i < count; ++i) {
    PixelRun run;
    int fast = detector.pixels_fast.value_or(1), slow = detector.pixels_slow.value_or(1);
    if (!detector.panels.empty()) {
      run.panel = dice.whole(0, static_cast<int>(detector.panels.size()) - 1);
      fast = detector.panels[static_cast<std::size_t>(run.panel)].pixels_fast;
      slow = detector.panels[static_cast<std::size_t>(run.panel)].pixels_slow;
    }
    run.slow = dice.whole(0, slow - 1);
    run.first_fast = dice.whole(0, fast - 1);
    run.count = dice.whole(1, fast - run.first_fast);
    selection.runs.push_back(run);
  }
  return selection;
}

/// Returns the evaluations of the busiest pixel.
double evaluations(const Experiment& e) {
  const Scene scene = make_scene(e);
  double most = 0;
  for (const ScenePanel& panel : scene.panels)
    most = std::max(most, double(panel.oversample) * panel.oversample * panel.layers.count);
  return most * double(scene.rays.size()) * double(scene.phi_rad.size()) * double(scene.domains.size());
}

}  // namespace

Experiment random_experiment(std::uint64_t seed) {
  Dice dice(seed);
  Experiment e;
  e.policy = Policy::corrected;
  e.frame = random_frame(dice);
  const int sets = dice.once_in(2) ? 1 : dice.whole(2, 4);
  const bool intensities = dice.once_in(4);
  e.beam = random_beam(dice, e.frame, sets);
  e.crystal = random_crystal(dice, e.beam.wavelength_m);
  if (dice.once_in(3)) e.goniometer = {dice.rotation(any_angle), dice.rotation(any_angle)};
  e.detector = random_detector(dice, e.frame);
  e.structure_factors = random_set(dice, intensities);
  for (int set = 1; set < sets; ++set) e.further_sets.push_back(random_set(dice, intensities));
  if (dice.once_in(3)) e.selection = random_selection(dice, e.detector);
  if (dice.once_in(6)) e.water_size_m = 1e-7;
  if (dice.once_in(6)) e.dmin_m = dice.between(1.2, 3) * A_to_m;
  // An automatic oversampling may take minutes.
  if (evaluations(e) > 2000) e.detector.oversample = 1;
  return e;
}

}  // namespace nbk::testing
