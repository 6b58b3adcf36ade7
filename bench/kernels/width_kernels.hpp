// SPDX-License-Identifier: MIT
#pragma once

#include <nbk/launch/dispatch.hpp>

#include <cstdint>
#include <memory>
#include <type_traits>
#include <vector>

/// \file
/// Kernels of pack widths that the programs do not use, for the parity matrix: one pixel after the other, as a device
/// computes, and packs of two registers. They are for host spaces, and only of a few combinations of types, because
/// each costs seconds of a compiler.

namespace nbk::bench {

/// The work of a kernel without its type, so that it is compiled once and not for every host space.
struct HostKernel {
  std::shared_ptr<const void> body;
  void (*compute)(const void* body, std::int64_t index) = nullptr;
  std::int64_t count = 0;  ///< indices 0 ... count - 1 together are the image

  void operator()(std::int64_t index) const { compute(body.get(), index); }
};

/// The combinations for which further widths are compiled: every shape, lookup and weighting is in one of them.
template <Scatterer ScattererT, kernel::Weighting WeightingT>
inline constexpr bool has_further_widths = false;
template <>
inline constexpr bool has_further_widths<physics::Bragg<physics::Square, physics::ConstantF>, compat::FirstValue> =
    true;
template <>
inline constexpr bool has_further_widths<physics::Bragg<physics::Round, physics::NearestF>, compat::FirstValue> = true;
template <>
inline constexpr bool has_further_widths<physics::Bragg<physics::Gauss, physics::NearestF>, kernel::PerTerm> = true;
template <>
inline constexpr bool has_further_widths<physics::Bragg<physics::Tophat, physics::ConstantF>, compat::FirstValue> =
    true;
template <>
inline constexpr bool has_further_widths<physics::Bragg<physics::Square, physics::TricubicF>, kernel::PerTerm> = true;

/// The kernel for the whole image of `tables` in packs of `width` pixels.
/// \throws InvalidInput for a combination or a width that is not compiled
template <PrecisionLike P>
HostKernel kernel_in_packs(const Tables<P>& tables, const kernel::ImageRows& image, LatticeShape shape,
                           const launch::KernelChoice& choice, int width);

/// True for a precision that has further widths: not for one that hosts compute one pixel at a time anyway.
template <PrecisionLike P>
inline constexpr bool is_computed_in_packs = launch::pack_width<P, Kokkos::DefaultHostExecutionSpace> > 1;

/// Widths that kernel_in_packs() has for a precision, ascending.
template <PrecisionLike P>
std::vector<int> further_widths() {
  constexpr int native = simd::native_lanes<typename P::Lattice>;
  return !is_computed_in_packs<P> ? std::vector<int>{} : std::vector<int>{1, 2 * native};
}

}  // namespace nbk::bench
