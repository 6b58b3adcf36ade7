// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/format_number.hpp"
#include "nbk/io/file.hpp"
#include "nbk/io/number_text.hpp"

#include <algorithm>
#include <bit>
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
  std::vector<std::uint16_t> pixels;  ///< [slow][fast]
  std::vector<std::string> warnings;  ///< "FILE: ...": where nanoBragg reads something else

  /// Returns the number after a keyword; nothing when the header does not have it. The keyword's last occurrence
  /// counts, also inside a longer one ("DISTANCE" finds CLOSE_DISTANCE). Source: nanoBragg's ValueOf.
  std::optional<double> value_of(std::string_view keyword) const {
    const std::size_t last = header.rfind(keyword);
    if (last == std::string::npos) return std::nullopt;
    const std::size_t equals = header.find('=', last + keyword.size());
    if (equals == std::string::npos) return 0.0;
    return leading_number(std::string_view(header).substr(equals + 1));
  }

  /// Returns the text of a whole key, without blanks around it; empty when the header does not have it. The last one
  /// counts.
  std::string_view text_of(std::string_view key) const {
    constexpr std::string_view blanks = " \t\r\n";
    std::string_view rest = header, found;
    while (!rest.empty()) {
      const std::string_view entry = rest.substr(0, std::min(rest.find(';'), rest.size()));
      rest.remove_prefix(std::min(entry.size() + 1, rest.size()));
      const std::size_t begin = entry.find_first_not_of("{ \t\r\n"), equals = entry.find('=');
      if (begin == std::string_view::npos || equals == std::string_view::npos || equals < begin) continue;
      std::string_view name = entry.substr(begin, equals - begin), value = entry.substr(equals + 1);
      name = name.substr(0, name.find_last_not_of(blanks) + 1);
      if (name != key) continue;
      value.remove_prefix(std::min(value.find_first_not_of(blanks), value.size()));
      found = value.substr(0, value.find_last_not_of(blanks) + 1);
    }
    return found;
  }
};

/// Choice of what is read of an image.
enum class SmvPart { whole, header };

namespace detail {

inline std::string smv_header_text(std::string_view bytes, std::size_t length) {
  const std::string_view header = bytes.substr(0, length);
  return std::string(header.substr(0, header.find('\0')));
}

inline int smv_integer(const SmvImage& image, std::string_view keyword, int low, int high, const std::string& name) {
  const double value = image.value_of(keyword).value_or(0.0);
  if (!(value >= low && value <= high && value == std::floor(value))) {
    fail(name, "header: " + std::string(keyword) + " = " + format_g(value) + ", must be a whole number from " +
                   std::to_string(low) + " to " + std::to_string(high));
  }
  return static_cast<int>(value);
}

/// Returns true when the bytes of a pixel must be swapped. \throws FileError  an order that is none
inline bool smv_is_swapped(const SmvImage& image, const std::string& name) {
  const std::string_view order = image.text_of("BYTE_ORDER");
  if (order.empty()) return false;
  if (order != "little_endian" && order != "big_endian") {
    fail(name, "header: BYTE_ORDER = " + shown(order) + ", must be little_endian or big_endian");
  }
  return (order == "little_endian") != (std::endian::native == std::endian::little);
}

/// Throws FileError unless pixels are unsigned integers of 16 bits, the only type that is read.
inline void require_smv_type(const SmvImage& image, const std::string& name) {
  for (const std::string_view key : {"TYPE", "Data_type"}) {
    const std::string_view type = image.text_of(key);
    if (type.empty() || type == "unsigned_short" || type == "unsigned short int") continue;
    fail(name, "header: " + std::string(key) + " = " + shown(type) + ", only unsigned_short (16 bits) is read");
  }
  if (const std::string_view dimensions = image.text_of("DIM"); !dimensions.empty() && dimensions != "2") {
    fail(name, "header: DIM = " + shown(dimensions) + ", only images of 2 dimensions are read");
  }
  if (const std::string_view packing = image.text_of("COMPRESSION");
      !packing.empty() && packing != "None" && packing != "none") {
    fail(name, "header: COMPRESSION = " + shown(packing) + ", only images without compression are read");
  }
}

/// Takes width and height from the header: SIZE1 and SIZE2, or one DETECTOR_DIMENSIONS for a square.
inline void read_smv_size(SmvImage& image, const std::string& name) {
  constexpr int most = 1 << 16;
  const bool square = image.value_of("SIZE1").value_or(0.0) == 0.0 && image.value_of("DETECTOR_DIMENSIONS");
  if (!square && !image.value_of("SIZE1")) fail(name, "header: has neither SIZE1 and SIZE2 nor DETECTOR_DIMENSIONS");
  image.pixels_fast = smv_integer(image, square ? "DETECTOR_DIMENSIONS" : "SIZE1", 1, most, name);
  image.pixels_slow = square ? image.pixels_fast : smv_integer(image, "SIZE2", 1, most, name);
}

inline void read_smv_pixels(SmvImage& image, std::string_view bytes, std::size_t header_bytes,
                            const std::string& name) {
  require_smv_type(image, name);
  const std::size_t n = static_cast<std::size_t>(image.pixels_fast) * static_cast<std::size_t>(image.pixels_slow);
  const std::size_t begin = header_bytes / 2 * 2;  // pixels are found by counting in pairs of bytes
  if ((bytes.size() - begin) / 2 < n) {
    fail(name, "is truncated: " + std::to_string(image.pixels_fast) + " x " + std::to_string(image.pixels_slow) +
                   " pixels need " + std::to_string(begin + 2 * n) + " bytes, there are " +
                   std::to_string(bytes.size()));
  }
  image.pixels.resize(n);
  std::memcpy(image.pixels.data(), bytes.data() + begin, 2 * n);
  if (!smv_is_swapped(image, name)) return;
  for (std::uint16_t& pixel : image.pixels) pixel = static_cast<std::uint16_t>((pixel >> 8) | (pixel << 8));
  image.warnings.push_back(name + ": its BYTE_ORDER is honoured; nanoBragg takes its pixels in this machine's order");
}

}  // namespace detail

/// Reads an SMV image from memory. \param name  the file's name for messages \param part  with SmvPart::header the
/// pixels are neither read nor missed
/// \throws FileError  not an SMV image, truncated, of an impossible size, or of another type than 16-bit integers
inline SmvImage parse_smv(std::string_view bytes, const std::string& name, SmvPart part = SmvPart::whole) {
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
  detail::read_smv_size(image, name);
  if (part == SmvPart::whole) detail::read_smv_pixels(image, bytes, header_bytes, name);
  return image;
}

/// Reads the same from a file. \throws FileError
inline SmvImage read_smv(const std::filesystem::path& file, SmvPart part = SmvPart::whole) {
  return parse_smv(read_file(file), file.string(), part);
}

}  // namespace nbk::io
