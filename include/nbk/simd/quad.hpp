// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/simd/isa.hpp"
#include "nbk/simd/register.hpp"

#include <cmath>

namespace nbk::simd {
inline namespace NBK_ISA {

/// Four values that follow each other in a table, for host code: a line of a stencil is this long however wide packs
/// are.
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
  /// Adds factor * other.
  void add(T factor, const Quad& other) {
    for (int i = 0; i < 4; ++i) m_value[i] = std::fma(factor, other.m_value[i], m_value[i]);
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
  explicit Quad(const float* from) : m_value(_mm_loadu_ps(from)) {}
  static Quad zero() { return Quad(_mm_setzero_ps()); }
  void add(float factor, const Quad& other) { m_value = _mm_fmadd_ps(_mm_set1_ps(factor), other.m_value, m_value); }
  void store(float* to) const { _mm_storeu_ps(to, m_value); }

 private:
  explicit Quad(__m128 value) : m_value(value) {}
  __m128 m_value;
};

template <>
class Quad<double> {
 public:
  explicit Quad(const double* from) : m_value(_mm256_loadu_pd(from)) {}
  static Quad zero() { return Quad(_mm256_setzero_pd()); }
  void add(double factor, const Quad& other) {
    m_value = _mm256_fmadd_pd(_mm256_set1_pd(factor), other.m_value, m_value);
  }
  void store(double* to) const { _mm256_storeu_pd(to, m_value); }

 private:
  explicit Quad(__m256d value) : m_value(value) {}
  __m256d m_value;
};
#endif

}  // namespace NBK_ISA
}  // namespace nbk::simd
