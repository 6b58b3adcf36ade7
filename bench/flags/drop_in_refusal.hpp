// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/command.hpp"
#include "nbk/core/error.hpp"

#include <span>
#include <string>
#include <string_view>

/// \file
/// Refusals of a command that stands in for a C program, in the words of its line.

namespace nbk::bench::flags {

/// A parameter of refusals, and the flags that it comes from.
struct ParameterFlags {
  std::string_view parameter;  ///< its beginning; the first row that fits counts
  std::string_view flags;      ///< usual spellings, with blanks between them
};

/// Returns the text of a refusal, with the flags in front that it comes from, as they were typed. A parameter that is
/// the flag itself stays alone.
/// \param typed  the flags of the line \param table  of parameters that are not the name of the flag alone
std::string typed_refusal(const InvalidInput& error, std::span<const TypedFlag> typed,
                          std::span<const ParameterFlags> table);

/// Returns work(), and throws its refusals with the flags that they come from. \throws InvalidInput
template <class Work>
auto in_typed_words(std::span<const TypedFlag> typed, std::span<const ParameterFlags> table, const Work& work) {
  try {
    return work();
  } catch (const InvalidInput& error) {
    throw InvalidInput(typed_refusal(error, typed, table));
  }
}

}  // namespace nbk::bench::flags
