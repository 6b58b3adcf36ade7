// SPDX-License-Identifier: MIT
#pragma once

#include "bench/evidence/environment.hpp"

#include <string>

namespace nbk::bench::jobs {

/// What a person reads about a run, as Markdown: verdict, reasons, a table, where it ran.
/// \param results     benchmark_results.json
/// \param environment env.json
std::string summarise(const Json& results, const Json& environment);

/// The lines all summaries begin with: verdict, when, how long, why not passed.
std::string headline(const Json& results);

/// "float32", or "float32 as mixed" where a better precision was used than asked for.
std::string dtype_text(const Json& record);

/// Machine, compiler, Kokkos, commit; one list entry each.
std::string machine_lines(const Json& environment);

}  // namespace nbk::bench::jobs
