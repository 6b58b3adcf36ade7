// SPDX-License-Identifier: MIT
#pragma once

#include "bench/system/json.hpp"

#include <string>

namespace nbk::bench::evidence {

/// What a figure depends on besides the code: compiler, flags, Kokkos and its configuration, processor, cores, memory,
/// OpenMP settings, commit and whether it was changed since, date. Kokkos has to be initialised.
/// \param stamp the run's start, UTC
Json describe_environment(const std::string& stamp);

/// The test cases of this build: from ctest and from the test program where they lie in the build tree; else an empty
/// list with the reason.
Json list_tests();

}  // namespace nbk::bench::evidence
