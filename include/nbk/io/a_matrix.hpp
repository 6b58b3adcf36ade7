// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/mat3.hpp"
#include "nbk/io/file.hpp"
#include "nbk/io/number_text.hpp"

#include <array>
#include <cmath>

namespace nbk::io {

/// Reads a MOSFLM orientation matrix: nine numbers, whose columns are a*, b*, c* times the wavelength. What follows
/// them (MOSFLM stores more) is not looked at. \param name  the file's name for messages \throws FileError  fewer than
/// nine numbers, or one that is not finite
inline Mat3d parse_a_matrix(std::string_view text, const std::string& name) {
  std::array<double, 9> element{};
  Words words(text);
  for (std::size_t i = 0; i < element.size(); ++i) {
    const std::string_view word = words.next();
    const auto value = to_number<double>(word);
    if (!value || !std::isfinite(*value)) {
      fail(name, "an orientation matrix is nine finite numbers, but " +
                     (word.empty() ? "there are only " + std::to_string(i)
                                   : "line " + std::to_string(words.line()) + " has " + shown(word)));
    }
    element[i] = *value;
  }
  return {
      {element[0], element[1], element[2]}, {element[3], element[4], element[5]}, {element[6], element[7], element[8]}};
}

/// The same from a file. \throws FileError
inline Mat3d read_a_matrix(const std::filesystem::path& file) {
  return parse_a_matrix(read_file(file, 1 << 20), file.string());
}

}  // namespace nbk::io
