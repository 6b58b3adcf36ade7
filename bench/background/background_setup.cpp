// SPDX-License-Identifier: MIT
#include "bench/background/background_setup.hpp"

#include "bench/background/text_columns.hpp"
#include "nbk/core/error.hpp"
#include "nbk/core/format_number.hpp"
#include "nbk/io/smv_reader.hpp"
#include "nbk/math/rotation.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/scene/make_rays.hpp"
#include "nbk/scene/sampling.hpp"

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <cstdint>

// The order of all operations here is nonBragg's, so that the last bit is.

namespace nbk::bench::background {

namespace {

using strict::dot;
using strict::unit;

constexpr double most_pixels = 1 << 30;

/// nonBragg rounds up without taking off half a pixel first: 0.1 mm times 13 over 0.1 mm gives 14.
int count_pixels(double size_m, double pixel_size_m, Policy policy, const char* flag) {
  const double exact = size_m / pixel_size_m;
  const double count = std::ceil(policy == Policy::compat ? exact : exact - 0.5);
  require(count >= 1 && count <= most_pixels, flag, count, "must give 1 to 2^30 pixels");
  return static_cast<int>(count);
}

void set_size(const PanelFlags& flags, Policy policy, PlacedPanel& panel, std::vector<std::string>& problems) {
  require(flags.pixel_size_m > 0, "-pixel", flags.pixel_size_m * 1000, "must be > 0 mm");
  panel.pixel_size_m = flags.pixel_size_m;
  panel.size_fast_m = flags.pixels_fast != 0 ? flags.pixel_size_m * flags.pixels_fast : flags.size_fast_m;
  panel.size_slow_m = flags.pixels_slow != 0 ? flags.pixel_size_m * flags.pixels_slow : flags.size_slow_m;
  panel.pixels_fast = count_pixels(panel.size_fast_m, flags.pixel_size_m, policy, "-detpixels_x");
  panel.pixels_slow = count_pixels(panel.size_slow_m, flags.pixel_size_m, policy, "-detpixels_y");
  const double all = static_cast<double>(panel.pixels_fast) * panel.pixels_slow;
  require(all <= most_pixels, "-detpixels_x times -detpixels_y", all, "must be at most 2^30");
  const auto compare = [&](const char* flag, int asked, int made) {
    if (asked == 0 || asked == made) return;
    problems.push_back(std::string(flag) + ": " + std::to_string(asked) + " pixels become " + std::to_string(made) +
                       " in nonBragg, because it rounds the size over the pixel up; other programs take " +
                       std::to_string(asked));
  };
  compare("-detpixels_x", flags.pixels_fast, panel.pixels_fast);
  compare("-detpixels_y", flags.pixels_slow, panel.pixels_slow);
}

void set_window(const std::array<int, 4>& roi, PlacedPanel& panel) {
  const auto upper = [](int given, int pixels) { return given < 0 || given >= pixels ? pixels - 1 : given; };
  panel.fast_min = std::max(0, roi[0]);
  panel.fast_max = upper(roi[1], panel.pixels_fast);
  panel.slow_min = std::max(0, roi[2]);
  panel.slow_max = upper(roi[3], panel.pixels_slow);
  require(panel.fast_min <= panel.fast_max, "-roi, first column", panel.fast_min, "must leave a column of the panel");
  require(panel.slow_min <= panel.slow_max, "-roi, first row", panel.slow_min, "must leave a row of the panel");
}

Vec3d along_panel(double fast_m, const Vec3d& fast, double slow_m, const Vec3d& slow, double out_m, const Vec3d& out) {
  return strict::scaled(-fast_m, fast) - strict::scaled(slow_m, slow) + strict::scaled(out_m, out);
}

PlacedPanel place_panel(const BackgroundOptions& options, const Vec3d& beam, std::vector<std::string>& problems) {
  const PanelFlags& flags = options.panel;
  PlacedPanel panel;
  set_size(flags, options.policy, panel, problems);
  set_window(flags.roi, panel);
  double close_fast_m = flags.close_x_m.value_or((panel.size_fast_m - flags.pixel_size_m) / 2.0);
  double close_slow_m = flags.close_y_m.value_or((panel.size_slow_m + flags.pixel_size_m) / 2.0);
  if (flags.org_x_px) close_fast_m = *flags.org_x_px * flags.pixel_size_m;
  if (flags.org_y_px) close_slow_m = *flags.org_y_px * flags.pixel_size_m;
  const double beam_fast_m = flags.beam_x_m.value_or(close_fast_m), beam_slow_m = flags.beam_y_m.value_or(close_slow_m);

  panel.fast = unit(flags.fast);
  panel.slow = unit(flags.slow);
  panel.normal = unit(strict::cross(panel.fast, panel.slow));
  double ratio = dot(beam, rotate_xyz(panel.normal, flags.rotation_rad));
  if (ratio == 0.0) ratio = DBL_MIN;
  panel.close_distance_m = flags.close_distance_m.value_or(ratio * flags.distance_m);
  panel.distance_m = panel.close_distance_m / ratio;
  const auto swung = [&](const Vec3d& v) {
    return rotate_about(rotate_xyz(v, flags.rotation_rad), flags.two_theta_axis, flags.two_theta_rad);
  };
  if (flags.pivot == Pivot::sample) {
    panel.origin_m =
        swung(along_panel(close_fast_m, panel.fast, close_slow_m, panel.slow, panel.close_distance_m, panel.normal));
  }
  panel.fast = swung(panel.fast);
  panel.slow = swung(panel.slow);
  panel.normal = swung(panel.normal);
  if (flags.pivot == Pivot::beam)
    panel.origin_m = along_panel(beam_fast_m, panel.fast, beam_slow_m, panel.slow, panel.distance_m, beam);

  panel.close_fast_m = -dot(panel.origin_m, panel.fast);
  panel.close_slow_m = -dot(panel.origin_m, panel.slow);
  panel.close_distance_m = dot(panel.origin_m, panel.normal);
  const Vec3d from_origin = strict::scaled(panel.close_distance_m / ratio, beam) - panel.origin_m;
  panel.beam_fast_m = dot(panel.fast, from_origin);
  panel.beam_slow_m = dot(panel.slow, from_origin);
  panel.distance_m = panel.close_distance_m / ratio;
  return panel;
}

std::vector<BackgroundRay> rays_of_file(const BackgroundOptions& options, const Vec3d& beam,
                                        std::vector<std::string>& problems) {
  const std::string& name = options.files.sources;
  std::vector<BackgroundRay> rays;
  double weights = 0;
  const TextColumns text = read_columns(name, 5);
  if (options.policy == Policy::corrected && !text.odd.empty()) throw FileError(text.odd.front());
  problems.insert(problems.end(), text.odd.begin(), text.odd.end());
  for (const io::Columns& columns : text.lines) {
    const auto position = [&](std::size_t i, double component) {
      return columns[i].value_or(strict::product(-options.beam.source_distance_m, component));
    };
    rays.push_back({{position(0, beam.x), position(1, beam.y), position(2, beam.z)},
                    columns[3].value_or(1.0),
                    columns[4].value_or(options.beam.wavelength_m)});
    weights += rays.back().weight;
  }
  if (rays.empty()) throw FileError(name + ": holds no sources; expected lines X Y Z weight wavelength(m)");
  const double mean = weights / static_cast<double>(rays.size());
  if (std::fabs(mean - 1) > 1e-9) {
    problems.push_back(name + ": mean of the weights = " + format_g(mean) +
                       ", multiplies the image, because nonBragg divides by the number of sources only");
  }
  return rays;
}

std::vector<BackgroundRay> rays_of_grid(const BeamFlags& flags, const Vec3d& beam, const Vec3d& polarization) {
  const scene::Grid horizontal = scene::resolve_grid(flags.horizontal, "-hdivrange");
  const scene::Grid vertical = scene::resolve_grid(flags.vertical, "-vdivrange");
  const scene::Grid spectrum = scene::resolve_grid(flags.dispersion, "-dispersion");
  const double all = static_cast<double>(horizontal.count) * vertical.count * spectrum.count;
  require(all <= 1e7, "-hdivsteps times -vdivsteps times -dispsteps", all, "must be at most 1e7 sources");
  const Vec3d upright = unit(strict::cross(beam, polarization));
  const Vec3d before = strict::scaled(-flags.source_distance_m, beam);
  std::vector<BackgroundRay> rays;
  for (int h = 0; h < horizontal.count; ++h) {
    for (int v = 0; v < vertical.count; ++v) {
      const scene::DivergencePoint point{horizontal.at(h), vertical.at(v)};
      if (flags.round_divergence && !scene::inside_ellipse(point, horizontal, vertical)) continue;
      const Vec3d position =
          rotate_about(rotate_about(before, polarization, point.vertical_rad), upright, point.horizontal_rad);
      for (int i = 0; i < spectrum.count; ++i) {
        const double factor = 1.0 + strict::product(spectrum.step, static_cast<double>(i)) - spectrum.range / 2.0;
        rays.push_back({position, 1.0, flags.wavelength_m * factor});
      }
    }
  }
  return rays;
}

/// Cuts the sample down to the beam and counts its molecules.
Sample resolve_sample(const BackgroundOptions& options, std::vector<std::string>& problems) {
  Sample sample = options.sample;
  const double beam_m = options.beam.size_m;
  const auto cut = [&](const char* name, double& size_m) {
    if (beam_m < 0 || beam_m >= size_m) return;
    problems.push_back(std::string(name) + ": " + format_g(size_m * 1000) + " mm is cut to the beam's " +
                       format_g(beam_m * 1000) + " mm (-beamsize)");
    size_m = beam_m;
  };
  cut("-width", sample.width_m);
  cut("-height", sample.height_m);
  const double volume_m3 = sample.thickness_m * sample.width_m * sample.height_m;
  constexpr double avogadro = constants::avogadro_per_mol;
  if (sample.molecules != 0.0)
    sample.density_g_per_m3 = sample.molecules / volume_m3 / avogadro * sample.molar_mass_g_per_mol;
  sample.molecules = volume_m3 * sample.density_g_per_m3 * avogadro / sample.molar_mass_g_per_mol;
  require(std::isfinite(sample.molecules), "molecules in the beam", sample.molecules,
          "must be a finite number: see -MW, -density and the size of the sample");
  return sample;
}

/// Says what a user of nanoBragg has to give for the same place of the beam.
void compare_with_nanobragg(const BackgroundOptions& options, BackgroundSetup& setup) {
  const PanelFlags& flags = options.panel;
  const double half_mm = 0.5 * flags.pixel_size_m * 1000;
  const double fast_mm = setup.panel.beam_fast_m * 1000, slow_mm = setup.panel.beam_slow_m * 1000;
  setup.notes.push_back("the beam meets the panel at fast = " + format_g(fast_mm) + " mm, slow = " + format_g(slow_mm) +
                        " mm; nanoBragg (its default convention) and nbk-render put it there with -Xbeam " +
                        format_g(slow_mm - half_mm) + " -Ybeam " + format_g(fast_mm - half_mm) +
                        ", as -Xbeam X -Ybeam Y of theirs is -Xbeam (Y + pixel/2) -Ybeam (X + pixel/2) here");
  if (flags.two_theta_rad != 0.0 && flags.two_theta_axis == Vec3d{0, 1, 0}) {
    setup.notes.push_back(
        "-twotheta: swings about 0 1 0, but about 0 0 -1 in nanoBragg; -twotheta_axis 0 0 -1 before "
        "-twotheta makes them agree");
  }
  if (flags.org_x_px || flags.org_y_px)
    setup.notes.push_back("-ORGX, -ORGY: nanoBragg takes off half a pixel; give 0.5 more here for the same place");
}

}  // namespace

void take_header(const std::string& file, BackgroundOptions& options) {
  const io::SmvImage image = io::read_smv(file, io::SmvPart::header);
  PanelFlags& panel = options.panel;
  panel.pixels_fast = image.pixels_fast;
  panel.pixels_slow = image.pixels_slow;
  const auto take = [&](const char* key, const auto& set) {
    if (const auto value = image.value_of(key)) set(*value);
  };
  take("PIXEL_SIZE", [&](double mm) { panel.pixel_size_m = mm / 1000.0; });
  panel.size_fast_m = panel.pixel_size_m * panel.pixels_fast;
  panel.size_slow_m = panel.pixel_size_m * panel.pixels_slow;
  take("DISTANCE", [&](double mm) { panel.distance_m = mm / 1000.0; });
  take("CLOSE_DISTANCE", [&](double mm) { panel.close_distance_m = mm / 1000.0; });
  take("WAVELENGTH", [&](double angstrom) { options.beam.wavelength_m = angstrom / 1e10; });
  take("BEAM_CENTER_X", [&](double mm) { panel.beam_x_m = mm / 1000.0; });
  take("BEAM_CENTER_Y", [&](double mm) { panel.beam_y_m = panel.size_slow_m - mm / 1000.0; });
  take("ORGX", [&](double pixels) { panel.org_x_px = pixels; });
  take("ORGY", [&](double pixels) { panel.org_y_px = pixels; });
  constexpr double degrees_per_radian = 180.0 * std::numbers::inv_pi;
  take("PHI", [&](double degrees) { options.phi.start_rad = degrees / degrees_per_radian; });
  take("OSC_RANGE", [&](double degrees) {
    options.phi.range_rad = degrees < 0 ? std::nullopt : std::optional(degrees / degrees_per_radian);
  });
}

BackgroundSetup make_setup(const BackgroundOptions& options) {
  BackgroundSetup setup;
  const BeamFlags& flags = options.beam;
  setup.beam = unit(flags.direction);
  setup.polarization = unit(flags.polarization);
  setup.panel = place_panel(options, setup.beam, setup.problems);
  setup.rays = options.files.sources.empty() ? rays_of_grid(flags, setup.beam, setup.polarization)
                                             : rays_of_file(options, setup.beam, setup.problems);
  require(!setup.rays.empty(), "sources", 0, "must be at least 1: -round_div leaves none of this grid");
  setup.fluence_per_m2 = flags.fluence_per_m2;
  if (flags.flux_per_s != 0.0 && flags.exposure_s > 0.0 && flags.size_m >= 0)
    setup.fluence_per_m2 = flags.flux_per_s * flags.exposure_s / flags.size_m / flags.size_m;
  setup.sample = resolve_sample(options, setup.problems);
  setup.osc_rad = scene::resolve_phi(options.phi).range_rad;
  compare_with_nanobragg(options, setup);
  return setup;
}

}  // namespace nbk::bench::background
