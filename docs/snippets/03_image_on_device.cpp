// SPDX-License-Identifier: MIT
// A pipeline whose image never leaves the device: simulate, find what is bright, and copy two numbers.
#include <nbk/nbk.hpp>

#include <cstdio>

using Exec = Kokkos::DefaultExecutionSpace;

// [reduction]
struct Bright {
  nbk::Image<Exec> image;
  float threshold;

  KOKKOS_FUNCTION void operator()(int slow, int fast, long& count, double& photons) const {
    const float pixel = image(0, slow, fast);
    if (pixel <= threshold) return;
    ++count;
    photons += static_cast<double>(pixel);
  }
};
// [reduction]

int main(int argc, char** argv) {
  Kokkos::ScopeGuard kokkos(argc, argv);
  const Exec exec;
  nbk::Experiment experiment;
  experiment.crystal.cell = nbk::UnitCell{50};
  experiment.crystal.cells = {5, 5, 5};
  experiment.detector.pixels_fast = 96;
  experiment.detector.pixels_slow = 64;
  experiment.detector.pixel_size_m = 1e-3;
  experiment.detector.oversample = 1;
  experiment.structure_factors.default_amplitude = 100;
  const nbk::Plan<nbk::Fp32, Exec> plan(exec, experiment);

  // [pipeline]
  const auto image = nbk::make_image(exec, plan);
  nbk::simulate(exec, plan, image);
  long bright = 0;
  double photons = 0;
  Kokkos::parallel_reduce("bright", Kokkos::MDRangePolicy<Exec, Kokkos::Rank<2>>(exec, {0, 0}, {64, 96}),
                          Bright{image, 100.0F}, bright, photons);
  exec.fence();  // the numbers are here; the image stays where it is
  // [pipeline]

  // The same on the host, as a check.
  const auto copy = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), image);
  long expected = 0;
  for (int slow = 0; slow < 64; ++slow) {
    for (int fast = 0; fast < 96; ++fast) expected += copy(0, slow, fast) > 100.0F ? 1 : 0;
  }
  std::printf("%ld of %ld pixels are bright, with %g photons\n", bright, 64L * 96L, photons);
  return bright == expected && bright > 0 && bright < 64 * 96 && photons > 0 ? 0 : 1;
}
