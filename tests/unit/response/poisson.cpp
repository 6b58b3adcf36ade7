// SPDX-License-Identifier: MIT
#include "nbk/response/poisson.hpp"

#include "nbk/scene/make_scene.hpp"
#include "support/experiments.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>

using nbk::NoiseDeviates;
using nbk::Ran1;

TEST_CASE("poisson: gives the C program's deviates in every regime") {
  NoiseDeviates noise(Ran1{}, -1);
  CHECK(noise.poisson(0.5F) == 0);
  CHECK(noise.poisson(5) == 6);
  CHECK(noise.poisson(20) == 17);
  CHECK(noise.poisson(1000) == 1010);
  CHECK(noise.poisson(2e6F) == doctest::Approx(1999581.88).epsilon(1e-8));
}

TEST_CASE("poisson: goes on with the table that the orientation and the mosaic domains have left") {
  nbk::Experiment experiment = nbk::testing::cubic_experiment();
  experiment.crystal.random_misset_seed = -7;
  experiment.crystal.mosaicity = {nbk::testing::degree, 2, 5};
  const nbk::Scene scene = nbk::make_scene(experiment);
  // A seed that is positive does not start the table anew. Values printed by the C program.
  NoiseDeviates noise(scene.generator, 3);
  constexpr std::array<float, 18> expected{2002375.125F, 33, 53, 35, 33, 27, 20, 22, 23,
                                           12,           7,  5,  0,  46, 35, 37, 32, 33};
  for (int i = 0; i < 18; ++i) {
    const float mean = i == 0 ? 2e6F : static_cast<float>(i * 7919 % 1000) / 20.0F;
    CHECK(noise.poisson(mean) == expected[static_cast<std::size_t>(i)]);
  }
}

TEST_CASE("poisson: mean and variance are the mean") {
  for (const float mean : {0.3F, 4.0F, 11.9F, 12.1F, 80.0F, 3e3F, 2e6F}) {
    NoiseDeviates noise(Ran1{}, -5);
    constexpr int n = 20000;
    const double m = static_cast<double>(mean);
    double sum = 0, squares = 0;
    for (int i = 0; i < n; ++i) {
      const double d = static_cast<double>(noise.poisson(mean)) - m;
      sum += d;
      squares += d * d;
    }
    // Five standard errors; a Poisson variable's fourth central moment is m + 3 m^2.
    CHECK(std::fabs(sum / n) < 5 * std::sqrt(m / n));
    CHECK(std::fabs(squares / n - m) < 5 * std::sqrt((m + 2 * m * m) / n));
  }
}

TEST_CASE("poisson: a mean of 0 takes one uniform deviate") {
  NoiseDeviates noise(Ran1{}, -5), uniform(Ran1{}, -5);
  CHECK(noise.poisson(0) == 0);
  uniform.uniform();
  CHECK(noise.uniform() == uniform.uniform());
}

TEST_CASE("poisson: a Gaussian pair comes second deviate first") {
  NoiseDeviates noise(Ran1{}, -11), uniform(Ran1{}, -11);
  double v1, v2, square;
  do {
    v1 = 2 * static_cast<double>(uniform.uniform()) - 1;
    v2 = 2 * static_cast<double>(uniform.uniform()) - 1;
    square = v1 * v1 + v2 * v2;
  } while (square >= 1);
  const double factor = std::sqrt(-2 * std::log(square) / square);
  CHECK(static_cast<double>(noise.gaussian()) == doctest::Approx(v2 * factor).epsilon(1e-6));
  CHECK(static_cast<double>(noise.gaussian()) == doctest::Approx(v1 * factor).epsilon(1e-6));
}

TEST_CASE("poisson: log_gamma agrees with the standard library") {
  for (const float x : {0.5F, 1.5F, 13.0F, 100.0F, 1e4F, 1e6F})
    CHECK(static_cast<double>(nbk::log_gamma(x)) == doctest::Approx(std::lgamma(static_cast<double>(x))).epsilon(1e-6));
  CHECK(std::fabs(static_cast<double>(nbk::log_gamma(1))) < 1e-7);
}
