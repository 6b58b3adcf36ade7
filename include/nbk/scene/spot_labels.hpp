// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/mat3.hpp"
#include "nbk/scene/image_extents.hpp"
#include "nbk/scene/scene.hpp"
#include "nbk/scene/turn_crystal.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <span>
#include <tuple>
#include <vector>

namespace nbk {

/// A spot of an image: the bright pixels that are nearest to one reflection.
struct SpotLabel {
  std::array<int, 3> hkl{};  ///< Miller indices
  int panel = 0;             ///< number of the panel, from 0
  double fast = 0;           ///< centroid in pixels from the outer corner of the first pixel, weighted by photons
  double slow = 0;           ///< likewise, along columns
  double photons = 0;        ///< sum of the pixels
  float most = 0;            ///< brightest pixel
  int pixels = 0;            ///< their number
};

namespace scene {

/// Direct cell at the middle of the rotation, and the mean ray: what tells which reflection a pixel is nearest to.
class MillerIndices {
 public:
  explicit MillerIndices(const Scene& scene) {
    double weights = 0, per_wavelength = 0;
    for (const Ray& ray : scene.rays) {
      weights += ray.weight;
      per_wavelength += ray.weight * ray.wavelength_m;
      m_incident += ray.weight * ray.incident;
    }
    m_per_wavelength_per_m = weights > 0 ? weights / per_wavelength : 1.0 / scene.wavelength_m;
    m_incident = (1.0 / std::sqrt(dot(m_incident, m_incident))) * m_incident;
    const double phi_rad = 0.5 * (scene.phi_rad.front() + scene.phi_rad.back());
    const CellVectors cell = turned_about_spindle(scene, phi_rad);
    m_cell = {cell.a_m, cell.b_m, cell.c_m};
  }

  /// Returns the reflection that is nearest to a point of the laboratory.
  std::array<int, 3> nearest(const Vec3d& point_m) const {
    const double per_length = 1.0 / std::sqrt(dot(point_m, point_m));
    const Vec3d hkl = m_cell * (m_per_wavelength_per_m * (per_length * point_m - m_incident));
    const auto whole = [](double index) { return static_cast<int>(std::lround(index)); };
    return {whole(hkl.x), whole(hkl.y), whole(hkl.z)};
  }

 private:
  Mat3d m_cell;
  Vec3d m_incident{};
  double m_per_wavelength_per_m = 0;
};

/// Returns the largest of some numbers, at least 0. Lanes of their own make it a loop of vector instructions.
inline float largest(std::span<const float> numbers) {
  std::array<float, 16> lanes{};
  const std::size_t whole = numbers.size() / lanes.size() * lanes.size();
  for (std::size_t i = 0; i < whole; i += lanes.size()) {
    for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
      lanes[lane] = numbers[i + lane] > lanes[lane] ? numbers[i + lane] : lanes[lane];
    }
  }
  float most = *std::ranges::max_element(lanes);
  for (const float number : numbers.subspan(whole)) most = number > most ? number : most;
  return most;
}

}  // namespace scene

/// Finds the spots of an image without noise: pixels of at least `least` photons, by the reflection that their middle
/// is nearest to at the mean wavelength and in the middle of the rotation. \param image  photons, [panel][slow][fast]
/// with image_extents() \param least  > 0 \return by panel and Miller indices
inline std::vector<SpotLabel> spot_labels(const Scene& scene, std::span<const float> image, float least) {
  const scene::MillerIndices indices(scene);
  const ImageExtents extents = image_extents(scene);
  std::map<std::tuple<int, int, int, int>, SpotLabel> spots;
  for (std::size_t p = 0; p < scene.panels.size(); ++p) {
    const PanelGeometry& panel = scene.panels[p].geometry;
    for (int slow = 0; slow < panel.pixels_slow; ++slow) {
      const auto row = image.subspan((p * extents.slow + static_cast<std::size_t>(slow)) * extents.fast,
                                     static_cast<std::size_t>(panel.pixels_fast));
      // Most pixels of most images are dark.
      if (scene::largest(row) < least) continue;
      for (int fast = 0; fast < panel.pixels_fast; ++fast) {
        const float photons = row[static_cast<std::size_t>(fast)];
        if (photons < least) continue;
        const auto hkl = indices.nearest(panel.point_of_pixel_m(fast + 0.5, slow + 0.5));
        SpotLabel& spot = spots[{static_cast<int>(p), hkl[0], hkl[1], hkl[2]}];
        const auto weight = static_cast<double>(photons);
        spot.hkl = hkl;
        spot.panel = static_cast<int>(p);
        spot.fast += weight * (fast + 0.5);
        spot.slow += weight * (slow + 0.5);
        spot.photons += weight;
        spot.most = std::max(spot.most, photons);
        ++spot.pixels;
      }
    }
  }
  std::vector<SpotLabel> list;
  list.reserve(spots.size());
  for (auto& [key, spot] : spots) {
    spot.fast /= spot.photons;
    spot.slow /= spot.photons;
    list.push_back(spot);
  }
  return list;
}

}  // namespace nbk
