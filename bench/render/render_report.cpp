// SPDX-License-Identifier: MIT
#include "bench/render/render_report.hpp"

#include "bench/flags/units.hpp"
#include "bench/render/panels_report.hpp"
#include "nbk/io/field_names.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/scene/make_rays.hpp"
#include "nbk/scene/sampling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

namespace nbk::bench::render {

namespace {

using flags::degrees_per_radian;

std::string vector_text(const Vec3d& v) { return fmt::format("{:g} {:g} {:g}", v.x, v.y, v.z); }

/// Three vectors of a lattice and the volume they span.
struct Axes {
  Vec3d a, b, c;
  double volume = 0;
};

/// Lengths and angles. As in the C program an angle is the arc tangent of its sine (from the volume) and its cosine,
/// which need not agree where a unit cell has forced its lengths on an orientation.
std::string cell_text(const Axes& axes, const Axes& dual) {
  const double a = strict::magnitude(axes.a), b = strict::magnitude(axes.b), c = strict::magnitude(axes.c);
  const auto angle_deg = [&](const Vec3d& u, const Vec3d& v, const Vec3d& opposite_dual) {
    const double lengths = strict::magnitude(u) * strict::magnitude(v);
    const double sine = strict::magnitude(opposite_dual) * axes.volume / lengths;
    return std::atan2(std::clamp(sine, -1.0, 1.0), dot(u, v) / lengths) * degrees_per_radian;
  };
  return fmt::format("{:g} {:g} {:g} {:g} {:g} {:g}", a, b, c, angle_deg(axes.b, axes.c, dual.a),
                     angle_deg(axes.a, axes.c, dual.b), angle_deg(axes.a, axes.b, dual.c));
}

std::string matrix_text(const Vec3d& a, const Vec3d& b, const Vec3d& c, double unit) {
  std::string text;
  const auto row = [&](char name, double Vec3d::*part) {
    text += fmt::format("{}: {:11.8f} {:11.8f} {:11.8f}\n", name, a.*part * unit, b.*part * unit, c.*part * unit);
  };
  row('X', &Vec3d::x);
  row('Y', &Vec3d::y);
  row('Z', &Vec3d::z);
  return text;
}

std::string size_text(const Scene& scene) {
  const CellVectors& direct = scene.lattice.direct;
  const auto& n = scene.lattice.cells;
  const double a = strict::magnitude(direct.a_m) * n[0], b = strict::magnitude(direct.b_m) * n[1];
  const double c = strict::magnitude(direct.c_m) * n[2];
  std::string text = fmt::format("crystal is {:g} x {:g} x {:g} microns\n", a * 1e6, b * 1e6, c * 1e6);
  const double reciprocal_pixel_m =
      scene.wavelength_m * scene.panels.front().geometry.distance_m / scene.panels.front().geometry.pixel_size_m;
  if (scene.panels.front().oversample < scene.panels.front().recommended_oversample) {
    text += fmt::format(
        "WARNING: maximum dimension of sample is {:g} A\n         but reciprocal pixel size is {:g} A\n"
        "         intensity may vary significantly across a pixel!\n"
        "         recommend -oversample {} to work around this\n",
        std::max({a, b, c}) * 1e10, reciprocal_pixel_m * 1e10, scene.panels.front().recommended_oversample);
  }
  constexpr double density_g_per_m3 = 1.2e6;
  const double weight = a * b * c * density_g_per_m3 * constants::avogadro_per_mol / (n[0] * n[1] * n[2]);
  return text + fmt::format("approximate MW = {:g}\n", weight);
}

/// At most this many lines of one kind; a sweep of millions helps nobody.
constexpr std::size_t most_lines = 1000;

template <class Line>
void append_lines(std::string& text, std::size_t n, Line line) {
  for (std::size_t i = 0; i < std::min(n, most_lines); ++i) text += line(i);
  if (n > most_lines) text += fmt::format("... {} more\n", n - most_lines);
}

std::string sources_text(const Experiment& experiment, const Scene& scene) {
  std::string text = fmt::format("  created a total of {} sources:\n", scene.rays.size());
  append_lines(text, scene.rays.size(), [&](std::size_t i) {
    const Ray& ray = scene.rays[i];
    const std::vector<Source>& sources = experiment.beam.sources;
    const Vec3d position = sources.empty() ? -10.0 * ray.incident : sources[i].position;
    return fmt::format("{}   {:g} {:g}\n", vector_text(position), ray.weight, ray.wavelength_m);
  });
  return text;
}

/// The C program's word for a shape; a shape that it does not have keeps its name.
std::string_view shape_word(LatticeShape shape) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> words{
      {{"square", "parallelpiped"}, {"round", "ellipsoidal"}, {"gauss", "gaussian"}, {"tophat", "tophat-spot"}}};
  const auto* found = std::ranges::find(words, shape.name(), [](const auto& word) { return word.first; });
  return found == words.end() ? shape.name() : found->second;
}

/// Returns the near point that the C program assumes before it turns the detector, in x and y.
Vec3d unswung_near_point(const Detector& detector, double size_fast_m, double size_slow_m) {
  const auto org_m = [&](const std::optional<double>& org_px, double size_m) {
    return org_px ? (*org_px - 0.5) * detector.pixel_size_m : size_m / 2.0;
  };
  return {detector.close_x_m.value_or(org_m(detector.org_x_px, size_fast_m)),
          detector.close_y_m.value_or(org_m(detector.org_y_px, size_slow_m)), 0.0};
}

/// The C program's lines about directions.
std::string directions_text(const Scene& scene) {
  const Frame& frame = scene.frame;
  return fmt::format("  INCIDENT_BEAM_DIRECTION= {}\n  spindle ROTATION_AXIS= {}\n  POLARIZATION_PLANE_NORMAL= {}\n",
                     vector_text(frame.beam), vector_text(frame.spindle),
                     vector_text(cross(frame.beam, frame.polarization)));
}

std::string detector_text(const Experiment& experiment, const Scene& scene) {
  if (!experiment.detector.panels.empty()) return panels_text(experiment, scene) + directions_text(scene);
  const Detector& detector = experiment.detector;
  const PanelGeometry& panel = scene.panels.front().geometry;
  const BeamCentre& centre = scene.panels.front().centre;
  const double pixel_m = panel.pixel_size_m;
  const double size_fast_m = detector.pixels_fast ? pixel_m * *detector.pixels_fast : detector.size_fast_m;
  const double size_slow_m = detector.pixels_slow ? pixel_m * *detector.pixels_slow : detector.size_slow_m;
  std::string text;
  const auto out = std::back_inserter(text);
  fmt::format_to(out, "  distance={:g} detsize={:g}x{:g}  pixel={:g} meters ({}x{} pixels)\n", panel.distance_m,
                 size_fast_m, size_slow_m, pixel_m, panel.pixels_fast, panel.pixels_slow);
  fmt::format_to(out, "  sensor is {:g} m thick in {} layers with mu= {:g}\n", scene.panels.front().layers.thickness_m,
                 scene.panels.front().layers.count, scene.panels.front().layers.attenuation_per_m);
  fmt::format_to(out, "  Xbeam={:g} Ybeam={:g}\n", centre.beam_x_m, centre.beam_y_m);
  fmt::format_to(out, "  Fbeam={:g} Sbeam={:g}\n", centre.fast_m, centre.slow_m);
  const Vec3d close = unswung_near_point(detector, size_fast_m, size_slow_m);
  fmt::format_to(out, "  Xclose={:g} Yclose={:g}\n", close.x, close.y);
  fmt::format_to(out, "  Fclose={:g} Sclose={:g}\n", centre.close_fast_m, centre.close_slow_m);
  fmt::format_to(out, "  DIRECTION_OF_DETECTOR_X-AXIS= {}\n", vector_text(panel.fast));
  fmt::format_to(out, "  DIRECTION_OF_DETECTOR_Y-AXIS= {}\n", vector_text(panel.slow));
  fmt::format_to(out, "  DIRECTION_OF_DETECTOR_Z-AXIS= {}\n", vector_text(panel.normal));
  text += directions_text(scene);
  fmt::format_to(out, "  dials origin= {:g} {:g} {:g}\n", 1000.0 * panel.origin_m.z, 1000.0 * panel.origin_m.y,
                 -1000.0 * panel.origin_m.x);
  const PixelWindow& window = scene.panels.front().window;
  fmt::format_to(out, "  roi: {} < x < {} && {} < y < {}\n", window.fast_min, window.fast_max, window.slow_min,
                 window.slow_max);
  return text;
}

/// The C program's line about the dispersion, or one about a spectrum.
std::string wavelengths_text(const Beam& beam, const Scene& scene) {
  if (beam.spectrum.lines.empty() || !beam.sources.empty()) {
    const scene::Grid dispersion = scene::resolve_dispersion(beam.dispersion);
    return fmt::format("  wave={:g} meters +/- {:g}% in {} steps\n", scene.wavelength_m, dispersion.range * 100,
                       dispersion.count);
  }
  const auto [least, most] = std::ranges::minmax(beam.spectrum.lines, {}, &SpectrumLine::wavelength_m);
  return fmt::format("  wave={:g} meters, a spectrum of {} wavelengths from {:g} to {:g} meters\n", scene.wavelength_m,
                     beam.spectrum.lines.size(), least.wavelength_m, most.wavelength_m);
}

}  // namespace

