// SPDX-License-Identifier: MIT
#pragma once

#include "bench/evidence/environment.hpp"
#include "bench/system/json.hpp"

namespace nbk::bench::jobs {

/// env.json
Json environment_json(const evidence::Environment& environment);

/// Its member "git".
Json git_json(const evidence::GitState& git);

/// tests.json
Json tests_json(const evidence::TestList& tests);

}  // namespace nbk::bench::jobs
