// SPDX-License-Identifier: MIT
// The adjoint and the normal equations, against derivative images.
#include "support/gradient_fixture.hpp"

#include <doctest/doctest.h>

#include <Kokkos_Core.hpp>
#include <nbk/launch/adjoint.hpp>
#include <nbk/launch/adjoint_structure_factors.hpp>
#include <nbk/launch/derivatives.hpp>
#include <nbk/launch/normal_equations.hpp>
#include <nbk/nbk.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <string>
#include <vector>

using namespace nbk;
using namespace nbk::testing;
using At = nbk::physics::PixelSums;

namespace {

/// A shape of a program's own: a Lorentzian along each axis.
struct Lorentz {
  static constexpr bool compact = false;

  template <class V>
  static KOKKOS_INLINE_FUNCTION V intensity(const physics::LatticeParameters<scalar_t<V>>& p, const Vec3<V>& delta) {
    return lattice_slopes(Lorentz{}, p, delta).value;
  }

  template <class V>
  friend KOKKOS_INLINE_FUNCTION physics::LatticeSlopes<V> lattice_slopes(
      Lorentz, const physics::LatticeParameters<scalar_t<V>>& p, const Vec3<V>& delta) {
    using T = scalar_t<V>;
    const T sqr = p.cells.x * p.cells.x;
    const V value = V(sqr) / (dot(delta, delta) * sqr + T(1));
    const V slope = value * value * T(-2);
    const V zero(T(0));
    return {value,
            {slope * delta.x, slope * delta.y, slope * delta.z},
            {value * value * (T(2) / (sqr * p.cells.x)), zero, zero, zero, zero, zero}};
  }
};

/// Part of a pixel in a fit, as the targets' definitions say.
struct ExpectedPixel {
  double loss, slope, weight;
};

ExpectedPixel expected_pixel(const FitModel& model, double image, double data, double variance) {
  const double value = model.scale * image + model.background, r = data - value;
  if (model.target == FitTarget::least_squares) return {r * r / variance / 2, r / variance, 1 / variance};
  if (model.target == FitTarget::poisson) {
    const double ideal = data > 0 ? data - data * std::log(data) : 0;
    return {value - (data > 0 ? data * std::log(value) : 0) - ideal, data / value - 1, 1 / value};
  }
  const double v = variance + value;
  return {(r * r / v + std::log(2 * std::numbers::pi * v)) / 2, -(1 - 2 * r - r * r / v) / (2 * v),
          1 / v + 1 / (2 * v * v)};
}

}  // namespace

TEST_CASE("adjoint: the sum over pixels of dLoss/dI dI/dp") {
  for (const int parameters : {1, 6}) {
    Fixture<Fp64> f(listed_spectrum(shape_of<physics::Square>), parameters);
    std::vector<double> gradient;
    adjoint(f.exec, f.plan, f.coefficients, f.slopes, gradient);
    REQUIRE(gradient.size() == static_cast<std::size_t>(parameters));
    for (std::size_t p = 0; p < gradient.size(); ++p) {
      double sum = 0, magnitude = 0;
      for (std::size_t i = 0; i < f.pixels; ++i) {
        sum += f.slopes(i) * f.images(p, i);
        magnitude += std::abs(f.slopes(i) * f.images(p, i));
      }
      CHECK(magnitude > 0);
      CHECK(std::abs(gradient[p] - sum) < 1e-13 * magnitude);
    }
  }
}

