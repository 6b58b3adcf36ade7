// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/spot_tile.hpp"
#include "nbk/launch/bin_spots.hpp"
#include "nbk/launch/dispatch.hpp"
#include "nbk/launch/tuning.hpp"
#include "nbk/plan/spot_listed.hpp"
#include "nbk/plan/spot_lists.hpp"

#include <Kokkos_Core.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace nbk::launch {
inline namespace NBK_ISA {

/// True where lists of spots are compiled: for compact shapes of the library, on hosts, in float and double.
template <LatticeFactor Shape, ExecSpace Exec, PrecisionLike PrecisionT>
inline constexpr bool has_spot_lists =
    Shape::compact&& contains<physics::Shapes, Shape>&& plan::may_list_spots<PrecisionT, Exec>(Traversal::spots);

/// Returns what computes tiles for a shape; nullptr where lists do not suit. Programs that want to spread the
/// compilation instantiate this function per shape.
template <LatticeFactor Shape, ExecSpace Exec, PrecisionLike PrecisionT>
kernel::SpotTileFunction<PrecisionT> spot_tile_function(const KernelChoice& choice) {
  kernel::SpotTileFunction<PrecisionT> function = nullptr;
  if constexpr (has_spot_lists<Shape, Exec, PrecisionT>) {
    constexpr int width = pack_width<PrecisionT, Exec>;
    const auto with_scatterer = [&](auto lookup) {
      using ScattererT = physics::Bragg<Shape, decltype(lookup)>;
      if (choice.weighting == TermWeighting::first_value)
        function = kernel::SpotTileKernel<ScattererT, compat::FirstValue, width, PrecisionT>::compute;
      if (choice.weighting == TermWeighting::per_term)
        function = kernel::SpotTileKernel<ScattererT, kernel::PerTerm, width, PrecisionT>::compute;
    };
    if (choice.lookup == CellLookup::constant) with_scatterer(physics::ConstantF{});
    if (choice.lookup == CellLookup::nearest) with_scatterer(physics::NearestF{});
  }
  return function;
}

/// A panel for lists of spots.
template <class PrecisionT>
struct SpotPanel {
  const Tables<PrecisionT>* tables = nullptr;  ///< of the panel
  kernel::TileOutput to;                       ///< destination of its pixels
};

/// Computes all listed pixels by lists of spots.
/// \param function  of spot_tile_function()
template <ExecSpace Exec, PrecisionLike PrecisionT>
void launch_spots_on_lists(const Exec& exec, const PanelLists<PrecisionT>& lists, const kernel::ImageRows& list,
                           kernel::SpotTileFunction<PrecisionT> function, std::size_t most_bytes);

/// Computes patches of panels by lists of spots.
template <ExecSpace Exec, PrecisionLike PrecisionT>
class SpotTiles {
 public:
  /// \param panels      all with the same crystal and beam; unused ones have no tables
  /// \param most_bytes  of lists; where a patch has longer ones it is computed in parts, down to one tile
  SpotTiles(const Exec& exec, const std::vector<SpotPanel<PrecisionT>>& panels,
            kernel::SpotTileFunction<PrecisionT> function, std::size_t most_bytes)
      : m_exec(exec), m_panels(panels), m_function(function), m_most_bytes(most_bytes) {}

  /// Computes the pixels of patches and waits for them.
  void compute(const std::vector<plan::SpotPatch>& patches) const {
    if (patches.empty()) return;
    const Tables<PrecisionT>& common = *m_panels[patches.front().panel].tables;
    const plan::SpotSetting setting(common, common.spots.radius);
    std::vector<plan::SpotArea> areas;
    for (const plan::SpotPatch& patch : patches)
      areas.push_back(plan::spot_area(*m_panels[patch.panel].tables, patch.window));
    const plan::SpotLister lister(setting, areas);
    plan::TileGrid grid(patches, kernel::tile_fast, kernel::tile_slow);
    plan::ListedByTile listed;
    if (common.listed.places != nullptr) listed = plan::listed_by_tile(patches, grid, TablesOf{m_panels});
    leave_out_dark_tiles(listed, grid);
    BinnedSpots spots;
    const std::int64_t parts = bin_spots(m_exec, lister, grid, grid.tiles() > 1 ? m_most_bytes : SIZE_MAX / 2, spots);
    if (parts > 0) {
      for (const auto& part : plan::split(patches, std::min(parts, grid.tiles()), kernel::tile_fast, kernel::tile_slow))
        compute(part);
      return;
    }
    const std::vector<std::uint32_t>& begins = spots.begins;
    for_each_task(m_exec, "nbk::spot_tiles", grid.tiles(), [&](std::int64_t t) {
      const auto tile = static_cast<std::size_t>(t);
      const plan::SpotPatch patch = grid.tile(t);
      const SpotPanel<PrecisionT>& panel = m_panels[patch.panel];
      kernel::SpotTile of{patch.window, spots.entries.data() + begins[tile], begins[tile + 1] - begins[tile], nullptr,
                          0};
      if (listed.begins.empty()) return m_function(*panel.tables, of, panel.to);
      for (std::size_t first = listed.begins[tile]; first < listed.begins[tile + 1]; first += most_pixels) {
        of.listed = listed.pixels.data() + first;
        of.listed_count = static_cast<int>(std::min(most_pixels, listed.begins[tile + 1] - first));
        m_function(*panel.tables, of, panel.to);
      }
    });
  }

 private:
  static constexpr std::size_t most_pixels = kernel::most_tile_pixels;

  struct TablesOf {
    const std::vector<SpotPanel<PrecisionT>>& panels;
    const Tables<PrecisionT>& operator()(std::size_t panel) const { return *panels[panel].tables; }
  };

  /// Leaves out tiles all of whose pixels are masked, or not listed.
  void leave_out_dark_tiles(const plan::ListedByTile& listed, plan::TileGrid& grid) const {
    std::vector<char> wanted(static_cast<std::size_t>(grid.tiles()), 1);
    for (std::size_t tile = 0; tile < wanted.size(); ++tile) {
      const plan::SpotPatch patch = grid.tile(static_cast<std::int64_t>(tile));
      const Tables<PrecisionT>& tables = *m_panels[patch.panel].tables;
      if (!listed.begins.empty()) {
        wanted[tile] = listed.begins[tile] < listed.begins[tile + 1];
      } else if (tables.mask != nullptr) {
        wanted[tile] = has_wanted(tables, patch.window);
      }
    }
    grid.want(std::move(wanted));
  }

  static bool has_wanted(const Tables<PrecisionT>& tables, const PixelWindow& w) {
    for (int slow = w.slow_min; slow <= w.slow_max; ++slow) {
      for (int fast = w.fast_min; fast <= w.fast_max; ++fast) {
        if (kernel::is_wanted(tables, {fast, slow})) return true;
      }
    }
    return false;
  }

  const Exec& m_exec;
  const std::vector<SpotPanel<PrecisionT>>& m_panels;
  kernel::SpotTileFunction<PrecisionT> m_function;
  std::size_t m_most_bytes;
};

template <ExecSpace Exec, PrecisionLike PrecisionT>
void launch_spots_on_lists(const Exec& exec, const PanelLists<PrecisionT>& lists, const kernel::ImageRows& list,
                           kernel::SpotTileFunction<PrecisionT> function, std::size_t most_bytes) {
  std::vector<SpotPanel<PrecisionT>> panels;
  std::vector<plan::SpotPatch> patches;
  for (int p = 0; p < lists.panel_count; ++p) {
    const Tables<PrecisionT>& tables = lists.panels[p];
    panels.push_back({&tables, {list, -1}});
    const plan::SpotPatch patch = plan::patch_of_list(static_cast<std::size_t>(p), tables);
    if (patch.window.fast_min <= patch.window.fast_max) patches.push_back(patch);
    for (int i = 0; i < tables.listed.count; ++i) {
      if (!kernel::is_wanted(tables, tables.listed.places[i]))
        list.put(typename PrecisionT::Accumulate(0), tables.listed.positions[i]);
    }
  }
  SpotTiles<Exec, PrecisionT>(exec, panels, function, most_bytes).compute(patches);
}

}  // namespace NBK_ISA
}  // namespace nbk::launch
