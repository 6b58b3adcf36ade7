// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <vector>

namespace nbk::gpu_run {

/// Images in double on the host, by name.
using ReferenceImages = std::map<std::string, std::vector<float>>;

/// Reads what write_reference wrote.
ReferenceImages read_reference(const std::string& file);

}  // namespace nbk::gpu_run
