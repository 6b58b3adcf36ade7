// SPDX-License-Identifier: MIT
#pragma once

#include <nbk/model/experiment.hpp>

#include <numbers>

/// \file
/// What the experiments of tests/gpu/run are put together from.

namespace nbk::gpu_run {

inline constexpr double degree = std::numbers::pi / 180;

/// A triclinic crystal of cells^3 cells before a square detector of 32 mm, whatever the number of pixels.
Experiment base(int pixels, double cells);

/// Amplitudes that differ from reflection to reflection, of indices from -reach to reach.
StructureFactors waves(int reach, bool interpolate);

void add_domains(Experiment& e, int domains, double spread_rad = 0.01);
void add_spectrum(Experiment& e, int wavelengths);
void add_layers(Experiment& e, int layers);
/// Adds a mask of single pixels and a region of interest.
void add_mask(Experiment& e, int pixels);
/// Adds two directions, one of which has two wavelengths.
void add_sources(Experiment& e);

/// Adds directions whose wavelengths rise, fall and are in no order, and one of a single wavelength. Their steps are
/// uneven, so that a wavelength is not where the average step says.
/// \param sets  of structure factors, 1 or 2
void add_spectra(Experiment& e, int wavelengths, int sets);

}  // namespace nbk::gpu_run
