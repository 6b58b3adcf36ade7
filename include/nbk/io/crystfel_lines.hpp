// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/file.hpp"
#include "nbk/io/number_text.hpp"
#include "nbk/io/text_lines.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace nbk::io {

/// Goes through the lines "key = value" of a file of CrystFEL. What follows a semicolon is a comment.
class CrystfelLines {
 public:
  /// \param name  the file's name for messages; must outlive the lines
  /// \throws FileError  a text in UTF-16
  CrystfelLines(std::string_view text, const std::string& name) : m_rest(detail::utf8_text(text, name)), m_name(name) {}

  /// Goes to the next line with a key.
  /// \return false at the end of the text
  /// \throws FileError  a line that is neither empty nor "key = value"
  bool next() {
    while (!m_rest.empty()) {
      const std::size_t length = std::min(m_rest.find('\n'), m_rest.size() - 1) + 1;
      std::string_view line = m_rest.substr(0, length);
      m_rest.remove_prefix(length);
      ++m_number;
      line = trimmed(line.substr(0, line.find(';')));
      if (line.empty()) continue;
      const std::size_t equals = line.find('=');
      if (equals == std::string_view::npos) fail("must be \"key = value\", found " + shown(line));
      m_key = trimmed(line.substr(0, equals));
      m_value = trimmed(line.substr(equals + 1));
      if (m_key.empty()) fail("has no key, found " + shown(line));
      if (m_value.empty()) fail(std::string(m_key) + " has no value");
      return true;
    }
    return false;
  }

  std::string_view key() const { return m_key; }
  std::string_view value() const { return m_value; }
  std::size_t number() const { return m_number; }

  /// Returns "NAME: line N: TEXT".
  std::string message(const std::string& text) const {
    return m_name + ": line " + std::to_string(m_number) + ": " + text;
  }
  /// Throws FileError "NAME: line N: PROBLEM".
  [[noreturn]] void fail(const std::string& problem) const { throw FileError(message(problem)); }
  /// Throws FileError "NAME: line N: KEY: RULE, found VALUE".
  [[noreturn]] void fail_value(const std::string& rule) const {
    fail(std::string(m_key) + ": " + rule + ", found " + shown(m_value));
  }

  /// Returns the value as a finite number. \throws FileError
  double finite() const {
    const auto value = to_number<double>(m_value);
    if (!value || !std::isfinite(*value)) fail_value("must be a finite number");
    return *value;
  }
  /// Returns the value as a finite number > 0. \throws FileError
  double positive() const {
    const double value = finite();
    if (!(value > 0)) fail_value("must be > 0");
    return value;
  }
  /// Returns the value as a whole number, which may be written as 64.0. \throws FileError
  int whole() const {
    const double value = finite();
    if (value != std::floor(value) || std::fabs(value) > 1e9) fail_value("must be a whole number");
    return static_cast<int>(value);
  }

  /// Number with a unit; the unit is empty if there is none.
  struct Quantity {
    double value = 0;
    std::string_view unit{};
  };
  /// Returns the value as a number with a unit; nothing if it does not begin with a number.
  std::optional<Quantity> quantity() const {
    Words words(m_value);
    const auto value = to_number<double>(words.next());
    if (!value || !std::isfinite(*value)) return std::nullopt;
    const Quantity quantity{*value, words.next()};
    if (!words.next().empty()) fail_value("must be a number and its unit");
    return quantity;
  }

 private:
  static std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(white_space);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(white_space) - begin + 1);
  }

  std::string_view m_rest;
  const std::string& m_name;
  std::string_view m_key, m_value;
  std::size_t m_number = 0;
};

}  // namespace nbk::io