std::string report_crystal(const flags::Command& command, const Scene& scene) {
  const Experiment& experiment = command.experiment;
  const CellVectors& direct = scene.lattice.direct;
  const Lattice& lattice = scene.lattice;
  std::string text = fmt::format("{} convention selected.\n", io::name_of(scene.frame.convention));
  const Vec3d& beam = scene.frame.beam;
  if (experiment.detector.panels.empty()) {
    const PanelGeometry& panel = scene.panels.front().geometry;
    text += scene.panels.front().centre.pivot == Pivot::sample ? "pivoting detector around sample\n"
                                                               : "pivoting detector around direct beam spot\n";
    text += fmt::format("XDS incident beam: {:g} {:g} {:g}\n", dot(beam, panel.fast), dot(beam, panel.slow),
                        dot(beam, panel.normal));
  }
  if (!command.further_crystals.empty()) {
    text += fmt::format("{} crystals, whose images are added up; the first of them is:\n",
                        1 + command.further_crystals.size());
  }
  if (!experiment.structure_factors.interpolate) {
    const bool few_cells = std::ranges::any_of(experiment.crystal.cells, [](double n) { return n <= 2; });
    text +=
        few_cells ? "auto-selected tricubic interpolation of structure factors\n" : "auto-selected no interpolation\n";
  }
  if (experiment.crystal.random_misset_seed) {
    text +=
        fmt::format("random orientation misset angles: {:f} {:f} {:f} deg\n", scene.misset_rad.x * degrees_per_radian,
                    scene.misset_rad.y * degrees_per_radian, scene.misset_rad.z * degrees_per_radian);
  }
  const Vec3d &a_star = lattice.a_star_per_A, &b_star = lattice.b_star_per_A, &c_star = lattice.c_star_per_A;
  const Axes cell{1e10 * direct.a_m, 1e10 * direct.b_m, 1e10 * direct.c_m, lattice.volume_A3};
  const Axes reciprocal{a_star, b_star, c_star, 1.0 / lattice.volume_A3};
  text += fmt::format("Unit Cell: {}\n", cell_text(cell, reciprocal));
  text += fmt::format("Recp Cell: {}\n", cell_text(reciprocal, cell));
  text += fmt::format("volume = {:g} A^3\n", lattice.volume_A3);
  text += fmt::format("real-space cell vectors (Angstrom):\n     {:<10}  {:<10}  {:<10}\n", "a", "b", "c");
  text += matrix_text(direct.a_m, direct.b_m, direct.c_m, 1e10);
  text += fmt::format("reciprocal-space cell vectors (Angstrom^-1):\n     {:<10}  {:<10}  {:<10}\n", "a_star", "b_star",
                      "c_star");
  text += matrix_text(a_star, b_star, c_star, 1.0);
  if (experiment.detector.oversample <= 0) {
    text += fmt::format("auto-selected {}-fold oversampling\n", scene.panels.front().oversample);
  }
  return text + size_text(scene);
}

