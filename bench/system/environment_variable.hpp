// SPDX-License-Identifier: MIT
#pragma once

#include <cstdlib>
#include <string>

namespace nbk::bench::system {

/// The value of an environment variable; "" where it is not set.
inline std::string environment_variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

}  // namespace nbk::bench::system
