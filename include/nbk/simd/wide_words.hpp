// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/simd/register.hpp"

#include <cstdint>

namespace nbk::simd {
inline namespace NBK_ISA {

/// Four words of 32 bits in the low halves of 64-bit lanes, for host code: a product of two words needs no shuffling
/// that way, which compilers do not see by themselves. What is in the high halves does not matter.
class WideWords {
 public:
  static constexpr int lanes = 4;

#if defined(NBK_SIMD_AVX512) || defined(NBK_SIMD_AVX2)
  explicit WideWords(std::uint32_t word) : m_lanes(_mm256_set1_epi64x(word)) {}
  explicit WideWords(const std::uint32_t* from)
      : m_lanes(_mm256_cvtepu32_epi64(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from)))) {}

  void store(std::uint32_t* to) const {
    const __m256i packed = _mm256_permutevar8x32_epi32(m_lanes, _mm256_setr_epi32(0, 2, 4, 6, 0, 2, 4, 6));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to), _mm256_castsi256_si128(packed));
  }
  /// The whole products, 64 bits.
  WideWords operator*(const WideWords& other) const { return WideWords(_mm256_mul_epu32(m_lanes, other.m_lanes)); }
  WideWords operator^(const WideWords& other) const { return WideWords(_mm256_xor_si256(m_lanes, other.m_lanes)); }
  /// The high words of products.
  WideWords high() const { return WideWords(_mm256_srli_epi64(m_lanes, 32)); }

 private:
  explicit WideWords(__m256i value) : m_lanes(value) {}
  __m256i m_lanes;
#else
  explicit WideWords(std::uint32_t word) : m_lanes{word, word, word, word} {}
  explicit WideWords(const std::uint32_t* from) : m_lanes{from[0], from[1], from[2], from[3]} {}

  void store(std::uint32_t* to) const {
    for (int i = 0; i < lanes; ++i) to[i] = static_cast<std::uint32_t>(m_lanes[i]);
  }
  /// The whole products, 64 bits.
  WideWords operator*(const WideWords& other) const {
    constexpr std::uint64_t low = 0xffffffff;
    WideWords product(0U);
    for (int i = 0; i < lanes; ++i) product.m_lanes[i] = (m_lanes[i] & low) * (other.m_lanes[i] & low);
    return product;
  }
  WideWords operator^(const WideWords& other) const {
    WideWords result(0U);
    for (int i = 0; i < lanes; ++i) result.m_lanes[i] = m_lanes[i] ^ other.m_lanes[i];
    return result;
  }
  /// The high words of products.
  WideWords high() const {
    WideWords result(0U);
    for (int i = 0; i < lanes; ++i) result.m_lanes[i] = m_lanes[i] >> 32;
    return result;
  }

 private:
  std::uint64_t m_lanes[4];
#endif
};

}  // namespace NBK_ISA
}  // namespace nbk::simd
