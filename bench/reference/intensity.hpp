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
/// table they never are. The first set says so for all.
bool wants_interpolation(const Experiment& experiment, const std::array<double, 3>& cells);

/// Ranges of Miller indices, both ends included.
struct IndexBox {
  int h_min = 0, h_max = -1, k_min = 0, k_max = -1, l_min = 0, l_max = -1;
};
/// Returns the ranges of a set's table.
IndexBox box_of(const StructureFactors& factors);
/// Returns the ranges that hold the tables of all sets. Where sets are interpolated each is completed to them by its
/// default.
IndexBox common_box(const Experiment& experiment);

/// Returns a set by its number.
const StructureFactors& set_of(const Experiment& experiment, int set);

/// Returns F^2 of a value of a set, electrons^2: the value itself where the set has intensities.
double squared(const StructureFactors& factors, double value);

/// Returns the structure factor of the nearest reflection, electrons.
double nearest_amplitude(const StructureFactors& factors, const Index& index);

/// Returns the structure factor by tricubic interpolation (4-point Lagrange polynomials), electrons. Nothing if the
/// stencil leaves the box.
std::optional<double> interpolated_amplitude(const StructureFactors& factors, const IndexBox& box, const Index& index);

/// Rejects a shape that lattice_factor() does not have.
void require_known_shape(LatticeShape shape);

/// Returns the lattice factor F_latt of the crystal's shape, 1 for a single cell.
double lattice_factor(const Experiment& experiment, const Lattice& lattice, const Index& index);

}  // namespace nbk::reference
