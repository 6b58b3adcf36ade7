// SPDX-License-Identifier: MIT
#include "bench/reference/pixel.hpp"

#include <cmath>

namespace nbk::reference {

SubPixel locate(const ResolvedPanel& panel, int fast_sub, int slow_sub, int layer) {
  const Plane& plane = panel.plane;
  const double sub_m = plane.pixel_m / panel.oversample;
  const int fast = plane.first_fast * panel.oversample + fast_sub,
            slow = plane.first_slow * panel.oversample + slow_sub;
  const Vec p = position(plane, sub_m * fast + sub_m / 2.0, sub_m * slow + sub_m / 2.0, layer * panel.layers.step_m);
  return {p, unit(p), solid_angle(plane, p)};
}

/// Returns exp(-t mu / cos) at the layer's front less the same at its back.
double capture_fraction(const ResolvedPanel& panel, int layer, const Vec& diffracted) {
  const Layers& layers = panel.layers;
  const double cosine = obliquity(panel.plane, diffracted);
  const auto reaching = [&](int n) { return std::exp(-n * layers.step_m * layers.attenuation_per_m / cosine); };
  return reaching(layer) - reaching(layer + 1);
}

Vec scattering_vector(const Ray& ray, const Vec& diffracted) { return (diffracted - ray.incident) / ray.wavelength_m; }

bool beyond_resolution(const Experiment& e, const Vec& scattering_per_m) {
  const double stol = 0.5 * length(scattering_per_m);  // sin(theta) / lambda
  return e.dmin_m > 0 && stol > 0 && e.dmin_m > 0.5 / stol;
}

double polarization(const Resolved& r, const Ray& ray, const Vec& diffracted) {
  return polarization_factor(r.experiment.beam.kahn_factor, r.axes.polarization, ray.incident, diffracted);
}

}  // namespace nbk::reference
