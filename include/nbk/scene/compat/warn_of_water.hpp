// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/concatenated.hpp"
#include "nbk/core/constants.hpp"
#include "nbk/core/warning.hpp"
#include "nbk/scene/scene.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <string>

namespace nbk::scene::compat {

/// Photons that `compat` counts of water for each that the water scatters: r_e^2 fluence, divided by the evaluations of
/// a pixel. The C program multiplies its flat background by both once more (docs/physics.md, Q13).
inline double counted_share_of_water(const Scene& scene) {
  const auto oversample = static_cast<double>(scene.panels.front().oversample);
  const double evaluations = static_cast<double>(scene.rays.size()) * static_cast<double>(scene.domains.size()) *
                             static_cast<double>(scene.phi_rad.size()) * oversample * oversample;
  return constants::electron_radius_sqr_m2 * scene.fluence_per_m2 / evaluations;
}

/// Warns of water that `compat` counts more or less often than once.
inline void warn_of_water(Scene& scene, double water_size_m) {
  if (water_size_m == 0) return;
  const double share = counted_share_of_water(scene);
  constexpr double unnoticed = 0.01;
  if (std::abs(share - 1) <= unnoticed) return;
  std::array<char, 32> text{};
  char* const end = std::to_chars(text.begin(), text.end(), share, std::chars_format::general, 3).ptr;
  add_warning(scene.warnings, Warning::Topic::miscounted_water, "water_size_m",
              concatenated({"water has ", std::string_view(text.data(), static_cast<std::size_t>(end - text.data())),
                            " times the photons that it scatters, because compat multiplies its background by r_e^2 "
                            "fluence / evaluations as the C program does; the corrected policy does not"}));
}

}  // namespace nbk::scene::compat
