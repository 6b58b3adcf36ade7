// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/launch/simulate.hpp"

#include <string>
#include <vector>

namespace nbk {
inline namespace NBK_ISA {

/// Same as simulate(), from tables that a program has changed, with the lattice factor of `Shape` and no other.
/// \tparam Shape  a LatticeFactor that suits `tables.lattice`, of the library or your own
/// \param tables  a copy of plan.tables() whose numbers differ, for example by the derivatives that numbers of your own
///                carry. Its counts and everything in `plan` stay as they are; arrays that it points to must be in
///                memory that the space reaches, and live until the work is done.
/// \throws InvalidInput  a crystal with diffuse scattering, or several panels
template <class Shape, class Exec, class PrecisionT, class Space, class View>
void simulate_with(const Exec& exec, const Plan<PrecisionT, Space>& plan, const Tables<PrecisionT>& tables,
                   const View& image) {
  if constexpr (launch::require_lattice_factor<Shape>() && launch::require_space_of_plan<Exec, Space>() &&
                launch::require_image_view<Exec, View>()) {
    launch::require_extents_of(plan.scene(), image);
    require(plan.panel_count() == 1, "panels of the plan", plan.panel_count(), "must be 1 where tables are given");
    require(!plan.scene().diffuse, "crystal.diffuse", "given",
            "must be none where tables are given, which are of spots");
    launch::launch_image(exec, plan, launch::launchers_of<Shape, Exec, PrecisionT>(),
                         [&](std::size_t) -> const Tables<PrecisionT>& { return tables; }, image, {});
    launch::add_materials(exec, plan, image);
  }
}

/// Same as simulate(), with the lattice factor of `Shape` and no other: a type of your own, which then stands in for
/// the experiment's crystal.shape; or one of physics::Shapes, for a program that needs no other and is to compile
/// sooner.
/// \tparam Shape  a LatticeFactor
/// \throws InvalidInput  also for one of the library's shapes that is not the plan's
template <class Shape, class Exec, class PrecisionT, class Space, class View>
void simulate_with(const Exec& exec, const Plan<PrecisionT, Space>& plan, const View& image,
                   const LaunchOptions& options = {}) {
  if constexpr (launch::require_lattice_factor<Shape>() && launch::require_space_of_plan<Exec, Space>() &&
                launch::require_image_view<Exec, View>()) {
    launch::require_extents_of(plan.scene(), image);
    std::vector<Tables<PrecisionT>> panels;
    for (std::size_t p = 0; p < plan.panel_count(); ++p) panels.push_back(plan.tables(p));
    if constexpr (contains<physics::Shapes, Shape>) {
      constexpr LatticeShape wanted = shape_of<Shape>;
      require(plan.shape() == wanted, "crystal.shape", plan.shape().name(),
              "must be " + std::string(wanted.name()) + ", which simulate_with() was told");
    } else {
      // Nothing is known of how far its spots reach.
      for (Tables<PrecisionT>& tables : panels) {
        tables.lattice.reach = {1, 1, 1};
        tables.screening.used = false;
        tables.windows.used = false;
        tables.spots.used = false;
      }
    }
    launch::launch_image(
        exec, plan, launch::launchers_of<Shape, Exec, PrecisionT>(),
        [&](std::size_t panel) -> const Tables<PrecisionT>& { return panels[panel]; }, image, options);
    launch::add_diffuse(exec, plan, image);
    launch::add_materials(exec, plan, image);
  }
}

}  // namespace NBK_ISA
}  // namespace nbk
