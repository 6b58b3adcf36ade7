// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/pixel_sums.hpp"
#include "nbk/scene/derivative_coefficients.hpp"
#include "nbk/scene/require_differentiable.hpp"
#include "nbk/scene/scene.hpp"

#include <array>

namespace nbk::testing {

/// A scene of one panel without sub-pixels, in plain double, with what its image needs besides: a Gaussian crystal of
/// one F. Shares no formula with the library's kernels.
struct PixelModel {
  Scene scene;
  DerivativeSetting setting;
  double kahn_factor = 0;
  double scale = 1;
  double background = 0;

  /// Image at a place of the panel, in pixels.
  double image(double fast_px, double slow_px) const;
  /// The sums there that kernels give.
  std::array<double, physics::PixelSums::count> sums(const DerivativeCoefficients& needed, double fast_px,
                                                     double slow_px) const;
};

/// Returns a model of everything that can be differentiated: layers, rays of two directions and two wavelengths,
/// domains, a phi sweep, a goniometer and a full matrix N.
PixelModel full_pixel_model();

}  // namespace nbk::testing
