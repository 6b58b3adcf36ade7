// SPDX-License-Identifier: MIT
#include "bench/evidence/evidence_run.hpp"
#include "bench/jobs/driver.hpp"
#include "bench/jobs/matrix_experiments.hpp"
#include "bench/jobs/matrix_options.hpp"
#include "bench/jobs/matrix_record.hpp"
#include "bench/jobs/summary.hpp"
#include "bench/kernels/image_in_packs.hpp"
#include "bench/kernels/simulation.hpp"
#include "bench/reading/report.hpp"
#include "bench/reference/reference.hpp"
#include "bench/system/files.hpp"

#include <fmt/format.h>
#include <Kokkos_Core.hpp>

#include <utility>

namespace nbk::bench::jobs {
namespace {

class MatrixRun final : public evidence::EvidenceRun {
 public:
  MatrixRun(MatrixOptions options, std::vector<std::string> arguments)
      : evidence::EvidenceRun(options.outdir, std::move(arguments)), m_options(std::move(options)) {}

 private:
  void work() override {
    for (const auto& device : m_options.devices) {
      for (const auto& dtype : m_options.dtypes) {
        if (further_pack_widths(device, dtype).empty()) {
          m_not_compiled.push_back(fmt::format("further pack widths of {} on {}", dtype, device));
        }
      }
    }
    for (double done = 0; const auto& experiment : m_experiments) {
      log().step(experiment.name, done++ / static_cast<double>(m_experiments.size()));
      compare_images(experiment);
      save_progress();
    }
    system::write_text(folder() / "matrix.md", "# Parity matrix\n\n" + matrix_text(results()));
  }

  void compare_images(const MatrixExperiment& experiment) {
    const auto exact = in_own_packs(experiment, m_options.devices.front(), "float64").image;
    const auto independent = reference::render(experiment.experiment, m_options.threads);
    const auto width = static_cast<std::size_t>(*experiment.experiment.detector.pixels_fast);
    const auto add = [&](const MatrixCell& cell, bool is_exact) {
      m_records.push_back(make_matrix_record(cell, is_exact ? std::vector<float>{} : exact, independent, width));
      system::InterruptWatch::check();
    };
    for (const auto& device : m_options.devices) {
      for (const auto& dtype : m_options.dtypes) {
        const auto own = in_own_packs(experiment, device, dtype);
        add(own, device == m_options.devices.front() && dtype == "float64");
        for (const int lanes : further_pack_widths(device, dtype)) {
          add({experiment.name, device, dtype, dtype, lanes, lanes == own.pack_width,
               image_in_packs(experiment.experiment, device, dtype, lanes)},
              false);
        }
      }
    }
  }

  static MatrixCell in_own_packs(const MatrixExperiment& experiment, const std::string& device,
                                 const std::string& dtype) {
    const auto simulation = make_simulation(device, dtype);
    simulation->setup(experiment.experiment);
    const Panel& panel = simulation->scene().panel;
    std::vector<float> image(static_cast<std::size_t>(panel.pixels_fast) * static_cast<std::size_t>(panel.pixels_slow));
    simulation->run();
    simulation->copy_out(image);
    return {experiment.name, device, dtype, simulation->dtype(), simulation->pack_width(), true, std::move(image)};
  }

  std::vector<std::string> failures() const override {
    std::vector<std::string> why;
    for (const auto& record : m_records) {
      for (const auto& reason : record["reasons"]) {
        why.push_back(fmt::format("{}, {}, {}, {} pixels per pack: {}", record["experiment"].get<std::string>(),
                                  record["device"].get<std::string>(), record["dtype"].get<std::string>(),
                                  record["pack_width"].get<int>(), reason.get<std::string>()));
      }
    }
    return why;
  }

  std::string results_name() const override { return "matrix_results.json"; }
  Json results() const override {
    Json experiments = Json::array();
    for (const auto& experiment : m_experiments) {
      experiments.push_back({{"name", experiment.name}, {"title", experiment.title}});
    }
    return {{"schema", "nbk parity matrix"}, {"schema_version", matrix_schema_version},
            {"spaces", matrix_spaces()},     {"not_compiled", m_not_compiled},
            {"bounds", matrix_bounds()},     {"experiments", experiments},
            {"records", m_records}};
  }
  std::string summary(const Json& all) const override {
    return headline(all) + matrix_text(all) + "\n" + machine_lines(environment()) +
           "\nAll figures: matrix_results.json. To run it again: commands.txt.\n";
  }

  void write_more() const override { reading::write_report(folder()); }

  MatrixOptions m_options;
  std::vector<MatrixExperiment> m_experiments = matrix_experiments();
  Json m_records = Json::array(), m_not_compiled = Json::array();
};

}  // namespace

system::Exit run_matrix(const std::vector<std::string>& arguments) {
  std::string help;
  const auto options = parse_matrix_options(arguments, help);
  if (!options) {
    fmt::print("{}", help);
    return system::Exit::passed;
  }
  return evidence::run_with_evidence<MatrixRun>("matrix", arguments, options->threads, *options);
}

}  // namespace nbk::bench::jobs
