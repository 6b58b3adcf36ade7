// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/physics/scattering.hpp"
#include "nbk/scene/make_orientations.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

/// \file
/// The lattice planes that kernel/near_spots.hpp looks at. At a spot n.(h, k, l) is a whole number for any whole n; of
/// the small n those are best for which it changes little along a row of pixels, as they rule out most packs.

namespace nbk::plan {

/// Pixels of a pack, at most.
inline constexpr int screened_pixels = 16;

/// An integer combination of cell axes.
struct LatticePlane {
  std::array<int, 3> n{};
  double reach = 0;  ///< largest distance of n.(h, k, l) from a whole number inside a spot
  double share = 0;  ///< estimated share of packs that come within reach

  Vec3d axis_A(const CellVectors& cell) const {
    return constants::metres_to_A * (static_cast<double>(n[0]) * cell.a_m + static_cast<double>(n[1]) * cell.b_m +
                                     static_cast<double>(n[2]) * cell.c_m);
  }
};

/// Change of d / lambda (1/Angstrom) over a pack at a pixel: (f - (f.d) d) length / (r lambda), for the direction d and
/// the distance r of the pixel.
inline Vec3d change_along_pack(const PanelGeometry& panel, double wavelength_m, int fast, int slow) {
  const Vec3d position = panel.point_of_pixel_m(fast, slow);
  const double r = std::sqrt(dot(position, position));
  if (!(r > 0)) return {};
  const Vec3d d = (1 / r) * position;
  const double scale = screened_pixels * panel.pixel_size_m / (r * wavelength_m * constants::metres_to_A);
  return scale * (panel.fast - dot(panel.fast, d) * d);
}

/// That change at points spread over the window.
inline std::vector<Vec3d> changes_along_packs(const ScenePanel& panel, double wavelength_m) {
  constexpr int samples = 5;
  const PixelWindow& w = panel.window;
  std::vector<Vec3d> changes;
  for (int i = 0; i < samples * samples; ++i) {
    const int fast = w.fast_min + (w.fast_max - w.fast_min) / (samples - 1) * (i % samples);
    const int slow = w.slow_min + (w.slow_max - w.slow_min) / (samples - 1) * (i / samples);
    changes.push_back(change_along_pack(panel.geometry, wavelength_m, fast, slow));
  }
  return changes;
}

/// Share of packs near a spot: the width of the spot plus the change of the index, averaged over `changes` and some
/// orientations.
inline double near_share(const std::vector<Vec3d>& changes, const std::vector<CellVectors>& orientations,
                         const LatticePlane& plane) {
  constexpr std::size_t samples = 5;
  const std::size_t stride = std::max<std::size_t>(1, orientations.size() / samples);
  double sum = 0;
  int count = 0;
  for (std::size_t o = 0; o < orientations.size(); o += stride) {
    const Vec3d axis = plane.axis_A(orientations[o]);
    for (const Vec3d& change : changes) {
      sum += std::min(1.0, 2 * plane.reach + std::abs(dot(axis, change)));
      ++count;
    }
  }
  return sum / count;
}

/// Planes with |n| up to 2 along each axis, the most useful first; each direction once.
inline std::vector<LatticePlane> candidate_planes(const std::vector<Vec3d>& changes,
                                                  const std::vector<CellVectors>& orientations, const Vec3d& reach) {
  std::vector<LatticePlane> planes;
  for (int code = 0; code < 125; ++code) {
    const std::array<int, 3> n{code / 25 - 2, code / 5 % 5 - 2, code % 5 - 2};
    const bool even = n[0] % 2 == 0 && n[1] % 2 == 0 && n[2] % 2 == 0;
    if (even || n < std::array<int, 3>{}) continue;
    LatticePlane plane{n, std::abs(n[0]) * reach.x + std::abs(n[1]) * reach.y + std::abs(n[2]) * reach.z};
    plane.share = near_share(changes, orientations, plane);
    planes.push_back(plane);
  }
  std::sort(planes.begin(), planes.end(),
            [](const LatticePlane& x, const LatticePlane& y) { return x.share < y.share; });
  return planes;
}

/// Addition to a plane's reach, per Angstrom of its axis: the bend of the index along a pack, which is at most
/// (2 / sqrt 3) length^2 / (8 r^2 lambda) for a straight line of pixels no closer than r, and rounding. Not finite
/// where there is no such bound.
template <class L>
double screening_margin(const Scene& scene, const ScenePanel& panel) {
  double wavelength_A = std::numeric_limits<double>::max();
  for (const Ray& ray : scene.rays) wavelength_A = std::min(wavelength_A, ray.wavelength_m * constants::metres_to_A);
  const double closest_m = std::abs(panel.geometry.close_distance_m) - panel.layers.step_m * panel.layers.count;
  if (panel.geometry.curved || !(closest_m > 0)) return std::numeric_limits<double>::infinity();
  const double angle = screened_pixels * panel.geometry.pixel_size_m / closest_m;
  const double bend = 2 / std::sqrt(3.0) * angle * angle / 8;
  const double rounding = std::ldexp(32.0, 1 - NumberTraits<L>::significand_bits);
  return (bend + rounding) / wavelength_A;
}

/// The three planes for Tables::screening, as the kernel reads them, and their reach; no planes where screening does
/// not pay: spots without an end, few orientations, spots everywhere.
template <class L>
std::vector<physics::CellAxes<L>> screening_planes(const Scene& scene, const ScenePanel& panel,
                                                   const std::vector<CellVectors>& orientations,
                                                   const Vec3<L>& spot_reach, Vec3<L>& reach) {
  constexpr std::size_t fewest_orientations = 4;
  constexpr double most_near = 0.7;
  const double margin = screening_margin<L>(scene, panel);
  const auto spot = vec3_cast<double>(spot_reach);
  if (orientations.size() < fewest_orientations || !std::isfinite(margin) || !(spot.x < 0.5)) return {};
  const std::vector<LatticePlane> planes =
      candidate_planes(changes_along_packs(panel, scene.wavelength_m), orientations, spot);
  if (planes[0].share * planes[1].share * planes[2].share > most_near) return {};
  std::vector<physics::CellAxes<L>> table;
  table.reserve(orientations.size());
  for (const CellVectors& cell : orientations) {
    table.push_back({vec3_cast<L>(planes[0].axis_A(cell)), vec3_cast<L>(planes[1].axis_A(cell)),
                     vec3_cast<L>(planes[2].axis_A(cell))});
  }
  const auto widened = [&](const LatticePlane& plane) {
    double longest_sqr = 0;
    for (const CellVectors& cell : orientations) {
      const Vec3d axis = plane.axis_A(cell);
      longest_sqr = std::max(longest_sqr, dot(axis, axis));
    }
    return plane.reach + margin * std::sqrt(longest_sqr);
  };
  reach = vec3_cast<L>(Vec3d{widened(planes[0]), widened(planes[1]), widened(planes[2])});
  return table;
}

}  // namespace nbk::plan
