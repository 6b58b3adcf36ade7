// SPDX-License-Identifier: MIT
#pragma once

#include "bench/evidence/environment.hpp"
#include "bench/jobs/suite_options.hpp"

#include <functional>
#include <string>
#include <vector>

namespace nbk::bench::jobs {

/// The steady clock, which processes of one machine share, in nanoseconds.
long long steady_now_ns();

/// This program again, with these arguments and so many OpenMP threads, in a process of its own.
/// \param what  names it in messages
/// \param tick  called now and then while it runs
/// \throws FileError saying why it did not end well; Interrupted
void run_self(const std::string& what, const std::vector<std::string>& arguments, int threads,
              const std::function<void()>& tick);

/// One workload of the suite in a process of its own; `options` needs no output and no time.
/// \return {"peaks": ..., "records": [...]} \throws as run_self()
Json run_worker_process(const std::string& name, WorkerOptions options, const std::function<void()>& tick);

}  // namespace nbk::bench::jobs
