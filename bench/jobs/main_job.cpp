// SPDX-License-Identifier: MIT
#include "bench/jobs/environment_json.hpp"
#include "bench/jobs/pictures.hpp"
#include "bench/jobs/program.hpp"
#include "bench/jobs/run.hpp"
#include "bench/kernels/simulation.hpp"
#include "bench/measure/reference_image.hpp"
#include "bench/measure/statistics.hpp"
#include "bench/system/files.hpp"
#include "bench/system/hash.hpp"
#include "bench/system/machine.hpp"
#include "bench/trace/kokkos_trace.hpp"
#include "bench/trace/launch_description.hpp"
#include "nbk/core/error.hpp"
#include "nbk/io/float_image.hpp"

#include <fmt/format.h>
#include <Kokkos_Profiling_ScopedRegion.hpp>

#include <optional>

namespace nbk::bench::jobs {
namespace {

// One size: the reference, nbk cold and warm, parity, files. A reference that fails makes a record that fails.
class MainJob {
 public:
  MainJob(Run& run, int index)
      : m_run(run),
        m_options(run.options()),
        m_index(index),
        m_size(m_options.sizes.at(static_cast<std::size_t>(index))),
        m_workload(measure::main_job(m_size)) {}

  Record record() {
    run_reference();
    std::optional<trace::KokkosTrace> trace;
    if (m_options.profile) {
      const auto folder = fmt::format("profile_{0}x{0}", m_size);
      std::filesystem::create_directory(m_run.folder() / folder);
      trace.emplace(m_run.folder() / folder / "trace.json", environment_json(m_run.environment()).dump());
      m_part.artifacts.push_back(folder + "/trace.json");
    }
    run_nbk(trace ? &*trace : nullptr);
    compare_images();
    if (m_options.keep_artifacts) write_images();
    if (trace) close(*trace);
    m_part.peak_memory_bytes = system::peak_memory_bytes();
    return finished();
  }

 private:
  void step(const std::string& what, double fraction_of_size) {
    system::InterruptWatch::check();
    m_run.log().step(fmt::format("{0} x {0}: {1}", m_size, what),
                     (m_index + fraction_of_size) / static_cast<double>(m_options.sizes.size()));
  }

  void run_reference() {
    auto& reference = m_part.reference;
    step(m_options.reference ? "reference (C program)" : "reference (built-in)", 0);
    try {
      if (m_options.reference) {
        reference.program = m_options.reference->string();
        reference.program_hash = system::hash_of(system::read_text(*m_options.reference));
      }
      auto image = m_options.reference
                       ? measure::c_program_image({*m_options.reference, m_options.reference_timeout_s,
                                                   m_options.threads[0], [this] { m_run.log().tick(); }},
                                                  m_workload)
                       : measure::builtin_image(m_workload, m_options.threads[0]);
      m_reference = std::move(image.pixels);
      reference.time_s = image.time_s;
      reference.peak_memory_bytes = image.peak_memory_bytes;
      reference.command = std::move(image.command);
      m_run.log().note(fmt::format("reference took {:.3f} s", image.time_s));
    } catch (const FileError& error) {
      reference.error = error.what();
      m_run.log().note(error.what());
    }
  }

  void run_nbk(trace::KokkosTrace* trace) {
    const auto &device = m_options.devices[0], &dtype = m_options.dtypes[0];
    step(fmt::format("nbk, {} on {}", dtype, device), 0.7);
    const auto ready = [&](const Simulation& simulation) {
      if (trace == nullptr) return;
      trace->describe_launches(trace::described_kernel, trace::launch_description(m_workload, simulation));
    };
    m_nbk = measure::measure([&] { return make_simulation(device, dtype); }, m_workload,
                             {m_options.iterations, m_options.warmup}, system::InterruptWatch::check, ready);
  }

  void compare_images() {
    if (m_reference.empty()) return;
    step("comparison", 0.8);
    const Kokkos::Profiling::ScopedRegion region("comparison");
    const auto width = static_cast<std::size_t>(m_workload.pixels_fast);
    m_part.cold_parity = measure::compare(m_nbk.cold_image, m_reference, width);
    m_part.warm_parity = measure::compare(m_nbk.warm_image, m_reference, width);
  }

