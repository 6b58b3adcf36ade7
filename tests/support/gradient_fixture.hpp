// SPDX-License-Identifier: MIT
#pragma once

#include "support/experiments.hpp"

#include <Kokkos_Core.hpp>
#include <nbk/launch/derivatives.hpp>
#include <nbk/nbk.hpp>

#include <cmath>
#include <cstddef>
#include <vector>

/// \file
/// An experiment with its derivatives by mixtures of the sums of a pixel, for tests of what is made of derivatives.

namespace nbk::testing {

using Host = Kokkos::DefaultHostExecutionSpace;
using Pixels = Kokkos::View<double*, Kokkos::LayoutRight, Kokkos::HostSpace>;
using PixelImages = Kokkos::View<double**, Kokkos::LayoutRight, Kokkos::HostSpace>;
using WideImage = Kokkos::View<double***, Kokkos::LayoutRight, Kokkos::HostSpace>;

inline StructureFactors waves_of_F(bool interpolate) {
  StructureFactors f;
  f.h_min = f.k_min = -9;
  f.h_max = f.k_max = 9;
  f.l_min = -40;
  f.l_max = 40;
  f.default_amplitude = 30;
  f.interpolate = interpolate;
  for (int h = f.h_min; h <= f.h_max; ++h) {
    for (int k = f.k_min; k <= f.k_max; ++k) {
      for (int l = f.l_min; l <= f.l_max; ++l) f.amplitude.push_back(100 + 40 * std::sin(0.7 * h + 0.4 * k - 0.9 * l));
    }
  }
  return f;
}

/// A tilted panel with layers and sub-pixels, domains and a spectrum, of which overlapping runs are computed.
inline Experiment listed_spectrum(LatticeShape shape) {
  Experiment e = tilted_spectrum(shape);
  for (int slow = 0; slow < 30; ++slow) e.selection.runs.push_back({0, slow, slow / 2, 5 + slow % 13});
  return e;
}

/// Parameters that mix sums with each other.
inline DerivativeCoefficients mixtures(int count) {
  DerivativeCoefficients c;
  c.names.assign(static_cast<std::size_t>(count), "mixture");
  c.panels = 1;
  for (int p = 0; p < count; ++p) {
    for (int s = 0; s < physics::PixelSums::count; ++s)
      c.values.push_back(s < physics::PixelSums::strain + 9   ? std::sin(1.3 * p + s * s)
                         : s == physics::PixelSums::cells + p ? 0.7
                                                              : 0.0);
  }
  return c;
}

template <class PrecisionT>
struct Fixture {
  explicit Fixture(const Experiment& e, int parameters)
      : plan(exec, e),
        coefficients(mixtures(parameters)),
        pixels(static_cast<std::size_t>(scene::listed_pixels(plan.scene().selection))),
        image("image", pixels),
        slopes("slopes", pixels),
        images("images", static_cast<std::size_t>(parameters), pixels) {
    derivatives(exec, plan, coefficients, image, images);
    for (std::size_t i = 0; i < pixels; ++i) slopes(i) = i % 7 == 3 ? 0.0 : std::cos(1.7 * static_cast<double>(i));
  }
  Host exec;
  Plan<PrecisionT, Host> plan;
  DerivativeCoefficients coefficients;
  std::size_t pixels;
  Pixels image, slopes;
  PixelImages images;
};

}  // namespace nbk::testing
