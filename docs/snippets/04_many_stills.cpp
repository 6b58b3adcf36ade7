// SPDX-License-Identifier: MIT
// Many still images with one plan: a new orientation each time, and no memory is taken.
#include <nbk/nbk.hpp>

#include <cstdio>

using Exec = Kokkos::DefaultExecutionSpace;

int allocations = 0;  // of Kokkos, counted by its own hooks for tools

int main(int argc, char** argv) {
  Kokkos::ScopeGuard kokkos(argc, argv);
  const Exec exec;
  nbk::Experiment experiment;
  experiment.crystal.cell = nbk::UnitCell{40, 50, 60};
  experiment.crystal.cells = {5, 5, 5};
  experiment.crystal.mosaicity.spread_rad = 0.01;
  experiment.crystal.mosaicity.domains = 4;
  experiment.detector.pixels_fast = experiment.detector.pixels_slow = 48;
  experiment.detector.pixel_size_m = 1e-3;
  experiment.detector.oversample = 1;
  experiment.structure_factors.default_amplitude = 100;

  // [loop]
  nbk::Plan<nbk::Fp32, Exec> plan(exec, experiment);
  const auto image = nbk::make_image(exec, plan);
  const auto on_host = Kokkos::create_mirror_view(image);
  const auto still = [&](int shot) {
    nbk::Crystal crystal = experiment.crystal;
    crystal.random_misset_seed = -(shot + 1);  // a random orientation
    plan.update(exec, crystal);                // only what depends on the crystal
    nbk::simulate(exec, plan, image);
    Kokkos::deep_copy(exec, on_host, image);
    exec.fence();
    return on_host(0, 20, 30);
  };
  // [loop]

  still(0);
  const void* const table = plan.tables().orientations;
  Kokkos::Tools::Experimental::set_allocate_data_callback(
      [](Kokkos::Tools::SpaceHandle, const char*, const void*, std::uint64_t) { ++allocations; });
  const float second = still(1);
  int different = 0;
  for (int shot = 2; shot < 20; ++shot) different += still(shot) != second ? 1 : 0;
  const bool same_again = still(1) == second;
  Kokkos::Tools::Experimental::set_allocate_data_callback(nullptr);

  std::printf("20 stills, %d allocations, %d of 18 differ from the second\n", allocations, different);
  return allocations == 0 && plan.tables().orientations == table && different == 18 && same_again ? 0 : 1;
}
