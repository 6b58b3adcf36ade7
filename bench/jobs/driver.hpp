// SPDX-License-Identifier: MIT
#pragma once

#include "bench/system/exit.hpp"

#include <string>
#include <vector>

namespace nbk::bench::jobs {

// Commands get the words behind their name. They return passed, or failed where something did not reach what it has to;
// they throw InvalidInput for arguments that cannot be used, before anything is run, and Interrupted.

/// The benchmark's main job, from the arguments to the evidence in its folder.
system::Exit run_main_job(const std::vector<std::string>& arguments);

/// The fixed workloads of bench/cases.
system::Exit run_suite(const std::vector<std::string>& arguments);

/// One workload of the suite; started by the suite itself.
system::Exit run_suite_worker_command(const std::vector<std::string>& arguments);

/// Every space, precision and pack width against double and the built-in reference.
system::Exit run_matrix(const std::vector<std::string>& arguments);

/// Time against evaluations, threads, start-up, set-up and memory.
system::Exit run_scaling(const std::vector<std::string>& arguments);

/// One start of a process, timed; started by run_scaling() itself.
system::Exit run_start_up_worker(const std::vector<std::string>& arguments);

/// Whole program: picks the command, turns errors into one line on stderr and an exit code.
/// \param arguments without the program's name
int run_program(const std::vector<std::string>& arguments);

/// \throws InvalidInput naming the devices this build has, where `device` is none of them
void check_device(const std::string& device);

}  // namespace nbk::bench::jobs