TEST_CASE("normal equations: loss, vector and matrix are sums over the derivative images") {
  Fixture<Fp64> f(listed_spectrum(shape_of<physics::Gauss>), 6);
  const Pixels data("data", f.pixels), variances("variances", f.pixels);
  for (std::size_t i = 0; i < f.pixels; ++i) {
    data(i) = i % 11 == 2 ? 0.0 : f.image(i) * (1 + 0.2 * std::sin(static_cast<double>(i))) + 3;
    variances(i) = i % 5 == 0 ? 0.0 : 2 + std::sqrt(f.image(i));
  }
  for (const FitTarget target : {FitTarget::least_squares, FitTarget::model_variance, FitTarget::poisson}) {
    const FitModel model{target, 2.5, 1.25};
    NormalEquations got;
    normal_equations(f.exec, f.plan, f.coefficients, data, variances, model, got);
    double loss = 0, pixels = 0;
    std::vector<double> vector(6), matrix(36), magnitude(6);
    for (std::size_t i = 0; i < f.pixels; ++i) {
      if (!(variances(i) > 0)) continue;
      const ExpectedPixel part = expected_pixel(model, f.image(i), data(i), variances(i));
      loss += part.loss;
      pixels += 1;
      for (std::size_t p = 0; p < 6; ++p) {
        const double by_p = model.scale * f.images(p, i);
        vector[p] += part.slope * by_p;
        magnitude[p] += std::abs(part.slope * by_p);
        for (std::size_t q = 0; q < 6; ++q) matrix[p * 6 + q] += part.weight * by_p * model.scale * f.images(q, i);
      }
    }
    CHECK(got.loss == doctest::Approx(loss).epsilon(1e-12));
    CHECK(got.pixels == pixels);
    for (std::size_t p = 0; p < 6; ++p) {
      CHECK(std::abs(got.vector[p] - vector[p]) < 1e-12 * magnitude[p]);
      for (std::size_t q = 0; q < 6; ++q) {
        const double bound = 1e-12 * std::sqrt(matrix[p * 6 + p] * matrix[q * 6 + q]);
        CHECK(std::abs(got.matrix[p * 6 + q] - matrix[p * 6 + q]) < bound);
      }
    }
  }
}

TEST_CASE("normal equations: the scale moves the image, the background does not") {
  const Experiment e = listed_spectrum(shape_of<physics::Gauss>);
  const Host exec;
  const Plan<Fp64, Host> plan(exec, e);
  const auto pixels = static_cast<std::size_t>(scene::listed_pixels(e.selection));
  const Pixels data("data", pixels), ones("ones", pixels);
  Kokkos::deep_copy(data, 3.0);
  Kokkos::deep_copy(ones, 1.0);
  const auto at = [&](double log_scale, double background) {
    NormalEquations normal;
    normal_equations(exec, plan, DerivativeParameters{"scale", "background"}, data, ones,
                     {FitTarget::poisson, background, std::exp(log_scale)}, normal);
    return normal;
  };
  const double step = 1e-4;
  const NormalEquations here = at(0.3, 2);
  const double by_scale = (at(0.3 + step, 2).loss - at(0.3 - step, 2).loss) / (2 * step);
  const double by_background = (at(0.3, 2 + step).loss - at(0.3, 2 - step).loss) / (2 * step);
  CHECK(by_scale != 0);
  CHECK(here.vector[0] == doctest::Approx(-by_scale).epsilon(1e-6));
  CHECK(here.vector[1] == doctest::Approx(-by_background).epsilon(1e-6));
}

TEST_CASE("derivatives: pixels of runs are those of the whole image, in float too") {
  Experiment e = listed_spectrum(shape_of<physics::Gauss>);
  const Fixture<Fp32> f(e, 2);
  const auto runs = e.selection.runs;
  e.selection.runs.clear();
  const Host exec;
  const Plan<Fp32, Host> plan(exec, e);
  const WideImage image("image", 1, 32, 32);
  const Kokkos::View<double****, Kokkos::LayoutRight, Kokkos::HostSpace> images("images", 2, 1, 32, 32);
  derivatives(exec, plan, f.coefficients, image, images);
  std::size_t place = 0;
  double worst = 0, largest = 0;
  for (const PixelRun& run : runs) {
    for (int i = 0; i < run.count; ++i, ++place) {
      const double whole =
          images(1, 0, static_cast<std::size_t>(run.slow), static_cast<std::size_t>(run.first_fast + i));
      worst = std::max(worst, std::abs(whole - f.images(1, place)));
      largest = std::max(largest, std::abs(whole));
    }
  }
  CHECK(largest > 0);
  CHECK(worst <= 1e-6 * largest);
}

