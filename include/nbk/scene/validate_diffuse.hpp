// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/model/diffuse_scattering.hpp"
#include "nbk/scene/check.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

namespace nbk::scene {

/// Checks a matrix that acts on Miller indices: finite, and not singular.
inline void validate_index_matrix(const Mat3d& m, const ParameterName& name) {
  check::finite(m.row0, name + " row 0");
  check::finite(m.row1, name + " row 1");
  check::finite(m.row2, name + " row 2");
  const double size = std::fabs(determinant(m));
  require(size > 1e-6, name + ", size of the determinant", size, "must be > 1e-6");
}

/// Checks diffuse scattering. \throws InvalidInput for the first value that is not allowed
inline void validate(const DiffuseScattering& diffuse) {
  const ParameterName name = "crystal.diffuse.";
  constexpr double longest_A = 1e6;
  const auto each = [&](const Vec3d& v, double least_A, const char* member, const char* allowed) {
    const std::array<std::pair<const char*, double>, 3> axes{{{".x", v.x}, {".y", v.y}, {".z", v.z}}};
    for (const auto& [axis, length_A] : axes)
      require(length_A >= least_A && length_A <= longest_A, name + member + axis, length_A, allowed);
  };
  each(diffuse.gamma_A, 1e-3, "gamma_A", "must be 1e-3 to 1e6 Angstrom");
  each(diffuse.sigma_A, 0, "sigma_A", "must be 0 to 1e6 Angstrom");
  constexpr int largest = 8;
  require(diffuse.stencil >= 0 && diffuse.stencil <= largest, name + "stencil", diffuse.stencil, "must be 0 to 8");
  const auto group = static_cast<int>(diffuse.laue_group);
  require(group >= 1 && group <= 14, name + "laue_group", group, "must be one of the 14 Laue groups");
  constexpr std::size_t most_operators = 24;
  require(diffuse.operators.size() <= most_operators, name + "operators, number of matrices", diffuse.operators.size(),
          "must be at most 24, the rotations of the largest Laue group");
  const ParameterName operators = name + "operators";
  for (std::size_t i = 0; i < diffuse.operators.size(); ++i) validate_index_matrix(diffuse.operators[i], operators[i]);
  if (diffuse.principal_axes) validate_index_matrix(*diffuse.principal_axes, name + "principal_axes");
}

}  // namespace nbk::scene
