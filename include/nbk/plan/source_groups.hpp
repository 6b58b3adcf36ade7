// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/plan/tables.hpp"
#include "nbk/scene/scene.hpp"

#include <cstddef>
#include <vector>

namespace nbk::plan {

/// Rays of the scene by direction: those that follow each other in one direction form a group. With `single`, every ray
/// is its own group. Wavelengths in Angstrom, so that single precision stays far from its limits.
template <class G>
std::vector<SourceGroup<G>> source_groups(const Scene& scene, bool single) {
  std::vector<SourceGroup<G>> groups;
  for (std::size_t i = 0; i < scene.rays.size(); ++i) {
    const Ray& ray = scene.rays[i];
    const G wavelength = static_cast<G>(ray.wavelength_m * constants::metres_to_A);
    if (!single && i > 0 && ray.incident == scene.rays[i - 1].incident) {
      SourceGroup<G>& last = groups.back();
      ++last.count;
      if (last.longest_wavelength_A < wavelength) last.longest_wavelength_A = wavelength;
      continue;
    }
    const auto axes = physics::polarization_axes(scene.frame.polarization, ray.incident);
    groups.push_back({vec3_cast<G>(ray.incident),
                      {vec3_cast<G>(axes.electric), vec3_cast<G>(axes.magnetic), axes.undefined},
                      static_cast<int>(i),
                      1,
                      wavelength});
  }
  return groups;
}

/// Wavelengths and relative weights of all rays.
/// \param weighted  false: all weights are 1, as in `compat`
template <class G>
std::vector<Wave<G>> waves(const Scene& scene, bool weighted) {
  double total = 0;
  for (const Ray& ray : scene.rays) total += ray.weight;
  const double mean = total / static_cast<double>(scene.rays.size());
  std::vector<Wave<G>> list;
  list.reserve(scene.rays.size());
  for (const Ray& ray : scene.rays) {
    const double wavelength_A = ray.wavelength_m * constants::metres_to_A;
    list.push_back({static_cast<G>(wavelength_A), static_cast<G>(1.0 / wavelength_A),
                    static_cast<G>(weighted ? ray.weight / mean : 1.0), ray.structure_factor_set});
  }
  return list;
}

}  // namespace nbk::plan
