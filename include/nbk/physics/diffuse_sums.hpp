// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/pixel_sums.hpp"

namespace nbk::physics {

/// Places of the sums that the derivatives of diffuse scattering need besides PixelSums. The letters are those of
/// PixelSums and physics/diffuse_intensity.hpp, with u = 2 pi G M L (h - H - n), U = 2 pi G M L H, and c the factors
/// in front of the sum. Pairs of axes are xx, yy, zz, xy, yz, xz.
struct DiffuseSums {
  static constexpr int halo = PixelSums::count;  ///< the diffuse part D of the image
  static constexpr int spread = halo + 1;        ///< 6 sums f c F^2 w (-4 / t^3) u_i u_j, by the halos' place and width
  static constexpr int displacement = spread + 6;       ///< 6 sums f c F^2 / t^2 (1 - e) exp(-e) U_i U_j, by w
  static constexpr int own = 13;                        ///< number of them
  static constexpr int count = PixelSums::count + own;  ///< number of all sums
};

}  // namespace nbk::physics
