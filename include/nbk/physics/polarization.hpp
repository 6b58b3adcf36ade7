// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/math/strict.hpp"
#include "nbk/physics/line.hpp"
#include "nbk/physics/scattering.hpp"

/// \file
/// Kahn's polarisation factor, of one ray and along a row of pixels.
///
///     P = (1 + c^2 - K cos(2 psi) (1 - c^2)) / 2
///
/// c = i.d is the cosine of the scattering angle, K the Kahn factor, psi the angle between the electric field and the
/// plane of scattering. Source: Kahn et al. (1982), J. Appl. Cryst. 15, 330. Its coefficients stand in kahn_weights()
/// alone. The azimuth stands twice, for a ray and for a line: tests/unit/physics/polarization.cpp compares the two
/// forms, and tests/unit/physics/lines.cpp whole rows.

namespace nbk::physics {

/// The electric (E) and magnetic (B) directions of one incident ray: unit vectors across it and each other. Both are 0
/// where the ray runs along the direction of polarisation.
template <class T>
struct PolarizationAxes {
  Vec3<T> electric, magnetic;
  bool undefined = false;  ///< both are 0
};

/// Axes of a ray whose beam is polarised along P: B = unit(P x i), E = unit(i x B).
inline PolarizationAxes<double> polarization_axes(const Vec3d& polarization, const Vec3d& incident) {
  const Vec3d magnetic = strict::unit(cross(polarization, incident));
  return {strict::unit(cross(incident, magnetic)), magnetic, dot(magnetic, magnetic) == 0.0};
}

/// Coefficients of the polarisation factor: P = constant + cosine_sqr c^2 + azimuth cos(2 psi) (1 - c^2).
template <class T>
struct KahnWeights {
  T constant, cosine_sqr, azimuth;
};

/// The coefficients for a Kahn factor. They are halves, which are exact in any binary number.
template <class T>
KOKKOS_FORCEINLINE_FUNCTION KahnWeights<T> kahn_weights(T kahn) {
  return {T(0.5), T(0.5), kahn * T(-0.5)};
}

/// cos(2 psi) sin^2(2 theta) of a ray, 2 theta the scattering angle: e^2 - m^2 with e = d.E, m = d.B, as
/// e^2 + m^2 = sin^2(2 theta) and cos(2 psi) = (e^2 - m^2) / (e^2 + m^2). Where the axes are undefined cos(2 psi)
/// counts as 1. line_polarization() has the same along a line.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V azimuth(const Vec3<V>& diffracted, const PolarizationAxes<scalar_t<V>>& axes,
                                      const V& sine_sqr) {
  if (axes.undefined) return sine_sqr;
  const V e = along(axes.electric, diffracted), m = along(axes.magnetic, diffracted);
  return (e + m) * (e - m);
}

/// Polarisation factor of one ray.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V polarization_factor(const Vec3<V>& incident, const Vec3<V>& diffracted,
                                                  const PolarizationAxes<scalar_t<V>>& axes, scalar_t<V> kahn) {
  using T = scalar_t<V>;
  const KahnWeights<T> weights = kahn_weights(kahn);
  const V cosine = fused_dot(incident, diffracted);
  const V cosine_sqr = cosine * cosine;
  const V factor = fma(cosine_sqr, weights.cosine_sqr, V(weights.constant));
  if (kahn == T(0)) return factor;
  return fma(azimuth(diffracted, axes, T(1) - cosine_sqr), weights.azimuth, factor);
}

/// Polarisation factor along a line, constant + (c0 + c1 u + c2 u^2) / R^2: the cosines in it are linear forms divided
/// by R.
template <class T>
struct LinePolarization {
  T constant = 1, c0 = 0, c1 = 0, c2 = 0;
};

/// polarization_factor() of the rays to the points of a line. The azimuth is e^2 - m^2 as in azimuth(), here as two
/// squares of linear forms; where the axes are undefined it is 1 - c^2.
template <class T>
LinePolarization<T> line_polarization(const PixelLine& line, const Vec3<T>& incident, const PolarizationAxes<T>& axes,
                                      T kahn_factor) {
  const KahnWeights<double> weights = kahn_weights(static_cast<double>(kahn_factor));
  double c[3] = {0, 0, 0};
  const auto add_square = [&](double weight, const Vec3<T>& v) {
    const LinearForm<double> f = linear_form<double>(line, 1, widened(v));
    c[0] += weight * f.constant * f.constant;
    c[1] += weight * 2 * f.constant * f.slope;
    c[2] += weight * f.slope * f.slope;
  };
  add_square(axes.undefined ? weights.cosine_sqr - weights.azimuth : weights.cosine_sqr, incident);
  add_square(weights.azimuth, axes.electric);  // both are 0 where they are undefined
  add_square(-weights.azimuth, axes.magnetic);
  return {static_cast<T>(axes.undefined ? weights.constant + weights.azimuth : weights.constant), static_cast<T>(c[0]),
          static_cast<T>(c[1]), static_cast<T>(c[2])};
}

/// The factor at u on the line, with 1 / R there.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V at(const LinePolarization<scalar_t<V>>& p, const V& u, const V& inverse_r) {
  const V square = fma(fma(u, p.c2, V(p.c1)), u, p.c0);
  return fma(square, inverse_r * inverse_r, p.constant);
}

}  // namespace nbk::physics
