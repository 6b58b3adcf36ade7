// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/experiment.hpp"

#include <vector>

/// A second implementation of everything nbk computes: plain double, one pixel after the other, written from the
/// description of what nanoBragg does and sharing no code with nbk's set-up, physics and kernels. What both get right
/// is right for two reasons; it also stands in for the C program where that is not at hand.
namespace nbk::reference {

/// The image of an experiment, in photons per pixel.
/// \param experiment what to simulate; Policy::compat gives what a serial run of the C program gives
/// \param threads    0: as many as OpenMP likes; the result does not depend on it
/// \return float32 [slow][fast] of the whole panel; 0 outside the region of interest and where the mask is 0
/// \throws InvalidInput for an experiment that has no image
std::vector<float> render(const Experiment& experiment, int threads = 0);

}  // namespace nbk::reference
