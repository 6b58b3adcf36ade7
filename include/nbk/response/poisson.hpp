// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/math/ran1.hpp"
#include "nbk/response/compat/shared_deviates.hpp"

#include <cstdint>

namespace nbk {

/// Noise of nanoBragg, draw by draw: Gaussian and Poisson deviates of one seed on top of Ran1.
class NoiseDeviates {
 public:
  /// \param uniform the generator, with the table that earlier draws have left (Scene::generator)
  /// \param seed as Ran1 takes it: <= 0 fills the table anew
  NoiseDeviates(const Ran1& uniform, std::int64_t seed) : m_uniform(uniform), m_seed(seed) {}

  float uniform() { return m_uniform(m_seed); }

  /// Mean 0, variance 1.
  float gaussian() { return m_deviates.gaussian(m_uniform, m_seed); }

  /// Poisson of the given mean. Above 1e6 it is the Gaussian approximation, which is not a whole number.
  float poisson(float mean) { return m_deviates.poisson(mean, m_uniform, m_seed); }

 private:
  Ran1 m_uniform;
  std::int64_t m_seed;
  SharedDeviates<float> m_deviates;
};

}  // namespace nbk
