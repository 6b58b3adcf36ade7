// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/file.hpp"
#include "nbk/io/number_text.hpp"
#include "nbk/io/text_lines.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace nbk::io {

/// Reads a point spread of one's own from text: rows of numbers, as many rows as there are numbers in a row, an odd
/// number. What follows a `#` in a line is left out. \param name  the file's name for messages
/// \return the numbers, [slow][fast] \throws FileError  another text
inline std::vector<double> parse_spread_kernel(std::string_view text, const std::string& name) {
  text = detail::utf8_text(text, name);
  std::vector<double> kernel;
  std::size_t side = 0, rows = 0, line_number = 0;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    ++line_number;
    const auto place = [&] { return "line " + std::to_string(line_number) + ": "; };
    Words words(line.substr(0, line.find('#')));
    std::size_t count = 0;
    for (std::string_view word = words.next(); !word.empty(); word = words.next(), ++count) {
      const auto number = to_number<double>(word);
      if (!number || !std::isfinite(*number) || *number < 0) {
        fail(name, place() + shown(word) + " is no number >= 0");
      }
      kernel.push_back(*number);
    }
    if (count == 0) continue;
    ++rows;
    if (rows == 1) side = count;
    if (count != side) {
      fail(name, place() + "has " + std::to_string(count) + " numbers, the first row " + std::to_string(side));
    }
  }
  if (rows != side || side % 2 == 0) {
    fail(name, "has " + std::to_string(rows) + " rows of " + std::to_string(side) +
                   " numbers; a point spread is a square with an odd side");
  }
  return kernel;
}

/// Reads the same from a file. \throws FileError
inline std::vector<double> read_spread_kernel(const std::filesystem::path& file) {
  return parse_spread_kernel(read_file(file), file.string());
}

}  // namespace nbk::io
