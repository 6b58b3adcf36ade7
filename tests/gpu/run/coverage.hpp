// SPDX-License-Identifier: MIT
#pragma once

#include "report.hpp"

#include <string>

namespace nbk::gpu_run {

/// Prints what has been executed of each kernel: blocks that no lane has entered, too. Fails for a kernel that was
/// never started, or of which less than `least` of the instructions have been executed.
void check_coverage(Report& report, double least);



}  // namespace nbk::gpu_run
