// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/file.hpp"
#include "nbk/io/merged_reflections.hpp"
#include "nbk/io/number_text.hpp"
#include "nbk/io/shelx_instructions.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// SHELX's lists of reflections. A line has columns of fixed widths, h k l in 3 x 4 characters, F^2 (HKLF 4) or F
/// (HKLF 3) and its standard deviation in 2 x 8, perhaps a batch in 4. h = k = l = 0 ends the list.

namespace nbk::io {

namespace detail {

/// One line of a list.
struct ShelxRow {
  Miller index{};
  double value = 0;
};

/// Returns the number in columns of fixed width, nothing where they hold something else.
template <class Number>
std::optional<Number> fixed_number(std::string_view line, std::size_t begin, std::size_t width) {
  if (line.size() <= begin) return std::nullopt;
  std::string_view field = line.substr(begin, width);
  const std::size_t first = field.find_first_not_of(white_space);
  if (first == std::string_view::npos) return std::nullopt;
  field = field.substr(first, field.find_last_not_of(white_space) + 1 - first);
  return to_number<Number>(field);
}

/// Takes a line apart. Files of other programs have wider columns parted by blanks, which five fields show.
inline std::optional<ShelxRow> shelx_row(std::string_view line) {
  const auto h = fixed_number<int>(line, 0, 4), k = fixed_number<int>(line, 4, 4), l = fixed_number<int>(line, 8, 4);
  const auto value = fixed_number<double>(line, 12, 8), deviation = fixed_number<double>(line, 20, 8);
  if (h && k && l && value && deviation && std::isfinite(*value)) return ShelxRow{{*h, *k, *l}, *value};
  return std::nullopt;
}

}  // namespace detail

/// Returns true if the first line of a text is one of a SHELX list, and not one of "h k l F".
inline bool is_shelx_hkl(std::string_view text) {
  TextLines lines(text);
  return lines.next() && detail::shelx_row(lines.line()).has_value();
}

/// Reads a list in memory. Equivalent observations stay as they are; expand_to_p1() averages the amplitudes of what is
/// left after those of one index were averaged here, as F^2.
/// \param format  of HKLF, 3 or 4
/// \param name  the file's name for messages
/// \throws FileError  a line before the end of the list that is none, no reflections
inline MergedReflections parse_shelx_hkl(std::string_view text, int format, const std::string& name) {
  struct Mean {
    double sum = 0;
    std::size_t count = 0;
  };
  std::map<Miller, Mean> means;
  std::size_t rows = 0;
  for (TextLines lines(text); lines.next();) {
    const auto row = detail::shelx_row(lines.line());
    if (!row) {
      if (rows > 0 && !begins_with_number(lines.fields()[0])) break;  // instructions may follow the list
      lines.fail(name, shown(lines.line().substr(0, lines.line().find_last_not_of(white_space) + 1)) +
                           " is no line of a SHELX list; expected h k l in 3 columns of 4 characters, then F^2 and its "
                           "standard deviation in 2 of 8");
    }
    if (row->index == Miller{}) break;
    Mean& mean = means[row->index];
    mean.sum += row->value;
    ++mean.count;
    ++rows;
  }
  if (rows == 0) fail(name, "holds no reflections");

  MergedReflections list;
  std::size_t negative = 0;
  for (const auto& [index, mean] : means) {
    const double value = mean.sum / static_cast<double>(mean.count);
    if (value < 0) ++negative;
    const double positive = std::max(value, 0.0);
    list.reflections.push_back({index[0], index[1], index[2], format == 3 ? positive : std::sqrt(positive)});
  }
  list.columns = format == 3 ? "F" : "F^2";
  list.notes.push_back("SHELX list (HKLF " + std::to_string(format) + "), " + std::to_string(rows) +
                       " observations of " + std::to_string(means.size()) + " indices");
  if (negative > 0) list.notes.push_back(std::to_string(negative) + " negative values are taken as 0");
  return list;
}

/// Takes over cell and symmetry of an instruction file.
inline void take_symmetry(const ShelxInstructions& instructions, MergedReflections& list) {
  list.cell = instructions.cell;
  list.operations = instructions.operations;
  list.space_group = "of " + std::to_string(instructions.operations.size()) + " operations";
}

}  // namespace nbk::io
