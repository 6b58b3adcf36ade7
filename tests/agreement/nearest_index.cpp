// SPDX-License-Identifier: MIT
// Single pixels where the structure factor jumps: halfway between two reflections the nearest one must be that of
// double, however narrow the numbers. Sums and correlations do not see it.
#include "support/render.hpp"

#include <doctest/doctest.h>

#include <Kokkos_Core.hpp>
#include <nbk/nbk.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

using namespace nbk;

namespace {

using Host = Kokkos::DefaultHostExecutionSpace;

/// One unit cell, whose image is F^2 of the nearest reflection, at small angles. 1000 x 1000 pixels.
Experiment one_cell() {
  std::uint32_t state = 1;
  const auto random_amplitude = [&state](int, int, int) {
    state = state * 1664525U + 1013904223U;
    return 400.0 + 1200.0 * (state >> 8) / double{1 << 24};
  };
  Experiment e;
  e.beam.wavelength_m = 1e-10;
  e.crystal.a_matrix = Mat3d{{0.003, 0.001, -0.0024}, {0.0019, -0.0035, 0.0004}, {-0.0018, -0.0014, -0.0032}};
  e.crystal.cells = {1, 1, 1};
  e.structure_factors = StructureFactors::from(random_amplitude, {-12, 12}, {-12, 12}, {-12, 12});
  e.structure_factors.interpolate = false;
  e.detector.distance_m = 1;
  e.detector.pixel_size_m = 1e-4;
  e.detector.pixels_fast = e.detector.pixels_slow = 1000;
  e.detector.oversample = 1;
  return e;
}

/// Number of pixels that differ by more than 1e-3 of the brightest.
std::size_t pixels_off(const std::vector<float>& image, const std::vector<float>& exact) {
  const double brightest = static_cast<double>(*std::max_element(exact.begin(), exact.end()));
  std::size_t off = 0;
  for (std::size_t i = 0; i < exact.size(); ++i) {
    off += !(std::fabs(static_cast<double>(image[i]) - static_cast<double>(exact[i])) <= 1e-3 * brightest);
  }
  return off;
}

}  // namespace

TEST_CASE("nearest index: every precision by name gives every pixel the reflection of double") {
  const std::vector<float> exact = nbk::testing::render(one_cell(), "float64");
  for (const char* dtype : {"float32", "mixed", "df64"}) {
    CHECK_MESSAGE(pixels_off(nbk::testing::render(one_cell(), dtype), exact) == 0, dtype);
  }
}

TEST_CASE("nearest index: a plan in single precision says that it does not, and this image shows it") {
  const Host exec;
  const Plan<Fp32, Host> plan(exec, one_cell());
  const auto& warnings = plan.scene().warnings;
  CHECK(std::any_of(warnings.begin(), warnings.end(),
                    [](const Warning& w) { return w.topic == Warning::Topic::insufficient_precision; }));
  const auto image = make_image(exec, plan);
  simulate(exec, plan, image);
  exec.fence();
  const std::size_t off =
      pixels_off({image.data(), image.data() + image.size()}, nbk::testing::render(one_cell(), "float64"));
  CHECK(off > 0);
  CHECK(off < 100);
}
