// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/math/rotation.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/model/crystal.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/scene/scene.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>
#include <string>
#include <vector>

/// \file
/// From the unit cell or the A matrix to oriented cell vectors, and from a size to numbers of cells.

namespace nbk::scene {

/// a*, b*, c*, 1/Angstrom.
struct ReciprocalVectors {
  Vec3d a, b, c;
};

/// The cell with what a user may leave out: edges that are 0 are equal to a, angles that are 0 are right, but only
/// where nothing follows that is given.
/// \throws InvalidInput for a zero edge or angle before one that is given
inline UnitCell completed(UnitCell cell) {
  const std::array<double*, 6> parts{&cell.a_A, &cell.b_A, &cell.c_A, &cell.alpha_rad, &cell.beta_rad, &cell.gamma_rad};
  constexpr std::array<const char*, 6> names{"a_A", "b_A", "c_A", "alpha_rad", "beta_rad", "gamma_rad"};
  bool may_be_missing = true;
  for (std::size_t i = parts.size(); i-- > 0;) {
    double& part = *parts[i];
    if (part == 0.0 && may_be_missing && i > 0) continue;
    may_be_missing = false;
    require(part > 0.0, std::string("crystal.cell.") + names[i], part, "must be > 0");
  }
  for (std::size_t i = 1; i < parts.size(); ++i)
    if (*parts[i] == 0.0) *parts[i] = i < 3 ? cell.a_A : std::numbers::pi / 2;
  return cell;
}

/// V^2 / (2 a b c)^2 = sin s sin(s - alpha) sin(s - beta) sin(s - gamma), s half the sum of the angles; positive just
/// for angles that close to a cell.
inline double squared_skew(const UnitCell& cell) {
  const double half_sum = (cell.alpha_rad + cell.beta_rad + cell.gamma_rad) / 2;
  return std::sin(half_sum) * std::sin(half_sum - cell.alpha_rad) * std::sin(half_sum - cell.beta_rad) *
         std::sin(half_sum - cell.gamma_rad);
}

/// Volume of a completed cell, Angstrom^3.
inline double cell_volume_A3(const UnitCell& cell) {
  return 2.0 * cell.a_A * cell.b_A * cell.c_A * std::sqrt(squared_skew(cell));
}

/// The cell's reciprocal vectors in the default orientation: a* along x, b* in the xy plane.
/// c* then has the z component 1/c. The C program takes c* V/(a b c sin gamma*), which is the same only if at most one
/// angle is not right; otherwise its cell has slightly different angles from those asked for.
/// \param cell completed, with angles that close
inline ReciprocalVectors default_orientation(const UnitCell& cell, Policy policy) {
  const double volume = cell_volume_A3(cell), per_volume = 1.0 / volume;
  const double sin_alpha = std::sin(cell.alpha_rad), cos_alpha = std::cos(cell.alpha_rad);
  const double sin_beta = std::sin(cell.beta_rad), cos_beta = std::cos(cell.beta_rad);
  const double sin_gamma = std::sin(cell.gamma_rad), cos_gamma = std::cos(cell.gamma_rad);
  const double a_star = cell.b_A * cell.c_A * sin_alpha * per_volume;
  const double b_star = cell.c_A * cell.a_A * sin_beta * per_volume;
  const double c_star = cell.a_A * cell.b_A * sin_gamma * per_volume;

  const auto cosine = [](double first, double second, double opposite, double sines) {
    const double value = (strict::product(first, second) - opposite) / sines;
    return value * value > 1.0 ? 1.0 : value;
  };
  const double cos_alpha_star = cosine(cos_beta, cos_gamma, cos_alpha, sin_beta * sin_gamma);
  const double cos_beta_star = cosine(cos_gamma, cos_alpha, cos_beta, sin_gamma * sin_alpha);
  const double cos_gamma_star = cosine(cos_alpha, cos_beta, cos_gamma, sin_alpha * sin_beta);
  const double sin_gamma_star = std::clamp(cell.c_A * per_volume / a_star / b_star, -1.0, 1.0);

  const double c_star_z = policy == Policy::corrected
                              ? 1.0 / cell.c_A
                              : c_star * volume / (cell.a_A * cell.b_A * cell.c_A * sin_gamma_star);
  return {{a_star, 0.0, 0.0},
          {b_star * cos_gamma_star, b_star * sin_gamma_star, 0.0},
          {c_star * cos_beta_star,
           c_star * (cos_alpha_star - strict::product(cos_beta_star, cos_gamma_star)) / sin_gamma_star, c_star_z}};
}

/// a*, b*, c* of a MOSFLM A matrix, which is U B lambda.
inline ReciprocalVectors from_a_matrix(const Mat3d& m, double wavelength_m) {
  const double per_wavelength = 1e-10 / wavelength_m;
  return {strict::scaled(per_wavelength, {m.row0.x, m.row1.x, m.row2.x}),
          strict::scaled(per_wavelength, {m.row0.y, m.row1.y, m.row2.y}),
          strict::scaled(per_wavelength, {m.row0.z, m.row1.z, m.row2.z})};
}

/// Direct vectors of reciprocal ones: a = (b* x c*) / V*, cyclic; then the reciprocal vectors again from the direct
/// ones. A cell, where one is given, forces its own lengths on them. In `compat` it forces its volume too, which need
/// not be that of the vectors: an A matrix of other angles then leaves a.a* != 1, and a left-handed one turns every
/// index around. In `corrected` volume and handedness are those of the vectors.
/// \param cell completed
inline Lattice make_lattice(const ReciprocalVectors& star, const std::optional<UnitCell>& cell, Policy policy) {
  Vec3d bc = strict::cross(star.b, star.c), ca = strict::cross(star.c, star.a), ab = strict::cross(star.a, star.b);
  double reciprocal_volume = strict::dot(star.a, bc);
  if (cell) {
    const double cell_volume = cell_volume_A3(*cell);
    const auto rescale = [&](Vec3d& v, double edge) {
      v = strict::scaled(edge / cell_volume / strict::magnitude(v), v);
    };
    rescale(bc, cell->a_A);
    rescale(ca, cell->b_A);
    rescale(ab, cell->c_A);
    const bool mirrored = policy == Policy::corrected && reciprocal_volume < 0.0;
    reciprocal_volume = (mirrored ? -1.0 : 1.0) / cell_volume;
  }
  double volume = 1.0 / reciprocal_volume;
  Lattice lattice;
  const Vec3d a = strict::scaled(volume, bc), b = strict::scaled(volume, ca), c = strict::scaled(volume, ab);
  if (policy == Policy::corrected) {
    volume = strict::dot(a, strict::cross(b, c));
    reciprocal_volume = 1.0 / volume;
  }
  lattice.volume_A3 = volume;
  lattice.a_star_per_A = strict::scaled(reciprocal_volume, strict::cross(b, c));
  lattice.b_star_per_A = strict::scaled(reciprocal_volume, strict::cross(c, a));
  lattice.c_star_per_A = strict::scaled(reciprocal_volume, strict::cross(a, b));
  lattice.direct = {strict::scaled(1e-10, a), strict::scaled(1e-10, b), strict::scaled(1e-10, c)};
  return lattice;
}

/// The oriented lattice of a crystal of one cell each way.
/// \param wavelength_m  that an A matrix refers to
/// \param misset_rad  the crystal's, or the one drawn instead
/// \throws InvalidInput for an A matrix, or a combination of it and a cell, that gives no lattice
inline Lattice orient_lattice(const Crystal& crystal, double wavelength_m, Policy policy, const Vec3d& misset_rad) {
  std::optional<UnitCell> cell;
  if (crystal.cell) cell = completed(*crystal.cell);
  ReciprocalVectors star =
      crystal.a_matrix ? from_a_matrix(*crystal.a_matrix, wavelength_m) : default_orientation(cell.value(), policy);
  for (Vec3d* v : {&star.a, &star.b, &star.c}) *v = rotate_xyz(*v, misset_rad);
  const Lattice lattice = make_lattice(star, cell, policy);
  const double all = strict::magnitude(lattice.direct.a_m) + strict::magnitude(lattice.direct.b_m) +
                     strict::magnitude(lattice.direct.c_m) + strict::magnitude(lattice.a_star_per_A) +
                     strict::magnitude(lattice.b_star_per_A) + strict::magnitude(lattice.c_star_per_A);
  require(std::isfinite(all) && all > 0.0, "crystal cell vectors", all, "must be finite and not 0");
  return lattice;
}

/// The same for the crystal of an experiment.
inline Lattice orient_lattice(const Experiment& experiment, const Vec3d& misset_rad) {
  return orient_lattice(experiment.crystal, experiment.beam.wavelength_m, experiment.policy, misset_rad);
}

/// Unit cells along a, b, c. A size in metres replaces them; along b and c (not a) the beam clips it first.
/// \throws InvalidInput for more than 2^31 - 1 cells along an axis
inline std::array<double, 3> resolve_cells(const Crystal& crystal, const CellVectors& direct, double beam_size_m,
                                           std::vector<std::string>& warnings) {
  const auto clipped = [&](double size_m, const char* axis) {
    if (size_m <= beam_size_m) return size_m;
    warnings.push_back(std::string("the crystal's width along ") + axis + " is clipped to the beam's size");
    return beam_size_m;
  };
  const std::array<double, 3> size_m{crystal.size_m.x, clipped(crystal.size_m.y, "b"), clipped(crystal.size_m.z, "c")};
  const std::array<Vec3d, 3> edge_m{direct.a_m, direct.b_m, direct.c_m};
  std::array<double, 3> cells = crystal.cells;
  for (std::size_t i = 0; i < 3; ++i) {
    if (size_m[i] > 0) cells[i] = std::ceil(size_m[i] / strict::magnitude(edge_m[i]));
    if (cells[i] <= 1.0) cells[i] = 1.0;
    require(cells[i] < 2147483648.0, "crystal.size_m / cell edge", cells[i], "must be less than 2^31 cells");
  }
  return cells;
}

}  // namespace nbk::scene
