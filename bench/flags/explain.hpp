// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/command.hpp"
#include "nbk/core/error.hpp"

#include <span>
#include <string>
#include <string_view>

namespace nbk::bench::flags {

/// Says a refusal of the library in the words of the command line: the flag as it was typed, its unit, and what is
/// allowed. A parameter that no flag has set keeps its own name; the flags that can set it are named beside it.
/// \param typed  the flags of the line
std::string explain(const InvalidInput& error, std::span<const TypedFlag> typed);

/// Returns the flags that have set a parameter of the library, as they were typed, with their units: "-pixel 172 (mm)".
/// Empty where none has.
/// \param typed  the flags of the line
std::string typed_for(std::string_view parameter, std::span<const TypedFlag> typed);

}  // namespace nbk::bench::flags
