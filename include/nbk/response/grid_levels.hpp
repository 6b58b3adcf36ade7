// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/response/spread_grid.hpp"

#include <Kokkos_Core.hpp>

#include <cstddef>
#include <cstdint>

/// \file
/// Grids that are coarser by two, for the smooth part of a point spread. Node j of the coarse grid lies on pixel
/// 2 (j - 1) of the fine one. Between the nodes a cubic through four of them holds, and what a pixel has is given to
/// the nodes by the same weights, so that nothing is lost.

namespace nbk::response {

inline namespace NBK_ISA {

/// Returns the nodes of the coarse grid for some pixels of the fine one.
constexpr std::size_t coarse_nodes(std::size_t pixels) { return (pixels - 1) / 2 + 4; }

/// Kernel that gives the values of a fine grid to the nodes of a coarse one.
template <ExecSpace Exec, class Real>
struct CoarsenKernel {
  SpreadGrid<Exec, Real> fine, coarse;

  KOKKOS_FUNCTION void operator()(std::int64_t item) const {
    const auto width = static_cast<std::int64_t>(coarse.fast), rows = static_cast<std::int64_t>(coarse.slow);
    const std::int64_t column = item % width, row = item / width % rows, panel = item / width / rows;
    constexpr Real weight[7] = {Real(-0.0625), Real(0), Real(0.5625), Real(1), Real(0.5625), Real(0), Real(-0.0625)};
    Real sum = 0;
    for (int slow = -3; slow <= 3; ++slow) {
      if (slow == -2 || slow == 2) continue;
      const Real* const from = fine.at(panel, 2 * (row - 1) + slow, 2 * (column - 1));
      const Real along = weight[0] * (from[-3] + from[3]) + weight[2] * (from[-1] + from[1]) + from[0];
      sum += weight[slow + 3] * along;
    }
    const std::size_t edge = coarse.margin;
    coarse.values(static_cast<std::size_t>(panel), static_cast<std::size_t>(row) + edge,
                  static_cast<std::size_t>(column) + edge) = sum;
  }
};

/// Kernel that interpolates a coarse grid at the pixels of a fine one.
template <ExecSpace Exec, class Coarse, class Out>
struct InterpolateKernel {
  Coarse coarse;
  Out out;

  KOKKOS_FUNCTION void operator()(std::int64_t item) const {
    using Real = typename Coarse::non_const_value_type;
    const auto width = static_cast<std::int64_t>(out.extent(2)), rows = static_cast<std::int64_t>(out.extent(1));
    const auto column = static_cast<std::size_t>(item % width), row = static_cast<std::size_t>(item / width % rows);
    const auto panel = static_cast<std::size_t>(item / width / rows);
    const std::size_t slow = row / 2 + 1, fast = column / 2 + 1;
    const auto along = [&](std::size_t node) {
      if (column % 2 == 0) return coarse(panel, node, fast);
      return Real(0.5625) * (coarse(panel, node, fast) + coarse(panel, node, fast + 1)) -
             Real(0.0625) * (coarse(panel, node, fast - 1) + coarse(panel, node, fast + 2));
    };
    out(panel, row, column) = row % 2 == 0 ? along(slow)
                                           : Real(0.5625) * (along(slow) + along(slow + 1)) -
                                                 Real(0.0625) * (along(slow - 1) + along(slow + 2));
  }
};

/// Gives the values of a fine grid to the nodes of a coarse one.
template <ExecSpace Exec, class Real>
void coarsen(const Exec& exec, const SpreadGrid<Exec, Real>& fine, const SpreadGrid<Exec, Real>& coarse) {
  const auto items = static_cast<std::int64_t>(coarse.panels * coarse.slow * coarse.fast);
  Kokkos::parallel_for("nbk::response::coarsen",
                       Kokkos::RangePolicy<Exec, Kokkos::IndexType<std::int64_t>>(exec, 0, items),
                       CoarsenKernel<Exec, Real>{fine, coarse});
}

/// Replaces an image by the interpolation of a coarse grid. \param coarse, out  Views without margins
template <ExecSpace Exec, class Coarse, class Out>
void interpolate(const Exec& exec, const Coarse& coarse, const Out& out) {
  const auto items = static_cast<std::int64_t>(out.extent(0) * out.extent(1) * out.extent(2));
  Kokkos::parallel_for("nbk::response::interpolate",
                       Kokkos::RangePolicy<Exec, Kokkos::IndexType<std::int64_t>>(exec, 0, items),
                       InterpolateKernel<Exec, Coarse, Out>{coarse, out});
}

}  // namespace NBK_ISA

}  // namespace nbk::response
