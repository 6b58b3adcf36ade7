// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/math/elementary.hpp"
#include "nbk/response/log_of_normal.hpp"

#include <Kokkos_Core.hpp>

#include <cstddef>
#include <cstdint>

namespace nbk {
inline namespace NBK_ISA {

/// Numbers of some pixels side by side: a pack on a host, the number itself for one pixel.
template <class T, std::size_t Lanes>
using PixelLanes = pack_t<T, static_cast<int>(Lanes)>;

/// Returns Gaussian deviates of mean 0 and variance 1 from two random words each. Box-Muller; at most 6.7 in size,
/// beyond which one of 4e10 deviates would lie.
template <std::size_t Lanes>
KOKKOS_FORCEINLINE_FUNCTION PixelLanes<float, Lanes> normal_deviates(const std::uint32_t (&radius_words)[Lanes],
                                                                     const std::uint32_t (&angle_words)[Lanes]) {
  using V = PixelLanes<float, Lanes>;
  float radius[Lanes] = {}, angle[Lanes] = {};
  for (std::size_t i = 0; i < Lanes; ++i)
    radius[i] = static_cast<float>(static_cast<std::int32_t>(radius_words[i] >> 1));
  for (std::size_t i = 0; i < Lanes; ++i) angle[i] = static_cast<float>(static_cast<std::int32_t>(angle_words[i]));
  const V uniform = (load<V>(static_cast<const float*>(radius)) + 0.5F) * 0x1p-31F;
  const V sine = sinpi_reduced(load<V>(static_cast<const float*>(angle)) * 0x1p-32F);
  const V square = max(log_of_normal(uniform) * -2.0F, V(0.0F));
  return sqrt(square) * fma(sine * -2.0F, sine, V(1.0F));
}

}  // namespace NBK_ISA
}  // namespace nbk
