// SPDX-License-Identifier: MIT
#pragma once

#include "bench/reference/random.hpp"
#include "nbk/model/experiment.hpp"

#include <array>
#include <vector>

namespace nbk::reference {

/// Direct cell vectors of one orientation, metres: h = a.q, k = b.q, l = c.q.
struct Cell {
  Vec a, b, c;
};

/// Mounted crystal, before the spindle turns and before mosaic rotations.
struct Lattice {
  Cell cell;
  Vec a_star, b_star, c_star;            ///< reciprocal vectors, 1/Angstrom
  std::array<double, 3> cells{1, 1, 1};  ///< unit cells along a, b, c
  Vec misset_rad;                        ///< turn of the vectors, as rotate_lab() has it
};

/// Builds the lattice of the mounted crystal.
/// \param uniform  generator, shared with the mosaic domains; only a random misset draws from it
Lattice build_lattice(const Experiment& experiment, ShuffledUniform& uniform);

/// Returns the unit cells along a, b, c: the given ones, or as many as fit into the size. Width and height are clipped
/// to those of the beam.
std::array<double, 3> count_cells(const Crystal& crystal, const Cell& cell, double beam_size_m);

/// Returns the given mosaic rotations, or draws them; then domain 0 is the identity. Empty without mosaic spread.
std::vector<Matrix> draw_domains(const Mosaicity& mosaicity, ShuffledUniform& uniform);

/// Cell vectors of every phi step and domain, [step][domain].
using Orientations = std::vector<std::vector<Cell>>;

/// Goniometer: the crystal is turned by `fixed`, then about the spindle, then by `setting`.
struct Mount {
  Matrix fixed;
  Vec spindle;
  Matrix setting;
};

/// Turns the crystal about the spindle by every angle, then by the rotation of every domain.
Orientations turn_properly(const Cell& crystal, const Mount& mount, const std::vector<double>& phi_rad,
                           const std::vector<Matrix>& domains);

/// Turns the crystal as the C program does. A step at exactly 0 is not turned but keeps `standing`, the orientation of
/// the step before it. At the end `standing` is that of the last step, with which the next sweep begins.
Orientations turn_like_c(Cell& standing, const Cell& crystal, const Mount& mount, const std::vector<double>& phi_rad,
                         const std::vector<Matrix>& domains);

/// Returns the crystal on its goniometer, turned by an angle.
Cell turn(const Cell& crystal, const Mount& mount, double phi_rad);

}  // namespace nbk::reference
