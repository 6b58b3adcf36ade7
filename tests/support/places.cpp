// SPDX-License-Identifier: MIT
#include "support/places.hpp"

namespace nbk::testing::places {

const char* const tests = NBK_TESTS_DIR;
const char* const bench_program = NBK_BENCH_PROGRAM;
const char* const render_program = NBK_RENDER_PROGRAM;
const char* const noise_program = NBK_NOISE_PROGRAM;
const char* const background_program = NBK_BACKGROUND_PROGRAM;
const char* const test_tool = NBK_TEST_TOOL;

}  // namespace nbk::testing::places
