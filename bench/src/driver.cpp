// SPDX-License-Identifier: MIT
#include "src/driver.hpp"

#include "kernels/simulation.hpp"
#include "nbk/core/error.hpp"
#include "src/files.hpp"
#include "src/main_job.hpp"
#include "src/options.hpp"
#include "src/record.hpp"
#include "src/run_folder.hpp"
#include "src/signals.hpp"
#include "src/stopwatch.hpp"
#include "src/summary.hpp"

#include <fmt/format.h>
#include <Kokkos_Core.hpp>

#include <algorithm>
#include <cstdlib>
#include <optional>

namespace nbk::bench {
namespace {

std::string environment_variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

void check_device(const std::string& device) {
  const auto known = devices();
  require(std::find(known.begin(), known.end(), device) != known.end(), "--device", device,
          fmt::format("must be what this build has: {}", fmt::join(known, ", ")));
}

Kokkos::InitializationSettings kokkos_settings(int threads) {
  Kokkos::InitializationSettings settings;
  if (threads > 0) settings.set_num_threads(threads);
  // It would advise on OpenMP's environment on every start; env.json has that environment.
  settings.set_disable_warnings(true);
  return settings;
}

std::string quoted(const std::string& word) {
  constexpr const char* harmless = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=.,:/@%";
  if (!word.empty() && word.find_first_not_of(harmless) == std::string::npos) return word;
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? "'\\''" : std::string(1, c);
  return text + "'";
}

// The run as it was asked for, and the C program's own command line for every size where it took part.
std::string commands_text(const std::vector<std::string>& arguments, const Json& environment, const Json& records) {
  std::string text = "# To run it again, from the folder it was run from:\ncd " +
                     quoted(std::filesystem::current_path().string()) + "\n";
  for (const auto& [name, value] : environment["settings"].items()) {
    text += fmt::format("export {}={}\n", name, quoted(value.get<std::string>()));
  }
  text += quoted(std::filesystem::canonical("/proc/self/exe").string());
  for (const auto& word : arguments) text.append(" ").append(quoted(word));
  text += "\n";
  for (const auto& record : records) {
    if (record["reference"]["command"].empty()) continue;
    text += fmt::format("\n# The reference for {0} x {0}, in an empty folder:\n#", record["size"].get<int>());
    for (const auto& word : record["reference"]["command"]) text.append(" ").append(quoted(word.get<std::string>()));
    text += "\n";
  }
  return text;
}

// One run: its folder, and what is known about it so far.
class Run {
 public:
  Run(Options options, std::vector<std::string> arguments)
      : m_options(std::move(options)),
        m_arguments(std::move(arguments)),
        m_folder(m_options.outdir, std::chrono::system_clock::now()),
        m_crash_watch(std::in_place, m_folder.path(), m_folder.failed_folder()),
        m_log(m_folder.path() / "profile_run.log"),
        m_environment(describe_environment(m_folder.stamp())) {}

  Exit run() {
    try {
      write_start();
      run_sizes();
      return finish();
    } catch (const Interrupted& interrupted) {
      write_results("incomplete", {interrupted.what()});
      m_log.note(interrupted.what());
      m_crash_watch.reset();
      m_folder.leave_incomplete(std::string(interrupted.what()) + " before it had finished");
      throw;
    } catch (const std::exception& error) {
      give_up(error.what());
      return Exit::failed;
    }
  }

 private:
  void write_start() {
    write_text(m_folder.path() / "env.json", m_environment.dump(2) + "\n");
    write_text(m_folder.path() / "commands.txt", commands_text(m_arguments, m_environment, m_records));
    write_text(m_folder.path() / "tests.json", list_tests().dump(2) + "\n");
    write_results("incomplete", {});
  }

  void run_sizes() {
    const auto reference = m_options.reference
                               ? c_program_reference(*m_options.reference, m_options.reference_timeout_s,
                                                     m_options.threads, [this] { m_log.tick(); })
                               : builtin_reference(m_options.threads);
    MainJob job(m_options, m_folder.path(), m_environment, *reference, m_log);
    for (int i = 0; const int size : m_options.sizes) {
      m_records.push_back(job.run(size, {i++, static_cast<int>(m_options.sizes.size())}));
      write_results("incomplete", {});
    }
    write_text(m_folder.path() / "commands.txt", commands_text(m_arguments, m_environment, m_records));
  }

  Exit finish() {
    std::vector<std::string> why;
    for (const auto& record : m_records) {
      for (const auto& reason : reasons_of(record)) {
        why.push_back(fmt::format("{0} x {0}: {1}", record["size"].get<int>(), reason));
      }
    }
    const bool passed = why.empty();
    conclude(passed ? "passed" : "failed", why);
    m_crash_watch.reset();
    if (passed) {
      m_folder.finish();
    } else {
      m_folder.fail(true);
    }
    m_log.clear();
    fmt::print("{}\n{}\n", summarise(m_results, m_environment), m_folder.path().string());
    return passed ? Exit::passed : Exit::failed;
  }

  // As much as possible of it, whatever the reason: a full disk is one.
  void give_up(const std::string& why) {
    m_log.clear();
    try {
      conclude("failed", {why});
    } catch (const std::exception& error) {
      fmt::print(stderr, "nbk-bench: {}\n", error.what());
    }
    m_crash_watch.reset();
    m_folder.fail(false);
    fmt::print(stderr, "nbk-bench: {}\n{}\n", why, m_folder.path().string());
  }

  void conclude(const std::string& status, const std::vector<std::string>& why) {
    write_results(status, why);
    write_text(m_folder.path() / "summary.md", summarise(m_results, m_environment));
    m_log.note(status);
  }

  void write_results(const std::string& status, const std::vector<std::string>& why) {
    m_results = {{"schema", "nbk benchmark results"},
                 {"schema_version", schema_version},
                 {"status", status},
                 {"reasons", why},
                 {"started", m_folder.stamp()},
                 {"duration_s", m_watch.elapsed_s()},
                 {"fingerprint", m_environment["fingerprint"]},
                 {"git", m_environment["git"]},
                 {"arguments", m_arguments},
                 {"records", m_records}};
    write_text(m_folder.path() / "benchmark_results.json", m_results.dump(2) + "\n");
  }

  Options m_options;
  std::vector<std::string> m_arguments;
  Stopwatch m_watch;
  RunFolder m_folder;
  std::optional<CrashWatch> m_crash_watch;
  RunLog m_log;
  Json m_environment;
  Json m_records = Json::array();
  Json m_results;
};

}  // namespace

Exit run_main_job(const std::vector<std::string>& arguments) {
  std::string help;
  const auto options = parse_options(arguments, environment_variable("NB_C_BIN"), help);
  if (!options) {
    fmt::print("{}", help);
    return Exit::passed;
  }
  check_device(options->device);
  const InterruptWatch interrupts;
  const Kokkos::ScopeGuard kokkos(kokkos_settings(options->threads));
  return Run(*options, arguments.empty() ? default_arguments() : arguments).run();
}

}  // namespace nbk::bench
