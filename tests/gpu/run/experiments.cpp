// SPDX-License-Identifier: MIT
#include "experiments.hpp"

#include <nbk/model/lattice_shape.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace nbk::gpu_run {

namespace {

constexpr double degree = std::numbers::pi / 180;

Experiment base(int pixels, double cells) {
  Experiment e;
  e.frame = Frame::of(Convention::mosflm);
  e.beam.wavelength_m = 1.5e-10;
  e.crystal.cell = UnitCell{70, 80, 90, 75 * degree, 85 * degree, 95 * degree};
  e.crystal.misset_rad = {10 * degree, 20 * degree, 30 * degree};
  e.crystal.cells = {cells, cells, cells};
  e.structure_factors.default_amplitude = 100;
  e.detector.pixels_fast = e.detector.pixels_slow = pixels;
  e.detector.pixel_size_m = 0.032 / pixels;
  e.detector.distance_m = 0.06;
  e.detector.oversample = 1;
  return e;
}

StructureFactors waves(int reach, bool interpolate) {
  StructureFactors f = StructureFactors::from(
      [](int h, int k, int l) { return 100 + 40 * std::sin(0.7 * h + 0.4 * k - 0.9 * l); }, {-reach, reach},
      {-reach, reach}, {-reach, reach});
  f.default_amplitude = 30;
  f.interpolate = interpolate;
  return f;
}

void add_domains(Experiment& e, int domains, double spread_rad = 0.01) { e.crystal.mosaicity = {spread_rad, domains}; }

void add_spectrum(Experiment& e, int wavelengths) { e.beam.dispersion = {0.02, {}, wavelengths}; }

void add_layers(Experiment& e, int layers) { e.detector.sensor = {4.5e-4, 2.3e-4, layers}; }

void add_mask(Experiment& e, int pixels) {
  const auto size = static_cast<std::size_t>(pixels);
  e.detector.mask.assign(size * size, 1);
  for (std::size_t i = 0; i < e.detector.mask.size(); i += 5) e.detector.mask[i] = 0;
  e.detector.roi = {3, pixels - 5, 2, pixels - 4};
}

/// Two directions, one of which has two wavelengths.
void add_sources(Experiment& e) {
  e.beam.sources = {
      {{-10, 0, 0}, 1, 1.5e-10, 0}, {{-10, 0.5, 0.3}, 2, 1.4e-10, 0}, {{-10, 0.5, 0.3}, 0.5, 1.45e-10, 0}};
}

}  // namespace

