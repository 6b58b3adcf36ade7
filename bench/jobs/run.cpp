// SPDX-License-Identifier: MIT
#include "bench/jobs/run.hpp"

#include "bench/evidence/rerun_text.hpp"
#include "bench/jobs/environment_json.hpp"
#include "bench/jobs/results_json.hpp"
#include "bench/jobs/summary.hpp"
#include "bench/system/child_process.hpp"
#include "bench/system/environment_variable.hpp"
#include "bench/system/files.hpp"
#include "bench/system/kokkos_settings.hpp"
#include "bench/system/terminal.hpp"
#include "nbk/core/error.hpp"

#include <fmt/format.h>
#include <Kokkos_Core.hpp>

#include <chrono>
#include <utility>

namespace nbk::bench::jobs {
namespace {

// bench/run names the command that makes a page of a run. The figures are as good without the page.
void make_page(const std::filesystem::path& folder) {
  const auto program = system::environment_variable("NBK_REPORT_COMMAND");
  if (program.empty()) return;
  try {
    const system::TemporaryFolder scratch("nbk-page");
    system::ChildCommand command;
    command.arguments = {program, folder.string()};
    command.timeout_s = 600;
    command.output = scratch.path() / "printed";
    const auto result = system::run_child(command, [](double) { return system::InterruptWatch::pending() == 0; });
    if (!result.good()) throw FileError(system::read_text(command.output));
  } catch (const std::exception& error) {
    system::say(stderr, "nbk-bench: there is no report.html: {}\n", error.what());
  }
}

}  // namespace

Run::Run(Options options, std::vector<std::string> arguments)
    : m_options(std::move(options)),
      m_arguments(std::move(arguments)),
      m_folder(m_options.outdir, std::chrono::system_clock::now()),
      m_crash_watch(std::in_place, m_folder.path(), m_folder.failed_folder()),
      m_log(m_folder.path() / "profile_run.log"),
      m_environment(evidence::describe_environment(m_folder.stamp())) {
  m_results.command = m_options.command;
}

system::Exit Run::execute(Work work) {
  try {
    write_start();
    work(*this);
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

void Run::write_start() {
  system::write_text(folder() / "env.json", environment_json(m_environment).dump(2) + "\n");
  system::write_text(folder() / "tests.json", tests_json(evidence::list_tests()).dump(2) + "\n");
  write_commands();
  save_progress();
}

void Run::write_commands() const {
  auto text = evidence::rerun_text(m_arguments, m_environment);
  for (const auto& record : m_results.records) {
    if (!record.main || record.main->reference.command.empty()) continue;
    text += fmt::format("\n# The reference for {0} x {0}, in an empty folder:\n# {1}\n", record.size,
                        evidence::shell_text(record.main->reference.command));
  }
  system::write_text(folder() / "commands.txt", text);
}

system::Exit Run::finish() {
  write_commands();
  const auto why = m_results.failures();
  const bool passed = why.empty();
  conclude(passed ? "passed" : "failed", why);
  make_page(folder());
  m_crash_watch.reset();
  if (passed) {
    m_folder.finish();
  } else {
    m_folder.fail(true);
  }
  m_log.clear();
  system::say(stdout, "{}\n{}\n", system::read_text(folder() / "summary.md"), folder().string());
  return passed ? system::Exit::passed : system::Exit::failed;
}

// As much as possible of it, whatever the reason: a full disk is one.
void Run::give_up(const std::string& why) {
  m_log.clear();
  try {
    conclude("failed", {why});
  } catch (const std::exception& error) {
    system::say(stderr, "nbk-bench: {}\n", error.what());
  }
  m_crash_watch.reset();
  m_folder.fail(false);
  system::say(stderr, "nbk-bench: {}\n{}\n", why, folder().string());
}

void Run::conclude(const std::string& status, const std::vector<std::string>& why) {
  write_results(status, why);
  system::write_text(folder() / "summary.md",
                     summary_text(m_results, {status, why, m_watch.elapsed_s(), m_arguments}, m_environment));
  m_log.note(status);
}

void Run::write_results(const std::string& status, const std::vector<std::string>& why) {
  const auto json = results_json(m_results, {status, why, m_watch.elapsed_s(), m_arguments}, m_environment);
  system::write_text(folder() / m_results.file_name(), json.dump(2) + "\n");
}

std::optional<Options> read_options(Command command, const std::vector<std::string>& arguments) {
  std::string help;
  auto options = parse_options(command, arguments, system::environment_variable("NB_C_BIN"), help);
  if (!options) system::say_text(stdout, help);
  return options;
}

system::Exit run_job(const Job& job, const std::vector<std::string>& arguments) {
  auto options = read_options(job.command, arguments);
  if (!options) return system::Exit::passed;
  const system::InterruptWatch interrupts;
  if (job.check != nullptr) job.check(*options);
  auto words = job.name.empty() && arguments.empty() ? default_arguments() : arguments;
  if (!job.name.empty()) words.insert(words.begin(), std::string(job.name));
  const Kokkos::ScopeGuard kokkos(system::kokkos_settings(job.computes_here ? options->threads[0] : 0));
  return Run(std::move(*options), std::move(words)).execute(job.work);
}

}  // namespace nbk::bench::jobs
