// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/mat3.hpp"
#include "nbk/model/beam.hpp"

#include <array>
#include <optional>

namespace nbk {

/// The shapes of the crystal (or of the spots) whose Fourier transform is the lattice factor.
enum class LatticeShape { square, round, gauss, tophat };

/// Direct unit cell. Trailing members that are 0 are not given: edges equal to a, right angles.
struct UnitCell {
  double a_A = 0, b_A = 0, c_A = 0;                      ///< edges, Angstrom
  double alpha_rad = 0, beta_rad = 0, gamma_rad = 0;     ///< angles
};

/// Mosaic spread: the crystal as a set of slightly misoriented domains.
struct Mosaicity {
  double spread_rad = 0;
  std::optional<int> domains;   ///< not given: 10 when there is a spread, else 1
  long seed = -12345678;        ///< as the C program stores it: the negative of what the user gives
};

/// Rotation of the crystal during the exposure.
struct PhiScan {
  double start_rad = 0;
  std::optional<double> range_rad;
  std::optional<double> step_rad;
  std::optional<int> steps;
};

/// What diffracts.
struct Crystal {
  std::optional<UnitCell> cell;
  std::optional<Mat3d> a_matrix;    ///< MOSFLM A matrix (dimensionless, U B lambda): columns a*, b*, c*; orientation and,
                                    ///< without a cell, lengths come from it
  Vec3d misset_rad{0, 0, 0};        ///< rotations about lab x, then y, then z
  std::optional<long> random_misset_seed;  ///< a random orientation instead of misset_rad; sign as Mosaicity::seed
  std::array<double, 3> cells{1, 1, 1};    ///< unit cells along a, b, c
  Vec3d size_m{0, 0, 0};            ///< full widths along a, b, c; > 0 in any replaces `cells`
  LatticeShape shape = LatticeShape::square;
  double fudge = 1;                 ///< scale of the shape's radius; no effect on `square`
  Mosaicity mosaicity;
  PhiScan phi;
};

}  // namespace nbk
