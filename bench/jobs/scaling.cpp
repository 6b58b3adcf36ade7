// SPDX-License-Identifier: MIT
#include "bench/evidence/evidence_run.hpp"
#include "bench/jobs/driver.hpp"
#include "bench/jobs/scaling_options.hpp"
#include "bench/jobs/scaling_record.hpp"
#include "bench/jobs/suite_case.hpp"
#include "bench/jobs/suite_process.hpp"
#include "bench/jobs/summary.hpp"
#include "bench/reading/report.hpp"
#include "bench/system/files.hpp"
#include "bench/system/machine.hpp"
#include "nbk/core/error.hpp"

#include <fmt/format.h>
#include <Kokkos_Core.hpp>

#include <charconv>
#include <functional>
#include <utility>

namespace nbk::bench::jobs {
namespace {

constexpr const char* line_group = "linear";
constexpr const char* domains_group = "domains";
constexpr double once_from = 3e9;  // evaluations from which a point is timed once: it is long enough to be steady

// "linear-1e9": 1e9
double evaluations_in_name(const std::string& name) {
  const auto at = name.find('-') + 1;
  double value = 0;
  std::from_chars(name.data() + at, name.data() + name.size(), value);
  return value;
}

struct Cases {
  std::vector<SuiteCase> line, domains, workloads;
};

class ScalingRun final : public evidence::EvidenceRun {
 public:
  ScalingRun(ScalingOptions options, Cases cases, std::vector<std::string> arguments)
      : evidence::EvidenceRun(options.suite.outdir, std::move(arguments)),
        m_options(std::move(options)),
        m_cases(std::move(cases)) {}

 private:
  void work() override {
    m_outcome.start_threads = m_options.threads;
    for (int i = 0; i < m_options.starts; ++i) {
      log().step("start-up", 0.02 * i / m_options.starts);
      guarded([&] {
        StartUpOptions start{m_options.suite.device, m_options.suite.dtypes[0], m_options.threads, 4096, 0, {}};
        if (m_options.suite.tiny) start.size = 96;
        m_outcome.starts.push_back(start_once(std::move(start), [this] { log().tick(); }));
      });
    }
    save_progress();
    for (double done = 0; const auto& workload : m_cases.workloads) {
      compare_threads(workload, 0.02 + 0.5 * done++ / static_cast<double>(m_cases.workloads.size()));
      save_progress();
    }
    for (const auto& point : m_cases.domains) measure_point(point, 0.52, m_outcome.domains);
    for (const auto& point : m_cases.line) measure_point(point, 0.55, m_outcome.line);
    const auto all = results();
    system::write_text(folder() / "scaling.md", "# Scaling\n\n" + scaling_text(all));
    system::write_text(folder() / "scaling.svg", scaling_svg(all["line"]));
  }

  void measure_point(const SuiteCase& point, double fraction, std::vector<Json>& line) {
    const double evaluations = evaluations_in_name(point.name);
    if (evaluations > m_options.largest) {
      m_skipped.push_back({{"workload", point.name}, {"reason", "larger than --largest"}});
      return;
    }
    log().step(point.name, fraction);
    guarded([&] {
      const int iterations = evaluations < once_from ? m_options.suite.iterations : 1;
      line.push_back(run_case(point, m_options.threads, iterations));
    });
    save_progress();
  }

  void compare_threads(const SuiteCase& workload, double fraction) {
    if (const auto missing = workload.missing(); !missing.empty()) {
      m_skipped.push_back({{"workload", workload.name}, {"reason", missing}});
      return;
    }
    log().step(workload.name, fraction);
    ScalingOutcome::Threads both;
    guarded([&] {
      for (int i = 0; i < m_options.pairs; ++i) {
        both.one.push_back(run_case(workload, 1, m_options.suite.iterations));
        both.all.push_back(run_case(workload, m_options.threads, m_options.suite.iterations));
      }
    });
    m_outcome.threads.push_back(std::move(both));
  }

  Json run_case(const SuiteCase& suite_case, int threads, int iterations) {
    WorkerOptions worker{m_options.suite.cases / (suite_case.name + ".json"), threads, m_options.suite, {}, 0};
    worker.suite.iterations = iterations;
    const auto answer = run_worker_process(suite_case.name, std::move(worker), [this] { log().tick(); });
    return answer.at("records").at(0);
  }

  // One process that fails does not lose the others.
  void guarded(const std::function<void()>& work) {
    try {
      work();
    } catch (const FileError& error) {
      log().note(error.what());
      m_errors.emplace_back(error.what());
    }
  }

  std::vector<std::string> failures() const override { return m_errors; }
  std::string results_name() const override { return "scaling_results.json"; }
  Json results() const override {
    Json all{{"schema", "nbk scaling results"},
             {"schema_version", scaling_schema_version},
             {"dtype", m_options.suite.dtypes[0]},
             {"tiny", m_options.suite.tiny},
             {"skipped", m_skipped}};
    all.update(scaling_parts(m_outcome));
    return all;
  }
  std::string summary(const Json& all) const override {
    return headline(all) + scaling_text(all) + machine_lines(environment()) +
           "\nAll figures: scaling_results.json; the line as a picture: scaling.svg. To run it again: commands.txt.\n";
  }

  void write_more() const override { reading::write_report(folder()); }

  ScalingOptions m_options;
  Cases m_cases;
  ScalingOutcome m_outcome;
  std::vector<std::string> m_errors;
  Json m_skipped = Json::array();
};

}  // namespace

system::Exit run_scaling(const std::vector<std::string>& arguments) {
  std::string help;
  auto options = parse_scaling_options(arguments, help);
  if (!options) {
    fmt::print("{}", help);
    return system::Exit::passed;
  }
  if (options->threads == 0) options->threads = system::processors();
  Cases cases{read_cases(options->suite.cases, {line_group}), read_cases(options->suite.cases, {domains_group}),
              read_cases(options->suite.cases, options->suite.only)};
  constexpr int kokkos_chooses = 0;  // the work is done by other processes
  return evidence::run_with_evidence<ScalingRun>("scaling", arguments, kokkos_chooses, *options, std::move(cases));
}

}  // namespace nbk::bench::jobs
