// SPDX-License-Identifier: MIT
#pragma once

#include "bench/jobs/gates.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace nbk::bench::jobs {

/// Commands that run simulations. `worker` is one process of `suite` and `scaling`, which start it themselves.
enum class Command { main, suite, matrix, scaling, worker };

/// Everything that a command can be told. A command has only the flags that mean something to it.
struct Options {
  Command command = Command::main;
  std::vector<std::string> devices{"cpu"}, dtypes{"float32"};
  std::vector<int> threads{0};                     ///< of the host; 0: all
  std::filesystem::path outdir;                    ///< a folder of its own is made in it for this run
  int iterations = 1;                              ///< timed repetitions
  std::optional<std::filesystem::path> reference;  ///< the C program; absent: the built-in one, or none
  double reference_timeout_s = 600;

  std::vector<int> sizes{4096};  ///< main: detector pixels per side, one record each
  int warmup = 0;                ///< main: untimed repetitions before the warm ones
  bool profile = false;          ///< main: write a trace per size
  bool keep_artifacts = false;   ///< main: write the float images
  Gates gates;                   ///< main

  std::vector<std::string> only;  ///< suite, scaling: workloads or groups; none: all without a group
  std::filesystem::path cases;    ///< suite, scaling, matrix: folder of the workloads' files
  bool tiny = false;              ///< suite, scaling: every workload made small
  int rounds = 1;                 ///< suite, scaling: processes of each workload, in turn with the other threads'

  std::filesystem::path case_file, output;  ///< worker: its workload, and where its records go
  int round = 1;                            ///< worker
  long long started_ns = 0;                 ///< worker: start of its process, by the steady clock; 0: not known
};

/// Returns the arguments that stand for none at all: the main job.
std::vector<std::string> default_arguments();

/// Reads the arguments behind the command's name. \param c_program  value of NB_C_BIN, which names the reference where
/// no `--reference` does; empty for none
/// \return the options, or nothing where only help was asked for (it went to `help`)
/// \throws InvalidInput naming the flag, its value and what is allowed
std::optional<Options> parse_options(Command command, const std::vector<std::string>& arguments,
                                     const std::string& c_program, std::string& help);

/// Returns the command line of the worker that does one workload with one number of threads.
std::vector<std::string> worker_arguments(const Options& options);

}  // namespace nbk::bench::jobs
