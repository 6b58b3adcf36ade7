// SPDX-License-Identifier: MIT
#include "bench/reference/intensity.hpp"
#include "bench/reference/pixel.hpp"
#include "nbk/core/constants.hpp"

namespace nbk::reference {

namespace {

/// Returns F_cell^2 of an index, electrons^2.
double cell_intensity(const Resolved& r, const StructureFactors& factors, const Index& index) {
  if (r.interpolate)
    if (const auto amplitude = interpolated_amplitude(factors, r.box, index)) return squared(factors, *amplitude);
  return squared(factors, nearest_amplitude(factors, index));
}

/// Returns the mean of F_cell^2 F_latt^2 and its diffuse part over phi steps and mosaic domains, electrons^2.
/// \param factors  set of the ray's energy
double mean_intensity(const Resolved& r, const StructureFactors& factors, const Vec& q) {
  double sum = 0;
  for (const std::vector<Cell>& domains : r.orientations) {
    for (const Cell& cell : domains) {
      const Index index = miller_index(cell, q);
      const double lattice = lattice_factor(r.experiment, r.lattice, index);
      sum += diffuse_intensity(r.experiment, r.diffuse, factors, index);
      if (lattice == 0) continue;
      sum += cell_intensity(r, factors, index) * lattice * lattice;
    }
  }
  return sum / static_cast<double>(r.orientation_count);
}

}  // namespace

/// Every (layer, sub-pixel, ray) has its own solid angle, captured share and polarisation. Sub-pixels are averaged,
/// rays weighted, layers added up: their captured shares are those of one sensor. Water scatters into every term, also
/// beyond the limit of resolution.
double pixel_corrected(const Resolved& r, const ResolvedPanel& panel, int fast, int slow) {
  const Experiment& e = r.experiment;
  const int n = panel.oversample;
  const double per_electron_sqr = constants::electron_radius_sqr_m2 * r.fluence_per_m2;
  const double water = water_background(e, r.fluence_per_m2);

  double photons = 0;
  for (int layer = 0; layer < panel.layers.count; ++layer) {
    for (int sub_slow = 0; sub_slow < n; ++sub_slow) {
      for (int sub_fast = 0; sub_fast < n; ++sub_fast) {
        const SubPixel sub = locate(panel, fast * n + sub_fast, slow * n + sub_slow, layer);
        const double capture = panel.layers.thickness_m == 0 ? 1 : capture_fraction(panel, layer, sub.diffracted);
        for (const Ray& ray : r.rays) {
          const Vec q = scattering_vector(ray, sub.diffracted);
          const double crystal =
              beyond_resolution(e, q) ? 0 : per_electron_sqr * mean_intensity(r, set_of(e, ray.set), q);
          const double polarized = e.beam.polarized ? polarization(r, ray, sub.diffracted) : 1;
          photons += (crystal + water) * ray.share * sub.solid_angle_sr * capture * polarized;
        }
      }
    }
  }
  return photons / n / n;
}

}  // namespace nbk::reference
