// SPDX-License-Identifier: MIT
#include "experiments.hpp"

#include "experiment_parts.hpp"

#include <utility>

namespace nbk::gpu_run {

NamedExperiment Combination::picture(const char* name, Experiment e, int table_reach) const {
  const bool compounding = weighting == TermWeighting::compounding;
  e.crystal.shape = shape;
  if (lookup > 0) e.structure_factors = waves(table_reach, lookup == 2);
  if (weighting == TermWeighting::per_term) e.policy = Policy::corrected;
  if (compounding) e.detector.oversample_solid_angle = true;
  return {name, std::move(e), 0, 0, compounding};
}

std::vector<NamedExperiment> paths_of(const Combination& combination) {
  constexpr int size = 24;
  const auto& [shape, lookup, weighting] = combination;
  const bool tophat = shape == LatticeShape("tophat");
  std::vector<NamedExperiment> all;
  int table_reach = 24;
  const auto add = [&](const char* name, Experiment e) {
    // Interpolation that leaves the table stops in `compat`, so most tables have all reflections of the picture.
    const int reach = combination.weighting == TermWeighting::per_term ? 7 : table_reach;
    all.push_back(combination.picture(name, std::move(e), reach));
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
  for (const int reach : {5, 8, 11, 24}) {
    table_reach = reach;
    add("everything in order", in_order);
    in_order.detector.sensor = {};
    in_order.beam.polarized = !in_order.beam.polarized;
  }
  in_order.detector.curved = true;
  in_order.dmin_m = 0;
  table_reach = 9;
  add("curved, in order", in_order);
  table_reach = 24;

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
  e.detector.rotation_rad = {0.1, -0.2, 0.3};  // so that no product of a component is 0
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

  e = base(size, 5);
  e.water_size_m = 1e-4;
  add_spectrum(e, 7);
  add("water, wavelengths", e);

  // The direct beam hits a pixel: there the polarisation has no plane, and the index is (0, 0, 0).
  e = base(size + 1, 4);
  e.detector.beam_x_m = e.detector.beam_y_m = (size / 2 + 0.5) * e.detector.pixel_size_m;
  e.beam.kahn_factor = 0.5;
  e.water_size_m = 1e-4;
  e.crystal.phi = {0, 0.02, {}, 2};
  add("direct beam", e);

  // A polarisation that is along no axis, and nothing that would hide it.
  e = base(size, 5);
  e.frame.polarization = {0.48, 0.6, 0.64};
  e.detector.rotation_rad = {0.1, -0.2, 0.3};
  e.beam.kahn_factor = 0.8;
  e.detector.curved = true;
  add("polarised, curved", e);

  // What devices compile on its own (kernel/plain_tables.hpp), with all factors of a pixel.
  e = base(size, 12);
  e.detector.rotation_rad = {0.1, -0.2, 0.3};
  e.beam.kahn_factor = 0.9;
  add_mask(e, size);
  add_layers(e, 2);
  if (tophat) e.crystal.cells = {6, 6, 6};  // larger ones are dark
  add("plain, many cells", e);
  Experiment waves_of = e;
  waves_of.detector.sensor = {};
  add_spectrum(waves_of, 30);
  add("plain, wavelengths", waves_of);
  add_sources(waves_of);
  add_domains(waves_of, 2, 0.02);
  add("plain, directions", waves_of);
  e.crystal.cells = {6, 5, 3};
  add_spectrum(e, 2);
  add("plain, few cells", e);
  e.beam.dispersion = {};
  e.detector.sensor = {};
  add("plain, one evaluation", e);
  e.crystal.cells = {1, 2, 4};
  add("plain, one evaluation, even cells", e);
  for (const double cells : {4.0, 12.0}) {
    if (lookup == 0) break;
    e = base(size, tophat ? 6 : cells);
    add_sources(e);
    e.further_sets = {waves(weighting == TermWeighting::per_term ? 6 : table_reach, lookup == 2)};
    e.beam.sources[1].structure_factor_set = 1;
    add("plain, sets", e);
  }

  // A panel that is seen from behind in part: pixels that no ray reaches.
  e = base(size, 6);
  e.detector.two_theta_rad = 85 * degree;
  e.detector.distance_m = 0.01;
  add_layers(e, 2);
  add_domains(e, 2);
  add("grazing", e);
  // In `compat` a layer never stands alone.
  if (!combination.is_compact() && weighting == TermWeighting::per_term) {
    e = base(size, 5);
    add_layers(e, 1);
    add("one evaluation, absorption", e);
  }
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

Experiment differentiable_spectra(LatticeShape shape, int lookup) {
  Experiment e = differentiable(shape, lookup);
  e.crystal.cells = {24, 30, 27};
  e.crystal.fudge = 2;
  e.detector.sensor = {};
  e.detector.oversample = 1;
  add_spectra(e, 24, lookup > 0 ? 2 : 1);
  return e;
}

std::vector<Material> matter() {
  Material water;
  water.name = "water";
  water.form_factor = {{0, 2.57},  {0.0365, 2.58}, {0.07, 2.8}, {0.12, 5},
                       {0.162, 8}, {0.2, 6.75},    {0.3, 4.1},  {0.5, 1}};
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
