// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/parameter_name.hpp"

#include <locale>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

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

namespace detail {

/// Throws InvalidInput. Not inlined, like the other functions here: they are called from everywhere.
[[noreturn, gnu::cold, gnu::noinline]] inline void reject_text(const ParameterName& parameter, std::string_view value,
                                                               std::string_view allowed) {
  throw InvalidInput(parameter.text(), std::string(value), std::string(allowed));
}

/// The same for what a stream writes.
template <class Value>
[[noreturn, gnu::cold, gnu::noinline]] void reject_streamed(const ParameterName& parameter, const Value& value,
                                                            std::string_view allowed) {
  std::ostringstream text;
  text.imbue(std::locale::classic());
  text.precision(17);
  text << value;
  reject_text(parameter, text.str(), allowed);
}

}  // namespace detail

/// Throws InvalidInput "PARAMETER = VALUE: ALLOWED", for example "wavelength_m = -1: must be > 0".
template <class Value>
[[noreturn, gnu::cold]] void reject(const ParameterName& parameter, const Value& value, std::string_view allowed) {
  // A few types stand for all, so that little is compiled for a message.
  constexpr bool is_integer = std::is_same_v<Value, bool> || std::is_same_v<Value, int> ||
                              std::is_same_v<Value, unsigned> || std::is_same_v<Value, long> ||
                              std::is_same_v<Value, unsigned long>;
  if constexpr (std::is_convertible_v<const Value&, std::string_view>) {
    detail::reject_text(parameter, value, allowed);
  } else if constexpr (is_integer) {
    detail::reject_text(parameter, std::to_string(value), allowed);
  } else if constexpr (std::is_same_v<Value, float>) {
    detail::reject_streamed(parameter, static_cast<double>(value), allowed);
  } else {
    detail::reject_streamed(parameter, value, allowed);
  }
}

/// Rejects `value` unless `good`.
template <class Value>
void require(bool good, const ParameterName& parameter, const Value& value, std::string_view allowed) {
  if (!good) reject(parameter, value, allowed);
}

}  // namespace nbk
