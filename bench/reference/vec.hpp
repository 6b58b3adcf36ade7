// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/mat3.hpp"

#include <cmath>

/// Vector algebra of the reference. It does not use that of the library; see reference.hpp.
namespace nbk::reference {

struct Vec {
  double x = 0, y = 0, z = 0;

  Vec() = default;
  Vec(double x_, double y_, double z_) : x(x_), y(y_), z(z_) {}
  explicit Vec(const Vec3d& v) : x(v.x), y(v.y), z(v.z) {}
};

inline Vec operator+(const Vec& u, const Vec& v) { return {u.x + v.x, u.y + v.y, u.z + v.z}; }
inline Vec operator-(const Vec& u, const Vec& v) { return {u.x - v.x, u.y - v.y, u.z - v.z}; }
inline Vec operator-(const Vec& v) { return {-v.x, -v.y, -v.z}; }
inline Vec operator*(double s, const Vec& v) { return {s * v.x, s * v.y, s * v.z}; }
inline Vec operator/(const Vec& v, double s) { return {v.x / s, v.y / s, v.z / s}; }
inline double dot(const Vec& u, const Vec& v) { return u.x * v.x + u.y * v.y + u.z * v.z; }
inline double length(const Vec& v) { return std::sqrt(dot(v, v)); }

inline Vec cross(const Vec& u, const Vec& v) {
  return {u.y * v.z - u.z * v.y, u.z * v.x - u.x * v.z, u.x * v.y - u.y * v.x};
}

/// Returns v / |v|. The zero vector stays zero.
inline Vec unit(const Vec& v) {
  const double size = length(v);
  return size == 0 ? Vec{} : v / size;
}

/// Returns v after right-handed rotations about the laboratory axes: x first, then y, then z. An angle of 0 changes
/// nothing.
inline Vec rotate_lab(Vec v, const Vec& angle_rad) {
  if (angle_rad.x != 0) {
    const double c = std::cos(angle_rad.x), s = std::sin(angle_rad.x);
    v = {v.x, v.y * c - v.z * s, v.y * s + v.z * c};
  }
  if (angle_rad.y != 0) {
    const double c = std::cos(angle_rad.y), s = std::sin(angle_rad.y);
    v = {v.x * c + v.z * s, v.y, v.z * c - v.x * s};
  }
  if (angle_rad.z != 0) {
    const double c = std::cos(angle_rad.z), s = std::sin(angle_rad.z);
    v = {v.x * c - v.y * s, v.x * s + v.y * c, v.z};
  }
  return v;
}

/// Returns Rodrigues' rotation, n (n.v)(1 - cos t) + v cos t + (n x v) sin t. The axis n is not normalised.
inline Vec rotate_about(const Vec& axis, double angle_rad, const Vec& v) {
  const double c = std::cos(angle_rad), s = std::sin(angle_rad);
  return dot(axis, v) * (1 - c) * axis + c * v + s * cross(axis, v);
}

/// Matrix of 3 x 3 numbers by its rows.
struct Matrix {
  Vec row0{1, 0, 0}, row1{0, 1, 0}, row2{0, 0, 1};

  Matrix() = default;
  Matrix(const Vec& row0_, const Vec& row1_, const Vec& row2_) : row0(row0_), row1(row1_), row2(row2_) {}
  explicit Matrix(const Mat3d& m) : row0(m.row0), row1(m.row1), row2(m.row2) {}
};

inline double determinant(const Matrix& m) { return dot(m.row0, cross(m.row1, m.row2)); }

inline Vec operator*(const Matrix& m, const Vec& v) { return {dot(m.row0, v), dot(m.row1, v), dot(m.row2, v)}; }

}  // namespace nbk::reference
