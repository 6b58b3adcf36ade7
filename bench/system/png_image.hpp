// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/image_statistics.hpp"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

namespace nbk::bench::system {

/// 8-bit grey values as the bytes of a PNG file. \param grey  [slow][fast]
std::string grey_png(std::span<const std::uint8_t> grey, int width, int height);

/// Writes 8-bit grey values as PNG. \param grey  [slow][fast] \throws FileError
void write_grey_png(const std::filesystem::path& file, std::span<const std::uint8_t> grey, int width, int height);

/// Writes a picture of an image, dark spots on white as on a film: white up to the median, so that a background does
/// not hide the spots, then logarithmic, so that weak and strong ones are both seen. \param image  photons,
/// [slow][fast] \throws FileError
void write_png(const std::filesystem::path& file, std::span<const float> image, const io::RenderedArea& area,
               const io::ImageStatistics& statistics);

}  // namespace nbk::bench::system
