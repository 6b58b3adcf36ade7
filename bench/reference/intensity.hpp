// SPDX-License-Identifier: MIT
#pragma once

#include "bench/reference/crystal.hpp"
#include "nbk/model/experiment.hpp"

#include <optional>

namespace nbk::reference {

/// Miller indices of a point of reciprocal space, and the nearest whole ones. Halves go down.
struct Index {
  double h = 0, k = 0, l = 0;
  double h0 = 0, k0 = 0, l0 = 0;
};
/// Returns h = a.q, k = b.q, l = c.q.
Index miller_index(const Cell& cell, const Vec& scattering_per_m);

/// True if structure factors are interpolated. The default is to do so if an axis has at most two cells. Without a
/// table they never are.
bool wants_interpolation(const StructureFactors& factors, const std::array<double, 3>& cells);

/// Returns the structure factor of the nearest reflection, electrons.
double nearest_amplitude(const StructureFactors& factors, const Index& index);

/// Returns the structure factor by tricubic interpolation (4-point Lagrange polynomials), electrons. Nothing if the
/// stencil leaves the table.
std::optional<double> interpolated_amplitude(const StructureFactors& factors, const Index& index);

/// Rejects a shape that lattice_factor() does not have.
void require_known_shape(LatticeShape shape);

/// Returns the lattice factor F_latt of the crystal's shape, 1 for a single cell.
double lattice_factor(const Experiment& experiment, const Lattice& lattice, const Index& index);

}  // namespace nbk::reference