std::string report_sampling(const flags::Command& command, const Scene& scene) {
  const Beam& beam = command.experiment.beam;
  std::string text;
  append_lines(text, static_cast<std::size_t>(scene.panels.front().layers.count), [&](std::size_t i) {
    return fmt::format("thick{} = {:g} um\n", i, scene.panels.front().layers.step_m * static_cast<double>(i) * 1e6);
  });
  append_lines(text, scene.phi_rad.size(),
               [&](std::size_t i) { return fmt::format("phi{} = {:g}\n", i, scene.phi_rad[i] * degrees_per_radian); });
  if (beam.sources.empty()) {
    if (beam.directions.empty()) {
      const auto points = scene::divergence_points(beam);
      append_lines(text, points.size(), [&](std::size_t i) {
        return fmt::format("divergence deviation: {:g} {:g}\n", points[i].horizontal_rad, points[i].vertical_rad);
      });
    }
    const std::vector<SpectrumLine> lines = scene::spectrum_lines(beam);
    append_lines(text, lines.size(),
                 [&](std::size_t i) { return fmt::format("lambda{} = {:.15g}\n", i, lines[i].wavelength_m); });
  }
  text += sources_text(command.experiment, scene);
  return text + fmt::format("  created a total of {} mosaic domains\n", scene.domains.size());
}

