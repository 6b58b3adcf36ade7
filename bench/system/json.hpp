// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>

namespace nbk::bench {

/// JSON whose objects keep the order in which their fields were added.
using Json = nlohmann::ordered_json;

}  // namespace nbk::bench
