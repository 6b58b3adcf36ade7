// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/core/number_traits.hpp"
#include "nbk/plan/spot_rounding.hpp"
#include "nbk/plan/wavelength_windows.hpp"
#include "nbk/scene/scene.hpp"

#include <algorithm>
#include <cstddef>
#include <type_traits>
#include <vector>

/// \file
/// The number of wavelengths that share an anchor (kernel/spot_line.hpp). Where the geometry is no more exact than the
/// lattice, all of a direction: from the anchor to a wavelength an index changes by less than its own size, so that the
/// rounding of this change is below that of the index. In Mixed the line would be rounded as float where indices are
/// double: for crystals of 15 cells the error was 2.7 times as large, and up to 7 times in random experiments.
///
/// Anchors are for wavelengths that are found by windows or lists. Where all are evaluated, an anchor costs more than
/// it saves: for spots that overlap, and for wavelengths so far from each other that windows do not pay.

namespace nbk::plan {

/// Returns the largest number of rays that follow each other in one direction.
inline int most_wavelengths(const std::vector<Ray>& rays) {
  int most = 0, count = 0;
  for (std::size_t i = 0; i < rays.size(); ++i) {
    count = i > 0 && rays[i].incident == rays[i - 1].incident ? count + 1 : 1;
    most = std::max(most, count);
  }
  return most;
}

/// Returns Tables::waves_per_anchor; 1 where terms have no anchor. It is the same whatever the order in which terms are
/// found, since it decides on last bits.
/// \param windows  of the plan, for no forced order
template <class PrecisionT>
int waves_per_anchor(const Scene& scene, TermWeighting weighting,
                     const WavelengthWindows<typename PrecisionT::Lattice>& windows) {
  using G = typename PrecisionT::Geometry;
  using L = typename PrecisionT::Lattice;
  constexpr bool suits = std::is_arithmetic_v<G> && std::is_arithmetic_v<L> &&
                         NumberTraits<L>::significand_bits >= NumberTraits<G>::significand_bits;
  const int size = most_wavelengths(scene.rays);
  if (!suits || weighting != TermWeighting::per_term || size < 4) return 1;
  if constexpr (suits) {
    if (!windows.used) return 1;
    const InverseWavelengths s = inverse_wavelengths(scene);
    const double longest_difference = std::min(2.0, scene.largest_q_per_m / constants::metres_to_A / s.least);
    const double parts = 1 + longest_difference * (s.most - s.least) * static_cast<double>(windows.parts_per_change);
    if (parts > size * static_cast<double>(windows.parts_per_wave)) return 1;
  }
  return size;
}

}  // namespace nbk::plan
