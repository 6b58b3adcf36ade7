// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/math/matrix_algebra.hpp"
#include "nbk/model/diffuse_scattering.hpp"
#include "nbk/physics/diffuse_sums.hpp"
#include "nbk/scene/derivative_change.hpp"
#include "nbk/scene/lattice_strain.hpp"
#include "nbk/scene/scene.hpp"

#include <array>
#include <cstddef>

/// \file
/// Coefficients of the sums physics::DiffuseSums. The functions add to an array of them, from its first place on.

namespace nbk::scene {

/// Components of a vector.
inline std::array<double, 3> components(const Vec3d& v) { return {v.x, v.y, v.z}; }

/// Place of a pair of axes among xx, yy, zz, xy, yz, xz.
constexpr std::size_t pair_of(std::size_t i, std::size_t j) { return i == j ? i : i + j == 1 ? 3 : i + j == 3 ? 4 : 5; }

/// Returns the strain that moves the axes of the displacements relative to the indices, where a strain E changes the
/// lattice. The laboratory's follow a*, b*, c* in full. The crystal's own know lengths and angles alone, so that E is
/// taken as a change of the metric.
inline Mat3d strain_of_axes(const Lattice& lattice, DiffuseAxes axes, const Mat3d& strain) {
  if (axes == DiffuseAxes::laboratory) return strain;
  const Mat3d vectors = lattice_vectors_A(lattice), metric = transposed(vectors) * vectors;
  return strain_of_metric(metric, metric * transposed(strain) + strain * metric);
}

/// Adds a strain E of the axes. With M0 the matrix that takes indices to the axes, dM0 = -M0 E; in the axes this is the
/// matrix -W = -M0 E M0^-1.
inline void add_strain_of_axes(const SceneDiffuse& diffuse, const Mat3d& strain, double* coefficients) {
  using At = physics::DiffuseSums;
  const Mat3d& to_axes = diffuse.index_to_axes_per_A;
  const Mat3d moved = to_axes * strain * inverse(to_axes);
  const std::array<std::array<double, 3>, 3> w{components(moved.row0), components(moved.row1), components(moved.row2)};
  const auto gamma = components(diffuse.gamma_A), sigma = components(diffuse.sigma_A);
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      const std::size_t pair = pair_of(i, j);
      coefficients[At::spread - At::halo + static_cast<int>(pair)] -= w[i][j] * gamma[i] / gamma[j];
      coefficients[At::displacement - At::halo + static_cast<int>(pair)] -=
          w[i][j] * 2 * sigma[i] * sigma[i] / (gamma[i] * gamma[j]);
    }
  }
  // The normalisation by the volume of the cell falls as that grows.
  if (diffuse.normalization == DiffuseNormalization::volume)
    coefficients[0] -= strain.row0.x + strain.row1.y + strain.row2.z;
}

/// Adds changes of gamma and sigma.
inline void add_diffuse_change(const SceneDiffuse& diffuse, const DiffuseChange& change, double* coefficients) {
  using At = physics::DiffuseSums;
  const auto gamma = components(diffuse.gamma_A), sigma = components(diffuse.sigma_A);
  const auto by_gamma = components(change.gamma_A), by_sigma = components(change.sigma_A);
  for (std::size_t i = 0; i < 3; ++i) {
    const int pair = static_cast<int>(i);
    coefficients[0] += by_gamma[i] / gamma[i];
    coefficients[At::spread - At::halo + pair] += by_gamma[i] / gamma[i];
    coefficients[At::displacement - At::halo + pair] += by_sigma[i] * 2 * sigma[i] / (gamma[i] * gamma[i]);
  }
}

}  // namespace nbk::scene
