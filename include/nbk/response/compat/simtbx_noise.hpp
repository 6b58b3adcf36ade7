// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/math/ran1.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/response/compat/point_spread_of_c.hpp"
#include "nbk/response/compat/shared_deviates.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

/// \file
/// The steps of simtbx.nanoBragg's add_noise, draw by draw. docs/response.md compares them with nbk's own.

namespace nbk::compat {

/// Settings of simtbx.nanoBragg's add_noise. The defaults are those of simtbx except for the point spread, which is a
/// fibre of 80 um there.
struct SimtbxSettings {
  double flicker = 0;                         ///< deviation of the photons of a pixel, as a fraction
  double calibration = 0.03;                  ///< deviation of a pixel's gain, the same for every image
  std::int64_t seed = 1;                      ///< its sign does not matter
  std::int64_t calibration_seed = 123456789;  ///< the same
  SpreadOfC point_spread;                     ///< after counting and calibration
  double gain_adu_per_photon = 1;             ///< detector units of a photon
  double readout_noise_adu = 3;               ///< rms
  double offset_adu = 40;                     ///< added to every pixel
};

/// Replaces the photons of an image by detector units, neither rounded nor clipped. Pixels below 0 are not counted but
/// take part in the rest. \param image  [slow][fast] \param pixels_fast  length of a row
inline void add_noise_as_simtbx(std::span<double> image, int pixels_fast, const SimtbxSettings& settings) {
  Ran1 generator;
  SharedDeviates<double> of_image, of_pixels;
  std::int64_t seed = -std::abs(settings.seed);
  for (double& pixel : image) {
    if (pixel < 0) continue;
    double mean = pixel;
    if (settings.flicker > 0) mean *= 1.0 + strict::product(settings.flicker, of_image.gaussian(generator, seed));
    pixel = of_image.poisson(mean, generator, seed);
  }
  if (settings.calibration > 0) {
    std::int64_t calibration_seed = -std::abs(settings.calibration_seed);
    for (double& pixel : image) {
      pixel *= 1.0 + strict::product(settings.calibration, of_pixels.gaussian(generator, calibration_seed));
    }
  }
  if (settings.point_spread.acts()) spread_as_c(image, pixels_fast, settings.point_spread);
  for (double& pixel : image) {
    double adu = strict::product(pixel, settings.gain_adu_per_photon) + settings.offset_adu;
    if (settings.readout_noise_adu > 0) {
      adu += strict::product(settings.readout_noise_adu, of_image.gaussian(generator, seed));
    }
    pixel = adu;
  }
}

}  // namespace nbk::compat
