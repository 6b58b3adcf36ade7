// SPDX-License-Identifier: MIT
#include "bench/evidence/report_root.hpp"

#include "bench/jobs/driver.hpp"

namespace nbk::bench {

std::filesystem::path default_outdir(const std::string& kind) {
  const auto root = environment_variable("NBK_REPORTS");
  return std::filesystem::path(root.empty() ? "reports" : root) / kind;
}

}  // namespace nbk::bench
