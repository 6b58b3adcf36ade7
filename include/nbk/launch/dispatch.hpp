// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/compat/compounding.hpp"
#include "nbk/kernel/per_term.hpp"
#include "nbk/launch/launch_spots.hpp"
#include "nbk/physics/structure_factor/constant.hpp"
#include "nbk/physics/structure_factor/nearest.hpp"
#include "nbk/physics/structure_factor/tricubic.hpp"
#include "nbk/plan/cell_lookup.hpp"
#include "nbk/plan/term_weighting.hpp"
#include "nbk/scene/shape_of.hpp"
#include "nbk/simd/isa.hpp"

/// \file
/// Values turned into types: here, in scene::with_shape() for lattice shapes, and nowhere else.

namespace nbk::launch {
inline namespace NBK_ISA {

using scene::with_shape;

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

/// Choice of a kernel besides its shape.
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

/// Starts the kernel for a shape on all listed pixels; see launch_shape().
template <LatticeFactor Shape, ExecSpace Exec, PrecisionLike PrecisionT>
void launch_shape_on_lists(const Exec& exec, const PanelLists<PrecisionT>& lists, const kernel::ImageRows& list,
                           const KernelChoice& choice) {
  with_lookup(choice.lookup, [&](auto lookup) {
    with_weighting<PrecisionT>(choice.weighting, [&](auto weighting) {
      launch_lists<physics::Bragg<Shape, decltype(lookup)>, decltype(weighting)>(exec, lists, list);
    });
  });
}

}  // namespace NBK_ISA
}  // namespace nbk::launch
