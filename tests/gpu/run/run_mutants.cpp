// SPDX-License-Identifier: MIT
// Test of the test: changes of one kernel, one at a time, must be noticed. Each addition or fused operation gets the
// other sign, each conditional branch goes the other way.
#include "images.hpp"

#include <algorithm>
#include <exception>
#include <string>
#include <vector>

namespace nbk::gpu_run {
namespace {

struct Case {
  Experiment experiment;
  std::vector<float> wanted;
};

/// True if the image changes, or the device complains.
bool is_noticed(const Case& of) {
  try {
    return difference(image_of<Fp32>(Engine::translated, of.experiment), of.wanted).bits > 0;
  } catch (const DeviceFault&) {
    return true;
  }
}

/// True if the only kernel of this program is enough for an experiment.
bool uses_this_kernel(const Case& of) {
  try {
    image_of<Fp32>(Engine::translated, of.experiment);
    return true;
  } catch (const DeviceFault& fault) {
    if (std::string(fault.what()).find("no kernel") == std::string::npos) throw;
    return false;
  }
}

}  // namespace
}  // namespace nbk::gpu_run

int main(int argc, char** argv) {
  using namespace nbk::gpu_run;
  const Kokkos::ScopeGuard kokkos(argc, argv);
  Report report;
  try {
    executor().approximation = Approximation::as_host;
    std::vector<Case> cases;
    for (const auto& list : {paths_of({}), named_experiments(false)}) {
      for (const NamedExperiment& named : list) {
        const Case of{named.experiment, image_of<nbk::Fp32>(Engine::host, named.experiment)};
        if (uses_this_kernel(of)) cases.push_back(of);
      }
    }
    report.require(cases.size() > 10, "few pictures need this kernel alone");
    for (const Case& of : cases) report.require(!is_noticed(of), "the kernel itself is taken for a mutant");
    report.require(kernels().size() == 1, "one kernel is wanted");
    Kernel& kernel = kernels().begin()->second;
    // A mutant that runs ten times as long as the longest picture does not come to an end.
    executor().most_steps = 20'000'000;
    // Some hundred of all changes, evenly.
    const int step = std::max(1, kernel.code.mutants / 300), mutants = (kernel.code.mutants + step - 1) / step;
    int noticed = 0, reached = 0;
    for (int i = 0; i < kernel.code.mutants; i += step) {
      executor().mutant = i;
      executor().mutant_reached = false;
      bool seen = false;
      for (const Case& of : cases) seen = seen || is_noticed(of);
      const bool counts = seen || executor().mutant_reached;
      if (counts && !seen) std::printf("  not noticed: mutant %d\n", i);
      reached += counts ? 1 : 0;
      noticed += seen ? 1 : 0;
    }
    std::printf("  %d of %d mutants, %d in code that a picture executes, %d noticed\n", mutants, kernel.code.mutants,
                reached, noticed);
    // The others change what need not be computed, or a number by less than its last bit.
    report.require(reached > 0.8 * mutants, "the pictures leave out too much of the kernel");
    report.require(noticed >= 0.8 * reached, "too many mutants are not noticed");
  } catch (const std::exception& error) {
    report.fail(error.what());
  }
  return report.failures() == 0 ? 0 : 1;
}
