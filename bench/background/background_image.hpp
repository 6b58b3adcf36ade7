// SPDX-License-Identifier: MIT
#pragma once

#include "bench/background/background_setup.hpp"
#include "bench/background/form_factor_file.hpp"

#include <cstddef>
#include <vector>

namespace nbk::bench::background {

/// Factors of the last sub-pixel and source of a pixel, by which nonBragg turns photons into a form factor.
struct PixelFactors {
  double stol_per_m = 0;
  double polarization = 1, solid_angle_sr = 0;
  std::size_t place = 0;  ///< in the table, see FormFactorCursor
};

/// The background of all pixels.
struct BackgroundImage {
  std::vector<float> photons;         ///< [slow][fast]; 0 outside the region of interest
  std::vector<PixelFactors> factors;  ///< of the same pixels; empty: not asked for
  double solid_angle_sr = 0;          ///< of the pixels in the region of interest
  std::size_t beyond = 0;             ///< pixels whose last angle is beyond the table
  std::size_t negative = 0, not_numbers = 0;
};

/// Choice of what is computed.
enum class ImageContent { photons, photons_and_factors };

/// Computes the image, to nonBragg's last bit by Policy::compat. Rows are shared among threads where that cannot change
/// a bit.
BackgroundImage make_image(const BackgroundOptions& options, const BackgroundSetup& setup, const FormFactorTable& table,
                           ImageContent content);

}  // namespace nbk::bench::background
