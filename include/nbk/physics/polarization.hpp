// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/scattering.hpp"

namespace nbk::physics {

/// The electric (E) and magnetic (B) directions of one incident ray: unit vectors across it and each other, or both 0
/// where the ray runs along the direction of polarisation.
template <class T>
struct PolarizationAxes {
  Vec3<T> electric, magnetic;
  bool undefined = false;  ///< both are 0
};

/// cos(2 psi) sin^2(2 theta), psi the angle between the electric field and the plane of scattering: e^2 - m^2 with
/// e = d.E, m = d.B, as e^2 + m^2 = sin^2(2 theta) and cos(2 psi) = (e^2 - m^2) / (e^2 + m^2). Where the axes are
/// undefined cos(2 psi) counts as 1.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V azimuth(const Vec3<V>& diffracted, const PolarizationAxes<scalar_t<V>>& axes,
                                      const V& sine_sqr) {
  if (axes.undefined) return sine_sqr;
  const V e = along(axes.electric, diffracted), m = along(axes.magnetic, diffracted);
  return (e + m) * (e - m);
}

/// Kahn's polarisation factor: (1 + c^2 - K cos(2 psi) (1 - c^2)) / 2, with c = i.d the cosine of the scattering angle.
/// Source: Kahn et al. (1982), J. Appl. Cryst. 15, 330.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V polarization_factor(const Vec3<V>& incident, const Vec3<V>& diffracted,
                                                  const PolarizationAxes<scalar_t<V>>& axes, scalar_t<V> kahn) {
  using T = scalar_t<V>;
  const V cosine = fused_dot(incident, diffracted);
  const V cosine_sqr = cosine * cosine;
  V sum = cosine_sqr + T(1);
  if (kahn != T(0)) sum = fma(azimuth(diffracted, axes, T(1) - cosine_sqr), -kahn, sum);
  return sum * T(0.5);
}

}  // namespace nbk::physics
