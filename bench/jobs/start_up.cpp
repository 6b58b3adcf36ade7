// SPDX-License-Identifier: MIT
#include "bench/jobs/start_up.hpp"

#include "bench/jobs/driver.hpp"
#include "bench/jobs/suite_process.hpp"
#include "bench/kernels/simulation.hpp"
#include "bench/measure/workload.hpp"
#include "bench/system/files.hpp"
#include "bench/system/kokkos_settings.hpp"

#include <Kokkos_Core.hpp>

namespace nbk::bench::jobs {

const std::vector<StartUpPart>& start_up_parts() {
  static const std::vector<StartUpPart> parts{
      {"to_main_s", &StartUp::to_main_s, "start to main(): loader and static objects"},
      {"flags_s", &StartUp::flags_s, "flags read, experiment known"},
      {"kokkos_s", &StartUp::kokkos_s, "Kokkos and its threads"},
      {"set_up_s", &StartUp::set_up_s, "plan and image"},
      {"total_s", &StartUp::total_s, "start to first launch"}};
  return parts;
}

StartUp start_once(StartUpOptions options, const std::function<void()>& tick) {
  const system::TemporaryFolder scratch("nbk-start");
  options.output = scratch.path() / "times";
  options.started_ns = steady_now_ns();
  run_self("start-up", start_up_arguments(options), options.threads, tick);
  const auto times = Json::parse(system::read_text(options.output));
  StartUp result;
  for (const auto& part : start_up_parts()) result.*part.value = times.at(part.name).get<double>();
  return result;
}

system::Exit run_start_up_worker(const std::vector<std::string>& arguments) {
  const long long in_main_ns = steady_now_ns();
  const auto options = parse_start_up_options(arguments);
  const auto workload = measure::main_job(options.size);
  const long long known_ns = steady_now_ns();
  const Kokkos::ScopeGuard kokkos(system::kokkos_settings(options.threads));
  const long long initialized_ns = steady_now_ns();
  const auto simulation = make_simulation(options.device, options.dtype);
  simulation->setup(workload.experiment);
  const long long ready_ns = steady_now_ns();
  simulation->run();  // so that what was set up is what runs

  const auto seconds = [](long long from_ns, long long to_ns) { return 1e-9 * static_cast<double>(to_ns - from_ns); };
  system::write_text(options.output, Json{{"to_main_s", seconds(options.started_ns, in_main_ns)},
                                          {"flags_s", seconds(in_main_ns, known_ns)},
                                          {"kokkos_s", seconds(known_ns, initialized_ns)},
                                          {"set_up_s", seconds(initialized_ns, ready_ns)},
                                          {"total_s", seconds(options.started_ns, ready_ns)}}
                                         .dump());
  return system::Exit::passed;
}

}  // namespace nbk::bench::jobs
