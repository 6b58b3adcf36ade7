// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/platform.hpp"

#include <string_view>

namespace nbk {

template <class V>
struct TwoFloats;  // math/two_floats.hpp

/// Number types by role.
/// \tparam GeometryT   pixel positions, directions, solid angle, polarisation, absorption, the phase h = a.q
/// \tparam LatticeT    the lattice factor of the reduced index h - round(h), and structure factors
/// \tparam AccumulateT the sum over sub-pixels, sources, phi steps and domains
template <class GeometryT, class LatticeT, class AccumulateT>
struct Precision {
  using Geometry = GeometryT;      ///< see above
  using Lattice = LatticeT;        ///< see above
  using Accumulate = AccumulateT;  ///< see above
};

/// All in double: for comparing with nanoBragg.c to its last digits.
struct Fp64 : Precision<double, double, double> {
  static constexpr std::string_view name = "float64";  ///< its name in the programs
};
/// All in float: for most crystals, up to about 2000 periods (cells times Miller index).
struct Fp32 : Precision<float, float, float> {
  static constexpr std::string_view name = "float32";  ///< its name in the programs
};
/// Position and phase in double, trigonometry and sums in float.
struct Mixed : Precision<double, float, float> {
  static constexpr std::string_view name = "mixed";  ///< its name in the programs
};
/// Position and phase as sums of two floats (48 bits), trigonometry and sums in float: for devices whose double is
/// slow.
struct Df64 : Precision<TwoFloats<float>, float, float> {
  static constexpr std::string_view name = "df64";  ///< its name in the programs
};

}  // namespace nbk
