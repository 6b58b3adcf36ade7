// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/shape/lattice_factor.hpp"
#include "nbk/plan/spot_rounding.hpp"
#include "nbk/plan/term_weighting.hpp"
#include "nbk/scene/crystal_parameters_of.hpp"
#include "nbk/scene/shape_of.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nbk::plan {

/// Squared radius of a spot beyond which the shape's factor is 0 in the number type L. It is the largest double if a
/// spot has no end.
template <class L>
double reach_sqr(const Crystal& crystal, physics::SpotEnd end) {
  double sqr = std::numeric_limits<double>::max();
  if (!(crystal.fudge > 0)) return sqr;
  physics::CrystalParameters<double> parameters;
  parameters.fudge = crystal.fudge;
  parameters.intensity_cut = crystal.intensity_cut;
  scene::with_shape(crystal.shape, [&](auto type) {
    using Shape = decltype(type);
    if constexpr (Shape::compact) sqr = Shape::template reach_sqr<L>(parameters, end);
  });
  return sqr;
}

/// Radius of a spot in units of the spot axes beyond which the shape's factor is 0 in the number type L, with a margin
/// for rounding; huge if a spot has no end.
template <class L>
double spot_radius(const Crystal& crystal, TermWeighting weighting) {
  const auto end =
      weighting == TermWeighting::compounding ? physics::SpotEnd::exactly_zero : physics::SpotEnd::invisible;
  return std::sqrt(reach_sqr<L>(crystal, end)) * 1.001;
}

/// Parameters of the lattice factors for the scene's crystal, in the number type L.
template <class L>
physics::LatticeParameters<L> lattice_parameters(const Scene& scene, const Crystal& crystal, Policy policy,
                                                 TermWeighting weighting) {
  physics::CrystalParameters<double> p = scene::crystal_parameters_of(scene.lattice, crystal.fudge, policy);
  p.intensity_cut = crystal.intensity_cut;
  const double radius = spot_radius<L>(crystal, weighting) + rounding_of_spot_vectors<L>(scene, policy);
  const auto reach = [&](double per_radius) { return std::min(1.0, per_radius * radius); };
  const Vec3d at_one = scene::spot_axes(scene.lattice, policy).reach();
  p.reach = {reach(at_one.x), reach(at_one.y), reach(at_one.z)};
  return physics::lattice_parameters<L>(p);
}

}  // namespace nbk::plan
