// SPDX-License-Identifier: MIT
// The derivatives of a loss by all structure factors, by differences and against the form for devices.
#include "support/gradient_fixture.hpp"

#include <doctest/doctest.h>

#include <Kokkos_Core.hpp>
#include <nbk/launch/adjoint_structure_factors.hpp>
#include <nbk/nbk.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

using namespace nbk;
using namespace nbk::testing;

namespace {

/// dLoss/dF of the loss sum g I, for some reflections by differences, which have no error: the image is of second
/// degree in F.
void check_structure_factors(const Experiment& e, double bound) {
  const Fixture<Fp64> f(e, 1);
  StructureFactorGradient gradient;
  adjoint_structure_factors(f.exec, f.plan, f.slopes, gradient);
  double loss = 0, euler = 0;
  for (std::size_t i = 0; i < f.pixels; ++i) loss += f.slopes(i) * f.image(i);
  const auto& amplitude = e.structure_factors.amplitude;
  REQUIRE(gradient.values.size() == amplitude.size());
  for (std::size_t i = 0; i < amplitude.size(); ++i) euler += gradient.values[i] * amplitude[i];
  REQUIRE(gradient.default_amplitude.size() == 1);
  euler += gradient.default_amplitude[0] * e.structure_factors.default_amplitude;
  CHECK(euler == doctest::Approx(2 * loss).epsilon(bound));
  const auto loss_of = [&](const StructureFactors& factors) {
    Experiment changed = e;
    changed.structure_factors = factors;
    const Fixture<Fp64> other(changed, 1);
    double sum = 0;
    for (std::size_t i = 0; i < other.pixels; ++i) sum += f.slopes(i) * other.image(i);
    return sum;
  };
  const auto largest = static_cast<std::size_t>(std::max_element(gradient.values.begin(), gradient.values.end()) -
                                                gradient.values.begin());
  const double scale = gradient.values[largest];
  CHECK(scale > 0);
  for (const std::size_t i : {largest, largest + 1, largest - 82}) {
    StructureFactors above = e.structure_factors, below = above;
    above.amplitude[i] += 8;
    below.amplitude[i] -= 8;
    CHECK(std::abs((loss_of(above) - loss_of(below)) / 16 - gradient.values[i]) < bound * scale);
  }
  StructureFactors above = e.structure_factors, below = above;
  above.default_amplitude += 8;
  below.default_amplitude -= 8;
  CHECK(std::abs((loss_of(above) - loss_of(below)) / 16 - gradient.default_amplitude[0]) < bound * std::abs(loss));
}

}  // namespace

TEST_CASE("structure factors: the gradient of a loss by all of them") {
  for (const bool interpolate : {false, true}) {
    CAPTURE(interpolate);
    for (const LatticeShape shape : {shape_of<physics::Square>, shape_of<physics::Gauss>}) {
      Experiment e = listed_spectrum(shape);
      e.structure_factors = waves_of_F(interpolate);
      check_structure_factors(e, 1e-11);
    }
  }
}

TEST_CASE("structure factors: as devices do it, one pixel a thread, the same sums as in packs") {
  for (const bool interpolate : {false, true}) {
    for (const LatticeShape shape : {shape_of<physics::Square>, shape_of<physics::Gauss>}) {
      Experiment e = listed_spectrum(shape);
      e.structure_factors = waves_of_F(interpolate);
      e.dmin_m = 1.7e-10;
      const Fixture<Fp64> f(e, 1);
      const auto panels = launch::gradient_panels(f.plan);
      const double total = launch::reflections_in_packs(f.exec, f.plan, panels, f.slopes, {});
      CHECK(total > 0);
      CHECK(launch::reflections_by_pixel(f.exec, f.plan, f.slopes, {}) == doctest::Approx(total).epsilon(1e-12));
      const auto& table = f.plan.tables().structure_factors;
      std::vector<std::int64_t> in_packs(plan::table_size(table), 0), by_pixel(in_packs), again(in_packs);
      const auto to = [&](std::vector<std::int64_t>& sums) {
        kernel::ReflectionTable reflections;
        reflections.sums = sums.data();
        reflections.per_unit = std::ldexp(1.0, 60 - std::ilogb(total));
        return reflections;
      };
      launch::reflections_in_packs(f.exec, f.plan, panels, f.slopes, to(in_packs));
      CHECK(launch::reflections_by_pixel(f.exec, f.plan, f.slopes, to(by_pixel)) == 0);
      launch::reflections_by_pixel(f.exec, f.plan, f.slopes, to(again));
      CHECK(again == by_pixel);
      double worst = 0, largest = 0;
      for (std::size_t i = 0; i < in_packs.size(); ++i) {
        const auto wanted = static_cast<double>(in_packs[i]);
        worst = std::max(worst, std::abs(static_cast<double>(by_pixel[i]) - wanted));
        largest = std::max(largest, std::abs(wanted));
      }
      CHECK(largest > 0);
      CHECK(worst < 1e-11 * largest);
    }
  }
}

TEST_CASE("structure factors: without a table the default is the one") {
  const Fixture<Fp64> f(listed_spectrum(shape_of<physics::Round>), 1);
  StructureFactorGradient gradient;
  adjoint_structure_factors(f.exec, f.plan, f.slopes, gradient);
  double loss = 0;
  for (std::size_t i = 0; i < f.pixels; ++i) loss += f.slopes(i) * f.image(i);
  REQUIRE(gradient.default_amplitude.size() == 1);
  CHECK(gradient.values.empty());
  CHECK(gradient.default_amplitude[0] * 100 == doctest::Approx(2 * loss).epsilon(1e-11));
}
