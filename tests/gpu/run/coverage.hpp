// SPDX-License-Identifier: MIT
#pragma once

#include "report.hpp"

#include <string>

namespace nbk::gpu_run {

/// Prints what has been executed of each kernel: blocks that no lane has entered, too. Fails for a kernel that was
/// never started, or of which too little has been executed (least_coverage).
void check_coverage(Report& report);

/// Returns the share of its instructions that must have been executed of a kernel.
double least_coverage(const std::string& driver);

}  // namespace nbk::gpu_run
