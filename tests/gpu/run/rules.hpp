// SPDX-License-Identifier: MIT
#pragma once

#include "experiments.hpp"
#include "report.hpp"

#include <nbk/core/precision.hpp>

#include <cstdio>
#include <string>
#include <type_traits>

/// \file
/// Bounds of tests/gpu/run and tests/gpu/standin.

namespace nbk::gpu_run {

/// What a precision's kernels must do. Bounds are of the maximum of an image; 0: the same bits.
struct Rules {
  double host_bound = 0;        ///< of images from the host's functors
  double round_bound = 5e-6;    ///< the same of round crystals, which take another path on devices
  double double_bound = 0;      ///< the same of images of double
  double derivative_bound = 0;  ///< the same of derivatives
  double reference_bound = 0;   ///< from images in double; 0: that of the experiment

  /// The first two for a crystal.
  double image_bound(const Experiment& experiment) const {
    return experiment.crystal.shape == LatticeShape("round") && round_bound > host_bound ? round_bound : host_bound;
  }
};

/// The rules of a precision.
/// \param fused  nvcc may have fused multiplications and additions in single precision
template <class PrecisionT>
Rules rules_of(bool fused) {
  Rules rules;
  if constexpr (std::is_same_v<PrecisionT, Fp64>) {
    // Doubles whose last bits differ, as nvcc fuses operations; seen as floats they are the same.
    rules.round_bound = 0;
    rules.double_bound = rules.derivative_bound = 1e-11;
    rules.reference_bound = 1e-6;
  } else if constexpr (!std::is_same_v<PrecisionT, Fp32>) {
    // nvcc fuses sums of derivatives, which are in double.
    rules.derivative_bound = 1e-9;
    rules.reference_bound = 2e-5;
  }
  if (fused) {
    rules.host_bound = 3e-3;  // where rays graze the panel; elsewhere 3e-4
    rules.derivative_bound = 3e-4;
  }
  return rules;
}

/// True for precisions in which factors may compound.
template <class PrecisionT>
inline constexpr bool may_compound =
    std::is_same_v<typename PrecisionT::Accumulate, double>&& std::is_same_v<typename PrecisionT::Lattice, double>;

inline void print_row(const std::string& name, const Difference& bits, const char* engine) {
  std::printf("  %-34s %6zu pixels differ  %.1e of the pixel  %.1e of the maximum  %s\n", name.c_str(), bits.bits,
              bits.of_pixel, bits.of_maximum, engine);
}

}  // namespace nbk::gpu_run
