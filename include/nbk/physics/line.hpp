// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/position.hpp"

#include <cmath>

/// \file
/// A row of sub-pixels of a flat panel is a straight line, P(u) = nearest + u along, with u the distance from its point
/// nearest to the sample. So R^2 = u^2 + |nearest|^2, and v.P is linear in u for any vector v: what a row has in common
/// is computed once, and a pixel costs two multiply-adds for each product with its direction d = P / R
/// (docs/numerics/lines.md). For host code.

namespace nbk::physics {

/// The line in double, metres.
struct PixelLine {
  Vec3d nearest, along;  ///< the point nearest to the sample; unit vector
  double first = 0;      ///< u at the beginning of the row
  double stretch = 1;    ///< change of u per metre along the fast axis, 1 where that is a unit vector
};

/// v.P(u) = constant + slope u
template <class T>
struct LinearForm {
  T constant = 0, slope = 0;
};

/// The same vector in double.
template <class T>
Vec3d widened(const Vec3<T>& v) {
  return {static_cast<double>(v.x), static_cast<double>(v.y), static_cast<double>(v.z)};
}

/// The line S = slow_m from the panel's corner, `depth_m` inside of the sensor.
template <class T>
PixelLine pixel_line(const PanelParameters<T>& p, double slow_m, double depth_m) {
  const Vec3d fast = widened(p.fast);
  const Vec3d begin = slow_m * widened(p.slow) + depth_m * widened(p.normal) + widened(p.origin);
  PixelLine line;
  line.stretch = std::sqrt(dot(fast, fast));
  line.along = (1 / line.stretch) * fast;
  line.first = dot(line.along, begin);
  line.nearest = begin - line.first * line.along;
  return line;
}

/// `factor` v.P(u).
template <class T>
LinearForm<T> linear_form(const PixelLine& line, double factor, const Vec3d& v) {
  return {static_cast<T>(factor * dot(v, line.nearest)), static_cast<T>(factor * dot(v, line.along))};
}

/// The form's value at u.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V at(const LinearForm<scalar_t<V>>& form, const V& u) {
  return fma(u, form.slope, V(form.constant));
}

}  // namespace nbk::physics
