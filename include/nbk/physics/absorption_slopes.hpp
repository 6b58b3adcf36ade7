// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/absorption.hpp"

namespace nbk::physics {

/// Share of the photons that a layer captures together with its derivatives.
template <class V>
struct CapturedSlopes {
  V value;
  V by_cosine;        ///< by the cosine between the ray and the normal of the detector
  V by_mu_per_layer;  ///< by the thickness of a layer times the attenuation coefficient
};

/// captured_in_layer() and its derivatives. With j = layer, t = mu_per_layer and c the cosine:
///
///     A = exp(-j t / c) - exp(-(j + 1) t / c)
///     dA/dt = ((j + 1) exp(-(j + 1) t / c) - j exp(-j t / c)) / c,   dA/dc = -(t / c) dA/dt
template <class V>
KOKKOS_FORCEINLINE_FUNCTION CapturedSlopes<V> captured_slopes(const V& cosine, int layer, scalar_t<V> mu_per_layer) {
  using T = scalar_t<V>;
  const T nearer = static_cast<T>(layer), farther = static_cast<T>(layer + 1);
  const V path = T(1) / cosine;
  const V arriving = exp(path * (-nearer * mu_per_layer)), leaving = exp(path * (-farther * mu_per_layer));
  const V by_mu = path * fma(leaving, farther, arriving * -nearer);
  return {arriving - leaving, path * by_mu * -mu_per_layer, by_mu};
}

}  // namespace nbk::physics
