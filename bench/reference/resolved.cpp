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
/// \param distance_m  over which the spots spread
int recommended_oversample(const Lattice& lattice, const Plane& plane, double wavelength_m, double distance_m) {
  const double widest = std::max({length(lattice.cell.a) * lattice.cells[0], length(lattice.cell.b) * lattice.cells[1],
                                  length(lattice.cell.c) * lattice.cells[2]});
  const double reciprocal_pixel_m = wavelength_m * distance_m / plane.pixel_m;
  const double wanted = std::ceil(3.0 * widest / reciprocal_pixel_m);
  require(wanted < 46341, "automatic oversampling", wanted, "must be less than 46341 sub-pixels per axis");
  return std::max(1, static_cast<int>(wanted));
}

/// Returns the panels of the list, or the one that is described.
std::vector<ResolvedPanel> resolve_panels(const Experiment& e) {
  const Detector& d = e.detector;
  std::vector<ResolvedPanel> panels;
  for (const Panel& given : d.panels) {
    ResolvedPanel panel;
    panel.plane = build_plane(given, e.frame, d.point_pixel);
    panel.window = resolve_window(given.roi, panel.plane);
    panel.layers = resolve_layers(given.sensor.value_or(d.sensor), e.policy);
    panel.oversample = std::max(0, given.oversample.value_or(0));
    panel.mask = &given.mask;
    panels.push_back(panel);
  }
  if (!panels.empty()) return panels;
  const Plane plane = build_plane(d, e.frame, e.policy);
  return {{plane, resolve_window(d.roi, plane), resolve_layers(d.sensor, e.policy), 0, &d.mask}};
}

/// Chooses the oversampling of the panels that have none of their own: the detector's, or what suits the most demanding
/// of all panels.
void choose_oversample(Resolved& r) {
  const Experiment& e = r.experiment;
  int finest = 1;
  for (const ResolvedPanel& panel : r.panels) {
    if (e.detector.oversample > 0) break;
    const Plane& plane = panel.plane;
    const bool forward = plane.distance_m > 0 && std::isfinite(plane.distance_m);
    const double distance_m =
        e.policy == Policy::compat || forward ? plane.distance_m : std::fabs(plane.close_distance_m);
    finest = std::max(finest, recommended_oversample(r.lattice, plane, e.beam.wavelength_m, distance_m));
  }
  for (ResolvedPanel& panel : r.panels) {
    if (panel.oversample == 0) panel.oversample = e.detector.oversample > 0 ? e.detector.oversample : finest;
  }
}

void check_set(const StructureFactors& f) {
  const auto span = [](int min, int max) { return static_cast<std::size_t>(std::max(0, max - min + 1)); };
  const std::size_t entries = span(f.h_min, f.h_max) * span(f.k_min, f.k_max) * span(f.l_min, f.l_max);
  require(!f.has_table() || f.amplitude.size() == entries, "structure_factors.amplitude.size()", f.amplitude.size(),
          "must be the number of reflections in the ranges of h, k, l");
  require(f.has_table() || f.default_amplitude != 0, "structure_factors.default_amplitude", f.default_amplitude,
          "must not be 0 where there is no table");
}

void check_run(const PixelRun& run, const std::vector<ResolvedPanel>& panels) {
  const auto count = static_cast<int>(panels.size());
  require(run.panel >= 0 && run.panel < count, "panel of a run", run.panel, "must be one of the panels");
  const Plane& plane = panels[static_cast<std::size_t>(run.panel)].plane;
  require(run.slow >= 0 && run.slow < plane.pixels_slow, "row of a run", run.slow, "must be one of the panel");
  require(run.first_fast >= 0 && run.count > 0 && run.count <= plane.pixels_fast - run.first_fast, "pixels of a run",
          run.count, "must lie on the panel");
}

void check_sizes(const Resolved& r) {
  const Experiment& e = r.experiment;
  check_set(e.structure_factors);
  for (const StructureFactors& further : e.further_sets) check_set(further);
  const auto sets = static_cast<int>(e.further_sets.size()) + 1;
  for (const Ray& ray : r.rays) {
    require(ray.set >= 0 && ray.set < sets, "set of a source", ray.set, "must be one of the sets");
    require(e.policy == Policy::compat || std::isfinite(ray.share), "weight of a source", ray.share,
            "must not add up to 0");
  }
  for (const ResolvedPanel& panel : r.panels) {
    const std::size_t masked = panel.mask->size();
    const Plane& plane = panel.plane;
    const std::size_t pixels =
        static_cast<std::size_t>(plane.pixels_fast) * static_cast<std::size_t>(plane.pixels_slow);
    require(masked == 0 || masked == pixels, "detector.mask.size()", masked, "must be the number of pixels");
  }
  for (const PixelRun& run : e.selection.runs) check_run(run, r.panels);
}

void turn_crystal(Resolved& r, const std::vector<double>& phi_rad, const std::vector<Matrix>& domains) {
  const Cell& crystal = r.lattice.cell;
  const Goniometer& goniometer = r.experiment.goniometer;
  const Mount mount{Matrix(goniometer.fixed), r.axes.spindle, Matrix(goniometer.setting)};
  r.orientation_count = phi_rad.size() * std::max<std::size_t>(1, domains.size());
  if (r.experiment.policy == Policy::corrected) {
    r.orientations = turn_properly(crystal, mount, phi_rad, domains);
    return;
  }
  // Two sweeps in a row: the first starts from the mounted crystal, all later ones from where their predecessor ended.
  Cell standing = turn(crystal, mount, 0);
  r.first_orientations = turn_like_c(standing, crystal, mount, phi_rad, domains);
  r.orientations = turn_like_c(standing, crystal, mount, phi_rad, domains);
  const bool turned = std::any_of(phi_rad.begin(), phi_rad.end(), [](double phi) { return phi != 0; });
  r.first_differs = phi_rad.front() == 0 && turned;
}

}  // namespace

Resolved resolve(const Experiment& e) {
  Resolved r{e, normalize_axes(e.frame), resolve_panels(e), {}, {}, 1, false, {}, 1, {}, {}, false, {}};
  const bool corrected = e.policy == Policy::corrected;
  require_known_shape(e.crystal.shape);
  r.rays = make_rays(e.beam, r.axes);
  r.fluence_per_m2 = fluence_per_m2(e.beam);

  ShuffledUniform uniform;
  r.lattice = build_lattice(e, uniform);
  require(corrected || !e.crystal.diffuse, "crystal.diffuse", "given", "must stand with the corrected policy");
  r.diffuse = resolve_diffuse(e, r.lattice);
  r.lattice.cells = count_cells(e.crystal, r.lattice.cell, e.beam.size_m);
  // The C program decides on interpolation before a crystal's size has become a number of cells.
  r.interpolate = wants_interpolation(e, corrected ? r.lattice.cells : e.crystal.cells);
  r.box = common_box(e);
  choose_oversample(r);
  turn_crystal(r, resolve_phi(e.crystal.phi), draw_domains(e.crystal.mosaicity, uniform));
  check_sizes(r);
  return r;
}

double water_background(const Experiment& e, double fluence_per_m2) {
  constexpr double f_water = 2.57, grams_per_m3 = 1e6, grams_per_mol = 18.0;
  const double size_m = e.water_size_m;
  return f_water * f_water * constants::electron_radius_sqr_m2 * fluence_per_m2 * size_m * size_m * size_m *
         grams_per_m3 * constants::avogadro_per_mol / grams_per_mol;
}

}  // namespace nbk::reference
