// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/type_list.hpp"
#include "nbk/physics/shape/gauss.hpp"
#include "nbk/physics/shape/round.hpp"
#include "nbk/physics/shape/square.hpp"
#include "nbk/physics/shape/tophat.hpp"

/// \file
/// The list of lattice shapes. All names, choices and kernels are made of it: a new shape is one file in this folder,
/// its include above and its type in `Shapes`. docs/architecture.md has the recipe, and tests/build/shape follows it.

namespace nbk::physics {

// clang-format off
/// The library's shapes; the first is the default. One line: bench/kernels reads it for the kernels to compile.
using Shapes = TypeList<Square, Round, Gauss, Tophat>;
// clang-format on

namespace detail {

/// Parameters of one shape, empty if it has none.
template <class Shape, class T>
struct OwnParameters {};
template <class Shape, class T>
  requires requires { typename Shape::template Parameters<T>; }
struct OwnParameters<Shape, T> : Shape::template Parameters<T> {};

template <class List, class T>
struct AllParameters;
template <class... Shape, class T>
struct AllParameters<TypeList<Shape...>, T> : CrystalParameters<T>, OwnParameters<Shape, T>... {};

}  // namespace detail

template <class T>
struct LatticeParameters : detail::AllParameters<Shapes, T> {};

/// Parameters of all shapes for a crystal.
template <class T>
LatticeParameters<T> lattice_parameters(const CrystalParameters<double>& crystal) {
  LatticeParameters<T> all;
  static_cast<CrystalParameters<T>&>(all) = crystal_cast<T>(crystal);
  for_each_type(Shapes{}, [&](auto shape) {
    using Shape = decltype(shape);
    if constexpr (requires { typename Shape::template Parameters<T>; }) {
      static_cast<typename Shape::template Parameters<T>&>(all) = Shape::template parameters<T>(crystal);
    }
  });
  return all;
}

}  // namespace nbk::physics
