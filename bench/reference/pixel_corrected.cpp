// SPDX-License-Identifier: MIT
#include "bench/reference/intensity.hpp"
#include "bench/reference/pixel.hpp"
#include "nbk/core/constants.hpp"

namespace nbk::reference {

namespace {

/// Returns F_cell of an index, electrons.
double cell_amplitude(const Resolved& r, const Index& index) {
  const StructureFactors& factors = r.experiment.structure_factors;
  if (r.interpolate)
    if (const auto amplitude = interpolated_amplitude(factors, index)) return *amplitude;
  return nearest_amplitude(factors, index);
}

/// Returns the mean of F_cell^2 F_latt^2 over phi steps and mosaic domains, electrons^2.
double mean_intensity(const Resolved& r, const Vec& q) {
  double sum = 0;
  for (const std::vector<Cell>& domains : r.orientations) {
    for (const Cell& cell : domains) {
      const Index index = miller_index(cell, q);
      const double lattice = lattice_factor(r.experiment, r.lattice, index);
      if (lattice == 0) continue;
      const double amplitude = cell_amplitude(r, index);
      sum += amplitude * amplitude * lattice * lattice;
    }
  }
  return sum / static_cast<double>(r.orientation_count);
}

}  // namespace

/// Every (layer, sub-pixel, ray) has its own solid angle, captured share and polarisation. Sub-pixels are averaged,
/// rays weighted, layers added up: their captured shares are those of one sensor. Water scatters into every term, also
/// beyond the limit of resolution.
float pixel_corrected(const Resolved& r, int fast, int slow) {
  const Experiment& e = r.experiment;
  const int n = r.oversample;
  const double per_electron_sqr = constants::electron_radius_sqr_m2 * r.fluence_per_m2;
  const double water = water_background(e, r.fluence_per_m2);

  double photons = 0;
  for (int layer = 0; layer < r.layers.count; ++layer) {
    for (int sub_slow = 0; sub_slow < n; ++sub_slow) {
      for (int sub_fast = 0; sub_fast < n; ++sub_fast) {
        const SubPixel sub = locate(r, fast * n + sub_fast, slow * n + sub_slow, layer);
        const double capture = r.layers.thickness_m == 0 ? 1 : capture_fraction(r, layer, sub.diffracted);
        for (const Ray& ray : r.rays) {
          const Vec q = scattering_vector(ray, sub.diffracted);
          const double crystal = beyond_resolution(e, q) ? 0 : per_electron_sqr * mean_intensity(r, q);
          const double polarized = e.beam.polarized ? polarization(r, ray, sub.diffracted) : 1;
          photons += (crystal + water) * ray.share * sub.solid_angle_sr * capture * polarized;
        }
      }
    }
  }
  return static_cast<float>(photons / n / n);
}

}  // namespace nbk::reference
