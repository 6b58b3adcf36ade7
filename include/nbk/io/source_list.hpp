// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/file.hpp"
#include "nbk/io/number_text.hpp"
#include "nbk/io/text_lines.hpp"
#include "nbk/model/beam.hpp"

#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

namespace nbk::io {

/// Rays that a file lists, with remarks for a person.
struct SourceList {
  std::vector<Source> sources;        ///< in the file's order, at least one
  std::vector<std::string> warnings;  ///< "FILE: line N: ...": probably a mistake
  std::vector<std::string> notes;     ///< "FILE: line N: ...": worth knowing
};

/// Values that a missing column stands for.
struct SourceDefaults {
  Vec3d beam{1, 0, 0};          ///< unit vector along which the photons travel; the source is 10 m before the sample
  double wavelength_m = 1e-10;  ///< of a line without one
};

/// Columns of a line, nothing where the line ends before.
using Columns = std::array<std::optional<double>, 5>;

/// Takes a line apart by nanoBragg's rules. Columns are separated by any of space, tab and ",;:!". A word that is no
/// number counts as 0. A line that does not end in a bare line feed has 0 instead of nothing in its missing columns.
/// Source: nanoBragg's read_text_file.
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

/// Throws FileError unless the columns are one to five numbers. A comment may follow five of them.
inline void check_columns(const TextLines& lines, const std::string& name) {
  constexpr std::size_t most = 5;
  for (std::size_t i = 0; i < lines.fields().size(); ++i) {
    const std::string_view field = lines.fields()[i];
    if (i == most && field.starts_with('#')) return;
    if (i == most) lines.require_count(most, name, "at most: X Y Z weight wavelength");
    if (!begins_with_number(field)) {
      lines.fail(name, "column " + std::to_string(i + 1) + " is " + shown(field) + ", expected a number");
    }
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

/// Reads rays: X Y Z weight wavelength(metres), one a line. Lines that begin with '#' are skipped with a warning.
/// \param name  the file's name for messages
/// \throws FileError  no source at all, one at the sample or without a wavelength, a word where a number should be,
/// more than five columns
inline SourceList parse_source_list(std::string_view text, const SourceDefaults& defaults, const std::string& name) {
  constexpr std::size_t longest_line = 10238;
  SourceList list;
  for (TextLines lines(text, " \t,;:!\r\v\f"); lines.next();) {
    const std::string where = name + ": line " + std::to_string(lines.number());
    if (lines.line().find('\0') != std::string_view::npos) throw FileError(where + ": not a text file");
    if (lines.line().size() > longest_line) throw FileError(where + ": longer than " + std::to_string(longest_line));
    if (lines.fields()[0].starts_with('#')) {
      list.notes.push_back(where + ": a comment, skipped (nanoBragg takes it for a source of zeros)");
      continue;
    }
    detail::check_columns(lines, name);
    if (lines.count() < 3) {
      list.warnings.push_back(where +
                              ": has no whole position (X Y Z); what is missing is that of a source 10 m "
                              "before the sample");
    }
    list.sources.push_back(detail::make_source(split_columns(lines.line()), defaults));
    detail::check_source(list.sources.back(), where);
    if (list.sources.back().wavelength_m > 1e-6) {
      list.warnings.push_back(where + ": a wavelength of more than 1e-6 m; the fifth column is in metres");
    }
  }
  if (list.sources.empty()) fail(name, "holds no sources; expected lines X Y Z weight wavelength(m)");
  return list;
}

/// Reads the same from a file. \throws FileError
inline SourceList read_source_list(const std::filesystem::path& file, const SourceDefaults& defaults) {
  return parse_source_list(read_file(file, std::uintmax_t{1} << 28), defaults, file.string());
}

}  // namespace nbk::io
