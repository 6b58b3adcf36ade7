// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/vec3.hpp"
#include "nbk/physics/pixel_sums.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace nbk {

/// Derivatives of the directions of a source by a turn of the beam, per radian.
struct BeamTurn {
  Vec3d incident;  ///< of the incident direction
  Vec3d electric;  ///< of the electric axis
  Vec3d magnetic;  ///< of the magnetic axis
};

/// Coefficients of the sums of a pixel (physics::PixelSums) for a list of parameters, and what kernels need to
/// accumulate these sums. In double, on the host.
struct DerivativeCoefficients {
  std::vector<std::string> names;    ///< of the parameters, in their order
  int panels = 0;                    ///< panels of the scene
  std::vector<double> values;        ///< [panel][parameter][sum]
  int twists = 0;                    ///< number of sums `twist` in use
  std::vector<Vec3d> twist_vectors;  ///< [twist][phi][domain], rotation per unit of the parameter, laboratory, radian
  int beam_turns_used = 0;           ///< number of sums `beam` in use
  std::vector<BeamTurn> beam_turns;  ///< [turn][ray]; the rays of a source group have the same

  /// Returns the number of parameters.
  int parameters() const { return static_cast<int>(names.size()); }
  /// Returns the coefficients of a parameter on a panel, [sum].
  const double* of(int panel, int parameter) const {
    return values.data() + (static_cast<std::size_t>(panel) * names.size() + static_cast<std::size_t>(parameter)) *
                               physics::PixelSums::count;
  }
};

}  // namespace nbk
