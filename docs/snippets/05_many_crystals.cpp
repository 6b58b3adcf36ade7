// SPDX-License-Identifier: MIT
// Several crystals at once, each on its own part of the machine: instances of an execution space work side by side.
#include <nbk/nbk.hpp>

#include <cstdio>
#include <thread>
#include <vector>

using Exec = Kokkos::DefaultExecutionSpace;

nbk::Experiment experiment_of(int crystal) {
  nbk::Experiment experiment;
  experiment.crystal.cell = nbk::UnitCell{40};
  experiment.crystal.cells = {5, 5, 5};
  experiment.crystal.misset_rad = {0.3 * crystal, 0.2 * crystal, 0.1 * crystal};
  experiment.detector.pixels_fast = experiment.detector.pixels_slow = 64;
  experiment.detector.pixel_size_m = 1e-3;
  experiment.detector.oversample = 1;
  experiment.structure_factors.default_amplitude = 100;
  return experiment;
}

// [one]
// Plan, image and work of one crystal on one instance; nothing is shared, and nothing of nbk is global.
void simulate_one(const Exec& exec, int crystal, nbk::Image<Exec>& image) {
  const nbk::Plan<nbk::Fp32, Exec> plan(exec, experiment_of(crystal));
  image = nbk::make_image(exec, plan);
  nbk::simulate(exec, plan, image);
  exec.fence();
}
// [one]

int main(int argc, char** argv) {
  Kokkos::ScopeGuard kokkos(argc, argv);
  constexpr int crystals = 3;
  std::vector<nbk::Image<Exec>> together(crystals), alone(crystals);

  // [all]
  // Two equal parts of the default instance. On a device they are streams.
  const std::vector<Exec> instances = Kokkos::Experimental::partition_space(Exec(), std::vector<int>{1, 1});
  std::vector<std::thread> threads;  // a host space computes in the thread that asks it to
  for (std::size_t part = 0; part < instances.size(); ++part) {
    threads.emplace_back([&, part] {
      for (std::size_t i = part; i < crystals; i += instances.size())
        simulate_one(instances[part], static_cast<int>(i), together[i]);
    });
  }
  for (std::thread& thread : threads) thread.join();
  // [all]

  long different = 0, dark = 0;
  for (std::size_t i = 0; i < crystals; ++i) {
    simulate_one(Exec(), static_cast<int>(i), alone[i]);
    const auto a = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), together[i]);
    const auto b = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), alone[i]);
    double photons = 0;
    for (std::size_t pixel = 0; pixel < a.size(); ++pixel) {
      different += a.data()[pixel] != b.data()[pixel] ? 1 : 0;
      photons += static_cast<double>(b.data()[pixel]);
    }
    dark += photons > 0 ? 0 : 1;
  }
  std::printf("%d crystals on %zu instances: %ld pixels differ from one after the other\n", crystals, instances.size(),
              different);
  return different == 0 && dark == 0 ? 0 : 1;
}
