// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/model/fit_model.hpp"
#include "nbk/simd/isa.hpp"

#include <Kokkos_Core.hpp>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Part of one pixel in a fit.
struct FitPixel {
  double loss = 0;
  double slope = 0;   ///< -dLoss/dmodel
  double weight = 0;  ///< expected second derivative by the model
  double counts = 0;  ///< 1, or 0 for a pixel that is left out
};

/// True for data that take part: the variance is > 0.
template <class T>
KOKKOS_INLINE_FUNCTION bool takes_part(T data, T variance) {
  return variance > T(0) && Kokkos::isfinite(data) && Kokkos::isfinite(variance);
}

/// The part of a pixel that takes part. With r = data - model, `least_squares` has the loss r^2 / (2 variance) and the
/// weight 1 / variance. With V = model + variance, `model_variance` has the loss of a normal distribution,
/// -dLoss/dmodel = r / V + (r^2 / V - 1) / (2 V), and in place of its second derivative the expected value of that, 1 /
/// V + 1 / (2 V^2). Pixels whose V is not > 0 are left out.
/// \param image      photons of the crystal
/// \param materials  photons of the materials
KOKKOS_INLINE_FUNCTION FitPixel fit_pixel(const FitModel& fit, double image, double data, double variance,
                                          double materials = 0) {
  const double model = fit.scale * image + (materials + fit.background), r = data - model;
  if (fit.target == FitTarget::least_squares) return {r * r / (2 * variance), r / variance, 1 / variance, 1};
  if (fit.target == FitTarget::poisson) {
    if (!(model > 0)) return {Kokkos::Experimental::infinity_v<double>, 0, 0, 1};
    return {data > 0 ? data * Kokkos::log(data / model) - r : -r, r / model, 1 / model, 1};
  }
  const double v = model + variance;
  if (!(v > 0)) return {};
  return {(r * r / v + Kokkos::log(2 * constants::pi<double> * v)) / 2, (r + (r * r / v - 1) / 2) / v,
          (1 + 0.5 / v) / v, 1};
}

}  // namespace NBK_ISA
}  // namespace nbk::kernel
