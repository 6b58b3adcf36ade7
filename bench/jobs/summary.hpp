// SPDX-License-Identifier: MIT
#pragma once

#include "bench/jobs/results_json.hpp"

#include <string>

namespace nbk::bench::jobs {

/// Returns the page of a run for people, as Markdown: verdict, reasons, a table of the records, the machine.
std::string summary_text(const Results& results, const RunState& state, const evidence::Environment& environment);

}  // namespace nbk::bench::jobs
