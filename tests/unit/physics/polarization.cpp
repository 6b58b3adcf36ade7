// SPDX-License-Identifier: MIT
#include "nbk/physics/polarization.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace nbk;
using namespace nbk::physics;

namespace {

PanelParameters<double> tilted_panel() {
  PanelParameters<double> p;
  p.origin = {0.09, -0.03, -0.04};
  p.fast = {0.1, 0.2, std::sqrt(1 - 0.05)};
  p.slow = {0, 1, 0};
  p.normal = {1, 0, 0};
  return p;
}

const Vec3d along_beam{1, 0, 0}, inclined = strict::unit({1, 0.2, -0.1}), polarized_along{0, 0, 1};

/// Kahn's formula by its angles. The azimuth is that of the scattered ray about the incident one, counted from the
/// electric field.
double by_angles(const Vec3d& incident, const Vec3d& diffracted, double kahn) {
  const Vec3d across = diffracted - dot(incident, diffracted) * incident;
  const Vec3d field = polarized_along - dot(incident, polarized_along) * incident;
  const double cosine_psi = dot(across, field) / std::sqrt(dot(across, across) * dot(field, field));
  const double cosine_sqr = dot(incident, diffracted) * dot(incident, diffracted);
  return 0.5 * (1 + cosine_sqr - kahn * (2 * cosine_psi * cosine_psi - 1) * (1 - cosine_sqr));
}

}  // namespace

TEST_CASE("polarisation: follows Kahn's formula") {
  const Vec3d diffracted = strict::unit({0.4, 0.8, 0.3});
  for (const double kahn : {0.0, 0.7, 1.0, -1.0}) {
    for (const Vec3d& incident : {along_beam, inclined}) {
      const auto axes = polarization_axes(polarized_along, incident);
      CHECK(polarization_factor(incident, diffracted, axes, kahn) ==
            doctest::Approx(by_angles(incident, diffracted, kahn)).epsilon(1e-14));
    }
  }
}

TEST_CASE("polarisation: a ray and a line have the same factor") {
  // The two texts of the formula: a change to one of them alone fails here.
  const PixelLine line = pixel_line(tilted_panel(), 0.013, 0);
  const auto distance_sqr = dot(line.nearest, line.nearest);
  for (const double kahn : {0.0, 0.7, -1.0}) {
    for (const Vec3d& incident : {along_beam, inclined, polarized_along}) {
      const auto axes = polarization_axes(polarized_along, incident);
      CHECK(axes.undefined == (incident == polarized_along));
      const auto form = line_polarization(line, incident, axes, kahn);
      for (const double u : {-0.07, -0.01, 0.0, 0.02, 0.09}) {
        const double inverse_r = 1 / std::sqrt(distance_sqr + u * u);
        const Vec3d diffracted = inverse_r * (line.nearest + u * line.along);
        CHECK(at(form, u, inverse_r) ==
              doctest::Approx(polarization_factor(incident, diffracted, axes, kahn)).epsilon(1e-14));
      }
    }
  }
}
