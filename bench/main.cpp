// SPDX-License-Identifier: MIT
#include "src/driver.hpp"

int main(int argc, char** argv) { return nbk::bench::run_program({argv + 1, argv + argc}); }
