// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/polarization.hpp"

namespace nbk::physics {

/// Derivatives of the directions of one incident ray by an angle about some axis, 1/rad: of the incident direction and
/// of the two axes of polarisation that follow it.
template <class T>
struct TurnedRay {
  Vec3<T> incident, electric, magnetic;
};

/// Derivatives for a beam polarised along P whose incident direction i turns about the unit vector k. With B = unit(P x
/// i) and E = unit(i x B) of polarization_axes(): di = k x i, dB = (P x di - B (B . (P x di))) / |P x i|, and
/// dE = di x B + i x dB. P stays. Where P runs along i both axes are 0, and so are their derivatives.
inline TurnedRay<double> turned_ray(const Vec3d& polarization, const Vec3d& incident, const Vec3d& turn_axis) {
  TurnedRay<double> turned{cross(turn_axis, incident), {}, {}};
  const PolarizationAxes<double> axes = polarization_axes(polarization, incident);
  if (axes.undefined) return turned;
  const Vec3d across = cross(polarization, incident), change = cross(polarization, turned.incident);
  const double length = std::sqrt(dot(across, across));
  turned.magnetic = (1 / length) * (change - dot(axes.magnetic, change) * axes.magnetic);
  turned.electric = cross(turned.incident, axes.magnetic) + cross(incident, turned.magnetic);
  return turned;
}

/// Polarisation factor of a ray together with what its derivatives are made of.
template <class V>
struct PolarizationSlopes {
  V value;
  Vec3<V> by_direction;  ///< by the diffracted direction d, on the unit sphere
  V by_kahn;             ///< by the Kahn factor
};

/// polarization_factor() and its derivatives. With c = i.d, e = E.d, m = B.d:
///
///     P = (1 + c^2 - K (e^2 - m^2)) / 2,   dP/dd = c i - K (e E - m B),   dP/dK = -(e^2 - m^2) / 2
///
/// If the axes are undefined, 1 - c^2 stands for e^2 - m^2.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION PolarizationSlopes<V> polarization_slopes(const Vec3<scalar_t<V>>& incident,
                                                                      const Vec3<V>& diffracted,
                                                                      const PolarizationAxes<scalar_t<V>>& axes,
                                                                      scalar_t<V> kahn) {
  using T = scalar_t<V>;
  const V c = along(incident, diffracted), e = along(axes.electric, diffracted), m = along(axes.magnetic, diffracted);
  const V sqr = c * c;
  const V turn = axes.undefined ? V(T(1)) - sqr : (e + m) * (e - m);  // cos(2 psi) sin^2(2 theta)
  const V by_c = axes.undefined ? c * (T(1) + kahn) : c, by_e = e * -kahn, by_m = m * kahn;
  return {fma(turn, kahn * T(-0.5), fma(sqr, T(0.5), V(T(0.5)))),
          {fma(by_c, incident.x, fma(by_e, axes.electric.x, by_m * axes.magnetic.x)),
           fma(by_c, incident.y, fma(by_e, axes.electric.y, by_m * axes.magnetic.y)),
           fma(by_c, incident.z, fma(by_e, axes.electric.z, by_m * axes.magnetic.z))},
          turn * T(-0.5)};
}

/// Derivative of the polarisation factor where the incident ray turns and d stays.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V polarization_turn_slope(const Vec3<scalar_t<V>>& incident, const Vec3<V>& diffracted,
                                                      const PolarizationAxes<scalar_t<V>>& axes,
                                                      const TurnedRay<scalar_t<V>>& turned, scalar_t<V> kahn) {
  using T = scalar_t<V>;
  const V c = along(incident, diffracted), e = along(axes.electric, diffracted), m = along(axes.magnetic, diffracted);
  const V by_c = axes.undefined ? c * (T(1) + kahn) : c;
  return fma(by_c, along(turned.incident, diffracted),
             fma(e * -kahn, along(turned.electric, diffracted), m * kahn * along(turned.magnetic, diffracted)));
}

}  // namespace nbk::physics
