// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/per_term.hpp"
#include "nbk/launch/launch_spots.hpp"
#include "nbk/launch/requirements.hpp"
#include "nbk/physics/with_diffuse.hpp"
#include "nbk/plan/plan.hpp"

#include <Kokkos_Core.hpp>

#include <cstddef>

namespace nbk::launch {
inline namespace NBK_ISA {

/// The scatterer of halos. They depend on no lattice shape and no way to interpolate, so one kernel of a precision
/// serves all crystals, and spots keep the kernels that leave out the pixels without any.
using Halos = physics::WithDiffuse<physics::NoSpots>;

/// Starts the kernel of diffuse scattering for one panel.
template <ExecSpace Exec, PrecisionLike PrecisionT>
void launch_diffuse(const Exec& exec, const Tables<PrecisionT>& tables, const kernel::ImageRows& rows) {
  launch_spots<Halos, kernel::PerTerm>(exec, tables, rows, {0, pixel_count(tables.window)});
}

/// Starts the kernel of diffuse scattering for all listed pixels.
template <ExecSpace Exec, PrecisionLike PrecisionT>
void launch_diffuse_on_lists(const Exec& exec, const PanelLists<PrecisionT>& lists, const kernel::ImageRows& list) {
  launch_lists<Halos, kernel::PerTerm>(exec, lists, list);
}

/// Adds the diffuse scattering of a plan's crystal to an image whose extents have been checked.
template <ExecSpace Exec, PrecisionLike PrecisionT, class View>
void add_diffuse(const Exec& exec, const Plan<PrecisionT, Exec>& plan, const View& image) {
  if (!plan.scene().diffuse) return;
  if constexpr (View::rank == 1) {
    launch_diffuse_on_lists(exec, plan.diffuse().lists(plan.lists()),
                            kernel::image_rows(image.data(), 0, ImageUse::add));
  } else {
    const std::size_t per_panel = image.extent(1) * image.extent(2);
    for (std::size_t p = 0; p < plan.panel_count(); ++p) {
      if (!plan.scene().panels[p].reached) continue;
      launch_diffuse(exec, plan.diffuse().tables(p),
                     kernel::image_rows(image.data() + p * per_panel, image.extent_int(2), ImageUse::add));
    }
  }
}

}  // namespace NBK_ISA
}  // namespace nbk::launch

namespace nbk {
inline namespace NBK_ISA {

/// Computes the diffuse scattering of a plan's crystal, and leaves its spots out. simulate() computes both. Arguments,
/// errors and guarantees are those of simulate(); without Crystal::diffuse all pixels are 0.
/// \param use  whether the photons replace those of the image or are added to them
template <class Exec, class PrecisionT, class Space, class View>
void simulate_diffuse(const Exec& exec, const Plan<PrecisionT, Space>& plan, const View& image,
                      ImageUse use = ImageUse::replace) {
  if constexpr (launch::require_space_of_plan<Exec, Space>() && launch::require_image_view<Exec, View>()) {
    launch::require_extents_of(plan.scene(), image);
    if (use == ImageUse::replace) Kokkos::deep_copy(exec, image, typename View::value_type(0));
    launch::add_diffuse(exec, plan, image);
  }
}

}  // namespace NBK_ISA
}  // namespace nbk
