// SPDX-License-Identifier: MIT
#include "bench/evidence/evidence_run.hpp"
#include "bench/jobs/driver.hpp"
#include "bench/jobs/suite_case.hpp"
#include "bench/jobs/suite_options.hpp"
#include "bench/jobs/suite_process.hpp"
#include "bench/jobs/suite_record.hpp"
#include "bench/jobs/suite_summary.hpp"
#include "bench/jobs/suite_worker.hpp"
#include "bench/reading/report.hpp"
#include "bench/system/environment_variable.hpp"
#include "bench/system/machine.hpp"
#include "nbk/core/error.hpp"

#include <fmt/format.h>
#include <Kokkos_Core.hpp>

#include <utility>

namespace nbk::bench::jobs {
namespace {

class SuiteRun final : public evidence::EvidenceRun {
 public:
  SuiteRun(SuiteOptions options, std::vector<SuiteCase> cases, std::vector<std::string> arguments)
      : evidence::EvidenceRun(options.outdir, std::move(arguments)),
        m_options(std::move(options)),
        m_cases(std::move(cases)) {}

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
    Json answer;
    try {
      answer = run_worker_process(suite_case.name,
                                  {m_options.cases / (suite_case.name + ".json"), threads, m_options, {}, 0},
                                  [this] { log().tick(); });
    } catch (const FileError& error) {
      log().note(error.what());
      m_errors.emplace_back(error.what());
      return;
    }
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

  void write_more() const override { reading::write_report(folder()); }

  SuiteOptions m_options;
  std::vector<SuiteCase> m_cases;
  std::vector<std::string> m_errors;
  Json m_records = Json::array(), m_skipped = Json::array();
};

}  // namespace

system::Exit run_suite(const std::vector<std::string>& arguments) {
  std::string help;
  auto options = parse_suite_options(arguments, system::environment_variable("NB_C_BIN"), help);
  if (!options) {
    fmt::print("{}", help);
    return system::Exit::passed;
  }
  check_device(options->device);
  if (options->threads.empty()) {
    options->threads = {1};
    if (system::processors() > 1) options->threads.push_back(system::processors());
  }
  auto cases = read_cases(options->cases, options->only);
  constexpr int kokkos_chooses = 0;  // the work is done by other processes
  return evidence::run_with_evidence<SuiteRun>("suite", arguments, kokkos_chooses, *options, std::move(cases));
}

system::Exit run_suite_worker_command(const std::vector<std::string>& arguments) {
  const system::InterruptWatch interrupts;
  run_suite_worker(parse_worker_options(arguments));
  return system::Exit::passed;
}

}  // namespace nbk::bench::jobs
