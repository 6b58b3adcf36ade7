// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/detector.hpp"
#include "nbk/physics/polarization.hpp"

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

template <class V>
KOKKOS_FORCEINLINE_FUNCTION V at(const LinearForm<scalar_t<V>>& form, const V& u) {
  return fma(u, form.slope, V(form.constant));
}

/// Kahn's polarisation factor along a line, constant + (c0 + c1 u + c2 u^2) / R^2: the cosines in it are linear forms
/// divided by R.
template <class T>
struct LinePolarization {
  T constant = 1, c0 = 0, c1 = 0, c2 = 0;
};

/// (1 + c^2 - K (e^2 - m^2)) / 2 of polarization_factor() with c = i.d, e = E.d and m = B.d; where the axes are
/// undefined 1 - c^2 stands for e^2 - m^2.
template <class T>
LinePolarization<T> line_polarization(const PixelLine& line, const Vec3<T>& incident, const PolarizationAxes<T>& axes,
                                      T kahn_factor) {
  const auto kahn = static_cast<double>(kahn_factor);
  double c[3] = {0, 0, 0};
  const auto add_square = [&](double weight, const Vec3<T>& v) {
    const LinearForm<double> f = linear_form<double>(line, 1, widened(v));
    c[0] += weight * f.constant * f.constant;
    c[1] += weight * 2 * f.constant * f.slope;
    c[2] += weight * f.slope * f.slope;
  };
  add_square(axes.undefined ? 0.5 + 0.5 * kahn : 0.5, incident);
  add_square(-0.5 * kahn, axes.electric);  // both are 0 where they are undefined
  add_square(0.5 * kahn, axes.magnetic);
  return {static_cast<T>(axes.undefined ? 0.5 - 0.5 * kahn : 0.5), static_cast<T>(c[0]), static_cast<T>(c[1]),
          static_cast<T>(c[2])};
}

template <class V>
KOKKOS_FORCEINLINE_FUNCTION V at(const LinePolarization<scalar_t<V>>& p, const V& u, const V& inverse_r) {
  const V square = fma(fma(u, p.c2, V(p.c1)), u, p.c0);
  return fma(square, inverse_r * inverse_r, p.constant);
}

}  // namespace nbk::physics
