// SPDX-License-Identifier: MIT
#include "bench/render/render.hpp"

int main(int argc, char** argv) { return nbk::bench::render::run_render({argv + 1, argv + argc}); }
