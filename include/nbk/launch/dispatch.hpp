// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/compat/compounding.hpp"
#include "nbk/core/precision.hpp"
#include "nbk/kernel/per_term.hpp"
#include "nbk/launch/launch_spots.hpp"
#include "nbk/model/crystal.hpp"
#include "nbk/plan/choices.hpp"
#include "nbk/simd/isa.hpp"

#include <optional>

/// \file
/// The only place where the library turns values into types.

namespace nbk::launch {
inline namespace NBK_ISA {

template <class F>
void with_shape(LatticeShape shape, F&& f) {
  switch (shape) {
    case LatticeShape::square: return f(physics::Square{});
    case LatticeShape::round: return f(physics::Round{});
    case LatticeShape::gauss: return f(physics::Gauss{});
    case LatticeShape::tophat: return f(physics::Tophat{});
  }
}

/// The value that stands for a shape's type; nothing for a shape that is not the library's.
template <class Shape>
inline constexpr std::optional<LatticeShape> value_of_shape = std::nullopt;
template <>
inline constexpr std::optional<LatticeShape> value_of_shape<physics::Square> = LatticeShape::square;
template <>
inline constexpr std::optional<LatticeShape> value_of_shape<physics::Round> = LatticeShape::round;
template <>
inline constexpr std::optional<LatticeShape> value_of_shape<physics::Gauss> = LatticeShape::gauss;
template <>
inline constexpr std::optional<LatticeShape> value_of_shape<physics::Tophat> = LatticeShape::tophat;

/// The enumerator's name, for messages.
constexpr const char* shape_name(LatticeShape shape) {
  switch (shape) {
    case LatticeShape::square: return "square";
    case LatticeShape::round: return "round";
    case LatticeShape::gauss: return "gauss";
    case LatticeShape::tophat: break;
  }
  return "tophat";
}

template <class F>
void with_lookup(CellLookup lookup, F&& f) {
  switch (lookup) {
    case CellLookup::constant: return f(physics::ConstantF{});
    case CellLookup::nearest: return f(physics::NearestF{});
    case CellLookup::tricubic: return f(physics::TricubicF{});
  }
}

/// Calls f with the weighting's type.
/// \tparam PrecisionT  Compounding exists only where sums are double: its products leave the range of float (a Plan
///                     refuses it)
template <PrecisionLike PrecisionT, class F>
void with_weighting(TermWeighting weighting, F&& f) {
  switch (weighting) {
    case TermWeighting::first_value: return f(compat::FirstValue{});
    case TermWeighting::per_term: return f(kernel::PerTerm{});
    case TermWeighting::compounding:
      if constexpr (has_double_range<typename PrecisionT::Accumulate>) return f(compat::Compounding{});
  }
}

/// What chooses a kernel besides the shape.
struct KernelChoice {
  CellLookup lookup = CellLookup::constant;
  TermWeighting weighting = TermWeighting::first_value;
};

/// Starts the kernel for a shape. Programs that want to spread the compilation instantiate this function per shape.
template <LatticeFactor Shape, ExecSpace Exec, PrecisionLike PrecisionT>
void launch_shape(const Exec& exec, const Tables<PrecisionT>& tables, const kernel::ImageRows& image,
                  const kernel::PixelRange& range, const KernelChoice& choice) {
  with_lookup(choice.lookup, [&](auto lookup) {
    with_weighting<PrecisionT>(choice.weighting, [&](auto weighting) {
      launch_spots<physics::Bragg<Shape, decltype(lookup)>, decltype(weighting)>(exec, tables, image, range);
    });
  });
}

}  // namespace NBK_ISA
}  // namespace nbk::launch
