// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/vec3.hpp"
#include "nbk/simd/pack_functions.hpp"

namespace nbk::physics {

/// The electric (E) and magnetic (B) directions of one incident ray, unit vectors.
template <class T>
struct PolarizationAxes {
  Vec3<T> electric, magnetic;
};

/// cos(2 psi), psi the angle between the electric field and the plane of scattering: (e^2 - m^2) / (e^2 + m^2) with
/// e = d.E, m = d.B. Along the beam psi has no meaning (and no effect); there it counts as 1.
template <class V>
KOKKOS_INLINE_FUNCTION V cosine_2psi(const Vec3<V>& diffracted, const PolarizationAxes<scalar_t<V>>& axes) {
  using T = scalar_t<V>;
  const V e = dot(Vec3<V>{V(axes.electric.x), V(axes.electric.y), V(axes.electric.z)}, diffracted);
  const V m = dot(Vec3<V>{V(axes.magnetic.x), V(axes.magnetic.y), V(axes.magnetic.z)}, diffracted);
  const V across = fma(e, e, m * m);
  return select(V(T(0)) < across, (e * e - m * m) / max(across, V(T(1e-37))), V(T(1)));
}

/// Kahn's polarisation factor: (1 + c^2 - K cos(2 psi) (1 - c^2)) / 2, with c = i.d the cosine of the scattering angle.
/// Source: Kahn et al. (1982), J. Appl. Cryst. 15, 330.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V polarization_factor(const Vec3<V>& incident, const Vec3<V>& diffracted,
                                                  const PolarizationAxes<scalar_t<V>>& axes, scalar_t<V> kahn) {
  using T = scalar_t<V>;
  const V cosine = fma(incident.x, diffracted.x, fma(incident.y, diffracted.y, incident.z * diffracted.z));
  const V cosine_sqr = cosine * cosine;
  V sum = cosine_sqr + T(1);
  if (kahn != T(0)) sum = sum - (cosine_2psi(diffracted, axes) * kahn) * (T(1) - cosine_sqr);
  return sum * T(0.5);
}

}  // namespace nbk::physics
