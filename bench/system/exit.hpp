// SPDX-License-Identifier: MIT
#pragma once

namespace nbk::bench::system {

/// End of a command, as the exit code of the process.
enum class Exit { passed = 0, failed = 1, wrong_arguments = 2 };

}  // namespace nbk::bench::system
