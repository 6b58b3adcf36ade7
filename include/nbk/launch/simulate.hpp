// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/launch/dispatch.hpp"
#include "nbk/launch/order_effects.hpp"
#include "nbk/simd/isa.hpp"

#include <string>

namespace nbk {

/// An image in the memory of an execution space: photons per pixel, [panel][slow][fast].
template <ExecSpace Exec>
using Image = Kokkos::View<float***, Kokkos::LayoutRight, typename Exec::memory_space>;

/// Memory for the image of a plan, not initialised: simulate() writes every pixel.
template <PrecisionLike P, ExecSpace Exec>
Image<Exec> make_image(const Exec& exec, const Plan<P, Exec>& plan) {
  const Panel& panel = plan.scene().panel;
  return Image<Exec>(Kokkos::view_alloc(exec, "nbk::image", Kokkos::WithoutInitializing), 1, panel.pixels_slow,
                     panel.pixels_fast);
}

inline namespace NBK_ISA {

/// Computes the image of a plan. Every pixel of `image` is written; those outside the region of interest or masked are
/// 0. Returns when the work is enqueued: fence `exec` before reading the image elsewhere. The same plan, space and pack
/// width give the same bits, whatever the number of threads.
/// \param pieces  for who wants to know how far it is: waits for each piece, and gives the same bits
/// \throws InvalidInput  the image has another shape than the plan's detector
template <PrecisionLike P, ExecSpace Exec>
void simulate(const Exec& exec, const Plan<P, Exec>& plan, const Image<Exec>& image,
              const launch::Pieces& pieces = {}) {
  const Panel& panel = plan.scene().panel;
  if (image.extent_int(0) != 1 || image.extent_int(1) != panel.pixels_slow ||
      image.extent_int(2) != panel.pixels_fast) {
    reject("image extents",
           std::to_string(image.extent(0)) + " x " + std::to_string(image.extent(1)) + " x " +
               std::to_string(image.extent(2)),
           "must be 1 x " + std::to_string(panel.pixels_slow) + " x " + std::to_string(panel.pixels_fast) +
               " (panels, slow, fast)");
  }
  const Tables<P>& tables = plan.tables();
  const std::int64_t pixels = launch::pixel_count(tables.window);
  if (pixels != static_cast<std::int64_t>(panel.pixels_fast) * panel.pixels_slow) Kokkos::deep_copy(exec, image, 0.0f);
  const kernel::ImageRows rows{image.data(), panel.pixels_fast};
  const launch::KernelChoice choice{plan.lookup(), plan.weighting()};
  launch::with_shape(plan.shape(), [&](auto shape) {
    using Shape = decltype(shape);
    if (plan.depends_on_order()) {
      launch::launch_in_order<Shape>(exec, tables, rows, choice, plan.first_orientations(), pieces);
    } else {
      launch::launch_pieces<Shape>(exec, tables, rows, {0, pixels}, choice, pieces);
    }
  });
}

}  // namespace NBK_ISA

}  // namespace nbk