TEST_CASE("derivatives: refuses what they are not known for, and says why") {
  const Host exec;
  const auto refusal = [&](const Experiment& e) {
    return complaint([&] {
      const Plan<Fp64, Host> plan(exec, e);
      const WideImage image("image", 1, 32, 32);
      std::vector<double> gradient;
      adjoint(exec, plan, mixtures(1), image, gradient);
    });
  };
  Experiment e = listed_spectrum(shape_of<physics::Tophat>);
  e.selection.runs.clear();
  CHECK(begins_with(refusal(e), "crystal.shape = tophat: must be another for derivatives"));
  e.crystal.shape = shape_of<physics::Gauss>;
  CHECK(refusal(e).empty());
  Experiment in_compat = smoke_experiment();
  CHECK(begins_with(refusal(in_compat), "policy = compat: must be corrected"));
  e.water_size_m = 1e-6;
  CHECK(begins_with(refusal(e), "water_size_m"));
}

TEST_CASE("derivatives: of a shape of one's own, by differences") {
  Experiment e = listed_spectrum(shape_of<physics::Square>);
  const auto image_and_slope = [&](double cells) {
    e.crystal.cells = {cells, 8, 9};
    const Host exec;
    const Plan<Fp64, Host> plan(exec, e);
    const auto pixels = static_cast<std::size_t>(scene::listed_pixels(plan.scene().selection));
    DerivativeCoefficients by_cells = mixtures(1);
    std::fill(by_cells.values.begin(), by_cells.values.end(), 0.0);
    by_cells.values[At::cells] = 1;
    const PixelImages both("image, derivative", 2, pixels);
    derivatives(exec, plan, by_cells, Kokkos::subview(both, 0, Kokkos::ALL), Kokkos::subview(both, 1, Kokkos::ALL),
                OwnShape<Lorentz>{});
    return both;
  };
  const auto here = image_and_slope(200), below = image_and_slope(199), above = image_and_slope(201);
  double worst = 0, largest = 0;
  for (std::size_t i = 0; i < here.extent(1); ++i) {
    worst = std::max(worst, std::abs((above(0, i) - below(0, i)) / 2 - here(1, i)));
    largest = std::max(largest, std::abs(here(1, i)));
  }
  CHECK(largest > 0);
  CHECK(worst < 1e-3 * largest);  // the differences' own error
}

TEST_CASE("adjoint, normal equations, structure factors: the same bits for parts of the threads") {
  Experiment e = listed_spectrum(shape_of<physics::Gauss>);
  e.structure_factors = waves_of_F(false);
  Fixture<Fp32> f(e, 3);
  const auto numbers = [&](const Host& exec) {
    std::vector<double> all;
    adjoint(exec, f.plan, f.coefficients, f.slopes, all);
    NormalEquations normal;
    normal_equations(exec, f.plan, f.coefficients, f.slopes, f.image, FitModel{}, normal);
    all.insert(all.end(), normal.matrix.begin(), normal.matrix.end());
    all.insert(all.end(), normal.vector.begin(), normal.vector.end());
    StructureFactorGradient gradient;
    adjoint_structure_factors(exec, f.plan, f.slopes, gradient);
    all.insert(all.end(), gradient.values.begin(), gradient.values.end());
    return all;
  };
  const auto whole = numbers(f.exec);
  CHECK(std::any_of(whole.begin(), whole.end(), [](double number) { return number != 0; }));
  if (f.exec.concurrency() > 1) {
    for (const Host& part : Kokkos::Experimental::partition_space(f.exec, std::vector<int>(2, 1)))
      CHECK(numbers(part) == whole);
  }
  CHECK(numbers(f.exec) == whole);
}
