// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/image_rows.hpp"
#include "nbk/launch/fill_with_zeros.hpp"
#include "nbk/launch/requirements.hpp"
#include "nbk/plan/further_tables.hpp"
#include "nbk/plan/plan.hpp"

#include <Kokkos_Core.hpp>

#include <cstddef>

namespace nbk::launch {
inline namespace NBK_ISA {

/// Adds the photons of a further kernel to an image whose extents have been checked.
/// \param further    the tables of that kernel
/// \param on_panel   called with (tables, rows of the image) of a panel that a ray reaches
/// \param on_lists   called with (lists, rows of the image) for listed pixels
template <PrecisionLike PrecisionT, class Space, class View, class OnPanel, class OnLists>
void add_photons(const Plan<PrecisionT, Space>& plan, const plan::FurtherTables<PrecisionT>& further, const View& image,
                 const OnPanel& on_panel, const OnLists& on_lists) {
  if constexpr (View::rank == 1) {
    on_lists(further.lists(plan.lists()), kernel::image_rows(image.data(), 0, ImageUse::add));
  } else {
    const std::size_t per_panel = image.extent(1) * image.extent(2);
    for (std::size_t p = 0; p < plan.panel_count(); ++p) {
      if (!plan.scene().panels[p].reached) continue;
      on_panel(further.tables(p), kernel::image_rows(image.data() + p * per_panel, image.extent_int(2), ImageUse::add));
    }
  }
}

/// Computes the photons of a further kernel without those of the others.
/// \param use  whether the photons replace those of the image or are added to them
/// \param add  called without arguments; adds the photons to the image
template <class Exec, class PrecisionT, class Space, class View, class Add>
void compute_alone(const Exec& exec, const Plan<PrecisionT, Space>& plan, const View& image, ImageUse use,
                   const Add& add) {
  if constexpr (require_space_of_plan<Exec, Space>() && require_image_view<Exec, View>()) {
    require_extents_of(plan.scene(), image);
    if (use == ImageUse::replace) fill_with_zeros(exec, image);
    add();
  }
}

}  // namespace NBK_ISA
}  // namespace nbk::launch
