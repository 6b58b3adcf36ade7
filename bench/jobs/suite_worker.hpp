// SPDX-License-Identifier: MIT
#pragma once

#include "bench/jobs/suite_options.hpp"

namespace nbk::bench::jobs {

/// Runs one workload with one number of threads in every precision, in turn with the C program where there is one, and
/// writes the records: {"peaks": ..., "records": [...]}. Kokkos is initialised here: threads are fixed for a process.
/// \throws what a wrong case, a wrong flag or nbk throws
void run_suite_worker(const WorkerOptions& options);

}  // namespace nbk::bench::jobs
