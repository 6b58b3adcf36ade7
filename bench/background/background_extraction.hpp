// SPDX-License-Identifier: MIT
#pragma once

#include "bench/background/background_image.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace nbk::bench::background {

/// Form factors of the pixels close to one point of the table.
struct ExtractedPoint {
  double stol = 0;                  ///< in the unit of the table's file
  float mean = 0, rms = 0;          ///< electrons; the rms is about the mean
  float median = 0, deviation = 0;  ///< median of the distances from the median
  std::size_t pixels = 0;
};

/// Points with this many pixels or fewer are left out, as nonBragg does.
inline constexpr std::size_t fewest_pixels_of_point = 100;

/// Extracts the form factor that a measured image stands for, a point for every point of the table that
/// has pixels enough. \param raw  pixels of the measured image, [slow][fast]
std::vector<ExtractedPoint> extract_form_factor(const BackgroundOptions& options, const BackgroundSetup& setup,
                                                const FormFactorTable& table, const BackgroundImage& image,
                                                std::span<const std::uint16_t> raw);

/// Returns the table as text, a line for each point.
std::string extraction_text(std::span<const ExtractedPoint> points);

}  // namespace nbk::bench::background
