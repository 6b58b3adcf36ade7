// SPDX-License-Identifier: MIT
#pragma once

#include <sched.h>

namespace nbk::bench::system {

/// The processors this process was given. OpenMP, told by OMP_PROC_BIND to bind its threads, binds the main thread
/// before main() begins, and what is started from there would inherit a single core: a C program measured like that
/// runs on one thread. OpenMP still knows what it found.
cpu_set_t given_processors();

}  // namespace nbk::bench::system
