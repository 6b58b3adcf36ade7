// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/file.hpp"
#include "nbk/io/number_text.hpp"
#include "nbk/io/reflection_table.hpp"
#include "nbk/io/text_lines.hpp"
#include "nbk/model/structure_factors.hpp"

#include <cmath>
#include <string>
#include <vector>

namespace nbk::io {

/// A list of structure factors.
struct HklText {
  std::vector<Reflection> reflections;  ///< in the file's order
  std::vector<std::string> warnings;    ///< "FILE: line N: ...": what a person should know
};

namespace detail {

/// Returns true when a line of the text begins with four numbers.
inline bool has_reflections(std::string_view text) {
  for (TextLines lines(text); lines.next();) {
    const auto fields = lines.fields();
    if (fields.size() >= 4 &&
        std::ranges::all_of(fields.first(4), [](auto f) { return to_number<double>(f).has_value(); })) {
      return true;
    }
  }
  return false;
}

/// Throws FileError for a list in another format of the field, which it names.
inline void refuse_other_formats(std::string_view text, const std::string& name) {
  const std::string_view begin = text.substr(std::min(text.find_first_not_of(white_space), text.size()), 1 << 12);
  const char* const format = text.starts_with("MTZ ")                ? "an MTZ file"
                             : text.starts_with("!FORMAT=XDS_ASCII") ? "an XDS_ASCII file"
                             : begin.starts_with("data_") || begin.find("\ndata_") != std::string_view::npos ||
                                     begin.find("\n_refln") != std::string_view::npos
                                 ? "a CIF file"
                                 : nullptr;
  if (format == nullptr) return;
  const bool is_merged = !text.starts_with('!');
  fail(name, std::string("is ") + format + ", not a list h k l F; " +
                 (is_merged ? "nbk-render reads it by --hkl and its symmetry makes all reflections"
                            : "merge it first, for example with aimless, and give the MTZ file by --hkl"));
}

inline Reflection reflection_of(const TextLines& lines, const std::string& name) {
  lines.require_count(4, name, "h k l F; no further columns");
  const auto fields = lines.fields();
  int index[3] = {0, 0, 0};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const auto value = to_number<int>(fields[axis]);
    if (!value) lines.fail(name, "a Miller index must be an integer, found " + shown(fields[axis]));
    index[axis] = *value;
  }
  const auto amplitude = to_number<double>(fields[3]);
  if (!amplitude || !std::isfinite(*amplitude)) {
    lines.fail(name, "a structure factor must be a finite number, found " + shown(fields[3]));
  }
  return {index[0], index[1], index[2], *amplitude};
}

}  // namespace detail

/// Reads "h k l F", one reflection a line. The list ends with the text or with the first line that begins with a word
/// that is no number. \param name  the file's name for messages
/// \throws FileError  no reflection at all, a line with another number of fields, an index that is no integer,
/// reflections after a word, a list in another format
inline HklText parse_hkl_text(std::string_view text, const std::string& name) {
  detail::refuse_other_formats(text, name);
  HklText result;
  for (TextLines lines(text); lines.next();) {
    const std::string_view first = lines.fields()[0];
    if (!to_number<double>(first)) {
      if (result.reflections.empty() || detail::has_reflections(lines.rest())) {
        lines.fail(name, "expected numbers (h k l F), found " + shown(first));
      }
      result.warnings.push_back(name + ": line " + std::to_string(lines.number()) + ": reading stops at " +
                                shown(first) + ", which is no number");
      break;
    }
    result.reflections.push_back(detail::reflection_of(lines, name));
  }
  if (result.reflections.empty()) fail(name, "holds no reflections; expected lines h k l F");
  return result;
}

/// Reads the same from a file. \throws FileError
inline HklText read_hkl_text(const std::filesystem::path& file) {
  return parse_hkl_text(read_file(file), file.string());
}

}  // namespace nbk::io
