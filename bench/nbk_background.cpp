// SPDX-License-Identifier: MIT
#include "bench/background/background.hpp"

int main(int argc, char** argv) { return nbk::bench::background::run_background({argv + 1, argv + argc}); }
