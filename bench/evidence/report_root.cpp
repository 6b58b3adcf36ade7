// SPDX-License-Identifier: MIT
#include "bench/evidence/report_root.hpp"

#include "bench/system/environment_variable.hpp"

namespace nbk::bench::evidence {

std::filesystem::path default_outdir(const std::string& kind) {
  const auto root = system::environment_variable("NBK_REPORTS");
  return std::filesystem::path(root.empty() ? "reports" : root) / kind;
}

}  // namespace nbk::bench::evidence
