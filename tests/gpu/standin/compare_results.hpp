// SPDX-License-Identifier: MIT
#pragma once

#include "coverage.hpp"
#include "kernels.hpp"
#include "reference.hpp"
#include "result_file.hpp"
#include "results.hpp"
#include "runtime.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

namespace nbk::gpu_standin {

using gpu_run::Difference;
using gpu_run::Report;
using gpu_run::ResultRule;

/// Computes all results on the device and compares them with what the host's functors computed (`results`), and those
/// of named experiments with the library's images in double on the host (`images`).
template <class PrecisionT>
void compare_results(Report& report, const std::string& results, const std::string& images) {
  const gpu_run::Rules rules = gpu_run::rules_of<PrecisionT>(false);
  const gpu_run::ReferenceImages reference = gpu_run::read_reference(images);
  gpu_run::ResultReader wanted(results);
  std::size_t compared = 0, numbers = 0, same_bits = 0;
  gpu_run::for_each_result<PrecisionT>(
      rules, [&](const std::string& name, const ResultRule& rule, const auto& compute) {
        const auto computed = compute();
        const std::vector<double> got(computed.begin(), computed.end()), of_host = wanted.next(name);
        const Difference d = gpu_run::difference(got, of_host);
        const bool good = rule.bound == 0 ? d.bits == 0 : d.of_maximum <= rule.bound;
        if (!good) gpu_run::print_row(name, d, "host's functor");
        report.require(good, name + ": differs from the host's");
        report.require(rule.may_be_dark || gpu_run::has_signal(of_host), name + ": dark");
        const auto in_double = reference.find(name);
        if (in_double != reference.end() && rules.reference_bound > 0) {
          const Difference of =
              gpu_run::difference(got, std::vector<double>(in_double->second.begin(), in_double->second.end()));
          report.require(of.of_maximum <= rules.reference_bound, name + ": differs from the image in double");
        }
        ++compared;
        numbers += got.size();
        same_bits += d.bits == 0 ? 1 : 0;
      });
  report.require(wanted.is_at_end(), "results are missing");
  std::printf("  %zu results, %zu numbers; %zu results have the host's bits\n", compared, numbers, same_bits);
}

/// Returns true if a process that reads the memory of a View as host code does is killed for it.
inline bool host_cannot_read() {
  const Kokkos::View<float*, Kokkos::CudaSpace> view("closed", 16);
  Kokkos::fence();
  const volatile float* const memory = view.data();
  const pid_t child = fork();
  if (child == 0) _exit(memory[3] == 0 ? 0 : 1);
  int status = 0;
  waitpid(child, &status, 0);
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV;
}

/// Test of the test: changes of one kernel must be noticed in its image.
template <class PrecisionT>
void check_mutants(Report& report) {
  const auto changed = std::find_if(gpu_run::kernels().begin(), gpu_run::kernels().end(),
                                    [](const auto& named) { return named.second.code.mutants > 0; });
  if (changed == gpu_run::kernels().end()) return report.fail("no kernel has changes");
  const Experiment experiment = gpu_run::named_experiments(false).front().experiment;
  const auto wanted = gpu_run::simulated<PrecisionT>(experiment);
  gpu_run::Executor& executor = gpu_run::executor();
  executor.most_steps = 20'000'000;
  const int mutants = changed->second.code.mutants, step = std::max(1, mutants / 120);
  int reached = 0, noticed = 0;
  for (int i = 0; i < mutants; i += step) {
    executor.mutant = i;
    executor.mutant_reached = false;
    bool seen = false;
    try {
      seen = gpu_run::difference(gpu_run::simulated<PrecisionT>(experiment), wanted).bits > 0;
    } catch (const gpu_run::DeviceFault&) {
      seen = true;
    }
    reached += seen || executor.mutant_reached ? 1 : 0;
    noticed += seen ? 1 : 0;
  }
  executor.mutant = -1;
  std::printf("  %d changes of a kernel in code that the image executes, %d noticed\n", reached, noticed);
  report.require(reached >= 5 && noticed >= 0.7 * reached, "too few changes are noticed");
  report.require(gpu_run::difference(gpu_run::simulated<PrecisionT>(experiment), wanted).bits == 0,
                 "the kernel itself is taken for a change of it");
}

/// Runs all checks of a precision. Arguments: file of results; file of images in double; "constant" if Kokkos passes
/// functors in constant memory.
/// \return number of failures, at most 1
template <class PrecisionT>
int run_all(int argc, char** argv) {
  if (argc < 3) return 2;
  const bool constant = argc > 3 && std::string(argv[3]) == "constant";
  Report report;
  {
    const Kokkos::ScopeGuard kokkos(argc, argv);
    try {
      gpu_run::executor().approximation = gpu_run::Approximation::as_host;
      report.require(host_cannot_read(), "host code can read the device's memory");
      compare_results<PrecisionT>(report, argv[1], argv[2]);
      // Here all launches have as many threads as Kokkos wants; all paths are for tests/gpu/run.
      gpu_run::check_coverage(report, 0.6);
      check_mutants<PrecisionT>(report);
    } catch (const std::exception& error) {
      report.fail(error.what());
    }
  }
  const Started& all = started();
  std::printf("  %zu launches, %zu of them with the functor in constant memory; %zu copies\n", all.launches,
              all.in_constant_memory, all.copies);
  report.require(all.launches > 0 && (all.in_constant_memory > 0) == constant, "functors were passed in another way");
  report.require(gpu_run::device().memory.allocations() == 0, "memory of the device is not given back");
  return report.failures() == 0 ? 0 : 1;
}

}  // namespace nbk::gpu_standin
