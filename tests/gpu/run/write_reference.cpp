// SPDX-License-Identifier: MIT
// write_reference FILE: the library's own images of all experiments in double on the host, in packs. A program of its
// own, since the programs that run device code lay out Views as nvcc does.
#include "experiments.hpp"

#include <Kokkos_Core.hpp>
#include <nbk/runtime/simulation.hpp>

#include <cstdint>
#include <fstream>

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const Kokkos::ScopeGuard kokkos(argc, argv);
  std::ofstream out(argv[1], std::ios::binary);
  for (const auto& named : nbk::gpu_run::named_experiments(true)) {
    const auto simulation = nbk::runtime::make_simulation("cpu", "float64");
    simulation->setup(named.experiment);
    simulation->run();
    const std::vector<float> image = simulation->image();
    const auto size = static_cast<std::uint64_t>(image.size());
    out << named.name << '\0';
    out.write(reinterpret_cast<const char*>(&size), sizeof(size));
    out.write(reinterpret_cast<const char*>(image.data()), static_cast<std::streamsize>(size * sizeof(float)));
  }
  return out.good() ? 0 : 1;
}
