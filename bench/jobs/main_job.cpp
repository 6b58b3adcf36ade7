// SPDX-License-Identifier: MIT
#include "bench/jobs/main_job.hpp"

#include "bench/jobs/record.hpp"
#include "bench/system/files.hpp"
#include "bench/system/machine.hpp"
#include "bench/system/signals.hpp"
#include "bench/system/stopwatch.hpp"
#include "bench/trace/kokkos_trace.hpp"
#include "bench/trace/launch_description.hpp"
#include "nbk/core/error.hpp"

#include <fmt/format.h>
#include <Kokkos_Profiling_ScopedRegion.hpp>

#include <optional>
#include <utility>

namespace nbk::bench::jobs {
namespace {

void note_totals(evidence::RunLog& log, const trace::KokkosTrace& trace) {
  log.note(fmt::format("  {:>9} {:>12} {:>12} {:>12}  what", "calls", "total ms", "shortest ms", "longest ms"));
  for (const auto& [name, total] : trace.totals()) {
    log.note(fmt::format("  {:>9} {:>12.4f} {:>12.4f} {:>12.4f}  {}", total.count,
                         1e-6 * static_cast<double>(total.total_ns), 1e-6 * static_cast<double>(total.shortest_ns),
                         1e-6 * static_cast<double>(total.longest_ns), name));
  }
}

}  // namespace

MainJob::MainJob(const Options& options, std::filesystem::path folder, const Json& environment,
                 measure::Reference& reference, evidence::RunLog& log)
    : m_options(options), m_folder(std::move(folder)), m_environment(environment), m_reference(reference), m_log(log) {}

void MainJob::step(const std::string& what, double fraction_of_size) {
  system::InterruptWatch::check();
  m_log.step(fmt::format("{0} x {0}: {1}", m_size, what),
             (m_place.index + fraction_of_size) / static_cast<double>(m_place.count));
}

Json MainJob::run(int size, Place place) {
  m_size = size;
  m_place = place;
  const auto workload = measure::main_job(size);
  Outcome outcome;
  std::vector<float> reference;
  run_reference(workload, outcome, reference);

  std::optional<trace::KokkosTrace> trace;
  if (m_options.profile) {
    const auto folder = fmt::format("profile_{0}x{0}", size);
    std::filesystem::create_directory(m_folder / folder);
    trace.emplace(m_folder / folder / "trace.json", m_environment.dump());
    outcome.artifacts.push_back(folder + "/trace.json");
  }
  run_nbk(workload, outcome, trace ? &*trace : nullptr);
  compare_images(workload, outcome, reference);
  if (m_options.keep_artifacts) write_images(workload, outcome, reference);
  if (trace) {
    trace->close();
    m_log.note(fmt::format("trace of {} events", trace->events()));
    note_totals(m_log, *trace);
    trace.reset();
  }
  outcome.peak_memory_bytes = system::peak_memory_bytes();
  return make_record(m_options, workload, outcome);
}

void MainJob::run_reference(const measure::Workload& workload, Outcome& outcome, std::vector<float>& image) {
  outcome.reference = m_reference.describe();
  step(fmt::format("reference ({})", m_reference.kind()), 0);
  try {
    auto result = m_reference.render(workload);
    image = std::move(result.pixels);
    outcome.reference_time_s = result.time_s;
    outcome.reference_peak_memory_bytes = result.peak_memory_bytes;
    outcome.reference_command = std::move(result.command);
    m_log.note(fmt::format("reference took {:.3f} s", result.time_s));
  } catch (const FileError& error) {
    outcome.reference_error = error.what();
    m_log.note(error.what());
  }
}

void MainJob::run_nbk(const measure::Workload& workload, Outcome& outcome, trace::KokkosTrace* trace) {
  step(fmt::format("nbk, {} on {}", m_options.dtype, m_options.device), 0.7);
  const auto make = [&] { return make_simulation(m_options.device, m_options.dtype); };
  const auto ready = [&](const Simulation& simulation) {
    if (trace != nullptr)
      trace->describe_launches(trace::described_kernel, trace::launch_description(workload, simulation));
  };
  outcome.nbk =
      measure::measure(make, workload, {m_options.iterations, m_options.warmup}, system::InterruptWatch::check, ready);
}

void MainJob::compare_images(const measure::Workload& workload, Outcome& outcome, const std::vector<float>& reference) {
  if (reference.empty()) return;
  step("comparison", 0.8);
  const Kokkos::Profiling::ScopedRegion region("comparison");
  compare_with(reference, static_cast<std::size_t>(workload.pixels_fast), outcome);
}

void MainJob::write_images(const measure::Workload& workload, Outcome& outcome, const std::vector<float>& reference) {
  step("writing images", 0.9);
  const Kokkos::Profiling::ScopedRegion region("file writing");
  const system::Stopwatch watch;
  const auto write = [&](const char* what, const std::vector<float>& image) {
    if (image.empty()) return;
    const auto name = fmt::format("{}_{}x{}.f32", what, workload.pixels_fast, workload.pixels_slow);
    system::write_floats(m_folder / name, image);
    outcome.artifacts.push_back(name);
  };
  write("nbk_cold", outcome.nbk.cold_image);
  write("nbk_warm", outcome.nbk.warm_image);
  write("reference", reference);
  outcome.file_writing_s = watch.elapsed_s();
}

}  // namespace nbk::bench::jobs
