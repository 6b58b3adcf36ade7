// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/rendered_area.hpp"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

namespace nbk::bench::system {

/// 8-bit grey values as the bytes of a PNG file. \param grey  [slow][fast]
std::string grey_png(std::span<const std::uint8_t> grey, int width, int height);

/// Writes 8-bit grey values as PNG. \param grey  [slow][fast] \throws FileError
void write_grey_png(const std::filesystem::path& file, std::span<const std::uint8_t> grey, int width, int height);

/// Grey levels of a picture with dark spots on white, as on a film: white up to the median, so that a background does
/// not hide the spots, then logarithmic, so that weak and strong ones are both seen.
class FilmGrey {
 public:
  /// \param image  photons, from which the levels follow
  /// \param max    the largest of them
  FilmGrey(std::span<const float> image, float max);

  /// Returns the level of a pixel: 0 black, 255 white.
  std::uint8_t operator()(float photons) const;

 private:
  float m_white = 0, m_unit = 0, m_range = 0;
};

/// Writes a picture of an image in the levels of FilmGrey.
/// \param image  photons, [slow][fast]
/// \throws FileError
void write_png(const std::filesystem::path& file, std::span<const float> image, const io::RenderedArea& area,
               const FilmGrey& grey_of);

}  // namespace nbk::bench::system
