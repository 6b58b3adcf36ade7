// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/launch/launch_image.hpp"
#include "nbk/launch/requirements.hpp"

#include <cstddef>

namespace nbk {

/// An image in the memory of an execution space: photons per pixel, [panel][slow][fast].
template <ExecSpace Exec>
using Image = Kokkos::View<float***, Kokkos::LayoutRight, typename Exec::memory_space>;

/// Memory for the image of a plan, not initialised: simulate() writes every pixel.
/// \param exec  the instance that the image will be used on first
template <PrecisionLike PrecisionT, ExecSpace Exec>
Image<Exec> make_image(const Exec& exec, const Plan<PrecisionT, Exec>& plan) {
  const PanelGeometry& panel = plan.scene().panels.front().geometry;
  return Image<Exec>(Kokkos::view_alloc(exec, "nbk::image", Kokkos::WithoutInitializing), 1,
                     static_cast<std::size_t>(panel.pixels_slow), static_cast<std::size_t>(panel.pixels_fast));
}

inline namespace NBK_ISA {

/// Computes the image of a plan. Every pixel of `image` is written; those outside the region of interest or masked are
/// 0. Returns when the work is enqueued: fence `exec` before reading the image elsewhere, and keep the plan until then.
/// The same plan, space and pack width give the same bits, whatever the number of threads.
/// \param exec    instance of the plan's execution space
/// \param plan    what is simulated
/// \param image   View of float, [panel][slow][fast], Kokkos::LayoutRight, without gaps, in memory that the space
///                reaches: from make_image(), or a part of a larger View; photons
/// \param pieces  computes the image piece by piece and waits for each, for example to show progress; the bits are
///                the same
/// \throws InvalidInput  the image has another shape than the plan's detector
template <class Exec, class PrecisionT, class Space, class View>
void simulate(const Exec& exec, const Plan<PrecisionT, Space>& plan, const View& image,
              const launch::Pieces& pieces = {}) {
  if constexpr (launch::require_space_of_plan<Exec, Space>() && launch::require_image_view<Exec, View>()) {
    launch::require_extents_of(plan.scene().panels.front().geometry, image);
    launch::with_shape(plan.shape(), [&](auto shape) {
      launch::launch_image<decltype(shape)>(exec, plan, plan.tables(), image, pieces);
    });
  }
}

}  // namespace NBK_ISA

}  // namespace nbk

#if defined(NBK_COMPILED_KERNELS)  // of the target nbk::kernels: what it has compiled already
#include <nbk/compiled_kernels.hpp>
#endif
