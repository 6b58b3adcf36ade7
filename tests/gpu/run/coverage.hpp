// SPDX-License-Identifier: MIT
#pragma once

#include "report.hpp"

#include <string>

namespace nbk::gpu_run {

/// Prints what has been executed of each kernel: blocks that no lane has entered, too. Fails for a kernel that was
/// never started, or of which too little has been executed (least_coverage).
/// \param share_of_least  of least_coverage, which is enough
void check_coverage(Report& report, double share_of_least = 1);

/// Returns the share of its instructions that must have been executed of a kernel.
double least_coverage(const std::string& driver);

}  // namespace nbk::gpu_run
