// SPDX-License-Identifier: MIT
// Structure factors from a function of the Miller indices.
#include <nbk/nbk.hpp>

#include <cstdio>

using Exec = Kokkos::DefaultHostExecutionSpace;

// [function]
// Two equal atoms, at the origin and in the middle of the cell: F = 10 + 10 cos(pi (h + k + l)).
double body_centred(int h, int k, int l) { return (h + k + l) % 2 == 0 ? 20.0 : 0.0; }
// [function]

// Photons of the whole image.
double photons(const nbk::Experiment& experiment) {
  const Exec exec;
  const nbk::Plan<nbk::Fp32, Exec> plan(exec, experiment);
  const auto image = nbk::make_image(exec, plan);
  nbk::simulate(exec, plan, image);
  exec.fence();
  double sum = 0;
  for (std::size_t i = 0; i < image.size(); ++i) sum += static_cast<double>(image.data()[i]);
  return sum;
}

int main(int argc, char** argv) {
  Kokkos::ScopeGuard kokkos(argc, argv);
  nbk::Experiment experiment;
  experiment.crystal.cell = nbk::UnitCell{30};
  experiment.crystal.cells = {6, 6, 6};
  experiment.crystal.misset_rad = {0.1, 0.2, 0.3};
  experiment.detector.pixels_fast = experiment.detector.pixels_slow = 64;
  experiment.detector.pixel_size_m = 1e-3;
  experiment.detector.oversample = 1;

  // [use]
  experiment.structure_factors = nbk::StructureFactors::from(body_centred, {-8, 8}, {-8, 8}, {-8, 8});
  // [use]
  const double half_absent = photons(experiment);

  experiment.structure_factors =
      nbk::StructureFactors::from([](int, int, int) { return 20.0; }, {-8, 8}, {-8, 8}, {-8, 8});
  const double all = photons(experiment);

  std::printf("%g photons, %g without absences\n", half_absent, all);
  return half_absent > 0 && half_absent < all ? 0 : 1;
}
