// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/vec3.hpp"

namespace nbk::physics {

/// Numbers of a crystal that lattice factors are made of. In double they are what the scene knows, in the number type
/// of the lattice what kernels read.
template <class T>
struct CrystalParameters {
  Vec3<T> cells{};          ///< Na, Nb, Nc
  T cells_product_sqr = 1;  ///< (Na Nb Nc)^2
  T fudge = 1;              ///< scale of the squared radius of all shapes but `square`
  /// True in `compat`: the middle of a round spot is 0, see Round.
  bool hollow_spots = false;
  Vec3<T> spot_axes[3]{};  ///< A, B, C of spot_radius_sqr()
  Vec3<T> reach{};         ///< |delta| along each axis beyond which the factor of a compact shape is exactly 0
  T intensity_cut = 0;     ///< see Crystal
};

/// The same numbers in another number type.
template <class To, class From>
CrystalParameters<To> crystal_cast(const CrystalParameters<From>& c) {
  return {vec3_cast<To>(c.cells),
          static_cast<To>(c.cells_product_sqr),
          static_cast<To>(c.fudge),
          c.hollow_spots,
          {vec3_cast<To>(c.spot_axes[0]), vec3_cast<To>(c.spot_axes[1]), vec3_cast<To>(c.spot_axes[2])},
          vec3_cast<To>(c.reach),
          static_cast<To>(c.intensity_cut)};
}

/// Numbers of a crystal and what single shapes make of them, in the number type of the lattice: the argument of all
/// lattice factors. Defined in physics/shape/shapes.hpp, which is what users include.
template <class T>
struct LatticeParameters;

/// Meaning of "a spot ends here".
enum class SpotEnd {
  exactly_zero,  ///< the factor is 0 in the number type: weights that compound count every term that is not
  invisible,     ///< the factor adds nothing to a sum
};

}  // namespace nbk::physics
