// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/concatenated.hpp"
#include "nbk/core/concepts.hpp"
#include "nbk/core/error.hpp"
#include "nbk/physics/shape/lattice_factor.hpp"
#include "nbk/scene/image_extents.hpp"
#include "nbk/scene/scene.hpp"
#include "nbk/scene/validate_selection.hpp"

#include <Kokkos_Core.hpp>

#include <cstddef>
#include <cstdint>
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
      using Pixel = typename View::value_type;
      constexpr bool floats = std::is_same_v<Pixel, float> || std::is_same_v<Pixel, double>;
      static_assert(floats,
                    "nbk::simulate: the pixels of the image must be float or double, and not const: make it with "
                    "nbk::make_image(exec, plan)");
      constexpr bool shaped =
          (View::rank == 3 || View::rank == 1) && std::is_same_v<typename View::array_layout, Kokkos::LayoutRight>;
      static_assert(shaped,
                    "nbk::simulate: the image must have three extents, [panel][slow][fast], or one for listed pixels, "
                    "and Kokkos::LayoutRight: make it with nbk::make_image(exec, plan) or "
                    "nbk::make_pixel_list(exec, plan)");
      return floats && shaped;
    }
  }
  return false;
}

/// Requires that code for a device may have double where an image of double is asked for.
template <class Exec, class PrecisionT, class View>
constexpr bool require_pixels_of_device() {
  constexpr bool host = is_host_space<Exec>;
  constexpr bool fits = host || std::is_same_v<typename View::non_const_value_type, float> ||
                        std::is_same_v<typename PrecisionT::Accumulate, double>;
  static_assert(fits,
                "nbk::simulate: on a device an image of double needs a precision that sums in double, for example "
                "nbk::Fp64: make a float image with nbk::make_image(exec, plan)");
  return fits;
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

/// \throws InvalidInput  the image has other extents than the detector or the selection, or gaps between its rows
template <class View>
void require_extents_of(const Scene& scene, const View& image) {
  if constexpr (View::rank == 1) {
    const std::int64_t listed = scene::listed_pixels(scene.selection);
    require(listed > 0, "selection.runs", listed, "must have pixels, as the image is a list: give runs");
    if (image.extent(0) != static_cast<std::size_t>(listed))
      reject("image extent", image.extent(0),
             concatenated({"must be ", std::to_string(listed), ", the pixels of the runs"}));
    require(image.span_is_contiguous(), "image stride", image.stride(0), "must be 1: there may be no gaps");
  } else {
    const ImageExtents wanted = image_extents(scene);
    require(scene.selection.runs.empty(), "image extents", 3,
            "must be 1, as the selection has runs: the result is a list");
    const auto text = [](std::size_t panels, std::size_t slow, std::size_t fast) {
      return concatenated({std::to_string(panels), " x ", std::to_string(slow), " x ", std::to_string(fast)});
    };
    const bool same =
        image.extent(0) == wanted.panels && image.extent(1) == wanted.slow && image.extent(2) == wanted.fast;
    if (!same) {
      reject("image extents", text(image.extent(0), image.extent(1), image.extent(2)),
             concatenated({"must be ", text(wanted.panels, wanted.slow, wanted.fast), " (panels, slow, fast)"}));
    }
    if (!image.span_is_contiguous())
      reject("image stride of rows", image.stride(1),
             concatenated({"must be ", std::to_string(wanted.fast), ": there may be no gaps"}));
  }
}

}  // namespace nbk::launch
