// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/launch/dispatch.hpp"
#include "nbk/launch/order_effects.hpp"
#include "nbk/launch/requirements.hpp"
#include "nbk/plan/plan.hpp"
#include "nbk/simd/isa.hpp"

#include <cstddef>
#include <string>

namespace nbk {

/// An image in the memory of an execution space: photons per pixel, [panel][slow][fast].
template <ExecSpace Exec>
using Image = Kokkos::View<float***, Kokkos::LayoutRight, typename Exec::memory_space>;

/// Memory for the image of a plan, not initialised: simulate() writes every pixel.
/// \param exec  the instance that the image will be used on first
template <PrecisionLike P, ExecSpace Exec>
Image<Exec> make_image(const Exec& exec, const Plan<P, Exec>& plan) {
  const Panel& panel = plan.scene().panel;
  return Image<Exec>(Kokkos::view_alloc(exec, "nbk::image", Kokkos::WithoutInitializing), 1,
                     static_cast<std::size_t>(panel.pixels_slow), static_cast<std::size_t>(panel.pixels_fast));
}

namespace launch {
inline namespace NBK_ISA {

/// Starts the kernels of one shape for the whole image.
template <class Shape, ExecSpace Exec, PrecisionLike P, class View>
void launch_image(const Exec& exec, const Plan<P, Exec>& plan, const Tables<P>& tables, const View& image,
                  const Pieces& pieces) {
  const Panel& panel = plan.scene().panel;
  const std::int64_t pixels = pixel_count(tables.window);
  if (pixels != static_cast<std::int64_t>(panel.pixels_fast) * panel.pixels_slow) Kokkos::deep_copy(exec, image, 0.0f);
  const kernel::ImageRows rows{image.data(), panel.pixels_fast};
  const KernelChoice choice{plan.lookup(), plan.weighting()};
  if (plan.depends_on_order()) {
    launch_in_order<Shape>(exec, tables, rows, choice, plan.first_orientations(), pieces);
  } else {
    launch_pieces<Shape>(exec, tables, rows, {0, pixels}, choice, pieces);
  }
}

}  // namespace NBK_ISA
}  // namespace launch

inline namespace NBK_ISA {

/// Computes the image of a plan. Every pixel of `image` is written; those outside the region of interest or masked are
/// 0. Returns when the work is enqueued: fence `exec` before reading the image elsewhere, and keep the plan until then.
/// The same plan, space and pack width give the same bits, whatever the number of threads.
/// \param exec    instance of the plan's execution space
/// \param plan    what is simulated
/// \param image   View of float, [panel][slow][fast], Kokkos::LayoutRight, without gaps, in memory that the space
///                reaches: from make_image(), or a part of a larger View; photons
/// \param pieces  for who wants to know how far it is: waits for each piece, and gives the same bits
/// \throws InvalidInput  the image has another shape than the plan's detector
template <class Exec, class P, class Space, class View>
void simulate(const Exec& exec, const Plan<P, Space>& plan, const View& image, const launch::Pieces& pieces = {}) {
  if constexpr (launch::require_space_of_plan<Exec, Space>() && launch::require_image_view<Exec, View>()) {
    launch::require_extents_of(plan.scene().panel, image);
    launch::with_shape(plan.shape(), [&](auto shape) {
      launch::launch_image<decltype(shape)>(exec, plan, plan.tables(), image, pieces);
    });
  }
}

/// As simulate(), with the lattice factor of `Shape` and no other: a type of your own, which then stands in for the
/// experiment's crystal.shape; or one of physics::Shapes, for a program that needs no other
/// and is to compile sooner.
/// \tparam Shape  a LatticeFactor
/// \throws InvalidInput  also for one of the library's shapes that is not the plan's
template <class Shape, class Exec, class P, class Space, class View>
void simulate_with(const Exec& exec, const Plan<P, Space>& plan, const View& image, const launch::Pieces& pieces = {}) {
  if constexpr (launch::require_lattice_factor<Shape>() && launch::require_space_of_plan<Exec, Space>() &&
                launch::require_image_view<Exec, View>()) {
    launch::require_extents_of(plan.scene().panel, image);
    Tables<P> tables = plan.tables();
    if constexpr (contains<physics::Shapes, Shape>) {
      constexpr LatticeShape wanted = shape_of<Shape>;
      require(plan.shape() == wanted, "crystal.shape", plan.shape().name(),
              "must be " + std::string(wanted.name()) + ", which simulate_with() was told");
    } else {
      // How far its spots reach is not known, only where they are not.
      tables.lattice.reach = {1, 1, 1};
      tables.screening.used = false;
    }
    launch::launch_image<Shape>(exec, plan, tables, image, pieces);
  }
}

}  // namespace NBK_ISA

}  // namespace nbk
