// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/math/ran1.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/response/compat/point_spread_of_c.hpp"
#include "nbk/response/compat/shared_deviates.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// \file
/// The steps of the C program noisify (version 6-28-21), draw by draw. docs/response.md compares them with nbk's own.

namespace nbk::compat {

/// Settings of noisify, with its defaults.
struct NoisifySettings {
  double photons_per_unit = 1;  ///< of the input image
  double fluence_factor = 1;    ///< second factor: fluence times the Thomson cross section of a unit fluence
  double flicker = 0;           ///< deviation of the photons of a pixel, as a fraction
  double calibration = 0.03;    ///< the same, drawn from the calibration seed
  std::int64_t seed = -1;       ///< the negative of the number that the user gives
  /// The same for the calibration. Positive is what noisify does by default: the first draw starts from 1.
  std::int64_t calibration_seed = 123456789;
  SpreadOfC point_spread;          ///< after counting
  double gain_adu_per_photon = 1;  ///< detector units of a photon
  double readout_noise_adu = 0;    ///< rms
  double offset_adu = 40;          ///< added to every pixel
};

/// Figures of one run of noisify.
struct NoisifyFigures {
  double counted_photons = 0;  ///< of all pixels, before the point spread
  double photons = 0;          ///< of all pixels, after it
  SpreadFigures spread;        ///< of the point spread
};

/// Returns the photons of every pixel from the input image, rounded to float.
inline std::vector<float> scale_as_noisify(std::span<const float> image, const NoisifySettings& settings) {
  const double factor = settings.fluence_factor * settings.photons_per_unit;
  std::vector<float> photons(image.size());
  for (std::size_t i = 0; i < image.size(); ++i)
    photons[i] = static_cast<float>(factor * static_cast<double>(image[i]));
  return photons;
}

/// Returns the detector units of some photons, without readout noise.
inline double to_adu(float photons, const NoisifySettings& settings) {
  return strict::product(static_cast<double>(photons), settings.gain_adu_per_photon) + settings.offset_adu;
}

/// Spreads the photons; an image without any becomes 0.
inline SpreadFigures spread_as_noisify(std::span<float> photons, int pixels_fast, const SpreadOfC& spread) {
  const SpreadFigures figures = spread_as_c(photons, pixels_fast, spread);
  if (!figures.done) std::ranges::fill(photons, 0.0F);
  return figures;
}

/// Replaces photons by counted photons, spreads them, and returns the detector units of every pixel.
/// \param photons  expected on input, counted and spread on output \param pixels_fast  length of a row
inline std::vector<double> add_noise_as_noisify(std::span<float> photons, int pixels_fast,
                                                const NoisifySettings& settings, NoisifyFigures& figures) {
  Ran1 generator;
  SharedDeviates<float> deviates;
  std::int64_t seed = settings.seed, calibration_seed = settings.calibration_seed;
  const auto drawn_factor = [&](double deviation, std::int64_t& from) {
    return 1.0 + strict::product(deviation, static_cast<double>(deviates.gaussian(generator, from)));
  };
  figures = {};
  for (float& pixel : photons) {
    auto mean = static_cast<double>(pixel);
    if (settings.flicker > 0) mean *= drawn_factor(settings.flicker, seed);
    if (settings.calibration > 0) mean *= drawn_factor(settings.calibration, calibration_seed);
    pixel = deviates.poisson(static_cast<float>(mean), generator, seed);
    figures.counted_photons += static_cast<double>(pixel);
  }
  if (settings.point_spread.acts()) figures.spread = spread_as_noisify(photons, pixels_fast, settings.point_spread);

  std::vector<double> adu(photons.size());
  for (std::size_t i = 0; i < adu.size(); ++i) {
    figures.photons += static_cast<double>(photons[i]);
    adu[i] = to_adu(photons[i], settings);
    if (settings.readout_noise_adu > 0) {
      adu[i] += strict::product(settings.readout_noise_adu, static_cast<double>(deviates.gaussian(generator, seed)));
    }
  }
  return adu;
}

}  // namespace nbk::compat
