// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/launch/launch_image.hpp"
#include "nbk/launch/requirements.hpp"
#include "nbk/launch/simulate_diffuse.hpp"
#include "nbk/launch/simulate_materials.hpp"

#include <cstddef>

namespace nbk {

/// An image in the memory of an execution space: photons per pixel, [panel][slow][fast]. Panels that are smaller than
/// the largest are padded: pixels [0, pixels_slow) x [0, pixels_fast) of a panel's part are its own, the others stay 0.
template <ExecSpace Exec>
using Image = Kokkos::View<float***, Kokkos::LayoutRight, typename Exec::memory_space>;

/// Photons of listed pixels in the memory of an execution space, in the order of Selection::runs.
template <ExecSpace Exec>
using PixelList = Kokkos::View<float*, Kokkos::LayoutRight, typename Exec::memory_space>;

/// Memory for the image of a plan, not initialised: simulate() writes every pixel.
/// \param exec  the instance that the image will be used on first
template <PrecisionLike PrecisionT, ExecSpace Exec>
Image<Exec> make_image(const Exec& exec, const Plan<PrecisionT, Exec>& plan) {
  const auto [panels, slow, fast] = image_extents(plan.scene());
  return Image<Exec>(Kokkos::view_alloc(exec, "nbk::image", Kokkos::WithoutInitializing), panels, slow, fast);
}

/// Memory for the listed pixels of a plan whose selection has runs, not initialised.
/// \param exec  the instance that the pixels will be used on first
template <PrecisionLike PrecisionT, ExecSpace Exec>
PixelList<Exec> make_pixel_list(const Exec& exec, const Plan<PrecisionT, Exec>& plan) {
  return PixelList<Exec>(Kokkos::view_alloc(exec, "nbk::pixels", Kokkos::WithoutInitializing),
                         static_cast<std::size_t>(scene::listed_pixels(plan.scene().selection)));
}

inline namespace NBK_ISA {

/// Computes the image of a plan: the crystal's spots and their halos, and what materials scatter. Every pixel of
/// `image` is written; those outside the region of interest or masked are 0. Returns when the work is enqueued: fence
/// `exec` before reading the image elsewhere, and keep the plan until then. The same plan, space and pack width give
/// the same bits, whatever the number of threads, the order of panels and of listed pixels.
/// \param exec     instance of the plan's execution space
/// \param plan     what is simulated
/// \param image    View of float or double, Kokkos::LayoutRight, without gaps, in memory that the space reaches: of
///                 three extents, [panel][slow][fast], as make_image() makes it; or of one, for the pixels of a
///                 selection with runs, as make_pixel_list() makes it; photons
/// \param options  whether photons are added, so that crystals or energies sum up; and pieces, to show progress: the
///                 image is then computed piece by piece, with the same bits
/// \throws InvalidInput  the image has another shape than the plan's detector or selection; or listed pixels are wanted
///                       of a plan whose pixels depend on their order
template <class Exec, class PrecisionT, class Space, class View>
void simulate(const Exec& exec, const Plan<PrecisionT, Space>& plan, const View& image,
              const LaunchOptions& options = {}) {
  if constexpr (launch::require_space_of_plan<Exec, Space>() && launch::require_image_view<Exec, View>() &&
                launch::require_pixels_of_device<Exec, PrecisionT, View>()) {
    launch::require_extents_of(plan.scene(), image);
    if constexpr (View::rank == 1) {
      require(!plan.depends_on_order(), "selection.runs", plan.scene().selection.runs.size(),
              "must be empty where a pixel depends on those before it, as in compat with a phi scan from 0 or with "
              "interpolation that may leave the table: choose the corrected policy");
    }
    if constexpr (View::rank == 1) {
      launch::with_shape(plan.shape(), [&](auto shape) {
        launch::launch_list<decltype(shape)>(exec, plan, kernel::image_rows(image.data(), 0, options.use), options);
      });
    } else {
      launch::ShapeLaunchers<Exec, PrecisionT> of_shape{};
      launch::with_shape(plan.shape(),
                         [&](auto shape) { of_shape = launch::launchers_of<decltype(shape), Exec, PrecisionT>(); });
      launch::launch_image(
          exec, plan, of_shape, [&](std::size_t panel) -> const Tables<PrecisionT>& { return plan.tables(panel); },
          image, options);
    }
    launch::add_diffuse(exec, plan, image);
    launch::add_materials(exec, plan, image);
  }
}

}  // namespace NBK_ISA

}  // namespace nbk

#if defined(NBK_COMPILED_KERNELS)  // of the target nbk::kernels: what it has compiled already
#include <nbk/compiled_kernels.hpp>
#endif
