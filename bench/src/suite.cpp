// SPDX-License-Identifier: MIT
#include "nbk/core/error.hpp"
#include "src/child_process.hpp"
#include "src/evidence_run.hpp"
#include "src/files.hpp"
#include "src/machine.hpp"
#include "src/suite_case.hpp"
#include "src/suite_options.hpp"
#include "src/suite_record.hpp"
#include "src/suite_summary.hpp"
#include "src/suite_worker.hpp"

#include <fmt/format.h>
#include <Kokkos_Core.hpp>

#include <algorithm>
#include <chrono>

namespace nbk::bench {
namespace {

// A workload with one number of threads takes minutes with the C program at most, and has its own time-outs inside.
constexpr double worker_timeout_s = 7200;

long long now_ns() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

class SuiteRun final : public EvidenceRun {
 public:
  SuiteRun(SuiteOptions options, std::vector<SuiteCase> cases, std::vector<std::string> arguments)
      : EvidenceRun(options.outdir, std::move(arguments)), m_options(std::move(options)), m_cases(std::move(cases)) {}

 private:
  void work() override {
    const auto count = static_cast<double>(m_cases.size() * m_options.threads.size());
    for (double done = 0; const auto& suite_case : m_cases) {
      for (const int threads : m_options.threads) {
        log().step(fmt::format("{}, {} threads", suite_case.name, threads), done++ / count);
        run_worker(suite_case, threads);
        save_progress();
      }
    }
  }

  void run_worker(const SuiteCase& suite_case, int threads) {
    if (const auto missing = suite_case.missing(); !missing.empty()) {
      log().note("skipped: " + missing);
      m_skipped.push_back({{"workload", suite_case.name}, {"threads", threads}, {"reason", missing}});
      return;
    }
    const TemporaryFolder scratch("nbk-suite");
    ChildCommand command;
    command.output = scratch.path() / "printed";
    command.timeout_s = worker_timeout_s;
    command.environment = {{"OMP_NUM_THREADS", std::to_string(threads)}};
    command.arguments = {std::filesystem::canonical("/proc/self/exe").string()};
    const WorkerOptions options{m_options.cases / (suite_case.name + ".json"), threads, m_options,
                                scratch.path() / "records", now_ns()};
    for (const auto& word : worker_arguments(options)) command.arguments.push_back(word);
    const auto result = run_child(command, [this](double) {
      log().tick();
      return InterruptWatch::pending() == 0;
    });
    InterruptWatch::check();
    if (!result.good()) {
      const auto why = fmt::format("{}, {} threads: {}: {}", suite_case.name, threads, result.explain(worker_timeout_s),
                                   tail_of(command.output, 400));
      log().note(why);
      m_errors.push_back(why);
      return;
    }
    const auto answer = Json::parse(read_text(options.output));
    for (auto record : answer["records"]) {
      record["peaks"] = answer["peaks"];
      m_records.push_back(record);
    }
  }

  std::vector<std::string> failures() const override {
    auto why = m_errors;
    for (const auto& record : m_records) {
      for (const auto& reason : record["reasons"]) {
        why.push_back(fmt::format("{}, {}, {} threads: {}", record["workload"].get<std::string>(),
                                  record["dtype"].get<std::string>(), record["threads"].get<int>(),
                                  reason.get<std::string>()));
      }
    }
    return why;
  }

  std::string results_name() const override { return "suite_results.json"; }
  Json results() const override {
    return {{"schema", "nbk suite results"},
            {"schema_version", suite_schema_version},
            {"skipped", m_skipped},
            {"records", m_records}};
  }
  std::string summary(const Json& all) const override { return summarise_suite(all, environment()); }

  SuiteOptions m_options;
  std::vector<SuiteCase> m_cases;
  std::vector<std::string> m_errors;
  Json m_records = Json::array(), m_skipped = Json::array();
};

}  // namespace

Exit run_suite(const std::vector<std::string>& arguments) {
  std::string help;
  auto options = parse_suite_options(arguments, environment_variable("NB_C_BIN"), help);
  if (!options) {
    fmt::print("{}", help);
    return Exit::passed;
  }
  check_device(options->device);
  if (options->threads.empty()) options->threads = {1, processors()};
  if (options->threads.front() == options->threads.back()) options->threads.resize(1);
  auto cases = read_cases(options->cases, options->only);
  const InterruptWatch interrupts;
  Kokkos::InitializationSettings settings;
  settings.set_disable_warnings(true);
  const Kokkos::ScopeGuard kokkos(settings);  // for what it says about itself; the work is done by other processes
  std::vector<std::string> words{"suite"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return SuiteRun(*options, std::move(cases), words).run();
}

Exit run_suite_worker_command(const std::vector<std::string>& arguments) {
  const InterruptWatch interrupts;
  run_suite_worker(parse_worker_options(arguments));
  return Exit::passed;
}

}  // namespace nbk::bench
