// SPDX-License-Identifier: MIT
// A number type of one's own, a value with its derivative, through Plan and simulate.
#include "support/dual.hpp"
#include "support/experiments.hpp"

#include <doctest/doctest.h>

#include <Kokkos_Core.hpp>
#include <nbk/nbk.hpp>

#include <nbk/compiled_kernels.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using namespace nbk;
using namespace nbk::testing;

namespace {

using Host = Kokkos::DefaultHostExecutionSpace;

template <Shown shown, Together together>
using DualPrecision =
    Precision<Dual<double, shown, together>, Dual<double, shown, together>, Dual<double, shown, together>>;

static_assert(RealNumber<Dual<double, Shown::value, Together::one>>);
static_assert(PrecisionLike<DualPrecision<Shown::slope, Together::pack>>);
static_assert(launch::pack_width<DualPrecision<Shown::value, Together::one>, Host> == 1);
static_assert(launch::pack_width<DualPrecision<Shown::value, Together::pack>, Host> == launch::pack_width<Fp64, Host>);

/// A table of structure factors that falls off and varies from reflection to reflection, between which is interpolated.
StructureFactors table() {
  StructureFactors f;
  f.h_min = f.k_min = f.l_min = -40;
  f.h_max = f.k_max = f.l_max = 40;
  f.interpolate = true;
  for (int h = f.h_min; h <= f.h_max; ++h) {
    for (int k = f.k_min; k <= f.k_max; ++k) {
      for (int l = f.l_min; l <= f.l_max; ++l)
        f.amplitude.push_back(200 - 2 * std::abs(h) - std::abs(k) + 10 * std::sin(0.7 * h + 0.4 * k - 0.9 * l));
    }
  }
  return f;
}

/// A tilted panel with sensor layers, sub-pixels, two sources and a row that ends in the middle of a pack.
Experiment experiment(Policy policy, LatticeShape shape) {
  Experiment e = tilted();
  e.policy = policy;
  e.crystal.shape = shape;
  e.crystal.mosaicity = {0.002, 5};
  e.crystal.phi = {0.1, 0.0, {}, 1};
  e.detector.pixels_fast = 19;
  e.detector.pixels_slow = 17;
  e.detector.pixel_size_m = 2e-3;
  return e;
}

/// All wavelengths longer.
Experiment with_longer_waves(Experiment e, double by_A) {
  for (Source& source : e.beam.sources) source.wavelength_m += by_A * 1e-10;
  return e;
}

std::vector<float> copy_of(const Host& exec, const Image<Host>& image) {
  exec.fence();
  return {image.data(), image.data() + image.size()};
}

/// The image, every pixel on its own ray: lines are not for own numbers.
template <class Shape>
std::vector<float> in_double(const Host& exec, const Experiment& e) {
  const Plan<Fp64, Host> plan(exec, e);
  const auto image = make_image(exec, plan);
  Tables<Fp64> tables = plan.tables();
  tables.rows_as_lines = false;
  simulate_with<Shape>(exec, plan, tables, image);
  return copy_of(exec, image);
}

/// The image's value, or its derivative by the wavelength (of all sources alike, in Angstrom).
template <class Shape, Shown shown, Together together>
std::vector<float> in_duals(const Host& exec, const Experiment& e) {
  using Number = Dual<double, shown, together>;
  const Plan<DualPrecision<shown, together>, Host> plan(exec, e);
  const auto image = make_image(exec, plan);
  std::vector<Wave<Number>> waves(plan.tables().waves, plan.tables().waves + plan.scene().rays.size());
  for (Wave<Number>& wave : waves) {
    wave.wavelength_A.slope = 1;
    wave.inverse_wavelength_per_A = Number(1) / wave.wavelength_A;
  }
  Tables<DualPrecision<shown, together>> tables = plan.tables();
  tables.waves = waves.data();
  simulate_with<Shape>(exec, plan, tables, image);
  return copy_of(exec, image);
}

float largest(const std::vector<float>& image) {
  float value = 0;
  for (const float pixel : image) value = std::max(value, std::abs(pixel));
  return value;
}

/// Largest difference between a derivative and the central difference of two images in double, relative to the largest
/// derivative.
double error_of_slope(const std::vector<float>& slope, const std::vector<float>& below, const std::vector<float>& above,
                      double step) {
  double worst = 0;
  for (std::size_t i = 0; i < slope.size(); ++i) {
    const double difference = (static_cast<double>(above[i]) - static_cast<double>(below[i])) / (2 * step);
    worst = std::max(worst, std::abs(difference - static_cast<double>(slope[i])));
  }
  return worst / static_cast<double>(largest(slope));
}

template <class Shape, Together together>
void check(const Experiment& e) {
  const Host exec;
  CHECK(in_duals<Shape, Shown::value, together>(exec, e) == in_double<Shape>(exec, e));
  const auto slope = in_duals<Shape, Shown::slope, together>(exec, e);
  CHECK(largest(slope) > 0);
  constexpr double step = 1e-5;
  CHECK(error_of_slope(slope, in_double<Shape>(exec, with_longer_waves(e, -step)),
                       in_double<Shape>(exec, with_longer_waves(e, step)), step) < 2e-4);
}

}  // namespace

TEST_CASE("own number: a dual number's value is the image in double, its slope the derivative") {
  Experiment e = experiment(Policy::corrected, nbk::shape_of<nbk::physics::Square>);
  SUBCASE("one F for all") {
    check<physics::Square, Together::one>(e);
    check<physics::Square, Together::pack>(e);
  }
  SUBCASE("F interpolated") {
    e.structure_factors = table();
    check<physics::Square, Together::one>(e);
    check<physics::Square, Together::pack>(e);
  }
  SUBCASE("F of the nearest reflection, spots with an end") {
    e.crystal.shape = nbk::shape_of<nbk::physics::Gauss>;
    e.structure_factors = table();
    e.structure_factors.interpolate = false;
    check<physics::Gauss, Together::pack>(e);
  }
}

TEST_CASE("own number: its value is the image in double also where factors weight the whole sum") {
  const Host exec;
  Experiment e = experiment(Policy::compat, nbk::shape_of<nbk::physics::Square>);
  e.structure_factors = table();
  const auto expected = in_double<physics::Square>(exec, e);
  CHECK(in_duals<physics::Square, Shown::value, Together::one>(exec, e) == expected);
  CHECK(in_duals<physics::Square, Shown::value, Together::pack>(exec, e) == expected);
}
