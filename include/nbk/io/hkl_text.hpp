// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/file.hpp"
#include "nbk/io/number_text.hpp"
#include "nbk/io/reflection_table.hpp"
#include "nbk/model/structure_factors.hpp"

#include <cmath>
#include <string>
#include <vector>

namespace nbk::io {

/// What a list of structure factors holds.
struct HklText {
  std::vector<Reflection> reflections;  ///< in the file's order
  std::vector<std::string> warnings;    ///< "FILE: line N: ...": what a person should know
};

namespace detail {

/// True when a line of the text begins with four numbers.
inline bool has_reflections(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    Words words(text.substr(0, end));
    int numbers = 0;
    while (numbers < 4 && to_number<double>(words.next())) ++numbers;
    if (numbers == 4) return true;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return false;
}

[[noreturn]] inline void fail_at(const std::string& name, const Words& words, const std::string& problem) {
  fail(name, "line " + std::to_string(words.line()) + ": " + problem);
}

}  // namespace detail

/// Reads "h k l F" records, separated by white space of any kind; the text ends with the file or with the first word
/// that is no number, as in the C program.
/// \param name  the file's name for messages
/// \throws FileError  no reflection at all, an incomplete record, an index that is no integer, reflections after a word
inline HklText parse_hkl_text(std::string_view text, const std::string& name) {
  HklText result;
  Words words(text);
  for (std::string_view word = words.next(); !word.empty(); word = words.next()) {
    if (!to_number<double>(word)) {
      if (result.reflections.empty() || detail::has_reflections(text.substr(words.position()))) {
        detail::fail_at(name, words, "expected numbers (h k l F), found " + shown(word));
      }
      result.warnings.push_back(name + ": line " + std::to_string(words.line()) + ": reading stops at " + shown(word) +
                                ", which is no number");
      break;
    }
    int index[3] = {0, 0, 0};
    for (int axis = 0; axis < 3; ++axis) {
      if (axis > 0) word = words.next();
      const auto value = to_number<int>(word);
      if (word.empty()) detail::fail_at(name, words, "incomplete record; every reflection is h k l F");
      if (!value) {
        detail::fail_at(name, words,
                        "a Miller index must be an integer, found " + shown(word) +
                            " (every reflection is h k l F, no further columns)");
      }
      index[axis] = *value;
    }
    word = words.next();
    if (word.empty()) detail::fail_at(name, words, "incomplete record; every reflection is h k l F");
    const auto amplitude = to_number<double>(word);
    if (!amplitude || !std::isfinite(*amplitude)) {
      detail::fail_at(name, words, "a structure factor must be a finite number, found " + shown(word));
    }
    result.reflections.push_back({index[0], index[1], index[2], *amplitude});
  }
  if (result.reflections.empty()) fail(name, "holds no reflections; expected records h k l F");
  return result;
}

/// The same from a file. \throws FileError
inline HklText read_hkl_text(const std::filesystem::path& file) {
  return parse_hkl_text(read_file(file), file.string());
}

}  // namespace nbk::io