  void write_images() {
    step("writing images", 0.9);
    const Kokkos::Profiling::ScopedRegion region("file writing");
    const system::Stopwatch watch;
    const auto write = [&](const char* what, const std::vector<float>& image) {
      if (image.empty()) return;
      const auto name = fmt::format("{0}_{1}x{1}.f32", what, m_size);
      io::write_float_image(m_run.folder() / name, image);
      m_part.artifacts.push_back(name);
    };
    write("nbk_cold", m_nbk.cold_image);
    write("nbk_warm", m_nbk.warm_image);
    write("reference", m_reference);
    for (auto& name : write_pictures(m_run.folder(), m_nbk.warm_image, m_reference,
                                     static_cast<std::size_t>(m_workload.pixels_fast))) {
      m_part.artifacts.push_back(std::move(name));
    }
    m_part.file_writing_s = watch.elapsed_s();
  }

  void close(trace::KokkosTrace& trace) {
    trace.close();
    auto& log = m_run.log();
    log.note(fmt::format("trace of {} events", trace.events()));
    log.note(fmt::format("  {:>9} {:>12} {:>12} {:>12}  what", "calls", "total ms", "shortest ms", "longest ms"));
    for (const auto& [name, total] : trace.totals()) {
      const auto ms = [](std::int64_t ns) { return 1e-6 * static_cast<double>(ns); };
      log.note(fmt::format("  {:>9} {:>12.4f} {:>12.4f} {:>12.4f}  {}", total.count, ms(total.total_ns),
                           ms(total.shortest_ns), ms(total.longest_ns), name));
    }
  }

  Record finished() {
    m_part.iterations = m_options.iterations;
    m_part.warmup = m_options.warmup;
    m_part.traced = m_options.profile;
    m_part.cold = m_nbk.cold;
    m_part.warm = m_nbk.warm;
    m_part.cold_hash = system::hash_of(std::span<const float>(m_nbk.cold_image));
    m_part.warm_hash = system::hash_of(std::span<const float>(m_nbk.warm_image));
    if (m_part.cold_parity) m_part.gates = judge(m_options.gates, *m_part.cold_parity, *m_part.warm_parity);
    m_part.gates.push_back(judge_warm_setup(m_options.gates, measure::median(m_part.warm.setup_s)));
    auto record = record_of(m_workload, m_options.devices[0], m_options.dtypes[0]);
    record.setting = m_nbk.setting;
    record.reasons = reasons(m_part.gates);
    if (!m_part.reference.error.empty()) record.reasons.insert(record.reasons.begin(), m_part.reference.error);
    record.main = std::move(m_part);
    return record;
  }

  Run& m_run;
  const Options& m_options;
  int m_index, m_size;
  measure::Workload m_workload;
  measure::Measurement m_nbk;
  std::vector<float> m_reference;
  MainPart m_part;
};

}  // namespace

void run_main_job(Run& run) {
  const auto& options = run.options();
  measure::Peaks peaks;
  const auto measure_best = [&](int size) {
    // The largest share of bandwidth is that of the last image, so its size is the one that is written.
    if (!options.profile || size != options.sizes.back()) return;
    run.log().step("measuring the machine's best", 1);
    const auto pixels = static_cast<std::size_t>(size) * static_cast<std::size_t>(size);
    peaks.take_best(measure::measure_peaks(options.devices[0], pixels * sizeof(float)));
  };
  for (int i = 0; i < static_cast<int>(options.sizes.size()); ++i) {
    // Before and after what they are compared with: the machine may be busy at one of the two. The memory is given
    // back, and a record's own images take several times as much, so its peak of memory stays its own.
    const int size = options.sizes[static_cast<std::size_t>(i)];
    for (int time = 0; time < 2; ++time) measure_best(size);
    run.results().records.push_back(MainJob(run, i).record());
    run.save_progress();
    for (int time = 0; time < 2; ++time) measure_best(size);
  }
  if (options.profile) run.results().peaks = peaks;
}

std::span<const ProgramCommand> main_job_alone() {
  static constexpr ProgramCommand command{
      "", [](const std::vector<std::string>& words) {
        return static_cast<int>(run_job({.name = "", .command = Command::main, .work = run_main_job}, words));
      }};
  return {&command, 1};
}

}  // namespace nbk::bench::jobs
