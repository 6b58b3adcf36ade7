// SPDX-License-Identifier: MIT
#pragma once

#include "bench/evidence/environment.hpp"
#include "bench/evidence/run_folder.hpp"
#include "bench/evidence/run_log.hpp"
#include "bench/jobs/options.hpp"
#include "bench/jobs/results.hpp"
#include "bench/system/exit.hpp"
#include "bench/system/signals.hpp"
#include "bench/system/stopwatch.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nbk::bench::jobs {

/// A run that leaves evidence: a folder with env.json, commands.txt, tests.json, a log, a file of results and
/// summary.md, whatever happens. Kokkos has to be initialised.
class Run {
 public:
  /// Fills the results; may throw.
  using Work = void (*)(Run&);

  /// \param arguments  the command and its words, for commands.txt
  /// \throws InvalidInput where the output folder cannot be written
  Run(Options options, std::vector<std::string> arguments);

  /// Does the work. An error ends it early, but the evidence so far is kept in failed/.
  /// \throws Interrupted; then the folder stays where it is, marked incomplete
  system::Exit execute(Work work);

  const Options& options() const { return m_options; }
  const std::filesystem::path& folder() const { return m_folder.path(); }
  const evidence::Environment& environment() const { return m_environment; }
  evidence::RunLog& log() { return m_log; }
  Results& results() { return m_results; }
  /// Writes the results so far, so that nothing is lost if the process is killed.
  void save_progress() { write_results("incomplete", {}); }

 private:
  void write_start();
  void write_commands() const;
  system::Exit finish();
  void give_up(const std::string& why);
  void conclude(const std::string& status, const std::vector<std::string>& why);
  void write_results(const std::string& status, const std::vector<std::string>& why);

  Options m_options;
  std::vector<std::string> m_arguments;
  system::Stopwatch m_watch;
  evidence::RunFolder m_folder;
  std::optional<system::CrashWatch> m_crash_watch;
  evidence::RunLog m_log;
  evidence::Environment m_environment;
  Results m_results;
};

/// Work of one command, and how it is called.
struct Job {
  std::string_view name;  ///< "" for the main job, else the word that is typed
  Command command = Command::main;
  Run::Work work = nullptr;
  bool computes_here = true;                ///< false: other processes do the work
  void (*check)(const Options&) = nullptr;  ///< throws before anything is written; nullptr: there is nothing to check
};

/// Understands the arguments of a job, starts Kokkos, and runs it. \param arguments  the words behind its name
system::Exit run_job(const Job& job, const std::vector<std::string>& arguments);

/// Reads the arguments of a command; prints the help where only that was asked for, and returns nothing then.
/// \throws InvalidInput
std::optional<Options> read_options(Command command, const std::vector<std::string>& arguments);

// The work of each command.
void run_main_job(Run& run);
void run_suite(Run& run);
/// \throws InvalidInput; FileError  where the workloads that the suite is asked for do not exist
void require_workloads(const Options& options);
void run_matrix(Run& run);

/// Does one workload with one number of threads in every precision, in turn with the C program where there is one, and
/// writes the records for the process that started it. Starts Kokkos itself: threads are fixed for a process.
void run_worker(const Options& options);

}  // namespace nbk::bench::jobs
