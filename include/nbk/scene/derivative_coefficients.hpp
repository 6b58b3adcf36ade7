// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/core/nearest_names.hpp"
#include "nbk/core/vec3.hpp"
#include "nbk/physics/diffuse_sums.hpp"
#include "nbk/physics/pixel_sums.hpp"
#include "nbk/scene/beam_turns.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace nbk {

/// Coefficients of the sums of a pixel (physics::PixelSums) for a list of parameters, and what kernels need to
/// accumulate these sums. In double, on the host.
struct DerivativeCoefficients {
  std::vector<std::string> names;    ///< of the parameters, in their order
  int panels = 0;                    ///< panels of the scene
  std::vector<double> values;        ///< [panel][parameter][sum]
  std::vector<double> of_halos;      ///< [parameter][sum of physics::DiffuseSums]; empty without diffuse scattering
  int twists = 0;                    ///< number of sums `twist` in use, at most PixelSums::most_twists
  std::vector<Vec3d> twist_vectors;  ///< [twist][phi][domain], rotation per unit of the parameter, laboratory, radian
  int beam_turns_used = 0;           ///< number of sums `beam` in use, at most PixelSums::most_beams
  std::vector<BeamTurn> beam_turns;  ///< [turn][ray]; the rays of a direction have the same

  /// Returns the number of parameters.
  int parameters() const { return static_cast<int>(names.size()); }

  /// Returns the place of a parameter in `names`, and in all results. \throws InvalidInput  an unknown name
  std::size_t index(std::string_view name) const {
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) reject("parameter of a derivative", name, allowed_names(name, names, "the list"));
    return static_cast<std::size_t>(found - names.begin());
  }

  /// Returns the coefficients of a parameter on a panel, [sum].
  const double* of(int panel, int parameter) const { return values.data() + offset(panel, parameter); }
  /// Returns the coefficients of a parameter on a panel, [sum].
  double* of(int panel, int parameter) { return values.data() + offset(panel, parameter); }

  /// Returns the coefficient of any sum of a parameter on a panel, also of those of diffuse scattering.
  double coefficient(int panel, int parameter, int sum) const {
    if (sum < physics::PixelSums::count) return of(panel, parameter)[sum];
    return of_halos.empty() ? 0.0 : halos_of(parameter)[sum - physics::PixelSums::count];
  }
  /// Returns the coefficients of a parameter's own sums of diffuse scattering.
  const double* halos_of(int parameter) const { return of_halos.data() + parameter * physics::DiffuseSums::own; }
  /// Returns the coefficients of a parameter's own sums of diffuse scattering.
  double* halos_of(int parameter) { return of_halos.data() + parameter * physics::DiffuseSums::own; }

  /// Returns true if a parameter has a coefficient of the sums from `first` to before `end`.
  bool uses(int first, int end) const {
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto sum = static_cast<int>(i % physics::PixelSums::count);
      if (sum >= first && sum < end && values[i] != 0.0) return true;
    }
    return false;
  }

  /// Returns true if the image, the strain and the sums of backgrounds are all that are needed.
  bool needs_crystal_alone() const { return !uses(physics::PixelSums::cells, physics::PixelSums::count); }

 private:
  std::size_t offset(int panel, int parameter) const {
    const auto row = static_cast<std::size_t>(panel) * names.size() + static_cast<std::size_t>(parameter);
    return row * physics::PixelSums::count;
  }
};

}  // namespace nbk