std::string report_parameters(const flags::Command& command, const Scene& scene) {
  const Experiment& experiment = command.experiment;
  const Detector& detector = experiment.detector;
  const Beam& beam = experiment.beam;
  const auto& n = scene.lattice.cells;
  std::string text;
  const auto out = std::back_inserter(text);
  fmt::format_to(out, "  {} initialized hkls (all others ={:g})\n", command.reflections,
                 experiment.structure_factors.default_amplitude);
  if (!experiment.further_sets.empty()) {
    fmt::format_to(out, "  {} sets of structure factors\n", 1 + experiment.further_sets.size());
  }
  fmt::format_to(out, "  {} xtal: {:.0f}x{:.0f}x{:.0f} cells\n", shape_word(experiment.crystal.shape), n[0], n[1],
                 n[2]);
  text += wavelengths_text(beam, scene);
  if (beam.polarized) {
    fmt::format_to(out, "  Kahn polarization factor: {:f}\n", beam.kahn_factor);
  } else {
    text += "  polarization effect disabled\n";
  }
  if (detector.curved) text += "  curved detector: all pixels same distance from origin\n";
  if (detector.point_pixel) text += "  pixel obliquity effect disabled\n";
  fmt::format_to(out, "  incident fluence: {:g} photons/m^2\n", scene.fluence_per_m2);
  text += detector_text(experiment, scene);

  const scene::Grid horizontal = scene::resolve_grid(beam.horizontal_divergence, "beam.horizontal_divergence");
  const scene::Grid vertical = scene::resolve_grid(beam.vertical_divergence, "beam.vertical_divergence");
  const scene::PhiSteps phi = scene::resolve_phi(experiment.crystal.phi);
  fmt::format_to(out, "  hdivrange={:g} hdivstep={:g}  radians\n", horizontal.range, horizontal.step);
  fmt::format_to(out, "  vdivrange={:g} vdivstep={:g}  radians\n", vertical.range, vertical.step);
  if (beam.sources.empty()) {
    fmt::format_to(out, "  {} divergence steps\n", scene::beam_directions(beam, scene.frame).size());
  }
  fmt::format_to(out, "  {} sources\n", scene.rays.size());
  fmt::format_to(out, "  {} mosaic domains over mosaic spread of {:g} degrees\n", scene.domains.size(),
                 experiment.crystal.mosaicity.spread_rad * degrees_per_radian);
  fmt::format_to(out, "  {} phi steps from {:g} to {:g} degrees\n", phi.count, phi.start_rad * degrees_per_radian,
                 (phi.start_rad + phi.range_rad) * degrees_per_radian);
  fmt::format_to(out, "  {0}x{0} pixel oversample steps{1}{2}{3}\n", scene.panels.front().oversample,
                 detector.oversample_thickness ? " +thick" : "", detector.oversample_polarization ? " +polar" : "",
                 detector.oversample_solid_angle ? " +omega" : "");
  text += listed_text(scene);
  if (detector.panels.empty() && !detector.mask.empty()) text += "  skipping zero-flagged pixels of the mask\n";
  if (command.output.write_noise && scene.selection.runs.empty()) {
    fmt::format_to(out, "\n  noise image paramters:\n  seed: {}\n  water droplet size: {:g} m\n",
                   command.output.noise_seed, experiment.water_size_m);
  }
  return text;
}

}  // namespace nbk::bench::render
