// SPDX-License-Identifier: MIT
// The experiments of tests/gpu/run, compiled against the Kokkos of the stand-in.
#include "../run/background_paths.cpp"
#include "../run/experiment_parts.cpp"
#include "../run/experiments.cpp"
#include "../run/path_lists.cpp"
#include "../run/paths.cpp"
#include "../run/window_paths.cpp"
