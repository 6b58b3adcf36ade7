// SPDX-License-Identifier: MIT
#pragma once

#include "bench/reference/crystal.hpp"
#include "nbk/model/experiment.hpp"

#include <optional>

namespace nbk::reference {

/// Miller indices of a point of reciprocal space, and the nearest whole ones (halves go down).
struct Index {
  double h = 0, k = 0, l = 0;
  double h0 = 0, k0 = 0, l0 = 0;
};
Index miller_index(const Cell& cell, const Vec& scattering_per_m);

/// Whether structure factors are interpolated: asked for, or by default for crystals of no more than two cells in any
/// direction; never without a table.
bool wants_interpolation(const StructureFactors& factors, const std::array<double, 3>& cells);

/// Structure factor of the nearest reflection, electrons.
double nearest_amplitude(const StructureFactors& factors, const Index& index);

/// Tricubic interpolation by 4-point Lagrange polynomials, electrons; nothing where the stencil leaves the table.
std::optional<double> interpolated_amplitude(const StructureFactors& factors, const Index& index);

/// Rejects a shape that lattice_factor() does not have.
void require_known_shape(LatticeShape shape);

/// Lattice factor of the crystal's shape, 1 for a single cell.
double lattice_factor(const Experiment& experiment, const Lattice& lattice, const Index& index);

}  // namespace nbk::reference
