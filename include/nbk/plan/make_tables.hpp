// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/plan/choices.hpp"
#include "nbk/scene/scene.hpp"
#include "nbk/scene/spot_axes.hpp"
#include "nbk/plan/tables.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

/// \file
/// From the scene (host, double, metres) to what kernels read (the precision's types; lengths of the crystal and
/// wavelengths in Angstrom, so that single precision stays far from its limits).

namespace nbk::plan {

template <class T>
Vec3<T> narrow(const Vec3d& v) {
  return {static_cast<T>(v.x), static_cast<T>(v.y), static_cast<T>(v.z)};
}

template <class G>
physics::PanelParameters<G> panel_parameters(const Scene& scene) {
  const Panel& panel = scene.panel;
  physics::PanelParameters<G> p;
  p.origin = narrow<G>(panel.origin_m);
  p.fast = narrow<G>(panel.fast);
  p.slow = narrow<G>(panel.slow);
  p.normal = narrow<G>(panel.normal);
  p.pixel_size = static_cast<G>(panel.pixel_size_m);
  p.subpixel_size = static_cast<G>(panel.pixel_size_m / scene.oversample);
  p.close_distance = static_cast<G>(panel.close_distance_m);
  p.curved = panel.curved;
  p.point_pixel = panel.point_pixel;
  const physics::Bend<double>& bend = panel.bend;
  p.bend = {narrow<G>(bend.start), narrow<G>(bend.first_axis), narrow<G>(bend.first_per_m), narrow<G>(bend.second_axis),
            narrow<G>(bend.second_per_m)};
  return p;
}

/// Exponent of a Gaussian spot's squared factor below which an evaluation need not be done: e^-230 of a spot is nothing
/// in a float image whose spots have fewer than 1e54 photons.
inline constexpr double invisible_exponent = -230;

/// Squared radius G beyond which the shape's factor is 0 in the number type L, or nothing to a sum; compounding weights
/// multiply that by every term that is not 0.
template <class L>
double reach_sqr(LatticeShape shape, double fudge, TermWeighting weighting) {
  if (!(fudge > 0)) return std::numeric_limits<double>::max();
  if (shape == LatticeShape::tophat) return 0.3969 / fudge;
  if (shape == LatticeShape::gauss) {
    const auto zero = static_cast<double>(physics::Gauss::lowest_exponent<L>);
    const double lowest = weighting == TermWeighting::compounding ? zero : std::max(invisible_exponent, zero);
    return lowest * (-0.63 / 2) / fudge;
  }
  return std::numeric_limits<double>::max();
}

/// sin(N x) / sin(x) for a small N, as U_(N-1)(cos x) in powers of s = sin^2 x.
template <class L>
physics::SmallGrating<L> small_grating(double cells) {
  switch (static_cast<int>(cells)) {
    case 2: return {2, 0, 0, 1};
    case 3: return {3, -4, 0, 0};
    case 4: return {4, -8, 0, 1};
    case 5: return {5, -20, 16, 0};
    case 6: return {6, -32, 32, 1};
    default: return {1, 0, 0, 0};
  }
}

/// The numbers of cells, and the gratings where they are few.
template <class L>
void set_cells(physics::LatticeParameters<L>& p, const std::array<double, 3>& cells) {
  p.cells = narrow<L>({cells[0], cells[1], cells[2]});
  const double product = cells[0] * cells[1] * cells[2];
  p.cells_product_sqr = static_cast<L>(product * product);
  p.few_cells = std::ranges::max(cells) <= physics::SmallGrating<L>::most_cells;
  if (!p.few_cells) return;
  for (std::size_t i = 0; i < 3; ++i) {
    p.grating[i] = small_grating<L>(cells[i]);
    p.even_cells = p.even_cells || static_cast<int>(cells[i]) % 2 == 0;
  }
}

template <class L>
physics::LatticeParameters<L> lattice_parameters(const Scene& scene, const Crystal& crystal, Policy policy,
                                                 TermWeighting weighting) {
  physics::LatticeParameters<L> p;
  set_cells(p, scene.lattice.cells);
  p.fudge = static_cast<L>(crystal.fudge);
  p.hollow_spots = policy == Policy::compat;
  const scene::SpotAxes spot = scene::spot_axes(scene.lattice, policy);
  p.spot_axes[0] = narrow<L>(spot.a);
  p.spot_axes[1] = narrow<L>(spot.b);
  p.spot_axes[2] = narrow<L>(spot.c);
  const double radius =
      std::sqrt(reach_sqr<L>(crystal.shape, crystal.fudge, weighting)) * 1.001;  // a margin for rounding
  const auto reach = [&](double per_radius) { return std::min(1.0, per_radius * radius); };
  const Vec3d at_one = spot.reach();
  p.reach = narrow<L>({reach(at_one.x), reach(at_one.y), reach(at_one.z)});
  return p;
}

template <class G>
LayerTable<G> layer_table(const Scene& scene) {
  const SensorLayers& layers = scene.layers;
  return {layers.count, static_cast<G>(layers.step_m), static_cast<G>(layers.step_m * layers.attenuation_per_m),
          layers.thickness_m != 0.0};
}

/// B = unit(P x i), E = unit(i x B): the fields of a ray whose beam is polarised along P.
inline physics::PolarizationAxes<double> polarization_axes(const Vec3d& polarization, const Vec3d& incident) {
  const Vec3d magnetic = strict::unit(cross(polarization, incident));
  return {strict::unit(cross(incident, magnetic)), magnetic, dot(magnetic, magnetic) == 0.0};
}

/// Rays of one direction that follow each other form a group; with `single`, every ray is its own.
template <class G>
std::vector<SourceGroup<G>> source_groups(const Scene& scene, bool single) {
  std::vector<SourceGroup<G>> groups;
  for (std::size_t i = 0; i < scene.rays.size(); ++i) {
    const Ray& ray = scene.rays[i];
    const G wavelength = static_cast<G>(ray.wavelength_m * scene::metres_to_A);
    if (!single && i > 0 && ray.incident == scene.rays[i - 1].incident) {
      SourceGroup<G>& last = groups.back();
      ++last.count;
      if (last.longest_wavelength_A < wavelength) last.longest_wavelength_A = wavelength;
      continue;
    }
    const auto axes = polarization_axes(scene.frame.polarization, ray.incident);
    groups.push_back({narrow<G>(ray.incident),
                      {narrow<G>(axes.electric), narrow<G>(axes.magnetic), axes.undefined},
                      static_cast<int>(i),
                      1,
                      wavelength});
  }
  return groups;
}

template <class G>
std::vector<Wave<G>> waves(const Scene& scene) {
  double total = 0;
  for (const Ray& ray : scene.rays) total += ray.weight;
  const double mean = total / static_cast<double>(scene.rays.size());
  std::vector<Wave<G>> list;
  list.reserve(scene.rays.size());
  for (const Ray& ray : scene.rays) {
    const double wavelength_A = ray.wavelength_m * scene::metres_to_A;
    list.push_back(
        {static_cast<G>(wavelength_A), static_cast<G>(1.0 / wavelength_A), static_cast<G>(ray.weight / mean)});
  }
  return list;
}

template <class G>
std::vector<physics::CellAxes<G>> cell_axes(const std::vector<CellVectors>& orientations) {
  std::vector<physics::CellAxes<G>> axes;
  axes.reserve(orientations.size());
  for (const CellVectors& cell : orientations) {
    axes.push_back(
        {narrow<G>(scene::metres_to_A * cell.a_m), narrow<G>(scene::metres_to_A * cell.b_m), narrow<G>(scene::metres_to_A * cell.c_m)});
  }
  return axes;
}

inline std::vector<std::uint8_t> mask_bytes(const Detector& detector) {
  std::vector<std::uint8_t> bytes(detector.mask.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = detector.mask[i] != 0;
  return bytes;
}

/// Photons that `water_m` of water scatters forward, per steradian and pixel, without the factor r_e^2 fluence:
/// F^2 (water, 2.57 electrons) times molecules in the illuminated cube, 1 g/cm^3 and 18 g/mol.
inline double water_molecules_scattering(double water_m) {
  return 2.57 * 2.57 * water_m * water_m * water_m * 1e6 * constants::avogadro_per_mol / 18.0;
}

/// Evaluations per pixel, by which the sum is divided (sensor layers are not counted).
inline double steps_per_pixel(const Scene& scene) {
  return static_cast<double>(scene.rays.size()) * static_cast<double>(scene.domains.size()) *
         static_cast<double>(scene.phi_rad.size()) * scene.oversample * scene.oversample;
}

}  // namespace nbk::plan
