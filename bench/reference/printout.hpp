// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/experiment.hpp"

#include <array>
#include <functional>
#include <optional>

namespace nbk::reference {

/// Values that the C program prints about a pixel (-printout): those of its last evaluation, and its factors. If an
/// evaluation ends early (resolution limit, no lattice factor), later values are those of an earlier evaluation.
struct Printout {
  int fast = 0, slow = 0;
  double stol_per_m = 0;             ///< sin(theta) / lambda of the last ray, printed in 1/m
  double stol_per_A = 0;             ///< the same from the pixel's angle and the nominal wavelength
  std::array<double, 3> position_m;  ///< of the last sub-pixel
  std::array<double, 3> index, nearest_index;
  double amplitude = 0, lattice_factor = 0;                  ///< F_cell and F_latt
  double sum = 0, steps = 1;                                 ///< I and its divisor
  double polarization = 0, solid_angle_sr = 0, capture = 0;  ///< the factors that I / steps is multiplied by
  std::array<std::array<double, 3>, 3> cell_A;               ///< a, b, c of the last orientation
};

/// Calls `print` for one pixel or, in the C program's order, for every pixel that is rendered.
/// \param experiment  experiment of Policy::compat
/// \param only        fast and slow of one pixel; nothing: all
/// \throws InvalidInput  for another policy, or if the experiment has no image
void print_out(const Experiment& experiment, const std::optional<std::array<int, 2>>& only,
               const std::function<void(const Printout&)>& print);

}  // namespace nbk::reference
