// SPDX-License-Identifier: MIT
#pragma once

#include <locale>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace nbk {

/// An input that cannot be used. The message names the parameter, its value and what is allowed. A program that got the
/// parameter from its user finds its name here and can say it in the user's words.
class InvalidInput : public std::runtime_error {
 public:
  /// An error that no single parameter explains.
  explicit InvalidInput(const std::string& text) : std::runtime_error(text) {}
  /// An error whose text is "parameter = value: allowed".
  InvalidInput(const std::string& parameter, const std::string& value, const std::string& allowed)
      : std::runtime_error(parameter + " = " + value + ": " + allowed),
        m_parameter(parameter),
        m_value(value),
        m_allowed(allowed) {}

  /// Returns the name of the parameter, for example "detector.distance_m"; empty where there is no single one.
  const std::string& parameter() const noexcept { return m_parameter; }
  /// Returns the value as text.
  const std::string& value() const noexcept { return m_value; }
  /// Returns what is allowed, for example "must be > 0".
  const std::string& allowed() const noexcept { return m_allowed; }

 private:
  std::string m_parameter, m_value, m_allowed;
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
  text.imbue(std::locale::classic());
  text.precision(17);
  text << value;
  throw InvalidInput(std::string(parameter), text.str(), std::string(allowed));
}

/// Rejects `value` unless `good`.
template <class Value>
void require(bool good, std::string_view parameter, const Value& value, std::string_view allowed) {
  if (!good) reject(parameter, value, allowed);
}

}  // namespace nbk
