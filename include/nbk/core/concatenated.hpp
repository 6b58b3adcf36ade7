// SPDX-License-Identifier: MIT
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace nbk {

/// Returns parts of a text as one. A chain of + would be much more code.
[[gnu::cold, gnu::noinline]] inline std::string concatenated(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) text += part;
  return text;
}

}  // namespace nbk
