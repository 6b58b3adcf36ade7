// SPDX-License-Identifier: MIT
// The part of one pixel in a fit: slopes and weights against differences of the loss.
#include <doctest/doctest.h>

#include <Kokkos_Core.hpp>
#include <nbk/kernel/fit_pixel.hpp>

#include <cmath>

using namespace nbk;

TEST_CASE("fit: the slope is that of the loss by the model, for every target") {
  for (const FitTarget target : {FitTarget::least_squares, FitTarget::model_variance, FitTarget::poisson}) {
    for (const double data : {0.0, 4.0, 250.0}) {
      const auto loss_at = [&](double background) {
        return kernel::fit_pixel({target, background, 1.5}, 20.0, data, 3.0).loss;
      };
      const kernel::FitPixel part = kernel::fit_pixel({target, 2.0, 1.5}, 20.0, data, 3.0);
      const double step = 1e-4, slope = (loss_at(2.0 + step) - loss_at(2.0 - step)) / (2 * step);
      CHECK(part.slope == doctest::Approx(-slope).epsilon(1e-6));
      CHECK(part.weight > 0);
      CHECK(part.counts == 1);
    }
  }
}

TEST_CASE("fit: the loss of counted photons is 0 at the data, and infinite where no photon can be expected") {
  const FitModel fit{FitTarget::poisson, 0.0, 1.0};
  CHECK(kernel::fit_pixel(fit, 7.0, 7.0, 1.0).loss == 0);
  CHECK(kernel::fit_pixel(fit, 6.0, 7.0, 1.0).loss > 0);
  for (const double model : {0.0, -1.0}) {
    const kernel::FitPixel part = kernel::fit_pixel(fit, model, 7.0, 1.0);
    CHECK(std::isinf(part.loss));
    CHECK(part.slope == 0);
    CHECK(part.counts == 1);
  }
}
