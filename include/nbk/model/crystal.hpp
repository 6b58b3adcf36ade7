// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/mat3.hpp"
#include "nbk/model/beam.hpp"
#include "nbk/model/diffuse_scattering.hpp"
#include "nbk/model/lattice_shape.hpp"

#include <array>
#include <optional>
#include <vector>

namespace nbk {

/// Direct unit cell. A member that is 0 is not given: the edge is then a, the angle a right one.
struct UnitCell {
  double a_A = 0;        ///< edge a, Angstrom, > 0
  double b_A = 0;        ///< edge b; 0: equal to a
  double c_A = 0;        ///< edge c; 0: equal to a
  double alpha_rad = 0;  ///< angle of b and c; 0: a right angle
  double beta_rad = 0;   ///< angle of a and c; 0: a right angle
  double gamma_rad = 0;  ///< angle of a and b; 0: a right angle
};

/// Mosaic spread: the crystal is a set of slightly misoriented domains.
struct Mosaicity {
  double spread_rad = 0;                    ///< largest misorientation, >= 0; 0: a perfect crystal of one domain
  std::optional<int> domains;               ///< not given: 10 if there is a spread, else 1
  long seed = -12345678;                    ///< the negative of what nbk-render takes, as nanoBragg stores it
  std::vector<double> normal_spread_rad{};  ///< one spread, or three along lab x, y, z: standard deviations of normally
                                            ///< distributed domains, as diffBragg has them; replaces `spread_rad`
  std::vector<Mat3d> rotations{};  ///< the domains' rotations in the laboratory; if any, they replace all of the above
};

/// Rotation of the crystal during the exposure, about Frame::spindle. Missing members are derived from the others; see
/// scene/sampling.hpp.
struct PhiScan {
  double start_rad = 0;             ///< spindle angle of the first step
  std::optional<double> range_rad;  ///< angle of the whole rotation, >= 0
  std::optional<double> step_rad;   ///< angle from step to step
  std::optional<int> steps;         ///< number of steps
};

/// The crystal that diffracts.
struct Crystal {
  std::optional<UnitCell> cell;   ///< needed where there is no A matrix
  std::optional<Mat3d> a_matrix;  ///< MOSFLM A matrix (dimensionless, U B lambda): columns a*, b*, c*; orientation and,
                                  ///< without a cell, lengths come from it
  std::optional<Mat3d> u_matrix{};  ///< rotation U of the crystal; `cell` must be given, with a along x and b in the xy
                                    ///< plane before it, as dxtbx does for its B, or `b_matrix`
  std::optional<Mat3d> b_matrix{};  ///< reciprocal vectors of the unrotated crystal as columns, 1/Angstrom; with U only
  std::optional<Mat3d> real_space_A{};     ///< vectors a, b, c as columns, Angstrom; replaces cell and matrices
  Vec3d misset_rad{0, 0, 0};               ///< rotations about lab x, then y, then z
  std::optional<long> random_misset_seed;  ///< a random orientation instead of misset_rad; sign as Mosaicity::seed
  std::array<double, 3> cells{1, 1, 1};    ///< unit cells along a, b, c, >= 1; whole for `square` and in `compat`
  std::optional<Mat3d> cells_matrix{};     ///< symmetric matrix N in place of `cells`, for `gauss` in `corrected`: the
                                           ///< spot's radius is |N delta|, its height det(N)^2
  Vec3d size_m{0, 0, 0};                   ///< full widths along a, b, c; > 0 in any replaces `cells`
  LatticeShape shape;                      ///< of the crystal or its spots; see simulate_with() for one of your own
  double fudge = 1;                        ///< scale of the shape's radius; no effect on `square`
  double intensity_cut = 0;                ///< share of a spot's peak below which an intensity counts as 0, < 1; 0: no
                                           ///< cut; `gauss` in `corrected`, no effect on `tophat`
  Mosaicity mosaicity;                     ///< domains
  PhiScan phi;                             ///< rotation during the exposure
  std::optional<DiffuseScattering> diffuse{};  ///< halos of the reflections, in `corrected`; not given: none
};

}  // namespace nbk
