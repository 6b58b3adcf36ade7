// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/math/elementary.hpp"

#include <Kokkos_Core.hpp>

#include <cstdint>

namespace nbk {

namespace detail {

/// ln x for a positive normal number, within 2 ulp of max(|ln x|, |x - 1|). It has no branch, so that a loop over
/// pixels becomes a loop over vectors: x = 2^n m with m near 1, ln m = 2 artanh((m - 1) / (m + 1)).
KOKKOS_FORCEINLINE_FUNCTION float log_of_normal(float x) {
  constexpr std::int32_t bits_of_root_half = 0x3f3504f3, exponent_mask = static_cast<std::int32_t>(0xff800000U);
  const auto bits = Kokkos::bit_cast<std::int32_t>(x);
  const std::int32_t shift = (bits - bits_of_root_half) & exponent_mask;
  const float m = Kokkos::bit_cast<float>(bits - shift), n = static_cast<float>(shift >> 23);
  const float s = (m - 1.0F) / (m + 1.0F), square = s * s;
  constexpr float c[] = {2.0F, 2.0F / 3, 2.0F / 5, 2.0F / 7, 2.0F / 9};
  constexpr float ln2_high = 0.693145752F, ln2_low = 1.42860677e-6F;
  return fma(n, ln2_high, fma(n, ln2_low, s * polynomial(square, c)));
}

}  // namespace detail

/// Returns a Gaussian deviate of mean 0 and variance 1 from two random words. Box-Muller; at most 6.7 in size, beyond
/// which one of 4e10 deviates would lie.
KOKKOS_FORCEINLINE_FUNCTION float normal_deviate(std::uint32_t radius_word, std::uint32_t angle_word) {
  const float uniform = (static_cast<float>(static_cast<std::int32_t>(radius_word >> 1)) + 0.5F) * 0x1p-31F;
  const float half_turns = static_cast<float>(static_cast<std::int32_t>(angle_word)) * 0x1p-32F;
  const float sine = sinpi_reduced(half_turns);
  const float square = -2.0F * detail::log_of_normal(uniform);
  return sqrt(square > 0.0F ? square : 0.0F) * fma(-2.0F * sine, sine, 1.0F);
}

}  // namespace nbk
