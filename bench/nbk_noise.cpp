// SPDX-License-Identifier: MIT
#include "bench/noise/noise.hpp"

int main(int argc, char** argv) { return nbk::bench::noise::run_noise({argv + 1, argv + argc}); }
