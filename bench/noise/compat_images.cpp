// SPDX-License-Identifier: MIT
#include "bench/noise/noise_images.hpp"
#include "nbk/core/constants.hpp"
#include "nbk/response/compat/noisify.hpp"

#include <algorithm>

namespace nbk::bench::noise {

namespace {

nbk::compat::NoisifySettings settings_of(const NoiseOptions& options, const NoiseInput& input) {
  return {.photons_per_unit = options.scale,
          .fluence_factor = options.fluence_per_m2 * constants::electron_radius_sqr_m2,
          .flicker = options.flicker,
          .calibration = options.calibration,
          .seed = options.seed,
          .calibration_seed = options.calibration_seed,
          .point_spread = {.shape = options.psf,
                           .fwhm_px = static_cast<double>(options.psf_fwhm_m) / input.header.pixel_size_m,
                           .radius_px = options.psf_radius_px},
          .gain_adu_per_photon = options.gain,
          .readout_noise_adu = options.readout_noise,
          .offset_adu = options.offset};
}

}  // namespace

double largest_adu(const NoiseOptions& options) {
  return options.own.saturation_adu.value_or(options.bits == 16 ? 65535.0 : 2147483647.0);
}

NoiseImages make_compat_images(const NoiseOptions& options, NoiseInput input) {
  const nbk::compat::NoisifySettings settings = settings_of(options, input);
  NoiseImages images;
  std::vector<float> photons = nbk::compat::scale_as_noisify(input.image, settings);
  if (!options.add_noise && settings.point_spread.acts()) {
    const auto figures = nbk::compat::spread_as_noisify(photons, input.header.pixels_fast, settings.point_spread);
    images.spread = {0, figures.done ? std::optional(figures.lost_photons) : std::nullopt};
  }
  images.noiseless_adu.resize(photons.size());
  // It ends there with 32 bits, too.
  constexpr double largest_noiseless = 65535.0;
  std::ranges::transform(photons, images.noiseless_adu.begin(), [&](float pixel) {
    const double adu = nbk::compat::to_adu(pixel, settings);
    return adu > largest_noiseless ? largest_noiseless : adu;
  });
  if (!options.add_noise) return images;

  nbk::compat::NoisifyFigures figures;
  images.noisy_adu = nbk::compat::add_noise_as_noisify(photons, input.header.pixels_fast, settings, figures);
  images.photons = figures.photons;
  if (settings.point_spread.acts()) {
    images.spread = {figures.counted_photons,
                     figures.spread.done ? std::optional(figures.spread.lost_photons) : std::nullopt};
  }
  const double largest = largest_adu(options);
  for (double& adu : images.noisy_adu) {
    if (!(adu > largest)) continue;
    adu = largest;
    ++images.overloads;
  }
  return images;
}

}  // namespace nbk::bench::noise
