// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/file.hpp"
#include "nbk/io/number_text.hpp"

#include <cmath>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

namespace nbk::io {

/// An SMV (ADSC) image.
struct SmvImage {
  std::string header;                 ///< text, up to its first NUL
  int pixels_fast = 0;                ///< pixels of a row
  int pixels_slow = 0;                ///< rows
  std::vector<std::uint16_t> pixels;  ///< [slow][fast], bytes in the file's order

  /// The number after a keyword; nothing when the header does not have it. Like the C program: the keyword's last
  /// occurrence counts, also inside a longer one ("DISTANCE" finds CLOSE_DISTANCE).
  std::optional<double> value_of(std::string_view keyword) const {
    const std::size_t last = header.rfind(keyword);
    if (last == std::string::npos) return std::nullopt;
    const std::size_t equals = header.find('=', last + keyword.size());
    if (equals == std::string::npos) return 0.0;
    return leading_number(std::string_view(header).substr(equals + 1));
  }
};

namespace detail {

inline std::string smv_header_text(std::string_view bytes, std::size_t length) {
  const std::string_view header = bytes.substr(0, length);
  return std::string(header.substr(0, header.find('\0')));
}

inline int smv_integer(const SmvImage& image, std::string_view keyword, int low, int high, const std::string& name) {
  const double value = image.value_of(keyword).value_or(0.0);
  if (!(value >= low && value <= high)) {
    std::ostringstream text;
    text << "header: " << keyword << " = " << value << ", must be from " << low << " to " << high;
    fail(name, text.str());
  }
  return static_cast<int>(value);
}

}  // namespace detail

/// Reads an SMV image from memory. \param name  the file's name for messages
/// \throws FileError  not an SMV image, truncated, or of an impossible size
inline SmvImage parse_smv(std::string_view bytes, const std::string& name) {
  constexpr std::string_view magic = "{\nHEADER_BYT";
  constexpr std::size_t usual_header = 512;
  if (bytes.empty()) fail(name, "is empty");
  if (!bytes.starts_with(magic)) fail(name, "is not an SMV image: it must begin with \"{\", HEADER_BYTES");
  if (bytes.size() < usual_header) fail(name, "is truncated: shorter than a header");

  SmvImage image;
  image.header = detail::smv_header_text(bytes, usual_header);
  const auto header_bytes = static_cast<std::size_t>(detail::smv_integer(image, "HEADER_BYTES", 512, 1 << 20, name));
  if (bytes.size() < header_bytes) fail(name, "is truncated: shorter than its header");
  image.header = detail::smv_header_text(bytes, header_bytes);

  constexpr int most = 1 << 16;
  const bool square = image.value_of("SIZE1").value_or(0.0) == 0.0;
  image.pixels_fast = detail::smv_integer(image, square ? "DETECTOR_DIMENSIONS" : "SIZE1", 1, most, name);
  image.pixels_slow = square ? image.pixels_fast : detail::smv_integer(image, "SIZE2", 1, most, name);
  const std::size_t n = static_cast<std::size_t>(image.pixels_fast) * static_cast<std::size_t>(image.pixels_slow);
  // The C program finds the pixels by counting in pairs of bytes.
  const std::size_t begin = header_bytes / 2 * 2;
  if ((bytes.size() - begin) / 2 < n) {
    fail(name, "is truncated: " + std::to_string(image.pixels_fast) + " x " + std::to_string(image.pixels_slow) +
                   " pixels need " + std::to_string(begin + 2 * n) + " bytes, there are " +
                   std::to_string(bytes.size()));
  }
  image.pixels.resize(n);
  std::memcpy(image.pixels.data(), bytes.data() + begin, 2 * n);
  return image;
}

/// The same from a file. \throws FileError
inline SmvImage read_smv(const std::filesystem::path& file) { return parse_smv(read_file(file), file.string()); }

}  // namespace nbk::io
