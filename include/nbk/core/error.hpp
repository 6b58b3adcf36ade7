// SPDX-License-Identifier: MIT
#pragma once

#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace nbk {

/// An input that cannot be used. The message names the parameter, its value and what is allowed.
class InvalidInput : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A file that cannot be read, written or understood. The message begins with its path.
class FileError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Throws InvalidInput "PARAMETER = VALUE: ALLOWED", for example "wavelength_m = -1: must be > 0".
template <class Value>
[[noreturn]] void reject(std::string_view parameter, const Value& value, std::string_view allowed) {
  std::ostringstream text;
  text.precision(17);
  text << parameter << " = " << value << ": " << allowed;
  throw InvalidInput(text.str());
}

/// Rejects `value` unless `good`.
template <class Value>
void require(bool good, std::string_view parameter, const Value& value, std::string_view allowed) {
  if (!good) reject(parameter, value, allowed);
}

}  // namespace nbk
