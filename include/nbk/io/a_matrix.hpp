// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/mat3.hpp"
#include "nbk/io/file.hpp"
#include "nbk/io/number_text.hpp"
#include "nbk/io/text_lines.hpp"

#include <array>
#include <cmath>

namespace nbk::io {

/// Reads a MOSFLM orientation matrix: nine numbers, whose columns are a*, b*, c* times the wavelength. They stand in
/// three lines of three, or in one line. What follows them (MOSFLM stores more) is not looked at.
/// \param name  the file's name for messages
/// \throws FileError  fewer than nine numbers, a line with another number of them, one that is not finite
inline Mat3d parse_a_matrix(std::string_view text, const std::string& name) {
  std::array<double, 9> element{};
  std::size_t found = 0;
  for (TextLines lines(text); found < element.size() && lines.next();) {
    const bool in_one_line = found == 0 && lines.count() == element.size();
    if (!in_one_line) lines.require_count(3, name, "a row of the orientation matrix");
    for (const std::string_view field : lines.fields()) {
      const auto value = to_number<double>(field);
      if (!value || !std::isfinite(*value)) {
        lines.fail(name, "an orientation matrix is nine finite numbers, found " + shown(field));
      }
      element[found++] = *value;
    }
  }
  if (found < element.size()) {
    fail(name, "an orientation matrix is nine finite numbers, but there are only " + std::to_string(found));
  }
  return {
      {element[0], element[1], element[2]}, {element[3], element[4], element[5]}, {element[6], element[7], element[8]}};
}

/// Reads the same from a file. \throws FileError
inline Mat3d read_a_matrix(const std::filesystem::path& file) {
  return parse_a_matrix(read_file(file, 1 << 20), file.string());
}

}  // namespace nbk::io
