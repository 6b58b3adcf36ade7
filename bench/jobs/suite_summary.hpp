// SPDX-License-Identifier: MIT
#pragma once

#include "bench/evidence/environment.hpp"

#include <string>

namespace nbk::bench::jobs {

/// What a person reads about a run of the suite, as Markdown.
/// \param results     suite_results.json
/// \param environment env.json
std::string summarise_suite(const Json& results, const Json& environment);

}  // namespace nbk::bench::jobs
