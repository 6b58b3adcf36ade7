// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/format_number.hpp"
#include "nbk/io/image_statistics.hpp"
#include "nbk/io/row_blocks.hpp"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <span>
#include <string>

/// \file
/// An image of photons as the integers of a detector image or of a grey picture.

namespace nbk::io {

/// The scale of the integer image: as wanted, else the brightest pixel becomes 55000. \param wanted  <= 0: none
inline double integer_scale(double wanted, const ImageStatistics& statistics) {
  if (wanted > 0) return wanted;
  return statistics.max > 0 ? 55000.0 / static_cast<double>(statistics.max) : 1.0;
}

/// The scale of the grey picture: as wanted, else five standard deviations become 250. \param wanted  <= 0: none
inline double grey_scale(double wanted, double integer_image_scale, const ImageStatistics& statistics) {
  if (wanted > 0) return wanted;
  return statistics.rmsd > 0 ? 250.0 / (5.0 * statistics.rmsd) : integer_image_scale;
}

namespace detail {

/// Calls convert for at most 256 pixels at a time, which a buffer in the nearest cache can take.
template <class Pixel, class Convert>
void in_small_parts(std::span<const float> pixels, std::span<Pixel> to, const Convert& convert) {
  constexpr std::size_t most = 256;
  double buffer[most];
  for (std::size_t first = 0; first < pixels.size(); first += most) {
    const std::size_t n = std::min(most, pixels.size() - first);
    convert(pixels.subspan(first, n), std::span(buffer).first(n), to.subspan(first, n));
  }
}

}  // namespace detail

// In the loops below each bound has a loop of its own, and what is left is cut off instead of floored: compilers turn
// such loops into vectors, but not std::clamp.

/// pixel * scale + offset, clipped to 16 bits and rounded to float before the floor. Source: nanoBragg.
class ToCounts {
 public:
  /// \param scale  counts per photon \param offset  counts
  ToCounts(double scale, double offset) : m_scale(scale), m_offset(offset) {}

  /// Converts a row. \param counts  as long as `pixels`
  void operator()(std::span<const float> pixels, std::span<std::uint16_t> counts) const {
    detail::in_small_parts(pixels, counts, [this](auto part, auto value, auto to) { convert(part, value, to); });
  }

 private:
  void convert(std::span<const float> pixels, std::span<double> value, std::span<std::uint16_t> counts) const {
    for (std::size_t i = 0; i < value.size(); ++i) value[i] = static_cast<double>(pixels[i]) * m_scale;
    // Products are rounded before the offset is added, which a compiler may not fuse across this.
    std::atomic_signal_fence(std::memory_order_seq_cst);
    for (double& v : value) {
      const double sum = v + m_offset;
      v = sum > 0.0 ? sum : 0.0;
    }
    for (double& v : value) v = v < 65535.0 ? v : 65535.0;
    for (std::size_t i = 0; i < value.size(); ++i) {
      const double above = value[i] + 0.5;
      counts[i] = static_cast<std::uint16_t>(static_cast<int>(static_cast<float>(above)));
    }
  }

  double m_scale, m_offset;
};

/// pixel * scale, clipped to 8 bits and cut off.
class ToGrey {
 public:
  /// \param scale  grey levels per photon
  explicit ToGrey(double scale) : m_scale(scale) {}

  /// Converts a row. \param grey  as long as `pixels`
  void operator()(std::span<const float> pixels, std::span<std::uint8_t> grey) const {
    detail::in_small_parts(pixels, grey, [this](auto part, auto value, auto to) { convert(part, value, to); });
  }

 private:
  void convert(std::span<const float> pixels, std::span<double> value, std::span<std::uint8_t> grey) const {
    for (std::size_t i = 0; i < value.size(); ++i) {
      const double scaled = static_cast<double>(pixels[i]) * m_scale;
      value[i] = scaled > 0.0 ? scaled : 0.0;
    }
    for (std::size_t i = 0; i < value.size(); ++i) {
      const double bounded = value[i] < 255.0 ? value[i] : 255.0;
      grey[i] = static_cast<std::uint8_t>(static_cast<int>(bounded));
    }
  }

  double m_scale;
};

/// Writes the image as an SMV file of 16-bit counts; 0 outside the window.
/// \param header  smv_header() \throws FileError; InvalidInput for an image of another size
inline void write_integer_image(const std::filesystem::path& file, const std::string& header,
                                std::span<const float> image, const RenderedArea& area, const ToCounts& to_counts) {
  require_image(image, area);
  AtomicFile out(file);
  out.write(header);
  write_rows<std::uint16_t>(out, area, [&](int slow, std::span<std::uint16_t> counts) {
    to_counts(image.subspan(area.row_begin(slow), counts.size()), counts);
  });
  out.commit();
}

/// Writes the image as a portable grey map (P5), its scale in a comment; 0 outside the window.
/// \throws FileError; InvalidInput for an image of another size
inline void write_grey_image(const std::filesystem::path& file, std::span<const float> image, const RenderedArea& area,
                             double scale) {
  require_image(image, area);
  AtomicFile out(file);
  out.write("P5\n" + std::to_string(area.pixels_fast) + " " + std::to_string(area.pixels_slow) +
            "\n# pixels scaled by " + format_g(scale) + "\n255\n");
  const ToGrey to_grey(scale);
  write_rows<std::uint8_t>(out, area, [&](int slow, std::span<std::uint8_t> grey) {
    to_grey(image.subspan(area.row_begin(slow), grey.size()), grey);
  });
  out.commit();
}

}  // namespace nbk::io
