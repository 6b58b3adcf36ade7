// SPDX-License-Identifier: MIT
#pragma once

#include <Kokkos_Core.hpp>

namespace nbk {

/// Three components of a scalar or of a pack of scalars.
template <class T>
struct Vec3 {
  T x{}, y{}, z{};

  friend bool operator==(const Vec3&, const Vec3&) = default;

  KOKKOS_INLINE_FUNCTION constexpr Vec3& operator+=(const Vec3& v) {
    x = x + v.x;
    y = y + v.y;
    z = z + v.z;
    return *this;
  }
};

using Vec3d = Vec3<double>;

template <class T>
KOKKOS_INLINE_FUNCTION constexpr Vec3<T> operator+(const Vec3<T>& u, const Vec3<T>& v) {
  return {u.x + v.x, u.y + v.y, u.z + v.z};
}

template <class T>
KOKKOS_INLINE_FUNCTION constexpr Vec3<T> operator-(const Vec3<T>& u, const Vec3<T>& v) {
  return {u.x - v.x, u.y - v.y, u.z - v.z};
}

template <class T>
KOKKOS_INLINE_FUNCTION constexpr Vec3<T> operator-(const Vec3<T>& v) {
  return {-v.x, -v.y, -v.z};
}

template <class T>
KOKKOS_INLINE_FUNCTION constexpr Vec3<T> operator*(const T& factor, const Vec3<T>& v) {
  return {factor * v.x, factor * v.y, factor * v.z};
}

template <class T>
KOKKOS_INLINE_FUNCTION constexpr T dot(const Vec3<T>& u, const Vec3<T>& v) {
  return u.x * v.x + u.y * v.y + u.z * v.z;
}

template <class T>
KOKKOS_INLINE_FUNCTION constexpr Vec3<T> cross(const Vec3<T>& u, const Vec3<T>& v) {
  return {u.y * v.z - u.z * v.y, u.z * v.x - u.x * v.z, u.x * v.y - u.y * v.x};
}

}  // namespace nbk
