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

/// A pixel of a spot.
struct BrightPixel {
  std::array<int, 3> hkl{};  ///< nearest reflection
  int panel = 0;             ///< number of the panel, from 0
  int fast = 0;              ///< column
  int slow = 0;              ///< row
  float photons = 0;         ///< expected
};

/// Finds the pixels of spots in some rows of an image. Rows are independent: several threads may look at different
/// ones. \param image  photons, [panel][slow][fast] with image_extents() \param least  photons of a pixel, > 0
/// \param first, end  rows of the image, those of all panels counted through
/// \param list  gets them, in the order of the image
/// \return the brightest pixel of these rows, at least 0
inline float find_bright_pixels(const Scene& scene, std::span<const float> image, float least, std::size_t first,
                                std::size_t end, std::vector<BrightPixel>& list) {
  float most = 0;
  const MillerIndices indices(scene);
  const ImageExtents extents = image_extents(scene);
  for (std::size_t row = first; row < end; ++row) {
    const std::size_t p = row / extents.slow;
    const auto slow = static_cast<int>(row % extents.slow);
    const PanelGeometry& panel = scene.panels[p].geometry;
    if (slow >= panel.pixels_slow) continue;
    const auto pixels = image.subspan(row * extents.fast, static_cast<std::size_t>(panel.pixels_fast));
    // Most pixels of most images are dark.
    const float most_of_row = largest(pixels);
    most = std::max(most, most_of_row);
    if (most_of_row < least) continue;
    for (int fast = 0; fast < panel.pixels_fast; ++fast) {
      const float photons = pixels[static_cast<std::size_t>(fast)];
      if (photons < least) continue;
      const auto hkl = indices.nearest(panel.point_of_pixel_m(fast + 0.5, slow + 0.5));
      list.push_back({hkl, static_cast<int>(p), fast, slow, photons});
    }
  }
  return most;
}

/// Sums of the pixels of each spot.
class SpotCollector {
 public:
  /// Adds pixels, which come in the order of the image. \param pixels  as find_bright_pixels() has them
  void add(std::span<const BrightPixel> pixels) {
    for (const BrightPixel& pixel : pixels) {
      SpotLabel& spot = m_spots[{pixel.panel, pixel.hkl[0], pixel.hkl[1], pixel.hkl[2]}];
      const auto weight = static_cast<double>(pixel.photons);
      spot.hkl = pixel.hkl;
      spot.panel = pixel.panel;
      spot.fast += weight * (pixel.fast + 0.5);
      spot.slow += weight * (pixel.slow + 0.5);
      spot.photons += weight;
      spot.most = std::max(spot.most, pixel.photons);
      ++spot.pixels;
    }
  }

  /// Returns the spots by panel and Miller indices.
  std::vector<SpotLabel> list() const {
    std::vector<SpotLabel> list;
    list.reserve(m_spots.size());
    for (const auto& [key, sum] : m_spots) {
      SpotLabel& spot = list.emplace_back(sum);
      spot.fast /= spot.photons;
      spot.slow /= spot.photons;
    }
    return list;
  }

 private:
  std::map<std::tuple<int, int, int, int>, SpotLabel> m_spots;
};

}  // namespace scene

/// Finds the spots of an image without noise: pixels of at least `least` photons, by the reflection that their middle
/// is nearest to at the mean wavelength and in the middle of the rotation. \param image  photons, [panel][slow][fast]
/// with image_extents() \param least  > 0 \return by panel and Miller indices
inline std::vector<SpotLabel> spot_labels(const Scene& scene, std::span<const float> image, float least) {
  const ImageExtents extents = image_extents(scene);
  std::vector<scene::BrightPixel> pixels;
  scene::find_bright_pixels(scene, image, least, 0, extents.panels * extents.slow, pixels);
  scene::SpotCollector spots;
  spots.add(pixels);
  return spots.list();
}

}  // namespace nbk
