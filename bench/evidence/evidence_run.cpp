// SPDX-License-Identifier: MIT
#include "bench/evidence/evidence_run.hpp"

#include "bench/system/command_text.hpp"
#include "bench/system/files.hpp"
#include "nbk/core/error.hpp"

#include <fmt/format.h>

#include <chrono>
#include <utility>

namespace nbk::bench::evidence {

EvidenceRun::EvidenceRun(const std::filesystem::path& outdir, std::vector<std::string> arguments)
    : m_arguments(std::move(arguments)),
      m_folder(outdir, std::chrono::system_clock::now()),
      m_crash_watch(std::in_place, m_folder.path(), m_folder.failed_folder()),
      m_log(m_folder.path() / "profile_run.log"),
      m_environment(describe_environment(m_folder.stamp())) {}

system::Exit EvidenceRun::run() {
  try {
    write_start();
    work();
    return finish();
  } catch (const system::Interrupted& interrupted) {
    write_results("incomplete", {interrupted.what()});
    m_log.note(interrupted.what());
    m_crash_watch.reset();
    m_folder.leave_incomplete(std::string(interrupted.what()) + " before it had finished");
    throw;
  } catch (const std::exception& error) {
    give_up(error.what());
    return system::Exit::failed;
  }
}

void EvidenceRun::write_start() {
  system::write_text(folder() / "env.json", m_environment.dump(2) + "\n");
  system::write_text(folder() / "tests.json", list_tests().dump(2) + "\n");
  write_commands();
  save_progress();
}

void EvidenceRun::write_commands() const {
  system::write_text(folder() / "commands.txt", system::rerun_text(m_arguments, m_environment) + further_commands());
}

system::Exit EvidenceRun::finish() {
  write_commands();
  const auto why = failures();
  const bool passed = why.empty();
  conclude(passed ? "passed" : "failed", why);
  write_more();
  m_crash_watch.reset();
  if (passed) {
    m_folder.finish();
  } else {
    m_folder.fail(true);
  }
  m_log.clear();
  fmt::print("{}\n{}\n", summary(m_all), folder().string());
  return passed ? system::Exit::passed : system::Exit::failed;
}

// As much as possible of it, whatever the reason: a full disk is one.
void EvidenceRun::give_up(const std::string& why) {
  m_log.clear();
  try {
    conclude("failed", {why});
  } catch (const std::exception& error) {
    fmt::print(stderr, "nbk-bench: {}\n", error.what());
  }
  m_crash_watch.reset();
  m_folder.fail(false);
  fmt::print(stderr, "nbk-bench: {}\n{}\n", why, folder().string());
}

void EvidenceRun::conclude(const std::string& status, const std::vector<std::string>& why) {
  write_results(status, why);
  system::write_text(folder() / "summary.md", summary(m_all));
  m_log.note(status);
}

void EvidenceRun::write_results(const std::string& status, const std::vector<std::string>& why) {
  const auto own = results();
  m_all = {{"schema", own.at("schema")},
           {"schema_version", own.at("schema_version")},
           {"status", status},
           {"reasons", why},
           {"started", m_folder.stamp()},
           {"duration_s", m_watch.elapsed_s()},
           {"fingerprint", m_environment["fingerprint"]},
           {"git", m_environment["git"]},
           {"arguments", m_arguments}};
  m_all.update(own);
  system::write_text(folder() / results_name(), m_all.dump(2) + "\n");
}

}  // namespace nbk::bench::evidence
