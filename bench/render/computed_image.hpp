// SPDX-License-Identifier: MIT
#pragma once

#include "bench/render/series_images.hpp"
#include "nbk/scene/scene.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace nbk::bench::render {

/// An image that was computed, with what is said about it.
struct ComputedImage {
  SeriesImage image;
  Scene scene;                     ///< of its first crystal
  std::span<const float> photons;  ///< [panel][slow][fast] with image_extents(), before scales and additions
  std::vector<double> adu;  ///< made of them, scaled and with what is added, by the response; empty: there is none
  std::vector<float> copy;  ///< memory for the photons, if they do not stay where they were computed
  std::vector<std::byte> pixels;  ///< memory for the pixels of a file
};

}  // namespace nbk::bench::render
