// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Where this build's tests and programs are. One file alone is compiled with these paths, so that the others are the
/// same in every build folder, and a compiler's cache knows them.
namespace nbk::testing::places {

extern const char* const tests;  ///< the folder tests/ of the sources
extern const char* const bench_program;
extern const char* const render_program;
extern const char* const noise_program;
extern const char* const background_program;
extern const char* const test_tool;  ///< a library for KOKKOS_TOOLS_LIBS

}  // namespace nbk::testing::places
