// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/math/rotation.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/model/beam.hpp"
#include "nbk/model/frame.hpp"
#include "nbk/scene/sampling.hpp"
#include "nbk/scene/scene.hpp"

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

/// \file
/// The rays of the beam: a grid over divergence and wavelength, or the user's own.

namespace nbk::scene {

/// One direction of the divergence grid, as two angles against the beam.
struct DivergencePoint {
  double horizontal_rad = 0, vertical_rad = 0;
};

/// True for a point of the grid that is kept when its corners are rounded off: 4 t <= 1.1 with
/// t = (h^2 - [n even] step^2/4) / range^2, summed over both directions. A direction without extent keeps all.
inline bool inside_ellipse(const DivergencePoint& point, const Grid& horizontal, const Grid& vertical) {
  if (horizontal.range == 0.0 || vertical.range == 0.0) return true;
  const auto part = [](double angle, const Grid& grid) {
    const double even = 1 - grid.count % 2;
    const double offset = strict::product(grid.step * grid.step / 4.0, even);
    return (strict::product(angle, angle) - offset) / grid.range / grid.range;
  };
  const double t = part(point.horizontal_rad, horizontal) + part(point.vertical_rad, vertical);
  return t * 4.0 <= 1.1;
}

/// The divergence grid, horizontal outermost.
/// \throws InvalidInput if rounding its corners off leaves nothing
inline std::vector<DivergencePoint> divergence_points(const Beam& beam) {
  const Grid horizontal = resolve_grid(beam.horizontal_divergence, "beam.horizontal_divergence");
  const Grid vertical = resolve_grid(beam.vertical_divergence, "beam.vertical_divergence");
  const std::int64_t all = std::int64_t{horizontal.count} * vertical.count;
  require(all <= most_points, "beam divergence points", all, "must be at most 1e8");
  std::vector<DivergencePoint> points;
  for (int i = 0; i < horizontal.count; ++i) {
    for (int j = 0; j < vertical.count; ++j) {
      const DivergencePoint point{horizontal.at(i), vertical.at(j)};
      if (!beam.round_divergence || inside_ellipse(point, horizontal, vertical)) points.push_back(point);
    }
  }
  require(!points.empty(), "beam.round_divergence", true, "must leave a ray: this grid has corners only");
  return points;
}

/// lambda0 (1 + step j - width/2) for every wavelength.
/// \throws InvalidInput if one is not positive
inline std::vector<double> wavelengths_m(const Beam& beam) {
  const Grid grid = resolve_dispersion(beam.dispersion);
  std::vector<double> wavelengths;
  for (int i = 0; i < grid.count; ++i) {
    const double factor = 1.0 + strict::product(grid.step, static_cast<double>(i)) - grid.range / 2.0;
    require(factor > 0.0, "beam.dispersion.range", grid.range, "must leave every wavelength > 0");
    wavelengths.push_back(beam.wavelength_m * factor);
  }
  return wavelengths;
}

/// Wavelengths of a beam: those of its spectrum if it has lines, else the grid.
inline std::vector<SpectrumLine> spectrum_lines(const Beam& beam) {
  if (!beam.spectrum.lines.empty()) return beam.spectrum.lines;
  std::vector<SpectrumLine> lines;
  for (const double wavelength : wavelengths_m(beam)) lines.push_back({wavelength, 1.0, 0});
  return lines;
}

/// Directions of a beam, unit vectors: those listed if any, else the grid of divergence. "Horizontal" refers to the
/// electric field: a vertical deviation turns about it, a horizontal one about the beam x field.
inline std::vector<BeamDirection> beam_directions(const Beam& beam, const Frame& frame) {
  std::vector<BeamDirection> directions;
  for (const BeamDirection& listed : beam.directions)
    directions.push_back({strict::unit(listed.direction), listed.weight});
  if (!directions.empty()) return directions;
  const Vec3d upright = strict::unit(strict::cross(frame.beam, frame.polarization));
  const Vec3d source_m = strict::scaled(-10.0, frame.beam);
  for (const DivergencePoint& point : divergence_points(beam)) {
    const Vec3d turned =
        rotate_about(rotate_about(source_m, frame.polarization, point.vertical_rad), upright, point.horizontal_rad);
    directions.push_back({-strict::unit(turned), 1.0});
  }
  return directions;
}

/// The rays of a beam: its own sources if there are any, else every direction with every wavelength.
/// \param frame unit vectors
inline std::vector<Ray> make_rays(const Beam& beam, const Frame& frame) {
  std::vector<Ray> rays;
  if (!beam.sources.empty()) {
    rays.reserve(beam.sources.size());
    for (const Source& source : beam.sources)
      rays.push_back({-strict::unit(source.position), source.wavelength_m, source.weight, source.structure_factor_set});
    return rays;
  }
  const std::vector<BeamDirection> directions = beam_directions(beam, frame);
  const std::vector<SpectrumLine> lines = spectrum_lines(beam);
  const std::size_t all = directions.size() * lines.size();
  require(all <= std::size_t{most_points}, "beam rays", all, "must be at most 1e8");
  rays.reserve(all);
  double weights = 0;
  for (const BeamDirection& direction : directions) {
    for (const SpectrumLine& line : lines) {
      const double weight = direction.weight * line.weight;
      weights += weight;
      rays.push_back({direction.direction, line.wavelength_m, weight, line.structure_factor_set});
    }
  }
  require(std::isfinite(weights) && weights > 0.0, "beam.directions x beam.spectrum.lines weights, summed", weights,
          "must be a finite number > 0");
  return rays;
}

/// Photons per m^2: from the flux where one is given.
inline double resolve_fluence(const Beam& beam) {
  if (beam.flux_per_s == 0.0) return beam.fluence_per_m2;
  return beam.flux_per_s * beam.exposure_s / beam.size_m / beam.size_m;
}

}  // namespace nbk::scene
