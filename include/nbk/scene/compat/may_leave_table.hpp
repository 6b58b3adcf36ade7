// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/scene/compat/stale_orientations.hpp"
#include "nbk/scene/direction_range.hpp"
#include "nbk/scene/index_bounds.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

/// \file
/// Ranges of the Miller indices of an image, for given orientations. They are as narrow as the panel, where
/// index_bounds.hpp only knows the distance of its corners. The C program stops interpolating for the rest of the image
/// once an evaluation leaves its table (docs/numerics/order.md), so that it matters whether one may.

namespace nbk::scene::compat {

/// Ranges of h, k and l over the image. They are wider than needed for a curved or a thick sensor, and for many
/// orientations and rays.
inline std::array<Range, 3> index_ranges(const Scene& scene, const std::vector<CellVectors>& orientations) {
  constexpr std::size_t most_pairs = 100'000;
  std::array<Range, 3> ranges;
  const bool thin = std::all_of(scene.panels.begin(), scene.panels.end(), [](const ScenePanel& panel) {
    return !panel.geometry.curved && panel.layers.count <= 1;
  });
  if (!thin || orientations.size() > most_pairs / scene.rays.size() / scene.panels.size()) {
    const std::array<double, 3> bound = index_bounds(scene);
    for (std::size_t i = 0; i < 3; ++i) ranges[i] = {-bound[i], bound[i]};
    return ranges;
  }
  for (const ScenePanel& panel : scene.panels) {
    for (const CellVectors& cell : orientations) {
      const std::array<Vec3d, 3> axes{cell.a_m, cell.b_m, cell.c_m};
      for (std::size_t i = 0; i < 3; ++i) {
        const Range range = direction_range(panel, axes[i]);
        for (const Ray& ray : scene.rays) {
          ranges[i].include((range.low - dot(axes[i], ray.incident)) / ray.wavelength_m);
          ranges[i].include((range.high - dot(axes[i], ray.incident)) / ray.wavelength_m);
        }
      }
    }
  }
  return ranges;
}

/// False if every evaluation certainly finds the 4 x 4 x 4 reflections that tricubic interpolation needs.
inline bool may_leave_table(const Scene& scene, const std::vector<CellVectors>& orientations,
                            const StructureFactors& f) {
  constexpr double rounding = 1e-3;  // more than single precision loses of an index within a table
  const std::array<Range, 3> ranges = index_ranges(scene, orientations);
  const auto fits = [&](const Range& range, int low, int high) {
    return low + 2 + rounding <= range.low && range.high <= high - 2 - rounding;
  };
  return !(fits(ranges[0], f.h_min, f.h_max) && fits(ranges[1], f.k_min, f.k_max) && fits(ranges[2], f.l_min, f.l_max));
}

/// The same for the orientations of an image and those of its first evaluation.
inline bool any_may_leave_table(const Scene& scene, const std::vector<CellVectors>& orientations,
                                const StructureFactors& f) {
  return may_leave_table(scene, orientations, f) ||
         may_leave_table(scene, make_first_evaluation_orientations(scene), f);
}

}  // namespace nbk::scene::compat
