// SPDX-License-Identifier: MIT
#pragma once

#include "bench/reference/random.hpp"
#include "nbk/model/experiment.hpp"

#include <array>
#include <vector>

namespace nbk::reference {

/// Real-space cell vectors of one orientation, metres: h = a.q, k = b.q, l = c.q.
struct Cell {
  Vec a, b, c;
};

/// The crystal as it is mounted: before the spindle turns and before mosaic rotations.
struct Lattice {
  Cell cell;
  Vec a_star, b_star, c_star;            ///< reciprocal vectors, 1/Angstrom
  std::array<double, 3> cells{1, 1, 1};  ///< unit cells along a, b, c
};

/// \param uniform the generator, shared with the mosaic domains; only a random misset draws from it
Lattice build_lattice(const Experiment& experiment, ShuffledUniform& uniform);

/// Unit cells along a, b, c: as given, or what fits into the size; width and height are clipped to the beam's.
std::array<double, 3> count_cells(const Crystal& crystal, const Cell& cell, double beam_size_m);

/// Mosaic rotations, domain 0 is the identity. Empty: no mosaic spread, nothing to rotate.
std::vector<Matrix> draw_domains(const Mosaicity& mosaicity, ShuffledUniform& uniform);

/// Cell vectors by phi step and domain, [step][domain].
using Orientations = std::vector<std::vector<Cell>>;

/// The crystal turned about the spindle by every angle, then by every domain's rotation.
Orientations turn_properly(const Cell& mounted, const Vec& spindle, const std::vector<double>& phi_rad,
                           const std::vector<Matrix>& domains);

/// The same as the C program does it: a step at exactly 0 is not turned at all but keeps `standing`, the orientation
/// of the step before it. `standing` is left as the last step's, where the next sweep begins.
Orientations turn_like_c(Cell& standing, const Cell& mounted, const Vec& spindle, const std::vector<double>& phi_rad,
                         const std::vector<Matrix>& domains);

}  // namespace nbk::reference
