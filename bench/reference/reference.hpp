// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/experiment.hpp"

#include <vector>

/// Second implementation of everything nbk computes, in plain double. It shares no code with the library's scene,
/// physics and kernels, and was written from a description of nanoBragg. If both agree, an error would have to be in
/// both. It also replaces the C program where that is not installed.
///
/// Read it in this order: pixel_corrected.cpp is the equation of a pixel. pixel.cpp and intensity.cpp have its factors,
/// geometry.cpp, crystal.cpp and beam.cpp the numbers that go into them. pixel_compat.cpp and order.cpp are what the C
/// program does differently.
namespace nbk::reference {

/// Returns the image of an experiment, in photons per pixel. Policy::compat gives that of a serial run of the C
/// program, panel by panel.
/// \param experiment  the experiment
/// \param threads     number of threads; 0: that of OpenMP. The result does not depend on it
/// \return [panel][slow][fast], smaller panels padded with 0 to the largest; where the selection has runs, their pixels
///         one behind the other. 0 outside the region of interest and where the mask is 0
/// \throws InvalidInput if the experiment has no image
std::vector<double> render_in_double(const Experiment& experiment, int threads = 0);

/// Returns the same, rounded to float32.
std::vector<float> render(const Experiment& experiment, int threads = 0);

}  // namespace nbk::reference
