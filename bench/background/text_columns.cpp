// SPDX-License-Identifier: MIT
#include "bench/background/text_columns.hpp"

#include <string_view>

namespace nbk::bench::background {

TextColumns read_columns(const std::string& file, std::size_t count) {
  constexpr std::string_view delimiters = " \t,;:!";
  constexpr std::size_t longest_line = 10238;
  const std::string text = io::read_file(file, std::uintmax_t{1} << 28);
  TextColumns lines;
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
    const std::string_view line = std::string_view(text).substr(begin, end - begin);
    begin = end;
    ++number;
    if (line.find('\0') != std::string_view::npos) io::fail(file, "is not a text file");
    if (line.size() > longest_line) io::fail(file, "line " + std::to_string(number) + ": is too long");
    const std::size_t first = line.find_first_not_of(delimiters);
    if (first != std::string_view::npos && line.substr(first) == "\n") continue;
    io::Columns columns = io::split_columns(line);
    for (std::size_t i = count; i < columns.size(); ++i) columns[i].reset();
    lines.push_back(columns);
  }
  return lines;
}

}  // namespace nbk::bench::background
