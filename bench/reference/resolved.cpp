// SPDX-License-Identifier: MIT
#include "bench/reference/resolved.hpp"

#include "bench/reference/intensity.hpp"
#include "nbk/core/constants.hpp"
#include "nbk/core/error.hpp"

#include <algorithm>
#include <cmath>

namespace nbk::reference {

namespace {

/// Returns three sub-pixels for the width of the crystal's transform.
int recommended_oversample(const Lattice& lattice, const Plane& plane, double wavelength_m) {
  const double widest = std::max({length(lattice.cell.a) * lattice.cells[0], length(lattice.cell.b) * lattice.cells[1],
                                  length(lattice.cell.c) * lattice.cells[2]});
  const double reciprocal_pixel_m = wavelength_m * plane.distance_m / plane.pixel_m;
  const double wanted = std::ceil(3.0 * widest / reciprocal_pixel_m);
  require(wanted < 46341, "automatic oversampling", wanted, "must be less than 46341 sub-pixels per axis");
  return std::max(1, static_cast<int>(wanted));
}

void check_sizes(const Resolved& r) {
  const StructureFactors& f = r.experiment.structure_factors;
  const auto span = [](int min, int max) { return static_cast<std::size_t>(std::max(0, max - min + 1)); };
  const std::size_t entries = span(f.h_min, f.h_max) * span(f.k_min, f.k_max) * span(f.l_min, f.l_max);
  require(!f.has_table() || f.amplitude.size() == entries, "structure_factors.amplitude.size()", f.amplitude.size(),
          "must be the number of reflections in the ranges of h, k, l");
  require(f.has_table() || f.default_amplitude != 0, "structure_factors.default_amplitude", f.default_amplitude,
          "must not be 0 where there is no table");

  const std::size_t pixels =
      static_cast<std::size_t>(r.plane.pixels_fast) * static_cast<std::size_t>(r.plane.pixels_slow);
  const std::size_t masked = r.experiment.detector.mask.size();
  require(masked == 0 || masked == pixels, "detector.mask.size()", masked, "must be the number of pixels");
}

void turn_crystal(Resolved& r, const std::vector<double>& phi_rad, const std::vector<Matrix>& domains) {
  const Cell& mounted = r.lattice.cell;
  r.orientation_count = phi_rad.size() * std::max<std::size_t>(1, domains.size());
  if (r.experiment.policy == Policy::corrected) {
    r.orientations = turn_properly(mounted, r.axes.spindle, phi_rad, domains);
    return;
  }
  // Two sweeps in a row: the first starts from the mounted crystal, all later ones from where their predecessor ended.
  Cell standing = mounted;
  r.first_orientations = turn_like_c(standing, mounted, r.axes.spindle, phi_rad, domains);
  r.orientations = turn_like_c(standing, mounted, r.axes.spindle, phi_rad, domains);
  const bool turned = std::any_of(phi_rad.begin(), phi_rad.end(), [](double phi) { return phi != 0; });
  r.first_differs = phi_rad.front() == 0 && turned;
}

}  // namespace

Resolved resolve(const Experiment& e) {
  Resolved r{
      e,    normalize_axes(e.frame), build_plane(e.detector, e.frame, e.policy), {}, {}, 1, {}, {}, 0, false, 1, {}, {},
      false};
  const bool corrected = e.policy == Policy::corrected;
  require_known_shape(e.crystal.shape);
  r.window = resolve_window(e.detector.roi, r.plane);
  r.layers = resolve_layers(e.detector.sensor, e.policy);
  r.rays = make_rays(e.beam, r.axes);
  r.fluence_per_m2 = fluence_per_m2(e.beam);

  ShuffledUniform uniform;
  r.lattice = build_lattice(e, uniform);
  r.lattice.cells = count_cells(e.crystal, r.lattice.cell, e.beam.size_m);
  // The C program decides on interpolation before a crystal's size has become a number of cells.
  r.interpolate = wants_interpolation(e.structure_factors, corrected ? r.lattice.cells : e.crystal.cells);
  r.oversample = e.detector.oversample > 0 ? e.detector.oversample
                                           : recommended_oversample(r.lattice, r.plane, e.beam.wavelength_m);
  turn_crystal(r, resolve_phi(e.crystal.phi), draw_domains(e.crystal.mosaicity, uniform));
  check_sizes(r);
  for (const Ray& ray : r.rays)
    require(!corrected || std::isfinite(ray.share), "weight of a source", ray.share, "must not add up to 0");
  return r;
}

double water_background(const Experiment& e, double fluence_per_m2) {
  constexpr double f_water = 2.57, grams_per_m3 = 1e6, grams_per_mol = 18.0;
  const double size_m = e.water_size_m;
  return f_water * f_water * constants::electron_radius_sqr_m2 * fluence_per_m2 * size_m * size_m * size_m *
         grams_per_m3 * constants::avogadro_per_mol / grams_per_mol;
}

}  // namespace nbk::reference
