// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace nbk::bench::render {

/// The program nbk-render: the C program's flags, files and figures, by nbk.
/// \param arguments the command line without the program's name
/// \return the exit code: 0; 2 for a command line or an experiment that cannot be; 1 for everything else
int run_render(const std::vector<std::string>& arguments);

}  // namespace nbk::bench::render
