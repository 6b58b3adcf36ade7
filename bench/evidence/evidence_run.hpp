// SPDX-License-Identifier: MIT
#pragma once

#include "bench/evidence/environment.hpp"
#include "bench/evidence/run_folder.hpp"
#include "bench/evidence/run_log.hpp"
#include "bench/system/exit.hpp"
#include "bench/system/kokkos_settings.hpp"
#include "bench/system/signals.hpp"
#include "bench/system/stopwatch.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nbk::bench::evidence {

/// A run that leaves evidence: a folder with env.json, commands.txt, tests.json, a log, a file of results and
/// summary.md, whatever happens. A kind of run says what it does and what its results look like. Kokkos has to be
/// initialised.
class EvidenceRun {
 public:
  /// \throws InvalidInput where `outdir` cannot be written
  EvidenceRun(const std::filesystem::path& outdir, std::vector<std::string> arguments);
  virtual ~EvidenceRun() = default;
  EvidenceRun(const EvidenceRun&) = delete;
  EvidenceRun& operator=(const EvidenceRun&) = delete;

  /// Does it. An error ends it early, but the evidence so far is kept in failed/.
  /// \throws Interrupted; then the folder stays where it is, marked incomplete
  system::Exit run();

 protected:
  virtual void work() = 0;
  /// Why it did not pass; empty where it did.
  virtual std::vector<std::string> failures() const = 0;
  /// Name of the file of results, and what goes into it besides what all runs have in common.
  virtual std::string results_name() const = 0;
  virtual Json results() const = 0;
  /// What a person reads. \param all what is in the file of results
  virtual std::string summary(const Json& all) const = 0;
  /// Writes what else the folder is to hold, when everything above is in it.
  virtual void write_more() const {}
  /// To be added to commands.txt at the end.
  virtual std::string further_commands() const { return ""; }

  /// Writes the results so far, so that nothing is lost if the process is killed.
  void save_progress() { write_results("incomplete", {}); }
  const std::filesystem::path& folder() const { return m_folder.path(); }
  const Json& environment() const { return m_environment; }
  RunLog& log() { return m_log; }

 private:
  void write_start();
  void write_commands() const;
  system::Exit finish();
  void give_up(const std::string& why);
  void conclude(const std::string& status, const std::vector<std::string>& why);
  void write_results(const std::string& status, const std::vector<std::string>& why);

  std::vector<std::string> m_arguments;
  system::Stopwatch m_watch;
  RunFolder m_folder;
  std::optional<system::CrashWatch> m_crash_watch;
  RunLog m_log;
  Json m_environment, m_all;
};

/// Starts Kokkos and does a run.
/// \param name     the command, which commands.txt repeats with its `arguments`
/// \param threads  of the host; 0: as many as Kokkos chooses
/// \param parts    what a Run is made of, but for the words of its command
template <class Run, class... Parts>
system::Exit run_with_evidence(const std::string& name, const std::vector<std::string>& arguments, int threads,
                               Parts&&... parts) {
  const system::InterruptWatch interrupts;
  const Kokkos::ScopeGuard kokkos(system::kokkos_settings(threads));
  std::vector<std::string> words{name};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return Run(std::forward<Parts>(parts)..., std::move(words)).run();
}

}  // namespace nbk::bench::evidence
