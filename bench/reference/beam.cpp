// SPDX-License-Identifier: MIT
#include "bench/reference/beam.hpp"

#include "bench/reference/sampling.hpp"
#include "nbk/core/error.hpp"

#include <cmath>

namespace nbk::reference {

namespace {

double offset(const Grid& grid, int i) { return grid.step * i - grid.range / 2.0; }

/// Returns the squared distance of a point of the divergence grid from its centre, in units of its range. Grids with an
/// even number of points are narrowed by half a step. A grid of one point gives 0 / 0, which counts as inside.
double squared_diameter(const Grid& grid, double angle_rad) {
  return (angle_rad * angle_rad - grid.step * grid.step / 4.0 * (1 - grid.count % 2)) / grid.range / grid.range;
}

/// Returns the directions of the beam, as rays without a wavelength: those of the list, or the grid of divergence.
std::vector<Ray> directions(const Beam& beam, const Axes& axes) {
  std::vector<Ray> rays;
  for (const BeamDirection& given : beam.directions) rays.push_back({unit(Vec(given.direction)), 0, given.weight, 0});
  if (!rays.empty()) return rays;
  const Grid horizontal = resolve_grid(beam.horizontal_divergence, -1);
  const Grid vertical = resolve_grid(beam.vertical_divergence, -1);
  for (int i = 0; i < horizontal.count; ++i) {
    for (int j = 0; j < vertical.count; ++j) {
      const double h = offset(horizontal, i), v = offset(vertical, j);
      if (beam.round_divergence && 4.0 * (squared_diameter(horizontal, h) + squared_diameter(vertical, v)) > 1.1)
        continue;
      const Vec tilted = rotate_about(axes.polarization, v, -10.0 * axes.beam);
      rays.push_back({-unit(rotate_about(axes.vertical, h, tilted)), 0, 1, 0});
    }
  }
  return rays;
}

/// Returns the wavelengths of the beam: those of the list, or the grid of dispersion.
std::vector<SpectrumLine> wavelengths(const Beam& beam) {
  if (!beam.spectrum.lines.empty()) return beam.spectrum.lines;
  const Grid grid = resolve_grid(beam.dispersion, 0);
  std::vector<SpectrumLine> lines;
  for (int n = 0; n < grid.count; ++n)
    lines.push_back({beam.wavelength_m * (1.0 + grid.step * n - grid.range / 2.0), 1, 0});
  return lines;
}

std::vector<Ray> generate(const Beam& beam, const Axes& axes) {
  std::vector<Ray> rays;
  const std::vector<SpectrumLine> lines = wavelengths(beam);
  for (const Ray& direction : directions(beam, axes)) {
    for (const SpectrumLine& line : lines) {
      rays.push_back({direction.incident, line.wavelength_m, direction.share * line.weight, line.structure_factor_set});
    }
  }
  return rays;
}

}  // namespace

std::vector<Ray> make_rays(const Beam& beam, const Axes& axes) {
  require(beam.wavelength_m > 0, "beam.wavelength_m", beam.wavelength_m, "must be > 0");
  std::vector<Ray> rays;
  if (beam.sources.empty()) rays = generate(beam, axes);
  for (const Source& source : beam.sources)
    rays.push_back({-unit(Vec(source.position)), source.wavelength_m, source.weight, source.structure_factor_set});
  require(!rays.empty(), "beam divergence", rays.size(), "must leave at least one ray");

  double sum = 0;
  for (const Ray& ray : rays) {
    require(ray.wavelength_m > 0, "wavelength_m of a source", ray.wavelength_m, "must be > 0");
    sum += ray.share;
  }
  for (Ray& ray : rays) ray.share /= sum;
  return rays;
}

double fluence_per_m2(const Beam& beam) {
  if (beam.flux_per_s != 0 && beam.exposure_s > 0 && beam.size_m >= 0)
    return beam.flux_per_s * beam.exposure_s / beam.size_m / beam.size_m;
  return beam.fluence_per_m2;
}

/// Returns (1 + cos^2(2 theta) - K cos(2 psi) sin^2(2 theta)) / 2. psi is the azimuth of the diffracted ray from the
/// electric vector, in the plane perpendicular to the incident ray.
double polarization_factor(double kahn_factor, const Vec& electric, const Vec& incident, const Vec& diffracted) {
  const double cos_two_theta = dot(incident, diffracted);
  const double cos_sqr = cos_two_theta * cos_two_theta;
  double psi = 0;
  if (kahn_factor != 0) {
    const Vec magnetic_in = unit(cross(electric, incident));
    const Vec electric_in = unit(cross(incident, magnetic_in));
    psi = -std::atan2(dot(diffracted, magnetic_in), dot(diffracted, electric_in));
  }
  return 0.5 * (1.0 + cos_sqr - kahn_factor * std::cos(2 * psi) * (1 - cos_sqr));
}

}  // namespace nbk::reference
