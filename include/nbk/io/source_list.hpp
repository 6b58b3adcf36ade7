// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/file.hpp"
#include "nbk/io/number_text.hpp"
#include "nbk/model/beam.hpp"

#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

namespace nbk::io {

/// The rays a file lists, and what a person should know about them.
struct SourceList {
  std::vector<Source> sources;        ///< in the file's order, at least one
  std::vector<std::string> warnings;  ///< "FILE: line N: ...": what a person should know
};

/// What a column that is not there stands for.
struct SourceDefaults {
  Vec3d beam{1, 0, 0};          ///< unit vector along which the photons travel; the source is 10 m before the sample
  double wavelength_m = 1e-10;  ///< of a line without one
};

/// Columns of a line, nothing where the line ends before.
using Columns = std::array<std::optional<double>, 5>;

/// Takes a line apart as the C program does. Columns are separated by any of space, tab and ",;:!", a word that is no
/// number counts as 0. A line that does not end in a bare line feed (the last one, or one with a carriage return) has 0
/// instead of nothing in its missing columns.
/// \param line  with its line feed
inline Columns split_columns(std::string_view line) {
  constexpr std::string_view delimiters = " \t,;:!", number_characters = "0123456789-+.EGeg";
  const auto skip = [&line](std::size_t n) { line.remove_prefix(std::min(n, line.size())); };
  Columns columns;
  skip(line.find_first_not_of(delimiters));
  for (auto& column : columns) {
    column = leading_number(line);
    skip(line.find_first_not_of(number_characters));
    if (line == "\n") break;
    skip(line.find_first_of(delimiters));
    skip(line.find_first_not_of(delimiters));
    if (line == "\n") break;
  }
  return columns;
}

namespace detail {

inline Source make_source(const Columns& columns, const SourceDefaults& defaults) {
  Source source;
  source.position = {columns[0].value_or(-10.0 * defaults.beam.x), columns[1].value_or(-10.0 * defaults.beam.y),
                     columns[2].value_or(-10.0 * defaults.beam.z)};
  source.weight = columns[3].value_or(1.0);
  source.wavelength_m = columns[4].value_or(defaults.wavelength_m);
  return source;
}

/// Columns are numbers; what the C program does not look at any more may be anything.
inline void check_words(std::string_view line, const std::string& where) {
  constexpr std::string_view between = " \t,;:!\r\n";
  std::size_t begin = 0;
  for (int column = 1; column <= 5; ++column) {
    begin = line.find_first_not_of(between, begin);
    if (begin == std::string_view::npos) return;
    const std::string_view word = line.substr(begin, line.find_first_of(between, begin) - begin);
    if (!begins_with_number(word)) {
      throw FileError(where + ": column " + std::to_string(column) + " is " + shown(word) + ", expected a number");
    }
    begin += word.size();
  }
}

inline void check_source(const Source& source, const std::string& where) {
  const Vec3d& p = source.position;
  if (!std::isfinite(p.x) || !std::isfinite(p.y) || !std::isfinite(p.z) || !std::isfinite(source.weight)) {
    throw FileError(where + ": a source's numbers must be finite");
  }
  if (p == Vec3d{0, 0, 0}) throw FileError(where + ": a source cannot be at the sample (X Y Z = 0 0 0)");
  if (!(source.wavelength_m > 0) || !std::isfinite(source.wavelength_m)) {
    throw FileError(where + ": the wavelength (fifth column, metres) must be > 0 and finite");
  }
}

}  // namespace detail

/// Reads rays: X Y Z weight wavelength(metres), one a line. Lines that begin with '#' are skipped with a warning; the C
/// program takes them for sources of zeros.
/// \param name  the file's name for messages
/// \throws FileError  no source at all, one at the sample or without a wavelength, a word where a number should be
inline SourceList parse_source_list(std::string_view text, const SourceDefaults& defaults, const std::string& name) {
  constexpr std::size_t longest_line = 10238;  // what the C program takes as one line
  SourceList list;
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t length = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view line = text.substr(0, length);
    text.remove_prefix(length);
    const std::string where = name + ": line " + std::to_string(++number);
    if (line.find('\0') != std::string_view::npos) throw FileError(where + ": not a text file");
    if (line.size() > longest_line) throw FileError(where + ": longer than " + std::to_string(longest_line));
    const std::size_t first = line.find_first_not_of(" \t,;:!\r\n\v\f");
    if (first == std::string_view::npos) continue;
    if (line[first] == '#') {
      list.warnings.push_back(where + ": a comment, skipped (the C program takes it for a source of zeros)");
      continue;
    }
    detail::check_words(line, where);
    list.sources.push_back(detail::make_source(split_columns(line), defaults));
    detail::check_source(list.sources.back(), where);
    if (list.sources.back().wavelength_m > 1e-6) {
      list.warnings.push_back(where + ": a wavelength of more than 1e-6 m; the fifth column is in metres");
    }
  }
  if (list.sources.empty()) fail(name, "holds no sources; expected lines X Y Z weight wavelength(m)");
  return list;
}

/// The same from a file. \throws FileError
inline SourceList read_source_list(const std::filesystem::path& file, const SourceDefaults& defaults) {
  return parse_source_list(read_file(file, std::uintmax_t{1} << 28), defaults, file.string());
}

}  // namespace nbk::io
