// SPDX-License-Identifier: MIT
#pragma once

#include "src/environment.hpp"

#include <string>

namespace nbk::bench {

/// What a person reads about a run, as Markdown: verdict, reasons, a table, where it ran.
/// \param results     benchmark_results.json
/// \param environment env.json
std::string summarise(const Json& results, const Json& environment);

}  // namespace nbk::bench
