// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/concepts.hpp"
#include "nbk/core/error.hpp"
#include "nbk/physics/shape/lattice_factor.hpp"
#include "nbk/scene/scene.hpp"

#include <Kokkos_Core.hpp>

#include <string>
#include <type_traits>

/// \file
/// Requirements on the arguments of simulate(), as errors of the compiler that say what to do.

namespace nbk::launch {

template <class Exec, class PlanSpace>
constexpr bool require_space_of_plan() {
  static_assert(ExecSpace<Exec>,
                "nbk::simulate: the first argument must be an instance of a Kokkos execution space, "
                "for example Kokkos::DefaultExecutionSpace()");
  static_assert(!ExecSpace<Exec> || std::is_same_v<Exec, PlanSpace>,
                "nbk::simulate: the plan was made for another execution space than the first argument's: make a plan "
                "for each space");
  return std::is_same_v<Exec, PlanSpace>;
}

template <class Exec, class View>
constexpr bool require_image_view() {
  static_assert(Kokkos::is_view_v<View>,
                "nbk::simulate: the image must be a Kokkos::View: make it with nbk::make_image(exec, plan)");
  if constexpr (Kokkos::is_view_v<View>) {
    constexpr bool reached = Kokkos::SpaceAccessibility<Exec, typename View::memory_space>::accessible;
    static_assert(reached,
                  "nbk::simulate: the image lies in memory that the execution space cannot reach: make it with "
                  "nbk::make_image(exec, plan) and copy it afterwards with Kokkos::deep_copy");
    if constexpr (reached) {
      constexpr bool floats = std::is_same_v<typename View::value_type, float>;
      static_assert(floats,
                    "nbk::simulate: the pixels of the image must be float, and not const: make it with "
                    "nbk::make_image(exec, plan)");
      constexpr bool shaped = View::rank == 3 && std::is_same_v<typename View::array_layout, Kokkos::LayoutRight>;
      static_assert(shaped,
                    "nbk::simulate: the image must have three extents, [panel][slow][fast], and "
                    "Kokkos::LayoutRight: make it with nbk::make_image(exec, plan)");
      return floats && shaped;
    }
  }
  return false;
}

template <class Shape>
constexpr bool require_lattice_factor() {
  static_assert(
      LatticeFactor<Shape>,
      "nbk::simulate_with: the shape must be an empty type with `static constexpr bool compact` and "
      "`template <class V> static V intensity(const nbk::physics::LatticeParameters<nbk::scalar_t<V>>&, const "
      "nbk::Vec3<V>&)`, as nbk::LatticeFactor says");
  return LatticeFactor<Shape>;
}

/// \throws InvalidInput  the image has other extents than the panel, or gaps between its rows
template <class View>
void require_extents_of(const PanelGeometry& panel, const View& image) {
  const bool same =
      image.extent(0) == 1 && image.extent_int(1) == panel.pixels_slow && image.extent_int(2) == panel.pixels_fast;
  if (!same) {
    reject("image extents",
           std::to_string(image.extent(0)) + " x " + std::to_string(image.extent(1)) + " x " +
               std::to_string(image.extent(2)),
           "must be 1 x " + std::to_string(panel.pixels_slow) + " x " + std::to_string(panel.pixels_fast) +
               " (panels, slow, fast)");
  }
  require(image.span_is_contiguous(), "image stride of rows", image.stride(1),
          "must be " + std::to_string(panel.pixels_fast) + ": there may be no gaps");
}

}  // namespace nbk::launch
