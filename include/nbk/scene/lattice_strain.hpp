// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/math/matrix_algebra.hpp"
#include "nbk/math/rotation.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/model/crystal.hpp"
#include "nbk/scene/derivative_change.hpp"
#include "nbk/scene/scene.hpp"

#include <cmath>

/// \file
/// Derivatives of the lattice as a strain of the Miller indices. With the columns a, b, c of A0, h = A0^T q for every
/// orientation of the crystal, so that dh = E h with
///
///     E = dA0^T A0^-T
///
/// and the image's derivative is the sum of T'_ij E_ij over the nine sums PixelSums::strain. A rotation after A0 (phi,
/// mosaic domains) drops out of E.

namespace nbk::scene {

/// Returns a, b, c of the lattice as columns, Angstrom.
inline Mat3d lattice_vectors_A(const Lattice& lattice) {
  return constants::metres_to_A * from_columns(lattice.direct.a_m, lattice.direct.b_m, lattice.direct.c_m);
}

/// Returns E of a change of the vectors a, b, c, columns in Angstrom per unit.
inline Mat3d strain_of(const Lattice& lattice, const Mat3d& vectors_A) {
  return transposed(inverse(lattice_vectors_A(lattice)) * vectors_A);
}

/// Returns E of a right-handed turn about a direction of the laboratory, per radian.
inline Mat3d strain_of_turn(const Lattice& lattice, const Vec3d& axis) {
  return strain_of(lattice, cross_matrix(axis) * lattice_vectors_A(lattice));
}

/// Returns the unit vector along one of the crystal's axes, in the laboratory.
inline Vec3d direction_of(const Lattice& lattice, CrystalAxis axis) {
  switch (axis) {
    case CrystalAxis::b: return strict::unit(lattice.direct.b_m);
    case CrystalAxis::c: return strict::unit(lattice.direct.c_m);
    case CrystalAxis::a: break;
  }
  return strict::unit(lattice.direct.a_m);
}

/// Returns the direction about which the lattice turns if one of the misset angles (about x, then y, then z) grows.
inline Vec3d misset_axis(const Vec3d& misset_rad, LabAxis axis) {
  switch (axis) {
    case LabAxis::x: return rotate_xyz({1, 0, 0}, {0, misset_rad.y, misset_rad.z});
    case LabAxis::y: return rotate_xyz({0, 1, 0}, {0, 0, misset_rad.z});
    case LabAxis::z: break;
  }
  return {0, 0, 1};
}

/// Lengths of a cell, and angles by their cosines and sines, in the order of a, b, c and alpha, beta, gamma.
struct CellShape {
  Vec3d lengths_A;  ///< a, b, c
  Vec3d cosines;    ///< of alpha, beta, gamma
  Vec3d sines;      ///< of alpha, beta, gamma
};

/// Returns the cell of three vectors.
inline CellShape cell_shape(const CellVectors& direct) {
  const Vec3d &a = direct.a_m, &b = direct.b_m, &c = direct.c_m;
  const Vec3d lengths_m{strict::magnitude(a), strict::magnitude(b), strict::magnitude(c)};
  const auto cosine = [](const Vec3d& u, const Vec3d& v, double lengths) { return dot(u, v) / lengths; };
  const auto sine = [](const Vec3d& u, const Vec3d& v, double lengths) {
    return strict::magnitude(cross(u, v)) / lengths;
  };
  const double bc = lengths_m.y * lengths_m.z, ac = lengths_m.x * lengths_m.z, ab = lengths_m.x * lengths_m.y;
  return {constants::metres_to_A * lengths_m,
          {cosine(b, c, bc), cosine(a, c, ac), cosine(a, b, ab)},
          {sine(b, c, bc), sine(a, c, ac), sine(a, b, ab)}};
}

/// Returns the derivative of the metric, the products of a, b, c with each other in Angstrom^2.
/// \param moves  derivatives of the cell's six parameters
inline Mat3d metric_derivative(const CellShape& cell, const CellDerivative& moves) {
  const Vec3d &length = cell.lengths_A, &cosine = cell.cosines, &sine = cell.sines;
  const auto [da, db, dc, dalpha, dbeta, dgamma] = moves;
  const double aa = 2 * length.x * da, bb = 2 * length.y * db, cc = 2 * length.z * dc;
  const double ab = (da * length.y + length.x * db) * cosine.z - length.x * length.y * sine.z * dgamma;
  const double ac = (da * length.z + length.x * dc) * cosine.y - length.x * length.z * sine.y * dbeta;
  const double bc = (db * length.z + length.y * dc) * cosine.x - length.y * length.z * sine.x * dalpha;
  return {{aa, ab, ac}, {ab, bb, bc}, {ac, bc, cc}};
}

/// Returns the upper triangular matrix B with the metric B^T B: a along x, b in the xy plane.
inline Mat3d upper_vectors(const Mat3d& metric) {
  const double ax = std::sqrt(metric.row0.x);
  const double bx = metric.row0.y / ax, cx = metric.row0.z / ax;
  const double by = std::sqrt(metric.row1.y - bx * bx);
  const double cy = (metric.row1.z - bx * cx) / by;
  return {{ax, bx, cx}, {0, by, cy}, {0, 0, std::sqrt(metric.row2.z - cx * cx - cy * cy)}};
}

/// Returns E of a change of the metric that leaves the direction of a and the plane of a and b.
///
/// With X = dB B^-1 the metric changes by B^T (X + X^T) B, and X is upper triangular like B.
inline Mat3d strain_of_metric(const Mat3d& metric, const Mat3d& derivative) {
  const Mat3d vectors = upper_vectors(metric), per_vectors = inverse(vectors);
  const Mat3d both = transposed(per_vectors) * derivative * per_vectors;
  const Mat3d upper{
      {both.row0.x / 2, both.row0.y, both.row0.z}, {0, both.row1.y / 2, both.row1.z}, {0, 0, both.row2.z / 2}};
  return transposed(per_vectors * upper * vectors);
}

/// Returns a matrix with the order of its rows and of its columns reversed.
inline Mat3d reversed(const Mat3d& m) {
  const auto turned = [](const Vec3d& v) { return Vec3d{v.z, v.y, v.x}; };
  return {turned(m.row2), turned(m.row1), turned(m.row0)};
}

/// Direction of a crystal that a change of its cell leaves.
enum class CellFrame {
  direct,      ///< that of a, and the plane of a and b
  reciprocal,  ///< that of a*, and the plane of a* and b*
};

/// Returns the frame in which a crystal's cell is described; see CellChange.
inline CellFrame cell_frame(const Crystal& crystal) {
  const bool oriented = crystal.u_matrix || crystal.a_matrix || crystal.real_space_A;
  return crystal.cell && !oriented ? CellFrame::reciprocal : CellFrame::direct;
}

/// Returns E of a change of the unit cell.
/// \param moves  derivatives of a, b, c in Angstrom and alpha, beta, gamma in radian
inline Mat3d strain_of_cell(const Lattice& lattice, CellFrame frame, const CellDerivative& moves) {
  const Mat3d vectors = lattice_vectors_A(lattice);
  const Mat3d metric = transposed(vectors) * vectors;
  const Mat3d derivative = metric_derivative(cell_shape(lattice.direct), moves);
  // With a* along x and b* in the xy plane c is along z and b in the yz plane: the same with c, b, a for a, b, c.
  if (frame == CellFrame::reciprocal) return reversed(strain_of_metric(reversed(metric), reversed(derivative)));
  return strain_of_metric(metric, derivative);
}

}  // namespace nbk::scene
