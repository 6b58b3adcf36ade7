// SPDX-License-Identifier: MIT
#include "bench/jobs/driver.hpp"

#include "bench/evidence/evidence_run.hpp"
#include "bench/jobs/main_job.hpp"
#include "bench/jobs/options.hpp"
#include "bench/jobs/record.hpp"
#include "bench/jobs/summary.hpp"
#include "bench/kernels/simulation.hpp"
#include "bench/reading/report.hpp"
#include "bench/system/command_text.hpp"
#include "bench/system/environment_variable.hpp"
#include "bench/system/kokkos_settings.hpp"
#include "nbk/core/error.hpp"

#include <fmt/format.h>
#include <Kokkos_Core.hpp>

#include <algorithm>

namespace nbk::bench::jobs {
namespace {

class MainRun final : public evidence::EvidenceRun {
 public:
  MainRun(Options options, std::vector<std::string> arguments)
      : evidence::EvidenceRun(options.outdir, std::move(arguments)), m_options(std::move(options)) {}

 private:
  void work() override {
    const auto reference = m_options.reference
                               ? measure::c_program_reference(*m_options.reference, m_options.reference_timeout_s,
                                                              m_options.threads, [this] { log().tick(); })
                               : measure::builtin_reference(m_options.threads);
    MainJob job(m_options, folder(), environment(), *reference, log());
    for (int i = 0; const int size : m_options.sizes) {
      m_records.push_back(job.run(size, {i++, static_cast<int>(m_options.sizes.size())}));
      save_progress();
    }
    // Last, because it takes memory that would be in the records' peaks.
    if (m_options.profile) {
      log().step("measuring what the machine does at best", 1);
      m_peaks = peaks_json(measure::measure_peaks(m_options.device));
    }
  }

  std::vector<std::string> failures() const override {
    std::vector<std::string> why;
    for (const auto& record : m_records) {
      for (const auto& reason : reasons_of(record)) {
        why.push_back(fmt::format("{0} x {0}: {1}", record["size"].get<int>(), reason));
      }
    }
    return why;
  }

  std::string results_name() const override { return "benchmark_results.json"; }
  Json results() const override {
    return {{"schema", "nbk benchmark results"},
            {"schema_version", schema_version},
            {"peaks", m_peaks},
            {"records", m_records}};
  }
  std::string summary(const Json& all) const override { return summarise(all, environment()); }

  void write_more() const override { reading::write_report(folder()); }

  std::string further_commands() const override {
    std::string text;
    for (const auto& record : m_records) {
      const auto& command = record["reference"]["command"];
      if (command.empty()) continue;
      text += fmt::format("\n# The reference for {0} x {0}, in an empty folder:\n#", record["size"].get<int>());
      for (const auto& word : command) text.append(" ").append(system::shell_quoted(word.get<std::string>()));
      text += "\n";
    }
    return text;
  }

  Options m_options;
  Json m_records = Json::array(), m_peaks;
};

}  // namespace

void check_device(const std::string& device) {
  const auto known = devices();
  require(std::find(known.begin(), known.end(), device) != known.end(), "--device", device,
          fmt::format("must be what this build has: {}", fmt::join(known, ", ")));
}

system::Exit run_main_job(const std::vector<std::string>& arguments) {
  std::string help;
  const auto options = parse_options(arguments, system::environment_variable("NB_C_BIN"), help);
  if (!options) {
    fmt::print("{}", help);
    return system::Exit::passed;
  }
  check_device(options->device);
  const system::InterruptWatch interrupts;
  const Kokkos::ScopeGuard kokkos(system::kokkos_settings(options->threads));
  return MainRun(*options, arguments.empty() ? default_arguments() : arguments).run();
}

}  // namespace nbk::bench::jobs
