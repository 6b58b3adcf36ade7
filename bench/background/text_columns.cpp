// SPDX-License-Identifier: MIT
#include "bench/background/text_columns.hpp"

#include "nbk/io/text_lines.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace nbk::bench::background {

namespace {

/// The lines of one kind.
struct OddLines {
  std::string first;
  std::size_t others = 0;

  void add(const std::string& text) {
    if (first.empty()) {
      first = text;
    } else {
      ++others;
    }
  }
  void put(std::vector<std::string>& to) const {
    if (first.empty()) return;
    to.push_back(first + (others == 0 ? "" : ", and " + std::to_string(others) + " such lines after it"));
  }
};

}  // namespace

TextColumns read_columns(const std::string& file, std::size_t count) {
  constexpr std::string_view delimiters = " \t,;:!";
  constexpr std::size_t longest_line = 10238;
  const std::string bytes = io::read_file(file, std::uintmax_t{1} << 28);
  const std::string_view text = io::detail::without_byte_order_mark(bytes);
  TextColumns read;
  if (text.size() < bytes.size()) {
    read.odd.push_back(file +
                       ": begins with a byte order mark, which is left out; nonBragg takes the first number as 0");
  }
  OddLines words, uneven;
  std::size_t usual_fields = 0;
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
    const std::string_view line = text.substr(begin, end - begin);
    begin = end;
    ++number;
    if (line.find('\0') != std::string_view::npos) io::fail(file, "is not a text file");
    if (line.size() > longest_line) io::fail(file, "line " + std::to_string(number) + ": is too long");
    const std::size_t first = line.find_first_not_of(delimiters);
    if (first != std::string_view::npos && line.substr(first) == "\n") continue;
    io::Columns columns = io::split_columns(line);
    for (std::size_t i = count; i < columns.size(); ++i) columns[i].reset();
    read.lines.push_back(columns);

    io::TextLines fields(line, " \t,;:!\r\v\f");
    fields.next();
    if (usual_fields == 0) usual_fields = fields.count();
    const std::string place = file + ": line " + std::to_string(number) + ": ";
    if (fields.count() != usual_fields && std::max(fields.count(), usual_fields) > count) {
      uneven.add(place + "has " + std::to_string(fields.count()) + " fields, the first line " +
                 std::to_string(usual_fields) + "; " + std::to_string(count) + " are read");
    }
    for (std::size_t i = 0; i < std::min(count, fields.fields().size()); ++i) {
      const std::string_view field = fields.fields()[i];
      if (io::begins_with_number(field)) continue;
      words.add(place + "column " + std::to_string(i + 1) + " is " + io::shown(field) + ", taken as 0");
      break;
    }
  }
  words.put(read.odd);
  uneven.put(read.odd);
  return read;
}

}  // namespace nbk::bench::background
