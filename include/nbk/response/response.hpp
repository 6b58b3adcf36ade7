// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace nbk {

/// Spread of the light of one photon over the pixels around it.
struct PointSpread {
  /// Shape of the spread.
  enum class Kind {
    none,   ///< every photon stays in its pixel
    gauss,  ///< a Gaussian
    fibre,  ///< g / (2 pi) (g^2 + r^2)^(-3/2), that of a fibre-coupled CCD
    kernel  ///< a kernel of one's own
  };

  Kind kind = Kind::none;      ///< shape of the spread
  double fwhm_px = 0;          ///< full width at half maximum of gauss and fibre, > 0
  int radius_px = 0;           ///< pixels farther away get nothing; 0: automatic
  std::vector<double> kernel;  ///< [slow][fast], a square with an odd side, >= 0; it is scaled to a sum of 1
};

/// Step before or after which a static calibration error acts.
enum class CalibrationPlace {
  before_counting,  ///< photons are lost: fewer or more are counted
  after_counting    ///< electronics: what was counted is scaled
};

/// Rule for the number of photons of a pixel.
enum class Counting {
  poisson,  ///< a Poisson deviate of the expected photons
  none      ///< the expected photons themselves
};

/// State of a pixel of the detector.
enum class PixelState : std::uint8_t {
  good,  ///< it counts
  gap,   ///< there is no sensor
  bad    ///< it does not work
};

/// Description of what a detector makes of expected photons. Steps act in the order of the members, and each is left
/// out by its default, except counting. docs/response.md compares the order with that of noisify and simtbx.
///
/// The same seed and image number give the same image for any number of threads and any order of images and panels:
/// each deviate depends on seed, image number, panel and place alone.
struct Response {
  double photons_per_unit = 1;  ///< factor of the input, > 0
  double image_flicker = 0;     ///< deviation of all photons of an image together, as a fraction
  double pixel_flicker = 0;     ///< deviation of the photons of each pixel, as a fraction

  double calibration = 0;                                           ///< deviation of each pixel, as a fraction
  CalibrationPlace calibrated = CalibrationPlace::before_counting;  ///< step that it acts at
  std::uint64_t calibration_seed = 123456789;                       ///< seed of the map, which all images share

  Counting counting = Counting::poisson;  ///< of the expected photons
  double gain_spread = 0;                 ///< deviation of the signal of one photon, as a fraction
  PointSpread point_spread;               ///< of the signal

  double gain_adu_per_photon = 1;  ///< detector units of a photon, > 0
  double readout_noise_adu = 0;    ///< rms
  double offset_adu = 0;           ///< added to every pixel

  std::optional<double> saturation_adu;  ///< largest value of a pixel
  std::optional<double> overload_adu;    ///< value of pixels beyond the saturation, in place of the saturation itself
  std::optional<double> floor_adu;       ///< smallest value of a pixel
  double gap_mark_adu = -1;              ///< value of gaps
  double bad_mark_adu = -2;              ///< value of bad pixels

  std::uint64_t seed = 1;          ///< of everything but the calibration
  std::uint64_t image_number = 0;  ///< of a series with one seed
};

}  // namespace nbk
