// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/panel_image.hpp"
#include "nbk/io/rendered_area.hpp"
#include "nbk/math/strict.hpp"

#include <cmath>
#include <span>

namespace nbk::io {

/// Figures of an image, from which the scales of its files follow. Source: nanoBragg.
struct ImageStatistics {
  float max = 0;              ///< the brightest pixel, photons; 0 if none is above 0
  int max_fast = 0;           ///< column of the first pixel with that value
  int max_slow = 0;           ///< its row
  double sum = 0;             ///< over the computed pixels, photons
  double mean = 0;            ///< over the computed pixels
  double rms = 0;             ///< root of the mean square, over the computed pixels
  double rmsd = 0;            ///< about the mean, over the window, masked pixels included
  std::size_t computed = 0;   ///< pixels inside the window and not masked
  std::size_t max_panel = 0;  ///< panel of the brightest pixel
};

namespace detail {

/// Adds the computed pixels of a panel. The squares are rounded to float.
inline void add_computed(const PanelImage& image, std::size_t panel, ImageStatistics& s, double& sum_of_squares) {
  const RenderedArea& area = image.area;
  const auto add = [&](float value, int fast, int slow) {
    if (value > s.max) {
      s.max = value;
      s.max_panel = panel;
      s.max_fast = fast;
      s.max_slow = slow;
    }
    s.sum += static_cast<double>(value);
    sum_of_squares += static_cast<double>(value * value);
    ++s.computed;
  };
  for (int slow = area.window.slow_min; slow <= area.window.slow_max; ++slow) {
    for (int fast = area.window.fast_min; fast <= area.window.fast_max; ++fast) {
      const std::size_t i = area.index(fast, slow);
      if (area.mask.empty() || area.mask[i] != 0) add(image.pixels[i], fast, slow);
    }
  }
}

inline double divisor(std::size_t n) { return static_cast<double>(n <= 1 ? 1 : n - 1); }

}  // namespace detail

/// Computes all but the deviation about the mean of several panels, summed in the order of the file.
/// \throws InvalidInput  a panel has another size
inline ImageStatistics image_brightness(std::span<const PanelImage> panels) {
  ImageStatistics s;
  double sum_of_squares = 0;
  for (std::size_t i = 0; i < panels.size(); ++i) {
    require_image(panels[i].pixels, panels[i].area);
    detail::add_computed(panels[i], i, s, sum_of_squares);
  }
  s.mean = s.sum / static_cast<double>(s.computed == 0 ? 1 : s.computed);
  s.rms = std::sqrt(sum_of_squares / detail::divisor(s.computed));
  return s;
}

/// Computes the same of an image of one panel.
/// \throws InvalidInput  the image has another size
inline ImageStatistics image_brightness(std::span<const float> image, const RenderedArea& area) {
  const PanelImage panel{image, area};
  return image_brightness(std::span(&panel, 1));
}

/// Returns ImageStatistics::rmsd of several panels for a known mean.
inline double deviation_about(double mean, std::span<const PanelImage> panels) {
  double deviations = 0;
  std::size_t n = 0;
  for (const auto& [image, area] : panels) {
    for (int slow = area.window.slow_min; slow <= area.window.slow_max; ++slow) {
      for (const float value : image.subspan(area.row_begin(slow), area.row_length())) {
        const double deviation = static_cast<double>(value) - mean;
        deviations += strict::product(deviation, deviation);
        ++n;
      }
    }
  }
  return std::sqrt(deviations / detail::divisor(n));
}

/// Returns ImageStatistics::rmsd of an image of one panel for a known mean.
inline double deviation_about(double mean, std::span<const float> image, const RenderedArea& area) {
  const PanelImage panel{image, area};
  return deviation_about(mean, std::span(&panel, 1));
}

/// Statistics of an image. \throws InvalidInput  the image has another size
inline ImageStatistics image_statistics(std::span<const float> image, const RenderedArea& area) {
  ImageStatistics s = image_brightness(image, area);
  s.rmsd = deviation_about(s.mean, image, area);
  return s;
}

}  // namespace nbk::io
