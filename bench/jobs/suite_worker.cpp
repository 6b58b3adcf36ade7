// SPDX-License-Identifier: MIT
#include "bench/jobs/suite_worker.hpp"

#include "bench/jobs/record.hpp"
#include "bench/jobs/suite_record.hpp"
#include "bench/kernels/simulation.hpp"
#include "bench/measure/reference_image.hpp"
#include "bench/system/files.hpp"
#include "bench/system/kokkos_settings.hpp"
#include "bench/system/machine.hpp"
#include "bench/system/sha256.hpp"
#include "bench/system/signals.hpp"
#include "bench/system/stopwatch.hpp"
#include "nbk/core/error.hpp"

#include <Kokkos_Core.hpp>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>

namespace nbk::bench::jobs {
namespace {

// What one precision needs while all of them take turns with the C program.
struct Runner {
  std::unique_ptr<Simulation> simulation;
  std::vector<float> image;
  SuiteOutcome outcome;
};

template <class Work>
double seconds_of(Work&& work) {
  const system::Stopwatch watch;
  work();
  return watch.elapsed_s();
}

double seconds_since(long long start_ns) {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  const auto now_ns = std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
  return 1e-9 * static_cast<double>(now_ns - start_ns);
}

// Cold: a new simulation, measured alone, with the memory it takes.
Runner start(const measure::Workload& workload, const WorkerOptions& options, const std::string& dtype, bool first) {
  Runner runner;
  auto& outcome = runner.outcome;
  outcome.dtype = dtype;
  const bool has_peak = system::reset_peak_memory();
  if (has_peak) outcome.memory_before_bytes = system::peak_memory_bytes();
  runner.simulation = make_simulation(options.suite.device, dtype);
  outcome.setup_cold_s = seconds_of([&] { runner.simulation->setup(workload.experiment); });
  if (first && options.started_ns > 0) outcome.startup_s = seconds_since(options.started_ns);
  outcome.simulation_cold_s = seconds_of([&] { runner.simulation->run(); });
  if (has_peak) outcome.memory_peak_bytes = system::peak_memory_bytes();
  outcome.setting = measure::setting_of(*runner.simulation);
  outcome.arithmetic =
      measure::count_arithmetic(workload.experiment, runner.simulation->scene(), outcome.setting.dtype);
  return runner;
}

// Warm: set up again, once untimed after whatever ran before, then timed.
double run_once(Runner& runner, const measure::Workload& workload) {
  auto& outcome = runner.outcome;
  outcome.setup_warm_s.push_back(seconds_of([&] { runner.simulation->setup(workload.experiment); }));
  runner.simulation->run();
  outcome.simulation_s.push_back(seconds_of([&] { runner.simulation->run(); }));
  return outcome.simulation_s.back();
}

// The same image asked of one pixel: everything the C program does but its pixel loop.
measure::Workload one_pixel(const measure::Workload& workload) {
  auto result = workload;
  result.flags.insert(result.flags.end(), {"-roi", "0", "0", "0", "0"});
  return result;
}

class PairMaker {
 public:
  PairMaker(const WorkerOptions& options, const measure::Workload& workload)
      : m_program(measure::c_program_reference(*options.suite.reference, options.suite.reference_timeout_s,
                                               options.threads, {})),
        m_workload(workload),
        m_one_pixel(one_pixel(workload)) {}

  void run(std::vector<Runner>& runners) {
    auto full = m_program->render(m_workload);
    m_image = std::move(full.pixels);
    const double one_pixel_s = m_program->render(m_one_pixel).time_s;
    for (auto& runner : runners) {
      runner.outcome.pairs.push_back({full.time_s, one_pixel_s, run_once(runner, m_workload)});
    }
  }

  const std::vector<float>& image() const { return m_image; }

 private:
  std::unique_ptr<measure::Reference> m_program;
  const measure::Workload& m_workload;
  measure::Workload m_one_pixel;
  std::vector<float> m_image;
};

// \return the C program's image, empty without it
std::vector<float> take_turns(std::vector<Runner>& runners, const measure::Workload& workload,
                              const WorkerOptions& options) {
  std::vector<float> image;
  if (options.suite.reference) {
    try {
      PairMaker maker(options, workload);
      for (int i = 0; i < options.suite.iterations; ++i) maker.run(runners);
      image = maker.image();
    } catch (const FileError& error) {
      for (auto& runner : runners) runner.outcome.error = error.what();
    }
  }
  for (auto& runner : runners) {
    while (runner.outcome.simulation_s.size() < static_cast<std::size_t>(options.suite.iterations)) {
      run_once(runner, workload);
    }
  }
  return image;
}

void compare_images(std::vector<Runner>& runners, const measure::Workload& workload,
                    const std::vector<float>& c_image) {
  const auto width = static_cast<std::size_t>(workload.pixels_fast);
  const auto is_double = [](const Runner& runner) { return runner.outcome.dtype == "float64"; };
  for (auto& runner : runners) {
    runner.image.resize(workload.pixels());
    runner.simulation->copy_out(runner.image);
    runner.outcome.checksum = system::sha256(std::span<const float>(runner.image));
  }
  const auto exact = std::find_if(runners.begin(), runners.end(), is_double);
  for (auto& runner : runners) {
    if (exact != runners.end() && !is_double(runner))
      runner.outcome.with_double = measure::compare(runner.image, exact->image, width);
    if (!c_image.empty()) runner.outcome.with_c_program = measure::compare(runner.image, c_image, width);
  }
}

}  // namespace

void run_suite_worker(const WorkerOptions& options) {
  const auto suite_case = read_case(options.case_file);
  const system::TemporaryFolder scratch("nbk-suite");
  const auto workload = prepare(suite_case, options.suite.tiny, scratch.path());
  const Kokkos::ScopeGuard kokkos(system::kokkos_settings(options.threads));

  std::vector<Runner> runners;
  for (const auto& dtype : options.suite.dtypes) {
    runners.push_back(start(workload, options, dtype, runners.empty()));
  }
  const auto peaks = measure::measure_peaks(options.suite.device);
  const auto c_image = take_turns(runners, workload, options);
  compare_images(runners, workload, c_image);

  Json records = Json::array();
  for (const auto& runner : runners) {
    records.push_back(make_suite_record(suite_case, workload, runner.outcome, peaks, options.suite.tiny));
  }
  system::write_text(options.output, Json{{"peaks", peaks_json(peaks)}, {"records", records}}.dump());
}

}  // namespace nbk::bench::jobs
