// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/rendered_area.hpp"
#include "nbk/math/poisson.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace nbk::io {

/// Photon counts with Poisson noise.
struct NoiseImage {
  std::vector<std::uint16_t> counts;  ///< [slow][fast], offset included; 0 outside the window
  double photons = 0;                 ///< their sum, without the offset
  std::size_t overloads = 0;          ///< pixels that did not fit in 16 bits
};

/// One pixel: `photons` plus the offset, cut off to 16 bits.
inline std::uint16_t record_photons(double photons, double offset, NoiseImage& noise) {
  noise.photons += photons;
  double counts = photons + offset;
  if (counts > 65535.0) {
    counts = 65535.0;
    ++noise.overloads;
  }
  return static_cast<std::uint16_t>(static_cast<std::int32_t>(counts));  // a negative offset wraps, as in the C program
}

/// The noise image of the C program, draw by draw: every pixel of the window in the order of the file, masked ones too.
/// \param image  mean photons, [slow][fast]
/// \param uniform  Scene::generator, which the orientation and the mosaic domains have drawn from
/// \param seed  as the C program stores it, the negative of what its user gives
inline NoiseImage noise_image(std::span<const float> image, const RenderedArea& area, double offset,
                              const Ran1& uniform, std::int64_t seed) {
  require_image(image, area);
  NoiseImage noise;
  noise.counts.assign(area.size(), 0);
  NoiseDeviates deviates(uniform, seed);
  for (int slow = area.window.slow_min; slow <= area.window.slow_max; ++slow) {
    const std::size_t begin = area.row_begin(slow), end = begin + area.row_length();
    for (std::size_t i = begin; i < end; ++i) {
      noise.counts[i] = record_photons(static_cast<double>(deviates.poisson(image[i])), offset, noise);
    }
  }
  return noise;
}

}  // namespace nbk::io
