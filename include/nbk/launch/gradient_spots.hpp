// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/seen_spots.hpp"
#include "nbk/kernel/spot_places.hpp"
#include "nbk/launch/bin_spots.hpp"
#include "nbk/launch/gradient_panels.hpp"
#include "nbk/launch/pieces.hpp"
#include "nbk/plan/box_spots.hpp"
#include "nbk/plan/plan.hpp"
#include "nbk/plan/traversal_choice.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

/// \file
/// Lists of spots for derivatives. The kernels compute the same pixels in the same blocks as without; a list says which
/// orientations a block may see, and which blocks see none.

namespace nbk::launch {
inline namespace NBK_ISA {

/// Lists the spots of pieces of a plan's pixels.
template <ExecSpace Exec, PrecisionLike PrecisionT>
class GradientSpots {
 public:
  /// \param panels  of one plan, which lists of spots suit
  GradientSpots(const Exec& exec, const GradientPanels<PrecisionT>& panels)
      : m_exec(exec), m_panels(panels), m_spots(panels.tables.front()) {}

  /// Returns false if there is a panel of which nothing can be said.
  bool suit() const {
    const std::vector<plan::SpotPatch> windows = patches(0, m_panels.pieces.size());
    return std::all_of(windows.begin(), windows.end(), [&](const plan::SpotPatch& patch) {
      return plan::panel_plane(m_panels.tables[patch.panel], patch.window).usable;
    });
  }

  /// Predicts the cost of finding terms with lists and without.
  /// \param share  of the pixels that are computed
  plan::TraversalCosts costs(double share) const {
    std::vector<const Tables<PrecisionT>*> tables;
    for (const plan::SpotPatch& patch : patches(0, m_panels.pieces.size()))
      tables.push_back(&m_panels.tables[patch.panel]);
    plan::PackSizes sizes;
    sizes.pack = std::max(1, static_cast<int>(simd::native_lanes<typename PrecisionT::Lattice>));
    plan::TraversalCosts costs;
    costs.pixels_s = share * plan::pixels_cost_s(tables, sizes);
    costs.spots_s = costs.pixels_s > plan::shortest_search_s ? plan::spots_cost_s(tables, m_spots.setting(), sizes)
                                                             : costs.pixels_s;
    return costs;
  }

  /// Calls compute(begin, end, spots) for ranges of pieces that are all of them together.
  /// \param most_bytes  of lists; only those of a single piece may take more
  template <class Compute>
  void for_each_part(std::size_t most_bytes, const Compute& compute) const {
    compute_range(0, m_panels.pieces.size(), most_bytes, compute);
  }

 private:
  static constexpr int tile_fast = kernel::tile_fast, tile_slow = kernel::tile_slow;

  /// The smallest windows that hold pieces, panel by panel.
  std::vector<plan::SpotPatch> patches(std::size_t begin, std::size_t end) const {
    std::vector<plan::SpotPatch> list;
    for (std::size_t i = begin; i < end; ++i) {
      const kernel::PixelPiece& piece = m_panels.pieces[i];
      const PixelWindow own{piece.first.fast, piece.first.fast + piece.count - 1, piece.first.slow,
                            piece.first.slow + piece.rows - 1};
      const auto panel = static_cast<std::size_t>(piece.panel);
      if (list.empty() || list.back().panel != panel) list.push_back({panel, own});
      PixelWindow& all = list.back().window;
      all = {std::min(all.fast_min, own.fast_min), std::max(all.fast_max, own.fast_max),
             std::min(all.slow_min, own.slow_min), std::max(all.slow_max, own.slow_max)};
    }
    return list;
  }

  template <class Compute>
  void compute_range(std::size_t begin, std::size_t end, std::size_t most_bytes, const Compute& compute) const {
    const std::vector<plan::SpotPatch> windows = patches(begin, end);
    std::vector<plan::SpotArea> areas;
    std::vector<std::uint32_t> area_of(m_panels.tables.size(), 0);
    for (const plan::SpotPatch& patch : windows) {
      area_of[patch.panel] = static_cast<std::uint32_t>(areas.size());
      areas.push_back(plan::spot_area(m_panels.tables[patch.panel], patch.window));
    }
    const plan::SpotLister lister(m_spots.setting(), areas);
    const plan::TileGrid grid(windows, tile_fast, tile_slow);
    BinnedSpots spots;
    const auto pieces = static_cast<std::int64_t>(end - begin);
    const std::int64_t parts =
        std::min(pieces, bin_spots(m_exec, lister, grid, pieces > 1 ? most_bytes : SIZE_MAX / 2, spots));
    for (std::int64_t part = 0; part < parts; ++part) {
      compute_range(begin + static_cast<std::size_t>(pieces * part / parts),
                    begin + static_cast<std::size_t>(pieces * (part + 1) / parts), most_bytes, compute);
    }
    if (parts == 0)
      compute(static_cast<std::int64_t>(begin), static_cast<std::int64_t>(end),
              kernel::SpotsByTile{&grid, spots.begins.data(), spots.entries.data(), area_of.data()});
  }

  const Exec& m_exec;
  const GradientPanels<PrecisionT>& m_panels;
  plan::BoxSpots<PrecisionT> m_spots;
};

/// Share of the pixels of pieces that are wanted, about: that of every 17th piece.
/// \param wants  (position): false for pixels that are left out; so are masked ones
template <PrecisionLike PrecisionT, class Wants>
double wanted_share(const GradientPanels<PrecisionT>& panels, const Wants& wants) {
  std::int64_t wanted = 0, all = 0;
  const std::size_t step = panels.pieces.size() < 256 ? 1 : 17;
  for (std::size_t i = 0; i < panels.pieces.size(); i += step) {
    const kernel::PixelPiece& piece = panels.pieces[i];
    const Tables<PrecisionT>& tables = panels.tables[static_cast<std::size_t>(piece.panel)];
    for (int row = 0; row < piece.rows; ++row) {
      for (int n = 0; n < piece.count; ++n) {
        const PixelPlace place{piece.first.fast + n, piece.first.slow + row};
        wanted += kernel::is_wanted(tables, place) && wants(piece.position + row * piece.stride + n) ? 1 : 0;
      }
    }
    all += std::int64_t{piece.count} * piece.rows;
  }
  return static_cast<double>(wanted) / static_cast<double>(std::max<std::int64_t>(1, all));
}

/// Calls compute(begin, end, spots) for ranges of pieces that are all of them together, with lists of spots where the
/// plan takes them for its image and they are predicted to pay for derivatives, too; else once with nullptr. Lists have
/// no effect on results: a kernel evaluates what it would without.
/// \param may_list  false: no lists
/// \param wants     as in wanted_share()
/// \return true if there were lists
template <ExecSpace Exec, PrecisionLike PrecisionT, class Wants, class Compute>
bool for_each_gradient_part(const Exec& exec, const Plan<PrecisionT, Exec>& plan,
                            const GradientPanels<PrecisionT>& panels, bool may_list, std::size_t most_list_bytes,
                            const Wants& wants, const Compute& compute) {
  if constexpr (plan::may_list_spots<PrecisionT, Exec>(Traversal::spots)) {
    if (may_list && plan.tables().spots.used && plan.scene().selection.runs.empty() && !panels.pieces.empty()) {
      const GradientSpots<Exec, PrecisionT> spots(exec, panels);
      const auto pays = [&] {
        if (plan.options().traversal == Traversal::spots) return true;
        const plan::TraversalCosts costs = spots.costs(wanted_share(panels, wants));
        return costs.spots_s < costs.pixels_s;
      };
      if (spots.suit() && pays()) {
        spots.for_each_part(most_list_bytes,
                            [&](std::int64_t begin, std::int64_t end, const kernel::SpotsByTile& by_tile) {
                              compute(begin, end, &by_tile);
                            });
        return true;
      }
    }
  }
  compute(std::int64_t{0}, static_cast<std::int64_t>(panels.pieces.size()), nullptr);
  return false;
}

}  // namespace NBK_ISA
}  // namespace nbk::launch
