// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/per_term.hpp"
#include "nbk/launch/further_photons.hpp"
#include "nbk/launch/launch_spots.hpp"
#include "nbk/physics/with_diffuse.hpp"
#include "nbk/plan/plan.hpp"

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
  add_photons(
      plan, plan.diffuse(), image, [&](const auto& tables, const auto& rows) { launch_diffuse(exec, tables, rows); },
      [&](const auto& lists, const auto& list) { launch_diffuse_on_lists(exec, lists, list); });
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
  launch::compute_alone(exec, plan, image, use, [&] { launch::add_diffuse(exec, plan, image); });
}

}  // namespace NBK_ISA
}  // namespace nbk
