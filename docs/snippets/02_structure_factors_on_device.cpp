// SPDX-License-Identifier: MIT
// Structure factors from a View that is on the device already.
#include <nbk/nbk.hpp>

#include <cmath>
#include <cstdio>

using Exec = Kokkos::DefaultExecutionSpace;

struct FillOnDevice {
  Kokkos::View<float***, Exec> amplitude;

  KOKKOS_FUNCTION void operator()(int h, int k, int l) const {
    amplitude(h, k, l) = (h + k + l) % 2 == 0 ? 20.0F : 0.0F;  // as the indices start at -8
  }
};

double photons(const Exec& exec, const nbk::Image<Exec>& image) {
  double sum = 0;
  const Kokkos::View<const float*, Exec, Kokkos::MemoryTraits<Kokkos::Unmanaged>> pixel(image.data(), image.size());
  Kokkos::parallel_reduce(
      "photons", Kokkos::RangePolicy<Exec>(exec, 0, image.size()),
      KOKKOS_LAMBDA(std::size_t i, double& part) { part += static_cast<double>(pixel(i)); }, sum);
  return sum;
}

int main(int argc, char** argv) {
  Kokkos::ScopeGuard kokkos(argc, argv);
  const Exec exec;
  nbk::Experiment experiment;
  experiment.crystal.cell = nbk::UnitCell{30};
  experiment.crystal.cells = {6, 6, 6};
  experiment.crystal.misset_rad = {0.1, 0.2, 0.3};
  experiment.detector.pixels_fast = experiment.detector.pixels_slow = 64;
  experiment.detector.pixel_size_m = 1e-3;
  experiment.detector.oversample = 1;

  // [view]
  const Kokkos::View<float***, Exec> amplitude("amplitude", 17, 17, 17);  // [h][k][l]
  Kokkos::parallel_for("fill", Kokkos::MDRangePolicy<Exec, Kokkos::Rank<3>>(exec, {0, 0, 0}, {17, 17, 17}),
                       FillOnDevice{amplitude});
  experiment.structure_factors = nbk::StructureFactors::over({-8, 8}, {-8, 8}, {-8, 8});
  nbk::Plan<nbk::Fp32, Exec> plan(exec, experiment, amplitude);  // no copy through the host
  // [view]

  const auto image = nbk::make_image(exec, plan);
  nbk::simulate(exec, plan, image);
  const double from_view = photons(exec, image);

  // [again]
  Kokkos::deep_copy(exec, amplitude, 0.0F);  // other amplitudes, in place
  plan.update(exec, amplitude);
  // [again]
  nbk::simulate(exec, plan, image);
  const double dark = photons(exec, image);

  // The same amplitudes from the host, as a check.
  experiment.structure_factors = nbk::StructureFactors::from(
      [](int h, int k, int l) { return (h + k + l) % 2 == 0 ? 20.0 : 0.0; }, {-8, 8}, {-8, 8}, {-8, 8});
  const nbk::Plan<nbk::Fp32, Exec> from_host(exec, experiment);
  nbk::simulate(exec, from_host, image);
  const double expected = photons(exec, image);

  std::printf("from a view %g, from the host %g, of zeros %g photons\n", from_view, expected, dark);
  return expected > 0 && std::abs(from_view - expected) <= 1e-6 * expected && dark == 0 ? 0 : 1;
}
