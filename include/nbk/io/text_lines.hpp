// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/file.hpp"
#include "nbk/io/number_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

/// \file
/// Text in columns, line by line. Readers of columns go by lines, so that a further or a missing column is an error of
/// its own line and never shifts what follows.

namespace nbk::io {

namespace detail {

/// Returns a text without the mark that editors of Windows put before UTF-8.
inline std::string_view without_byte_order_mark(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  return text;
}

/// Returns true for a text in UTF-16, which is not read.
inline bool is_utf16(std::string_view text) { return text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff"); }

inline constexpr const char* utf16_problem = "is text in UTF-16; save it as UTF-8";

/// Throws FileError for a text in UTF-16. \param name  of the text
inline void require_no_utf16(std::string_view text, const std::string& name) {
  if (is_utf16(text)) fail(name, utf16_problem);
}

/// Returns a text as readers want it: without its byte order mark. \param name  of the text
/// \throws FileError  a text in UTF-16
inline std::string_view utf8_text(std::string_view text, const std::string& name) {
  require_no_utf16(text, name);
  return without_byte_order_mark(text);
}

}  // namespace detail

/// Goes through the lines of a text that are not blank and takes each apart.
class TextLines {
 public:
  static constexpr std::size_t most_fields = 16;  ///< that are kept; all are counted

  /// \param separators  what stands between two fields, besides the ends of lines
  explicit TextLines(std::string_view text, std::string_view separators = " \t\v\f\r")
      : m_rest(detail::without_byte_order_mark(text)), m_separators(separators), m_is_utf16(detail::is_utf16(text)) {}

  /// Goes to the next line that has a field. \return false at the end of the text
  bool next() {
    while (!m_rest.empty()) {
      const std::size_t length = std::min(m_rest.find('\n'), m_rest.size() - 1) + 1;
      m_line = m_rest.substr(0, length);
      m_rest.remove_prefix(length);
      ++m_number;
      split();
      if (m_count > 0) return true;
    }
    return false;
  }

  /// The number of the present line, from 1.
  std::size_t number() const { return m_number; }
  /// The present line, with its line feed.
  std::string_view line() const { return m_line; }
  /// The text after the present line.
  std::string_view rest() const { return m_rest; }
  /// The number of fields of the present line.
  std::size_t count() const { return m_count; }
  /// The first fields of the present line.
  std::span<const std::string_view> fields() const { return std::span(m_fields).first(std::min(m_count, most_fields)); }

  /// Throws FileError "NAME: line N: PROBLEM". \param name  the file's name
  [[noreturn]] void fail(const std::string& name, const std::string& problem) const {
    if (m_is_utf16) io::fail(name, detail::utf16_problem);
    io::fail(name, "line " + std::to_string(m_number) + ": " + problem);
  }

  /// Throws FileError unless the present line has as many fields as are expected.
  /// \param expected  for the message, for example "h k l F"
  void require_count(std::size_t n, const std::string& name, const std::string& expected) const {
    if (m_count == n) return;
    fail(name, "has " + std::to_string(m_count) + (m_count == 1 ? " field, " : " fields, ") +
                   shown(m_line.substr(0, m_line.find_last_not_of(white_space) + 1)) + "; expected " +
                   std::to_string(n) + " (" + expected + ")");
  }

 private:
  void split() {
    m_count = 0;
    std::string_view line = m_line;
    if (line.ends_with('\n')) line.remove_suffix(1);
    for (std::size_t end = 0;;) {
      const std::size_t begin = line.find_first_not_of(m_separators, end);
      if (begin == std::string_view::npos) return;
      end = std::min(line.find_first_of(m_separators, begin), line.size());
      if (m_count < most_fields) m_fields[m_count] = line.substr(begin, end - begin);
      ++m_count;
    }
  }

  std::string_view m_rest, m_separators, m_line;
  std::array<std::string_view, most_fields> m_fields{};
  std::size_t m_number = 0, m_count = 0;
  bool m_is_utf16;
};

}  // namespace nbk::io
