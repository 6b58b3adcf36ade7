// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/file.hpp"
#include "nbk/io/number_text.hpp"
#include "nbk/io/text_lines.hpp"

#include <cmath>
#include <string>
#include <vector>

namespace nbk::io {

/// One point of a curve of structure factors against the scattering angle.
struct StolPoint {
  double stol = 0;       ///< sin(theta)/lambda, or another measure of the angle
  double amplitude = 0;  ///< electrons
};

/// Reads a curve of structure factors, "stol F" a line. Lines that begin with '#' are skipped.
/// \param name  the file's name for messages
/// \throws FileError  no point at all, a line with another number of fields, a field that is no finite number
inline std::vector<StolPoint> parse_stol_table(std::string_view text, const std::string& name) {
  if (text.empty()) fail(name, "is empty");
  std::vector<StolPoint> points;
  for (TextLines lines(text); lines.next();) {
    if (lines.fields()[0].starts_with('#')) continue;
    lines.require_count(2, name, "stol F");
    double value[2] = {0, 0};
    for (std::size_t i = 0; i < 2; ++i) {
      const auto number = to_number<double>(lines.fields()[i]);
      if (!number || !std::isfinite(*number)) {
        lines.fail(name, "expected a finite number, found " + shown(lines.fields()[i]));
      }
      value[i] = *number;
    }
    points.push_back({value[0], value[1]});
  }
  if (points.empty()) fail(name, "holds no points; expected lines stol F");
  return points;
}

/// Reads the same from a file. \throws FileError
inline std::vector<StolPoint> read_stol_table(const std::filesystem::path& file) {
  return parse_stol_table(read_file(file, std::uintmax_t{1} << 28), file.string());
}

}  // namespace nbk::io
