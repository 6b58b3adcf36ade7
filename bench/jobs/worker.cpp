// SPDX-License-Identifier: MIT
#include "bench/jobs/run.hpp"
#include "bench/jobs/suite_case.hpp"
#include "bench/jobs/worker_records.hpp"
#include "bench/kernels/simulation.hpp"
#include "bench/measure/reference_image.hpp"
#include "bench/system/files.hpp"
#include "bench/system/hash.hpp"
#include "bench/system/kokkos_settings.hpp"
#include "bench/system/machine.hpp"
#include "nbk/core/error.hpp"

#include <Kokkos_Core.hpp>

#include <algorithm>
#include <memory>

namespace nbk::bench::jobs {
namespace {

// One precision, while all of them take turns with the C program.
struct Runner {
  std::unique_ptr<Simulation> simulation;
  std::unique_ptr<DerivativeRun> derivatives;  // none: the case has none
  std::vector<float> image;
  Record record;
  SuitePart part;
};

template <class Work>
double seconds_of(Work&& work) {
  const system::Stopwatch watch;
  work();
  return watch.elapsed_s();
}

// Cold: a new simulation, measured alone, with the memory it takes.
Runner start(const measure::Workload& workload, const Options& options, const std::string& dtype) {
  Runner runner;
  runner.record = record_of(workload, options.devices[0], dtype);
  auto& part = runner.part;
  part.tiny = options.tiny;
  part.round = options.round;
  const bool has_peak = system::reset_peak_memory();
  if (has_peak) part.memory_before_bytes = system::peak_memory_bytes();
  runner.simulation = make_simulation(options.devices[0], dtype);
  part.setup_cold_s = seconds_of([&] { runner.simulation->setup(workload.experiment); });
  return runner;
}

void run_cold(Runner& runner, const measure::Workload& workload) {
  auto& part = runner.part;
  part.simulation_cold_s = seconds_of([&] { runner.simulation->run(); });
  if (part.memory_before_bytes > 0) part.memory_peak_bytes = system::peak_memory_bytes();
  runner.record.setting = measure::setting_of(*runner.simulation);
  part.arithmetic =
      measure::count_arithmetic(workload.experiment, runner.simulation->scene(), runner.record.setting.dtype);
}

// Warm: set up again, once untimed after whatever ran before, then timed.
double run_warm(Runner& runner, const measure::Workload& workload) {
  auto& part = runner.part;
  part.setup_warm_s.push_back(seconds_of([&] { runner.simulation->setup(workload.experiment); }));
  runner.simulation->run();
  part.simulation_s.push_back(seconds_of([&] { runner.simulation->run(); }));
  if (runner.derivatives) part.derivatives_s.push_back(seconds_of([&] { runner.derivatives->run(); }));
  return part.simulation_s.back();
}

// \return the C program's image, empty without it and for an experiment that its flags cannot say
std::vector<float> take_turns(std::vector<Runner>& runners, const measure::Workload& workload, const Options& options) {
  std::vector<float> image;
  if (options.reference && !workload.flags.empty()) {
    const measure::CProgram program{*options.reference, options.reference_timeout_s, options.threads[0], {}};
    // The same image asked of one pixel: everything the C program does but its pixel loop.
    auto one_pixel = workload;
    one_pixel.flags.insert(one_pixel.flags.end(), {"-roi", "0", "0", "0", "0"});
    try {
      for (int i = 0; i < options.iterations; ++i) {
        auto full = measure::c_program_image(program, workload);
        const double one_pixel_s = measure::c_program_image(program, one_pixel).time_s;
        for (auto& runner : runners) {
          runner.part.pairs.push_back({full.time_s, one_pixel_s, run_warm(runner, workload)});
        }
        image = std::move(full.pixels);
      }
    } catch (const FileError& error) {
      image.clear();
      for (auto& runner : runners) runner.part.error = error.what();
    }
  }
  for (auto& runner : runners) {
    while (runner.part.simulation_s.size() < static_cast<std::size_t>(options.iterations)) run_warm(runner, workload);
  }
  return image;
}

void compare_images(std::vector<Runner>& runners, const measure::Workload& workload,
                    const std::vector<float>& c_image) {
  const auto width = static_cast<std::size_t>(workload.pixels_fast);
  const auto is_double = [](const Runner& runner) { return runner.record.dtype == "float64"; };
  for (auto& runner : runners) {
    runner.image.resize(workload.pixels());
    runner.simulation->copy_out(runner.image);
    runner.record.hash = system::hash_of(std::span<const float>(runner.image));
  }
  const auto exact = std::find_if(runners.begin(), runners.end(), is_double);
  for (auto& [simulation, derivatives, image, record, part] : runners) {
    const auto judged = [&, &dtype = record.dtype, &why = record.reasons](const auto& other, const char* reason) {
      auto parity = measure::compare(image, other, width);
      if (!measure::agree(parity, measure::bounds_of(dtype))) why.emplace_back(reason);
      return parity;
    };
    if (exact != runners.end() && record.dtype != "float64") {
      record.with_float64 = judged(exact->image, "not in parity with float64");
    }
    if (!c_image.empty()) part.with_c_program = judged(c_image, "not in parity with the C program");
    if (!part.error.empty()) record.reasons.push_back(part.error);
  }
}

}  // namespace

void run_worker(const Options& options) {
  const auto seconds = [](long long from_ns, long long to_ns) { return 1e-9 * static_cast<double>(to_ns - from_ns); };
  const long long in_main_ns = system::steady_now_ns();
  const auto suite_case = read_case(options.case_file);
  const system::TemporaryFolder scratch("nbk-suite");
  const auto workload = prepare(suite_case, options.tiny, scratch.path());
  const long long known_ns = system::steady_now_ns();
  const Kokkos::ScopeGuard kokkos(system::kokkos_settings(options.threads[0]));
  const long long initialized_ns = system::steady_now_ns();

  std::vector<Runner> runners;
  for (const auto& dtype : options.dtypes) {
    runners.push_back(start(workload, options, dtype));
    if (runners.size() == 1 && options.started_ns > 0) {
      const long long ready_ns = system::steady_now_ns();
      runners[0].part.start_up = {seconds(options.started_ns, in_main_ns), seconds(in_main_ns, known_ns),
                                  seconds(known_ns, initialized_ns), seconds(initialized_ns, ready_ns),
                                  seconds(options.started_ns, ready_ns)};
    }
    run_cold(runners.back(), workload);
    if (const auto& derivatives = suite_case.derivatives) {
      const std::string used = runners.back().simulation->dtype();
      runners.back().derivatives =
          make_derivative_run(used, workload.experiment, derivatives->parameters, derivatives->call);
      runners.back().derivatives->run();
      runners.back().part.derivatives_traversal = traversal_name(runners.back().derivatives->traversal());
      runners.back().part.derivatives_limit = derivatives->limit;
    }
  }
  // Before and after what they are compared with: the machine may be busy at one of the two.
  const std::size_t image_bytes = runners.front().record.pixels * sizeof(float);
  auto peaks = measure::measure_peaks(options.devices[0], image_bytes);
  const auto c_image = take_turns(runners, workload, options);
  peaks.take_best(measure::measure_peaks(options.devices[0], image_bytes));
  compare_images(runners, workload, c_image);

  std::vector<Record> records;
  for (auto& runner : runners) {
    runner.part.peaks = peaks;
    runner.part.floor = suite_case.floor;
    runner.record.suite = std::move(runner.part);
    records.push_back(std::move(runner.record));
  }
  const auto bytes = nlohmann::json::to_cbor(nlohmann::json(records));
  system::write_text(options.output, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace nbk::bench::jobs
