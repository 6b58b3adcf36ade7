// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace nbk {

/// The path of a parameter, for example "beam.sources[3].weight", which is put together only for a message. It refers
/// to its parts, so it is for arguments of functions alone: parts must outlive it.
class ParameterName {
 public:
  /// A whole path, or its beginning.
  constexpr ParameterName(const char* text) : m_text(text) {}  // NOLINT(google-explicit-constructor): texts are names
  /// A whole path, or its beginning.
  constexpr ParameterName(std::string_view text) : m_text(text) {}  // NOLINT(google-explicit-constructor)
  /// A whole path, or its beginning.
  ParameterName(const std::string& text) : m_text(text) {}  // NOLINT(google-explicit-constructor)

  /// A path with what follows it, for example ".weight".
  friend constexpr ParameterName operator+(const ParameterName& path, std::string_view more) {
    return {&path, more, none};
  }
  /// An item of a list.
  constexpr ParameterName operator[](std::size_t item) const { return {this, {}, item}; }

  /// Returns the path.
  std::string text() const {
    std::string path = m_before == nullptr ? std::string() : m_before->text();
    path += m_text;
    if (m_item == none) return path;
    path += '[';
    path += std::to_string(m_item);
    path += ']';
    return path;
  }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  constexpr ParameterName(const ParameterName* before, std::string_view text, std::size_t item)
      : m_before(before), m_text(text), m_item(item) {}

  const ParameterName* m_before = nullptr;
  std::string_view m_text;
  std::size_t m_item = none;
};

}  // namespace nbk
