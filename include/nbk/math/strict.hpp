// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/mat3.hpp"
#include "nbk/core/vec3.hpp"

#include <cmath>

/// \file
/// Host arithmetic whose last bit does not depend on the compiler's options. Every product is rounded before it is
/// added; -march=native alone would let a compiler fuse the two. Setting up a scene compares numbers exactly (is this
/// phi zero? is this divergence inside the ellipse?), and must give the same answers everywhere. Vectors' functions are
/// called, not inlined: they are in use everywhere, and nowhere for every pixel.

namespace nbk::strict {

/// x y, rounded to the type; the volatile store is what keeps it out of a fused multiply-add.
template <class Real>
Real product(Real x, Real y) {
  volatile Real rounded = x * y;
  return rounded;
}

[[gnu::noinline]] inline double dot(const Vec3d& u, const Vec3d& v) {
  return product(u.x, v.x) + product(u.y, v.y) + product(u.z, v.z);
}

[[gnu::noinline]] inline Vec3d cross(const Vec3d& u, const Vec3d& v) {
  return {product(u.y, v.z) - product(u.z, v.y), product(u.z, v.x) - product(u.x, v.z),
          product(u.x, v.y) - product(u.y, v.x)};
}

[[gnu::noinline]] inline Vec3d scaled(double factor, const Vec3d& v) {
  return {product(factor, v.x), product(factor, v.y), product(factor, v.z)};
}

[[gnu::noinline]] inline double magnitude(const Vec3d& v) { return std::sqrt(dot(v, v)); }

/// v / |v|; a zero vector stays zero.
[[gnu::noinline]] inline Vec3d unit(const Vec3d& v) {
  const double length = magnitude(v);
  return length != 0.0 ? Vec3d{v.x / length, v.y / length, v.z / length} : Vec3d{};
}

[[gnu::noinline]] inline Vec3d transformed(const Mat3d& m, const Vec3d& v) {
  return {dot(m.row0, v), dot(m.row1, v), dot(m.row2, v)};
}

}  // namespace nbk::strict
