// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/reflection_pieces.hpp"
#include "nbk/launch/launch_gradient.hpp"
#include "nbk/launch/reflections_by_pixel.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace nbk {

/// Derivatives of a loss by structure factors.
struct StructureFactorGradient {
  int h_min = 0;                          ///< least h of the plan's table
  int h_max = -1;                         ///< greatest h
  int k_min = 0;                          ///< least k
  int k_max = -1;                         ///< greatest k
  int l_min = 0;                          ///< least l
  int l_max = -1;                         ///< greatest l
  std::vector<double> values;             ///< [set][h][k][l] over the ranges; empty where the plan has no table
  std::vector<double> default_amplitude;  ///< [set]: by the default, which stands for all reflections outside
};

namespace launch {
inline namespace NBK_ISA {

/// Takes the sums of the entries of a table apart, into reflections and the default on its border.
template <class L>
void read_reflections(const physics::StructureFactorTable<L>& table, const std::vector<std::int64_t>& sums, double unit,
                      StructureFactorGradient& gradient) {
  const int h_end = table.h_border + table.h_count, k_end = table.k_border + table.k_count,
            l_end = table.l_border + table.l_count;
  gradient.h_min = table.h_border + 1;
  gradient.h_max = h_end - 2;
  gradient.k_min = table.k_border + 1;
  gradient.k_max = k_end - 2;
  gradient.l_min = table.l_border + 1;
  gradient.l_max = l_end - 2;
  for (int set = 0; set < table.sets; ++set) {
    std::int64_t border = 0;
    for (int h = table.h_border; h < h_end; ++h) {
      for (int k = table.k_border; k < k_end; ++k) {
        for (int l = table.l_border; l < l_end; ++l) {
          const std::int64_t sum =
              sums[static_cast<std::size_t>(table.offset(h, k, l) * table.step + set * table.step_of_set)];
          const bool inside = gradient.h_min <= h && h <= gradient.h_max && gradient.k_min <= k &&
                              k <= gradient.k_max && gradient.l_min <= l && l <= gradient.l_max;
          if (inside) {
            gradient.values.push_back(static_cast<double>(sum) * unit);
          } else {
            border += sum;
          }
        }
      }
    }
    gradient.default_amplitude.push_back(static_cast<double>(border) * unit);
  }
}

/// Gives the terms of all pixels to their reflections, in packs. Returns the sum of the magnitudes, or 0 where
/// reflections have sums. For host spaces.
template <class Exec, class PrecisionT, class View>
double reflections_in_packs(const Exec& exec, const Plan<PrecisionT, Exec>& plan,
                            const GradientPanels<PrecisionT>& panels, const View& slopes,
                            const kernel::ReflectionTable& reflections) {
  using Body = kernel::ReflectionPieces<pack_width<PrecisionT, Exec>, PrecisionT, typename View::non_const_value_type>;
  Body body;
  body.panels = panels.tables.data();
  body.pieces = panels.pieces.data();
  body.slopes = slopes.data();
  body.reflections = reflections;
  with_differentiable_shape(PlanShape{}, plan.shape(), [&](auto shape) {
    with_lookup(plan.lookup(), [&](auto lookup) {
      using Lookup = decltype(lookup);
      body.stages = Body::Stages::template of<decltype(shape), Lookup, kernel::ReflectionTerms>();
      body.scatter = kernel::ScatterTerms<Lookup>::template add<typename PrecisionT::Lattice, typename Body::List>;
    });
  });
  std::vector<double> magnitudes(panels.pieces.size());
  body.magnitudes = magnitudes.data();
  using Policy = Kokkos::RangePolicy<Exec, Kokkos::Schedule<Kokkos::Dynamic>, Kokkos::IndexType<std::int64_t>>;
  Kokkos::parallel_for("nbk::adjoint_structure_factors",
                       Policy(exec, 0, static_cast<std::int64_t>(panels.pieces.size()), Kokkos::ChunkSize(1)), body);
  exec.fence("nbk::adjoint_structure_factors");
  double total = 0;
  for (const double magnitude : magnitudes) total += magnitude;
  return total;
}

}  // namespace NBK_ISA
}  // namespace launch

inline namespace NBK_ISA {

/// Computes the derivatives of a loss by all structure factors of a plan's table from those by the pixels. Where the
/// table has intensities, they are by these. The sums are whole numbers of a unit that a first pass finds, 2^-60 of the
/// sum of all magnitudes: so they are the same for any number of threads.
/// \param exec           instance of the plan's execution space
/// \param plan           what is simulated, with Policy::corrected
/// \param dloss_dimage   View of float or double, as for adjoint()
/// \param gradient       receives the derivatives
/// \throws InvalidInput  a View of other extents, or an experiment whose derivatives are not known
template <class Exec, class PrecisionT, class Space, class View>
void adjoint_structure_factors(const Exec& exec, const Plan<PrecisionT, Space>& plan, const View& dloss_dimage,
                               StructureFactorGradient& gradient) {
  const auto panels = launch::gradient_panels(plan);
  plan::require_derivatives(plan);
  require(!plan.scene().diffuse, "crystal.diffuse", "given",
          "must be none for derivatives by structure factors, which are of the spots");
  launch::require_pixels("adjoint_structure_factors, size of dLoss/dI", dloss_dimage, panels.positions);
  const auto& table = plan.tables().structure_factors;
  const bool has_table = table.amplitude != nullptr;
  const auto run = [&](const kernel::ReflectionTable& reflections) {
    if constexpr (is_host_space<Exec>) {
      return launch::reflections_in_packs(exec, plan, panels, dloss_dimage, reflections);
    } else {
      return launch::reflections_by_pixel(exec, plan, dloss_dimage, reflections);
    }
  };
  const double total = run({});
  require(std::isfinite(total), "adjoint_structure_factors, sum of all magnitudes", total, "must be finite");
  std::vector<std::int64_t> sums(has_table ? plan::table_size(table) * static_cast<std::size_t>(table.sets) : 1, 0);
  const int exponent = total > 0 ? std::ilogb(total) - 60 : 0;
  if (total > 0) {
    DeviceTable<std::int64_t, Exec> of_device;
    of_device.assign(exec, "nbk::adjoint_structure_factors::sums", sums);
    kernel::ReflectionTable reflections;
    reflections.sums = of_device.data();
    reflections.per_unit = std::ldexp(1.0, -exponent);
    run(reflections);
    of_device.copy_to(exec, sums);
  }
  const double unit = std::ldexp(1.0, exponent);
  gradient = {};
  if (has_table) {
    launch::read_reflections(table, sums, unit, gradient);
  } else {
    gradient.default_amplitude = {static_cast<double>(sums[0]) * unit};
  }
}

}  // namespace NBK_ISA
}  // namespace nbk
