// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>

namespace nbk::bench::evidence {

/// Where runs of a kind go unless told otherwise: $NBK_REPORTS/<kind> (bench/run sets NBK_REPORTS to the project's
/// reports/), else reports/<kind> in the current folder.
std::filesystem::path default_outdir(const std::string& kind);

}  // namespace nbk::bench::evidence
