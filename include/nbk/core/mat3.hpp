// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/vec3.hpp"

namespace nbk {

/// A 3 x 3 matrix by its rows.
template <class T>
struct Mat3 {
  Vec3<T> row0{};  ///< first row
  Vec3<T> row1{};  ///< second row
  Vec3<T> row2{};  ///< third row

  /// True where all elements are the same.
  friend bool operator==(const Mat3&, const Mat3&) = default;

  /// The matrix that changes nothing.
  static KOKKOS_INLINE_FUNCTION constexpr Mat3 identity() {
    return {{T(1), T(0), T(0)}, {T(0), T(1), T(0)}, {T(0), T(0), T(1)}};
  }
};

/// Matrix of the model and the scene.
using Mat3d = Mat3<double>;

/// The vector `m v`.
template <class T>
KOKKOS_INLINE_FUNCTION constexpr Vec3<T> operator*(const Mat3<T>& m, const Vec3<T>& v) {
  return {dot(m.row0, v), dot(m.row1, v), dot(m.row2, v)};
}

/// The determinant of a matrix.
template <class T>
KOKKOS_INLINE_FUNCTION constexpr T determinant(const Mat3<T>& m) {
  return dot(m.row0, cross(m.row1, m.row2));
}

/// The matrix with rows and columns exchanged.
template <class T>
KOKKOS_INLINE_FUNCTION constexpr Mat3<T> transposed(const Mat3<T>& m) {
  return {{m.row0.x, m.row1.x, m.row2.x}, {m.row0.y, m.row1.y, m.row2.y}, {m.row0.z, m.row1.z, m.row2.z}};
}

}  // namespace nbk
