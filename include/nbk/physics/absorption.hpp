// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/math/elementary.hpp"

namespace nbk::physics {

/// Share of the photons absorbed between two depths of the sensor: exp(-near mu / cos) - exp(-far mu / cos), cos the
/// cosine between the ray and the detector normal. `near_mu` and `far_mu` are depths times the attenuation coefficient.
template <class V>
KOKKOS_INLINE_FUNCTION V captured_fraction(const V& cosine, scalar_t<V> near_mu, scalar_t<V> far_mu) {
  const V path = scalar_t<V>(1) / cosine;
  return exp(path * -near_mu) - exp(path * -far_mu);
}

/// Share of the photons that layer number `layer` captures, counted from the surface; `mu_per_layer` is the thickness
/// of a layer times the attenuation coefficient, `cosine` as in captured_fraction().
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V captured_in_layer(const V& cosine, int layer, scalar_t<V> mu_per_layer) {
  using T = scalar_t<V>;
  return captured_fraction(cosine, static_cast<T>(layer) * mu_per_layer, static_cast<T>(layer + 1) * mu_per_layer);
}

}  // namespace nbk::physics
