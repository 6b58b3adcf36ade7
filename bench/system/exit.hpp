// SPDX-License-Identifier: MIT
#pragma once

namespace nbk::bench::system {

/// How a command ended, as the process' exit code.
enum class Exit { passed = 0, failed = 1, wrong_arguments = 2 };

}  // namespace nbk::bench::system