std::vector<NamedExperiment> named_experiments(bool compounding) {
  constexpr int size = 64;
  std::vector<NamedExperiment> all;
  const auto add = [&](const char* name, Experiment e, double rounded, double loose) {
    all.push_back({name, std::move(e), rounded, loose});
  };
  Experiment e = base(size, 5);
  add("main", e, 8e-5, 3e-4);

  Experiment mosaic = base(size, 20);
  add_domains(mosaic, 7);
  mosaic.detector.oversample = 2;
  add("mosaic", mosaic, 6e-4, 1.5e-3);

  e = base(size, 10);
  add_spectrum(e, 11);
  add("spectrum", e, 1.5e-4, 4e-4);

  for (const auto& [name, shape] : {std::pair{"gauss", LatticeShape("gauss")}, {"round", LatticeShape("round")},
                                    {"tophat", LatticeShape("tophat")}}) {
    e = mosaic;
    e.crystal.shape = shape;
    e.crystal.fudge = 0.3;
    if (shape == LatticeShape("tophat")) e.crystal.cells = {6, 6, 6};
    // At the edge of a top hat an evaluation counts or does not.
    const double jump = shape == LatticeShape("tophat") ? 0.1 : 0;
    add(name, e, std::max(jump, 8e-4), std::max(jump, 2e-3));
  }

  e = base(size, 8);
  e.structure_factors = waves(20, false);
  add("nearest", e, 6e-5, 3e-4);
  e.structure_factors = waves(6, true);
  add("tricubic in order", e, 6e-5, 2e-4);
  e.structure_factors = waves(20, true);
  e.policy = Policy::corrected;
  e.crystal.shape = LatticeShape("gauss");
  add("tricubic, corrected", e, 6e-5, 3e-4);

  e = base(size, 5);
  add_layers(e, 5);
  add("thick", e, 4e-5, 1.5e-4);

  e = base(size, 8);
  e.policy = Policy::corrected;
  add_layers(e, 2);
  e.beam.kahn_factor = 0.9;
  e.water_size_m = 1e-4;
  e.dmin_m = 3e-10;
  add("corrected", e, 2e-6, 6e-6);

  e = base(size, 5);
  add_mask(e, size);
  e.detector.curved = true;
  add("mask, region, curved", e, 8e-5, 3e-4);

  e = base(size, 10);
  e.beam.horizontal_divergence = {2e-3, {}, 3};
  e.beam.vertical_divergence = {2e-3, {}, 2};
  add_spectrum(e, 2);
  e.crystal.phi = {0, 0.02, {}, 3};
  e.dmin_m = 2.5e-10;
  add("divergence, phi", e, 2e-4, 6e-4);

  e = base(size, 8);
  e.policy = Policy::corrected;
  add_sources(e);
  e.structure_factors = waves(20, false);
  e.further_sets = {waves(15, false)};
  e.beam.sources[1].structure_factor_set = 1;
  e.detector.rotation_rad = {0.1, -0.2, 0.3};
  e.detector.two_theta_rad = 0.2;
  add("energies, tilted", e, 1e-4, 4e-4);

  e = base(size, 10);
  e.policy = Policy::corrected;
  e.crystal.shape = LatticeShape("gauss");
  e.crystal.cells_matrix = Mat3d{{10, 1, 0}, {1, 8, -1}, {0, -1, 12}};
  e.detector.point_pixel = true;
  add("matrix of cells, points", e, 2e-4, 4e-4);

  add("two panels", two_panels({}, false, false), 2e-4, 6e-4);
  e = base(size, 5);
  e.policy = Policy::corrected;
  e.materials = matter();
  add("materials", e, 2e-6, 6e-6);

  e = two_panels({}, false, false);
  e.materials = matter();
  e.beam.kahn_factor = 0.6;
  add("materials, two panels", e, 2e-4, 6e-4);
  e = base(size, 5);
  add_sources(e);
  add_layers(e, 3);
  add_mask(e, size);
  e.detector.curved = true;
  e.detector.oversample = 2;
  e.materials = matter();
  add("materials, compat", e, 2e-4, 6e-4);

  if (compounding) {
    e = base(size, 5);
    e.detector.oversample = 2;
    e.detector.oversample_solid_angle = e.detector.oversample_polarization = true;
    e.beam.kahn_factor = 0.5;
    add("compounding", e, 0, 0);
    e.crystal.shape = LatticeShape("gauss");
    e.water_size_m = 1e-4;
    add_layers(e, 3);
    e.detector.oversample_thickness = true;
    add("compounding, water", e, 0, 0);
  }
  return all;
}

std::vector<NamedExperiment> paths_of(LatticeShape shape, int lookup, TermWeighting weighting) {
  constexpr int size = 24;
  std::vector<NamedExperiment> all;
  const auto add = [&](const char* name, Experiment e) {
    e.crystal.shape = shape;
    // Interpolation that leaves the table stops in `compat`, so most tables have all reflections of the picture.
    const int reach = weighting == TermWeighting::per_term || e.structure_factors.default_amplitude < 100 ? 7 : 24;
    if (lookup > 0) e.structure_factors = waves(reach, lookup == 2);
    if (weighting == TermWeighting::per_term) e.policy = Policy::corrected;
    if (weighting == TermWeighting::compounding) e.detector.oversample_solid_angle = true;
    all.push_back({name, std::move(e), 0, 0});
  };
  add("one evaluation", base(size, 5));

  Experiment e = base(size, 12);
  add_sources(e);
  add_domains(e, 2);
  add_layers(e, 2);
  add_mask(e, size);
  e.detector.oversample = 2;
  e.detector.rotation_rad = {0.1, -0.2, 0.3};
  e.detector.oversample_thickness = e.detector.oversample_polarization = weighting == TermWeighting::compounding;
  e.beam.kahn_factor = 0.9;
  e.water_size_m = 1e-4;
  e.dmin_m = 2.2e-10;
  e.crystal.phi = {0.1, 0.02, {}, 2};
  add("everything", e);

  Experiment in_order = e;
  in_order.crystal.phi.start_rad = 0;
  in_order.structure_factors.default_amplitude = 50;
  add("everything in order", in_order);

  Experiment listed = e;
  for (int slow = 22; slow > 1; slow -= 2) listed.selection.runs.push_back({0, slow, slow / 3, 3 + slow % 13});
  if (lookup < 2 || weighting == TermWeighting::per_term) add("listed", listed);

  for (const double cells : {2.0, 3.0}) {
    e = base(size, cells);
    add_spectrum(e, 4);
    add_domains(e, 2);
    add(cells == 2 ? "even cells" : "odd cells", e);
    e.beam.dispersion = {};
    add(cells == 2 ? "even cells, one wavelength" : "odd cells, one wavelength", e);
  }

  e = base(size, 1);
  e.crystal.cells = {1, 2, 1};
  e.detector.curved = true;
  e.detector.oversample = 3;
  e.beam.polarized = false;
  add("curved, few cells", e);

  e = base(size, 6);
  e.crystal.cells = {6, 40, 7};
  e.crystal.fudge = 0.4;
  e.detector.point_pixel = true;
  add_spectrum(e, 5);
  add_domains(e, 3, 0.05);
  e.dmin_m = 1.9e-10;
  add("points, wavelengths", e);

  // The direct beam hits a pixel: there the polarisation has no plane, and the index is (0, 0, 0).
  e = base(size + 1, 4);
  e.detector.beam_x_m = e.detector.beam_y_m = (size / 2 + 0.5) * e.detector.pixel_size_m;
  e.beam.kahn_factor = 0.5;
  e.water_size_m = 1e-4;
  e.crystal.phi = {0, 0.02, {}, 2};
  add("direct beam", e);

  // A panel that is seen from behind in part: pixels that no ray reaches.
  e = base(size, 6);
  e.detector.two_theta_rad = 85 * degree;
  e.detector.distance_m = 0.01;
  add_layers(e, 2);
  add_domains(e, 2);
  add("grazing", e);
  return all;
}

