// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/format_number.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace nbk::io {

/// Collector of the "KEY=value;" lines of an SMV header.
class SmvHeader {
 public:
  /// Adds one line.
  void add(std::string_view key, std::string_view value) {
    m_text += std::string(key) + "=" + std::string(value) + ";\n";
  }
  /// Adds one line with a number as printf's %g writes it.
  void add(std::string_view key, double value) { add(key, format_g(value)); }
  /// Adds a text as it is.
  void add_raw(std::string_view text) { m_text += text; }

  /// Returns the header of a file: closed, and filled with spaces to a multiple of 512 bytes.
  std::string finish() const {
    constexpr std::size_t block = 512;
    std::size_t bytes = block;
    std::string text;
    do {
      text = "{\nHEADER_BYTES=" + std::to_string(bytes) + ";\n" + m_text + "}\f";
      if (text.size() <= bytes) break;
      bytes += block;
    } while (true);
    text.resize(bytes, ' ');
    return text;
  }

 private:
  std::string m_text;
};

}  // namespace nbk::io
