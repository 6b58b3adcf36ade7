// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/mat3.hpp"

#include <optional>
#include <vector>

namespace nbk {

/// Laue groups: the rotations that leave the diffuse scattering of a crystal as it is. They are numbered as diffBragg
/// numbers them, from 1.
enum class LaueGroup {
  triclinic = 1,          ///< -1
  monoclinic_c = 2,       ///< 2/m, two-fold axis along c
  monoclinic_b = 3,       ///< 2/m, two-fold axis along b
  monoclinic_a = 4,       ///< 2/m, two-fold axis along a
  orthorhombic = 5,       ///< mmm
  tetragonal_low = 6,     ///< 4/m
  tetragonal_high = 7,    ///< 4/mmm
  trigonal_low = 8,       ///< -3, hexagonal axes
  trigonal_high_m1 = 9,   ///< -3m1, hexagonal axes
  trigonal_high_1m = 10,  ///< -31m, hexagonal axes
  hexagonal_low = 11,     ///< 6/m
  hexagonal_high = 12,    ///< 6/mmm
  cubic_low = 13,         ///< m-3
  cubic_high = 14,        ///< m-3m
};

/// Axes along which the numbers of DiffuseScattering count.
enum class DiffuseAxes {
  crystal,     ///< the crystal's own: x along a, y in the plane of a and b, z along c*
  laboratory,  ///< x, y, z of the laboratory for the crystal before missetting, goniometer, phi and mosaic rotations,
               ///< as diffBragg has it
};

/// Factor in front of the sum of diffuse scattering (physics/diffuse_intensity.hpp).
enum class DiffuseNormalization {
  stencil,  ///< 1 / number of reflections of the stencil, as diffBragg's code for CPUs and CUDA
  volume,   ///< 8 pi^3 / V (0.63 pi / fudge)^(3/2), V the volume of the cell, as diffBragg's Kokkos code
};

/// Diffuse scattering of a crystal: correlated displacements of its atoms give each reflection a halo.
struct DiffuseScattering {
  Vec3d gamma_A{50, 50, 50};     ///< lengths over which displacements are correlated, along the axes; Angstrom, > 0
  Vec3d sigma_A{0.4, 0.4, 0.4};  ///< root mean square displacements along the axes; Angstrom, >= 0
  int stencil = 1;               ///< halos of reflections up to so many indices away count, 0 to 8
  LaueGroup laue_group = LaueGroup::triclinic;  ///< the halos of all its rotations are averaged
  std::vector<Mat3d> operators{};  ///< rotations of the Miller indices of one's own, for columns h, k, l; if any, they
                                   ///< replace those of `laue_group`
  std::optional<Mat3d> principal_axes{};                               ///< matrix that acts on the indices before any
                                                                       ///< operator; not given: none
  DiffuseAxes axes = DiffuseAxes::crystal;                             ///< of gamma and sigma
  DiffuseNormalization normalization = DiffuseNormalization::stencil;  ///< height of the halos
};

}  // namespace nbk
