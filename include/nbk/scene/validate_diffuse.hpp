// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/model/diffuse_scattering.hpp"
#include "nbk/scene/check.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

namespace nbk::scene {

/// Checks a matrix that acts on Miller indices: finite, and not singular.
inline void validate_index_matrix(const Mat3d& m, const std::string& name) {
  check::finite(m.row0, name + " row 0");
  check::finite(m.row1, name + " row 1");
  check::finite(m.row2, name + " row 2");
  const double size = std::fabs(determinant(m));
  require(size > 1e-6, name + ", size of the determinant", size, "must be > 1e-6");
}

/// Checks diffuse scattering. \throws InvalidInput for the first value that is not allowed
inline void validate(const DiffuseScattering& diffuse) {
  const std::string name = "crystal.diffuse.";
  constexpr double longest_A = 1e6;
  const auto each = [](const Vec3d& v) {
    return std::array<std::pair<std::string, double>, 3>{{{".x", v.x}, {".y", v.y}, {".z", v.z}}};
  };
  for (const auto& [axis, gamma] : each(diffuse.gamma_A)) {
    require(gamma >= 1e-3 && gamma <= longest_A, std::string(name).append("gamma_A").append(axis), gamma,
            "must be 1e-3 to 1e6 Angstrom");
  }
  for (const auto& [axis, sigma] : each(diffuse.sigma_A)) {
    require(sigma >= 0 && sigma <= longest_A, std::string(name).append("sigma_A").append(axis), sigma,
            "must be 0 to 1e6 Angstrom");
  }
  constexpr int largest = 8;
  require(diffuse.stencil >= 0 && diffuse.stencil <= largest, name + "stencil", diffuse.stencil, "must be 0 to 8");
  const auto group = static_cast<int>(diffuse.laue_group);
  require(group >= 1 && group <= 14, name + "laue_group", group, "must be one of the 14 Laue groups");
  constexpr std::size_t most_operators = 24;
  require(diffuse.operators.size() <= most_operators, name + "operators, number of matrices", diffuse.operators.size(),
          "must be at most 24, the rotations of the largest Laue group");
  for (std::size_t i = 0; i < diffuse.operators.size(); ++i)
    validate_index_matrix(diffuse.operators[i], name + "operators[" + std::to_string(i) + "]");
  if (diffuse.principal_axes) validate_index_matrix(*diffuse.principal_axes, name + "principal_axes");
}

}  // namespace nbk::scene
