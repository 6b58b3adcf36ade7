// SPDX-License-Identifier: MIT
#pragma once

#include <Kokkos_Core.hpp>

namespace nbk {

/// Three components of a scalar or of a pack of scalars.
template <class T>
struct Vec3 {
  T x{};  ///< first component
  T y{};  ///< second component
  T z{};  ///< third component

  /// True where all components are the same.
  friend bool operator==(const Vec3&, const Vec3&) = default;

  /// Adds a vector.
  KOKKOS_INLINE_FUNCTION constexpr Vec3& operator+=(const Vec3& v) {
    x = x + v.x;
    y = y + v.y;
    z = z + v.z;
    return *this;
  }
};

/// Vector of the model and the scene.
using Vec3d = Vec3<double>;

/// Sum, component by component.
template <class T>
KOKKOS_INLINE_FUNCTION constexpr Vec3<T> operator+(const Vec3<T>& u, const Vec3<T>& v) {
  return {u.x + v.x, u.y + v.y, u.z + v.z};
}

/// Difference, component by component.
template <class T>
KOKKOS_INLINE_FUNCTION constexpr Vec3<T> operator-(const Vec3<T>& u, const Vec3<T>& v) {
  return {u.x - v.x, u.y - v.y, u.z - v.z};
}

/// The opposite vector.
template <class T>
KOKKOS_INLINE_FUNCTION constexpr Vec3<T> operator-(const Vec3<T>& v) {
  return {-v.x, -v.y, -v.z};
}

/// `factor` times `v`.
template <class T>
KOKKOS_INLINE_FUNCTION constexpr Vec3<T> operator*(const T& factor, const Vec3<T>& v) {
  return {factor * v.x, factor * v.y, factor * v.z};
}

/// Scalar product.
template <class T>
KOKKOS_INLINE_FUNCTION constexpr T dot(const Vec3<T>& u, const Vec3<T>& v) {
  return u.x * v.x + u.y * v.y + u.z * v.z;
}

/// Vector product, right-handed.
template <class T>
KOKKOS_INLINE_FUNCTION constexpr Vec3<T> cross(const Vec3<T>& u, const Vec3<T>& v) {
  return {u.y * v.z - u.z * v.y, u.z * v.x - u.x * v.z, u.x * v.y - u.y * v.x};
}

/// The vector in another number type. For the host.
template <class To, class From>
constexpr Vec3<To> vec3_cast(const Vec3<From>& v) {
  return {static_cast<To>(v.x), static_cast<To>(v.y), static_cast<To>(v.z)};
}

}  // namespace nbk
