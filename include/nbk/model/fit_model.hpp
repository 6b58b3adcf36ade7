// SPDX-License-Identifier: MIT
#pragma once

namespace nbk {

/// Target of a fit of images to data.
enum class FitTarget {
  least_squares,   ///< sum of (data - model)^2 / (2 variance)
  model_variance,  ///< sum of ((data - model)^2 / V + ln(2 pi V)) / 2, V = model + variance
  poisson,         ///< sum of model - data + data ln(data / model), for counted photons
};

/// Choice of a fit.
struct FitModel {
  FitTarget target = FitTarget::least_squares;  ///< the sum that becomes small
  double background = 0;                        ///< photons per pixel, added to the image
  double scale = 1;  ///< factor of the crystal's image: model = scale image + materials + background
};

}  // namespace nbk
