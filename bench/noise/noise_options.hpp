// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/response/compat/point_spread_of_c.hpp"
#include "nbk/response/integer_rule.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace nbk::bench::noise {

/// Files of a run of nbk-noise. The names of outputs are those of noisify.
struct NoiseFiles {
  std::string float_file;  ///< input; empty: not given
  std::string header;      ///< SMV file whose header is copied; empty: none
  std::string mask;        ///< SMV file whose zero pixels are bad; empty: none
  std::string kernel;      ///< text file of a point spread of one's own; empty: none
  std::string int_file = "intimage.img";
  std::string pgm_file = "image.pgm";
  std::string noise_file = "noiseimage.img";
  bool write_pgm = true;
};

/// Numbers that end up in the header of an image, and the size of a pixel.
struct HeaderNumbers {
  double pixel_size_m = 0.1e-3;
  double distance_m = 100.0e-3;
  double size_fast_m = 102.4e-3, size_slow_m = 102.4e-3;
  std::optional<double> beam_x_m, beam_y_m;
  double wavelength_A = 1;
  double phi_deg = 0, osc_deg = 1;
  int pixels_fast = 0, pixels_slow = 0;  ///< 0: not given
};

/// Steps that only nbk has. They need Policy::corrected.
struct OwnSteps {
  double image_flicker = 0;              ///< deviation of all photons of the image, as a fraction
  double gain_spread = 0;                ///< deviation of the gain of a photon, as a fraction
  std::optional<double> saturation_adu;  ///< not given: the largest number of the file
  std::optional<double> overload_mark;   ///< value of saturated pixels; not given: the saturation
  double bad_mark = 0;                   ///< value of masked pixels
  IntegerRule integers;
  int image_number = 0;  ///< of a series with one seed
};

/// Everything that a command line of nbk-noise says, in the units of its fields.
struct NoiseOptions {
  NoiseFiles files;
  HeaderNumbers header;
  OwnSteps own;

  double scale = 1;                                             ///< photons per unit of the input
  double fluence_per_m2 = nbk::constants::unit_fluence_per_m2;  ///< multiplies once more
  double gain = 1;                                              ///< ADU per photon
  double offset = 40;                                           ///< ADU
  double readout_noise = 0;                                     ///< ADU
  double flicker = 0;                                           ///< of a pixel, as a fraction
  double calibration = 0.03;                                    ///< of a pixel, as a fraction
  std::int64_t seed = -1;                                       ///< with the sign that makes the generator start anew
  std::int64_t calibration_seed = 123456789;                    ///< the same; positive only when it is not given
  nbk::compat::SpreadShape psf = nbk::compat::SpreadShape::none;
  std::string unknown_psf{};  ///< a word after -psf that names none
  float psf_fwhm_m = 46e-6F;  ///< a float in noisify, too
  int psf_radius_px = 0;      ///< 0: automatic
  int bits = 16;              ///< of a pixel
  bool add_noise = true;

  Policy policy = Policy::compat;
  int threads = 0;  ///< 0: as the environment says
  bool strict = false, quiet = false, help = false, help_markdown = false, version = false;
};

}  // namespace nbk::bench::noise
