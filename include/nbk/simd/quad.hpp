// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/simd/register.hpp"

#include <cmath>

namespace nbk::simd {

/// Four consecutive values of a table, host only: whatever the width of a pack is, lines of a stencil are this long.
template <class T>
class Quad {
 public:
  explicit Quad(const T* from) {
    for (int i = 0; i < 4; ++i) m_value[i] = from[i];
  }
  static Quad zero() {
    constexpr T zeros[4] = {};
    return Quad(static_cast<const T*>(zeros));
  }
  /// this + factor * from[0..3]
  void add(T factor, const T* from) {
    for (int i = 0; i < 4; ++i) m_value[i] = std::fma(factor, from[i], m_value[i]);
  }
  void store(T* to) const {
    for (int i = 0; i < 4; ++i) to[i] = m_value[i];
  }

 private:
  T m_value[4];
};

#if defined(NBK_SIMD_AVX512) || defined(NBK_SIMD_AVX2)
template <>
class Quad<float> {
 public:
  static Quad zero() { return Quad(_mm_setzero_ps()); }
  void add(float factor, const float* from) {
    m_value = _mm_fmadd_ps(_mm_set1_ps(factor), _mm_loadu_ps(from), m_value);
  }
  void store(float* to) const { _mm_storeu_ps(to, m_value); }

 private:
  explicit Quad(__m128 value) : m_value(value) {}
  __m128 m_value;
};

template <>
class Quad<double> {
 public:
  static Quad zero() { return Quad(_mm256_setzero_pd()); }
  void add(double factor, const double* from) {
    m_value = _mm256_fmadd_pd(_mm256_set1_pd(factor), _mm256_loadu_pd(from), m_value);
  }
  void store(double* to) const { _mm256_storeu_pd(to, m_value); }

 private:
  explicit Quad(__m256d value) : m_value(value) {}
  __m256d m_value;
};
#endif

}  // namespace nbk::simd