std::vector<CountedWorkload> counted_workloads() {
  constexpr int size = 64;
  std::vector<CountedWorkload> all;
  all.push_back({"main", base(size, 5), 1});
  Experiment e = base(size, 20);
  add_domains(e, 50);
  e.detector.oversample = 2;
  all.push_back({"mosaic", e, 200});
  Experiment spectrum = base(size, 10);
  add_spectrum(spectrum, 100);
  all.push_back({"spectrum", spectrum, 100});
  e.crystal.shape = LatticeShape("gauss");
  all.push_back({"gauss", e, 200});
  e = base(size, 8);
  e.structure_factors = waves(20, false);
  all.push_back({"nearest", e, 1});
  return all;
}

Experiment two_panels(LatticeShape shape, bool table, bool interpolate) {
  Experiment e = base(64, 10);
  e.policy = Policy::corrected;
  e.crystal.shape = shape;
  add_sources(e);
  add_domains(e, 2);
  if (table) e.structure_factors = waves(20, interpolate);
  Panel left;
  left.pixel_size_m = 5e-4;
  left.pixels_fast = left.pixels_slow = 64;
  left.origin_m = {0.06, -0.017, -0.016};
  left.fast = {0, 1, 0};
  left.slow = {0, 0, 1};
  Panel right = left;
  right.origin_m = {0.055, 0.016, -0.014};
  right.fast = {0.6, 0.8, 0};
  right.pixels_fast = 40;
  right.oversample = 2;
  right.sensor = Sensor{4.5e-4, 2.3e-4, 2};
  right.mask.assign(40 * 64, 1);
  for (std::size_t i = 0; i < right.mask.size(); i += 7) right.mask[i] = 0;
  e.detector.panels = {left, right};
  return e;
}

Experiment differentiable(LatticeShape shape, int lookup) {
  Experiment e = base(16, 7);
  e.policy = Policy::corrected;
  e.crystal.shape = shape;
  e.crystal.cells = {7, 8, 9};
  e.crystal.fudge = 0.2;
  add_domains(e, 3);
  add_layers(e, 2);
  e.detector.oversample = 2;
  e.detector.rotation_rad = {0.1, -0.2, 0.3};
  e.beam.kahn_factor = 0.7;
  add_sources(e);
  if (lookup > 0) {
    e.structure_factors = waves(12, lookup == 2);
    e.further_sets = {waves(10, lookup == 2)};
    e.beam.sources[1].structure_factor_set = 1;
  }
  e.detector.mask.assign(16 * 16, 1);
  for (std::size_t i = 0; i < 60; ++i) e.detector.mask[i * 4] = 0;
  return e;
}

std::vector<Material> matter() {
  Material water;
  water.name = "water";
  water.form_factor = {{0, 2.57}, {0.0365, 2.58}, {0.07, 2.8}, {0.12, 5}, {0.162, 8}, {0.2, 6.75}, {0.3, 4.1}, {0.5, 1}};
  Material air;
  air.name = "air";
  air.form_factor = {{0, 14}, {0.1, 9}, {0.3, 5}, {1, 1}};
  air.density_g_per_cm3 = 1.2e-3;
  air.molar_mass_g_per_mol = 28;
  air.thickness_m = 0.035;
  air.transmission = 0.9;
  return {water, air};
}

}  // namespace nbk::gpu_run
