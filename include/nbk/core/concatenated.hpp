// SPDX-License-Identifier: MIT
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace nbk {

/// Returns parts of a text as one. Not inlined, since a chain of + takes a compiler ten times as long.
[[gnu::cold, gnu::noinline]] inline std::string concatenated(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) text += part;
  return text;
}

}  // namespace nbk
