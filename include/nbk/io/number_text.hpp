// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

/// \file
/// Numbers in text files, independent of the locale.

namespace nbk::io {

inline constexpr std::string_view white_space = " \t\n\v\f\r";

namespace detail {

/// from_chars refuses the plus sign that scanf takes.
inline std::string_view without_plus(std::string_view word) {
  if (word.size() > 1 && word[0] == '+' && word[1] != '-' && word[1] != '+') word.remove_prefix(1);
  return word;
}

}  // namespace detail

/// Returns the number that a whole word stands for; nothing when it is something else.
template <class Number>
std::optional<Number> to_number(std::string_view word) {
  word = detail::without_plus(word);
  Number value{};
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size() || word.empty()) return std::nullopt;
  return value;
}

/// Returns the number at the beginning of a text after white space, 0 where there is none, like atof.
inline double leading_number(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(white_space), text.size()));
  text = detail::without_plus(text);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range) return text.front() == '-' ? -HUGE_VAL : HUGE_VAL;
  return error == std::errc() ? value : 0.0;
}

/// Returns true when a text begins with a number.
inline bool begins_with_number(std::string_view word) {
  double value = 0;
  word = detail::without_plus(word);
  return std::from_chars(word.data(), word.data() + word.size(), value).ec != std::errc::invalid_argument;
}

/// Takes a text apart at white space.
class Words {
 public:
  explicit Words(std::string_view text) : m_text(text) {}

  /// Returns the next word, empty at the end.
  std::string_view next() {
    const std::size_t begin = m_text.find_first_not_of(white_space, m_end);
    if (begin == std::string_view::npos) return {};
    m_begin = begin;
    m_end = std::min(m_text.find_first_of(white_space, m_begin), m_text.size());
    return m_text.substr(m_begin, m_end - m_begin);
  }

  /// Returns the place of the last word.
  std::size_t position() const { return m_begin; }

  /// Returns the line of the last word, from 1.
  std::size_t line() const {
    const auto begin = m_text.begin();
    return 1 + static_cast<std::size_t>(std::count(begin, begin + static_cast<std::ptrdiff_t>(m_begin), '\n'));
  }

 private:
  std::string_view m_text;
  std::size_t m_begin = 0, m_end = 0;
};

/// Returns a piece of a file as it can be shown in a message.
inline std::string shown(std::string_view text) {
  std::string result;
  for (char c : text.substr(0, 40)) result += (c >= ' ' && c < 127) ? c : '?';
  return "\"" + result + (text.size() > 40 ? "...\"" : "\"");
}

}  // namespace nbk::io
