// SPDX-License-Identifier: MIT
#include "bench/jobs/matrix.hpp"

#include "bench/jobs/run.hpp"
#include "bench/jobs/suite_case.hpp"
#include "bench/kernels/image_in_packs.hpp"
#include "bench/kernels/simulation.hpp"
#include "bench/reference/reference.hpp"
#include "bench/system/files.hpp"
#include "bench/system/hash.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace nbk::bench::jobs {
namespace {

struct Computed {
  measure::Setting setting;
  std::vector<float> image;
};

/// Computes the image in the precision asked for: it is the one that is compared.
Computed in_own_packs(const measure::Workload& workload, const std::string& device, const std::string& dtype) {
  const auto simulation = runtime::make_simulation({device, dtype, runtime::Care::keep});
  simulation->setup(workload.experiment);
  simulation->run();
  Computed result{measure::setting_of(*simulation), std::vector<float>(workload.pixels())};
  simulation->copy_out(result.image);
  return result;
}

void compare_images(Run& run, const measure::Workload& workload) {
  const auto& options = run.options();
  const auto exact = in_own_packs(workload, options.devices.front(), "float64").image;
  const auto independent = reference::render(workload.experiment, options.threads[0]);
  for (const auto& device : options.devices) {
    for (const auto& dtype : options.dtypes) {
      const bool is_exact = device == options.devices.front() && dtype == "float64";
      const auto add = [&](const Computed& computed, bool own_width) {
        auto judged = record_of(workload, device, dtype);
        judged.setting = computed.setting;
        judged.matrix = MatrixPart{own_width, {}};
        judge_image(judged, computed.image, is_exact && own_width ? std::vector<float>{} : exact, independent);
        run.results().records.push_back(std::move(judged));
        system::InterruptWatch::check();
      };
      auto computed = in_own_packs(workload, device, dtype);
      const int own_width = computed.setting.pack_width;
      add(computed, true);
      computed.setting.dtype = dtype;
      for (const int lanes : further_pack_widths(device, dtype)) {
        computed.setting.pack_width = lanes;
        computed.image = image_in_packs(workload.experiment, device, dtype, lanes);
        add(computed, lanes == own_width);
      }
    }
  }
}

}  // namespace

std::vector<measure::Workload> matrix_workloads(const std::filesystem::path& cases,
                                                const std::filesystem::path& scratch) {
  constexpr bool full_size = false;
  std::vector<measure::Workload> workloads;
  for (const auto& suite_case : read_cases(cases, {"matrix"}))
    workloads.push_back(prepare(suite_case, full_size, scratch));
  return workloads;
}

void judge_image(Record& record, const std::vector<float>& image, const std::vector<float>& with_double,
                 const std::vector<float>& reference) {
  const auto bounds = matrix_bounds_of(record.dtype);
  const auto judged = [&](const char* name, const std::vector<float>& other) -> std::optional<measure::Parity> {
    if (other.empty()) return std::nullopt;
    auto parity = measure::compare(image, other, static_cast<std::size_t>(record.size), 0);
    if (!measure::agree(parity, bounds)) {
      record.reasons.push_back(
          fmt::format("not in parity with {}: correlation {:.9g}, sum ratio {:.9g}, largest difference {:.3g} of the "
                      "brightest pixel",
                      name, parity.correlation, parity.sum_ratio, parity.relative_difference()));
    }
    return parity;
  };
  record.hash = system::hash_of(std::span<const float>(image));
  record.with_float64 = judged("float64", with_double);
  record.matrix->with_reference = judged("the reference", reference);
  // A wider precision would compare something else than the row says.
  if (record.setting.dtype != record.dtype) record.reasons.push_back("computed as " + record.setting.dtype);
  if (std::all_of(image.begin(), image.end(), [](float pixel) { return pixel == 0; })) {
    record.reasons.emplace_back("the image is empty");
  }
}

void run_matrix(Run& run) {
  const auto& options = run.options();
  auto& results = run.results();
  results.spaces = known_spaces();
  for (const auto& device : options.devices) {
    for (const auto& dtype : options.dtypes) {
      if (further_pack_widths(device, dtype).empty()) {
        results.not_compiled.push_back(fmt::format("further pack widths of {} on {}", dtype, device));
      }
    }
  }
  const system::TemporaryFolder scratch("nbk-matrix");
  const auto workloads = matrix_workloads(options.cases, scratch.path());
  for (double done = 0; const auto& workload : workloads) {
    run.log().step(workload.name, done++ / static_cast<double>(workloads.size()));
    compare_images(run, workload);
    run.save_progress();
  }
}

}  // namespace nbk::bench::jobs
