// SPDX-License-Identifier: MIT
// A program that chooses precision and device by name, and includes nothing but the header of nbk::runtime.
#include <nbk/runtime/simulation.hpp>

#include <nbk/core/error.hpp>

#include <Kokkos_Core.hpp>

#include <algorithm>
#include <cstdio>
#include <string>

// nbk::runtime may be compiled for this processor; that is no reason to compile this file for it.
#if defined(__x86_64__) && defined(__AVX__)
#error "using nbk::runtime switched on AVX"
#endif
#if defined(NBK_COMPILED_KERNELS)
#error "using nbk::runtime passed on what is for users of nbk::kernels"
#endif

namespace {

int problems = 0;

void expect(bool good, const char* what) {
  if (good) return;
  ++problems;
  std::printf("not as it should be: %s\n", what);
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

template <class Action>
std::string complaint(const Action& action) {
  try {
    action();
  } catch (const nbk::InvalidInput& error) {
    return error.what();
  }
  return {};
}

nbk::Experiment small_experiment() {
  nbk::Experiment experiment;
  experiment.crystal.cell = nbk::UnitCell{40, 50, 60};
  experiment.crystal.cells = {8, 9, 10};
  experiment.detector.pixels_fast = 40;
  experiment.detector.pixels_slow = 30;
  experiment.detector.pixel_size_m = 1e-3;
  experiment.detector.oversample = 1;
  experiment.structure_factors.default_amplitude = 100;
  return experiment;
}

void check_images(const std::string& dtype) {
  const auto simulation = nbk::runtime::make_simulation({.device = "cpu", .dtype = dtype});
  expect(contains(complaint([&] { simulation->run(); }), "setup() must come first"), "running needs a plan");
  nbk::Experiment experiment = small_experiment();
  simulation->setup(experiment);
  expect(simulation->dtype() == dtype, "the precision asked for is in use");
  simulation->run();
  const std::vector<float> first = simulation->image();
  expect(first.size() == 1200 && std::ranges::max(first) > 0, "an image of 40 x 30 pixels");

  experiment.crystal.misset_rad = {0.1, 0.2, 0.3};
  simulation->update(experiment.crystal);
  simulation->run();
  const std::vector<float> updated = simulation->image();
  simulation->setup(experiment);
  simulation->run();
  expect(updated != first, "another crystal, another image");
  expect(updated == simulation->image(), "an update gives the image of a new plan");
  expect(complaint([&] { simulation->setup(nbk::Experiment{}); }) != "", "an experiment without a crystal is refused");
}

/// Single precision cannot resolve the spots of a large crystal.
void check_care() {
  using nbk::runtime::Care;
  nbk::Experiment experiment = small_experiment();
  nbk::Crystal large = experiment.crystal;
  large.cells = {5000, 5000, 5000};
  const auto careful = nbk::runtime::make_simulation({.device = "cpu", .dtype = "float32", .care = Care::widen});
  careful->setup(experiment);
  expect(contains(complaint([&] { careful->update(large); }), "mixed"), "an update that needs more is refused");
  expect(contains(complaint([&] { careful->run(); }), "setup() must come first"), "and leaves nothing to run");
  experiment.crystal = large;
  careful->setup(experiment);
  expect(careful->dtype() == "mixed", "a wider precision takes over");

  const auto kept = nbk::runtime::make_simulation({.device = "cpu", .dtype = "float32", .care = Care::keep});
  kept->setup(experiment);
  const auto& warnings = kept->scene().warnings;
  const auto topic = nbk::Warning::Topic::insufficient_precision;
  expect(kept->dtype() == "float32", "the precision asked for is kept");
  expect(std::ranges::count(warnings, topic, &nbk::Warning::topic) == 1, "and the scene has a warning");
}

}  // namespace

int main(int argc, char** argv) {
  Kokkos::ScopeGuard const kokkos(argc, argv);
  const std::vector<std::string> devices = nbk::runtime::devices(), dtypes = nbk::runtime::dtypes();
  expect(!devices.empty() && devices.front() == "cpu", "there is a cpu");
  expect(!dtypes.empty(), "there is a precision");
  const std::string device = complaint([] { nbk::runtime::make_simulation("abacus", "float32"); });
  const std::string dtype = complaint([] { nbk::runtime::make_simulation("cpu", "float7"); });
  expect(contains(device, "device = abacus") && contains(device, "cpu"), "an unknown device: the known ones are named");
  expect(contains(dtype, "dtype = float7") && contains(dtype, dtypes.front()), "an unknown precision, likewise");
  for (const std::string& name : dtypes) check_images(name);
  const auto has = [&](const char* name) { return std::ranges::find(dtypes, name) != dtypes.end(); };
  if (has("float32") && has("mixed")) check_care();
  std::printf("%zu precisions, %d problems\n", dtypes.size(), problems);
  return problems;
}
