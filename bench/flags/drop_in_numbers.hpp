// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/drop_in_reader.hpp"
#include "nbk/core/error.hpp"
#include "nbk/core/format_number.hpp"
#include "nbk/scene/unlikely_numbers.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Checks of numbers of a command that stands in for a C program.

namespace nbk::bench::flags {

/// Refuses a number, which is shown as printf's "%g" writes it. \throws InvalidInput
inline void require_number(bool allowed, std::string_view flag, double value, std::string_view what) {
  require(allowed, flag, format_g(value), what);
}

/// A number of a line that has a likely range.
struct LineNumber {
  std::string_view flag;             ///< its usual spelling
  std::string_view unit;             ///< of what is typed
  double value;                      ///< in the unit of `likely`
  const scene::LikelyRange& likely;  ///< one of the constants
};

/// Returns a message for each number of no X-ray experiment, which a wrong unit makes.
template <class FlagT>
std::vector<Message> check_units(const DropInReader<FlagT>& reader, std::initializer_list<LineNumber> numbers) {
  std::vector<Message> messages;
  for (const LineNumber& number : numbers) {
    if (!reader.given(number.flag) || number.likely.has(number.value)) continue;
    messages.push_back({Severity::problem, reader.typed(number.flag) + " (" + std::string(number.unit) +
                                               "): " + number.likely.sentence(number.value)});
  }
  return messages;
}

}  // namespace nbk::bench::flags
