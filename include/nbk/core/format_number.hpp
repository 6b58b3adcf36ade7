// SPDX-License-Identifier: MIT
#pragma once

#include <charconv>
#include <string>

namespace nbk {

/// Returns a number as printf's "%g" writes it in the C locale, whatever the locale is.
inline std::string format_g(double value) {
  char text[32];
  const auto [end, error] = std::to_chars(text, text + sizeof text, value, std::chars_format::general, 6);
  return error == std::errc() ? std::string(text, end) : std::string("nan");
}

}  // namespace nbk
