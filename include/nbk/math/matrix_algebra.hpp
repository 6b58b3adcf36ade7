// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/mat3.hpp"

/// \file
/// Products, sums, inverses and parts of 3 x 3 matrices, for the host.

namespace nbk {

/// Returns the matrix with these columns.
template <class T>
constexpr Mat3<T> from_columns(const Vec3<T>& first, const Vec3<T>& second, const Vec3<T>& third) {
  return transposed(Mat3<T>{first, second, third});
}

/// The matrix `m n`.
template <class T>
constexpr Mat3<T> operator*(const Mat3<T>& m, const Mat3<T>& n) {
  const Mat3<T> columns = transposed(n);
  return from_columns(m * columns.row0, m * columns.row1, m * columns.row2);
}

/// Sum, element by element.
template <class T>
constexpr Mat3<T> operator+(const Mat3<T>& m, const Mat3<T>& n) {
  return {m.row0 + n.row0, m.row1 + n.row1, m.row2 + n.row2};
}

/// `factor` times `m`.
template <class T>
constexpr Mat3<T> operator*(const T& factor, const Mat3<T>& m) {
  return {factor * m.row0, factor * m.row1, factor * m.row2};
}

/// Returns the inverse matrix; its elements are not finite where there is none.
template <class T>
constexpr Mat3<T> inverse(const Mat3<T>& m) {
  const T per_determinant = T(1) / determinant(m);
  return per_determinant * from_columns(cross(m.row1, m.row2), cross(m.row2, m.row0), cross(m.row0, m.row1));
}

/// Returns the matrix [v]x, for which [v]x u is the vector product of v and u.
template <class T>
constexpr Mat3<T> cross_matrix(const Vec3<T>& v) {
  return {{T(0), -v.z, v.y}, {v.z, T(0), -v.x}, {-v.y, v.x, T(0)}};
}

/// Returns the vector v for which [v]x is the antisymmetric part of a matrix.
template <class T>
constexpr Vec3<T> axial_vector(const Mat3<T>& m) {
  return T(0.5) * Vec3<T>{m.row2.y - m.row1.z, m.row0.z - m.row2.x, m.row1.x - m.row0.y};
}

}  // namespace nbk
