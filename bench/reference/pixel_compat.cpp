// SPDX-License-Identifier: MIT
#include "bench/reference/pixel.hpp"
#include "nbk/core/constants.hpp"

namespace nbk::reference {

namespace {

/// Returns F_cell. The first miss of the interpolation table ends interpolation for the rest of the run.
double cell_amplitude(const StructureFactors& factors, const IndexBox& box, const Index& index, RunState& state) {
  if (state.interpolate) {
    if (const auto amplitude = interpolated_amplitude(factors, box, index)) return *amplitude;
    state.interpolate = false;
  }
  return nearest_amplitude(factors, index);
}

/// Adds all orientations of one ray to `sum`, the pixel's running total. The oversample options multiply that total,
/// not the new term.
void add_sweep(const Resolved& r, const Ray& ray, const Vec& q, const Factors& factors, RunState& state, double& sum) {
  const Experiment& e = r.experiment;
  const StructureFactors& set = set_of(e, ray.set);
  const Orientations& orientations = state.first_evaluation ? r.first_orientations : r.orientations;
  state.first_evaluation = false;
  for (const std::vector<Cell>& domains : orientations) {
    for (const Cell& cell : domains) {
      const Index index = miller_index(cell, q);
      const double lattice = lattice_factor(e, r.lattice, index);
      state.last.cell = cell;
      state.last.index = index;
      state.last.lattice = lattice;
      if (lattice == 0 && e.water_size_m == 0) continue;
      const double amplitude = cell_amplitude(set, r.box, index, state);
      state.last.amplitude = amplitude;
      sum += squared(set, amplitude) * lattice * lattice;
      if (e.detector.oversample_thickness) sum *= factors.capture;
      if (e.detector.oversample_polarization) sum *= factors.polarization;
      if (e.detector.oversample_solid_angle) sum *= factors.solid_angle;
    }
  }
}

/// Adds all rays of one sub-pixel of one layer.
void add_rays(const Resolved& r, const Vec& diffracted, Factors& factors, RunState& state, double& sum) {
  for (const Ray& ray : r.rays) {
    const Vec q = scattering_vector(ray, diffracted);
    state.last.scattering_per_m = q;
    if (beyond_resolution(r.experiment, q)) continue;
    if (factors.polarization == 0 || r.experiment.detector.oversample_polarization)
      factors.polarization = polarization(r, ray, diffracted);
    add_sweep(r, ray, q, factors, state, sum);
  }
}

}  // namespace

double pixel_compat(const Resolved& r, const ResolvedPanel& panel, int fast, int slow, RunState& state) {
  const Experiment& e = r.experiment;
  const Detector& d = e.detector;
  const int n = panel.oversample;
  double sum = water_background(e, r.fluence_per_m2);
  Factors factors;
  if (!e.beam.polarized) factors.polarization = 1;

  for (int layer = 0; layer < panel.layers.count; ++layer) {
    factors.capture = panel.layers.thickness_m == 0 ? 1 : 0;
    for (int sub_slow = 0; sub_slow < n; ++sub_slow) {
      for (int sub_fast = 0; sub_fast < n; ++sub_fast) {
        const SubPixel sub = locate(panel, fast * n + sub_fast, slow * n + sub_slow, layer);
        state.last.position_m = sub.position_m;
        if (factors.solid_angle == 0 || d.oversample_solid_angle) factors.solid_angle = sub.solid_angle_sr;
        if (factors.capture == 0 || d.oversample_thickness)
          factors.capture = capture_fraction(panel, layer, sub.diffracted);
        add_rays(r, sub.diffracted, factors, state, sum);
      }
    }
  }

  // Not divided by the number of layers, so that only the last layer's captured share is a common factor.
  const double steps = static_cast<double>(r.rays.size()) * static_cast<double>(r.orientation_count) * n * n;
  state.last.sum = sum;
  state.last.steps = steps;
  state.last.factors = factors;
  double photons = constants::electron_radius_sqr_m2 * r.fluence_per_m2 * sum / steps;
  if (!d.oversample_thickness) photons *= factors.capture;
  if (!d.oversample_polarization) photons *= factors.polarization;
  if (!d.oversample_solid_angle) photons *= factors.solid_angle;
  return photons;
}

}  // namespace nbk::reference
