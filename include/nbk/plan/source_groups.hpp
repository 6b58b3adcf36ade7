// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/plan/tables.hpp"
#include "nbk/scene/scene.hpp"

#include <cstddef>
#include <vector>

namespace nbk::plan {

/// Returns SourceGroup::waves_per_inverse of rays [first, first + count).
inline double waves_per_inverse(const std::vector<Ray>& rays, std::size_t first, std::size_t count) {
  const auto inverse_per_A = [&](std::size_t i) { return 1 / (rays[i].wavelength_m * constants::metres_to_A); };
  const double change = inverse_per_A(first + count - 1) - inverse_per_A(first);
  for (std::size_t i = first + 1; i < first + count; ++i) {
    if ((inverse_per_A(i) - inverse_per_A(i - 1)) * change < 0) return 0;
  }
  return change == 0 ? 0 : static_cast<double>(count - 1) / change;
}

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
                      wavelength,
                      G(0)});
  }
  for (SourceGroup<G>& group : groups) {
    group.waves_per_inverse = static_cast<G>(
        waves_per_inverse(scene.rays, static_cast<std::size_t>(group.first), static_cast<std::size_t>(group.count)));
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
