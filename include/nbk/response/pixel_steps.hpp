// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/response/normal_deviate.hpp"
#include "nbk/response/pixel_words.hpp"
#include "nbk/response/poisson_deviate.hpp"
#include "nbk/response/response.hpp"

#include <Kokkos_Core.hpp>

#include <cstddef>
#include <limits>

/// \file
/// The steps of a Response that see one pixel at a time. The point spread, which does not, stands between the two
/// functions.

namespace nbk {

/// Numbers of a Response as kernels read them.
struct PixelSteps {
  DrawKey key, calibration_key;                                     ///< of the image, and of the calibration map
  double factor = 1;                                                ///< photons per unit, times the image's flicker
  float pixel_flicker = 0, calibration = 0, gain_spread = 0;        ///< see Response
  CalibrationPlace calibrated = CalibrationPlace::before_counting;  ///< see Response
  Counting counting = Counting::poisson;                            ///< see Response
  double gain_adu_per_photon = 1, readout_noise_adu = 0, offset_adu = 0;  ///< see Response
  double saturation_adu = 0, overload_adu = 0, floor_adu = 0;             ///< infinite: no limit
  double gap_mark_adu = 0, bad_mark_adu = 0;                              ///< see Response

  /// Returns the numbers of a response, with the flicker of its image drawn.
  static PixelSteps of(const Response& response) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    PixelSteps steps;
    steps.key = DrawKey::of(response.seed, response.image_number, 0);
    steps.calibration_key = DrawKey::of(response.calibration_seed, 0, 1);
    const auto words = draw_words<1>(steps.key, {}, Draw::image_flicker);
    const auto deviate = static_cast<double>(normal_deviates(words.word[0], words.word[1]));
    const double flicker = 1.0 + response.image_flicker * deviate;
    steps.factor = response.photons_per_unit * (flicker > 0 ? flicker : 0.0);
    steps.pixel_flicker = static_cast<float>(response.pixel_flicker);
    steps.calibration = static_cast<float>(response.calibration);
    steps.gain_spread = static_cast<float>(response.gain_spread);
    steps.calibrated = response.calibrated;
    steps.counting = response.counting;
    steps.gain_adu_per_photon = response.gain_adu_per_photon;
    steps.readout_noise_adu = response.readout_noise_adu;
    steps.offset_adu = response.offset_adu;
    steps.saturation_adu = response.saturation_adu.value_or(infinity);
    steps.overload_adu = response.overload_adu.value_or(steps.saturation_adu);
    steps.floor_adu = response.floor_adu.value_or(-infinity);
    steps.gap_mark_adu = response.gap_mark_adu;
    steps.bad_mark_adu = response.bad_mark_adu;
    return steps;
  }
};

inline namespace NBK_ISA {

namespace deviates {

/// Multiplies pixels by 1 + deviation * deviate, at least 0.
template <std::size_t Lanes>
KOKKOS_FORCEINLINE_FUNCTION void deviate_factors(double (&pixels)[Lanes], float deviation, const DrawKey& key,
                                                 const PixelOfDetector& place, Draw draw) {
  const PixelWords<Lanes> words = draw_words<Lanes>(key, place, draw);
  using V = PixelLanes<float, Lanes>;
  const V factor = max(fma(V(deviation), normal_deviates(words.word[0], words.word[1]), V(1.0F)), V(0.0F));
  store(
      load<PixelLanes<double, Lanes>>(static_cast<const double*>(pixels)) * convert<PixelLanes<double, Lanes>>(factor),
      static_cast<double*>(pixels));
}

}  // namespace deviates

/// Replaces expected photons of some pixels side by side by their signal, in photons.
template <std::size_t Lanes>
KOKKOS_FORCEINLINE_FUNCTION void count_photons(double (&pixels)[Lanes], const PixelSteps& steps,
                                               const PixelOfDetector& place) {
  using deviates::deviate_factors;
  for (double& pixel : pixels) pixel *= steps.factor;
  if (steps.pixel_flicker > 0) deviate_factors(pixels, steps.pixel_flicker, steps.key, place, Draw::pixel_flicker);
  const auto calibrate = [&](CalibrationPlace now) {
    if (steps.calibration <= 0 || steps.calibrated != now) return;
    deviate_factors(pixels, steps.calibration, steps.calibration_key, place, Draw::calibration);
  };
  calibrate(CalibrationPlace::before_counting);
  if (steps.counting == Counting::poisson) draw_poisson(pixels, steps.key, place);
  if (steps.gain_spread > 0) {
    // The signals of n photons add up to a normal deviate of variance n spread^2; few photons keep it above 0.
    const PixelWords<Lanes> words = draw_words<Lanes>(steps.key, place, Draw::gain);
    using V = PixelLanes<double, Lanes>;
    const V photons = load<V>(static_cast<const double*>(pixels));
    const V deviates =
        convert<V>(normal_deviates(words.word[0], words.word[1])) * static_cast<double>(steps.gain_spread);
    store(max(fma(deviates, sqrt(photons), photons), V(0.0)), static_cast<double*>(pixels));
  }
  calibrate(CalibrationPlace::after_counting);
}

/// Replaces the signals of some pixels side by side, in photons, by detector units.
template <std::size_t Lanes>
KOKKOS_FORCEINLINE_FUNCTION void read_out(double (&pixels)[Lanes], const PixelSteps& steps,
                                          const PixelOfDetector& place) {
  using V = PixelLanes<double, Lanes>;
  V adu = fma(load<V>(static_cast<const double*>(pixels)), V(steps.gain_adu_per_photon), V(steps.offset_adu));
  if (steps.readout_noise_adu > 0) {
    const PixelWords<Lanes> words = draw_words<Lanes>(steps.key, place, Draw::readout);
    adu = fma(V(steps.readout_noise_adu), convert<V>(normal_deviates(words.word[0], words.word[1])), adu);
  }
  adu = max(adu, V(steps.floor_adu));
  store(select(adu <= V(steps.saturation_adu), adu, V(steps.overload_adu)), static_cast<double*>(pixels));
}

}  // namespace NBK_ISA

}  // namespace nbk
