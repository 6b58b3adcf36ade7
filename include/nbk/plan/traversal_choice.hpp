// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/traversal.hpp"
#include "nbk/plan/panel_tables.hpp"
#include "nbk/plan/spot_list.hpp"
#include "nbk/plan/spot_lists.hpp"
#include "nbk/simd/register.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

/// \file
/// The choice between pixels, windows and lists of spots by predicted cost. All three evaluate the same packs of pixels
/// at the same wavelengths where a spot is seen, so that only the cost of finding them counts:
///
///     pixels   packs x orientations x wavelengths x 1.2 ns                 of one wavelength 2 ns for all screening
///     windows  packs x orientations x parts of the spectrum x 12 ns
///     both     8 ns more for each pack that sees a spot: a branch that no processor predicts; not with windows
///     AVX-512  pixels 4 + 1.9 x wavelengths ns, of one 1.7 ns; windows 16.5 ns: packs have twice as many pixels
///     lists    columns x 50 ns, candidates x 4 ns, reflections near a sphere x 90 ns, entries of tiles x 50 ns,
///              packs in rectangles x 33 ns (one wavelength 6 ns); all of it twice with one wavelength in every
///              direction: with AVX-512 such lists took twice what these figures say
///
/// The counts of lists are those of a few orientations, times the number of all. The times were measured in float, on a
/// processor with AVX2, packs of 8, and on one with AVX-512, packs of 16 (docs/numerics/screening.md); only their
/// ratios matter.

namespace nbk::plan {

/// Predicted processor time of what finds the terms of an image, seconds.
struct TraversalCosts {
  double pixels_s = 0, spots_s = 0;
};

/// Order in which the terms of spots are found: `windows` where some pixels may have windows.
template <class PrecisionT>
Traversal traversal_of(const Tables<PrecisionT>& tables) {
  return tables.spots.used ? Traversal::spots : tables.windows.used ? Traversal::windows : Traversal::pixels;
}

/// Pixels of a pack and of a tile for predictions.
struct PackSizes {
  int pack = 8, tile_fast = 64, tile_slow = 32;
};

/// Nanoseconds of a search without a list, for a pack and an orientation.
struct SearchTimes {
  double one = 2;                ///< one wavelength
  double begin = 0, wave = 1.2;  ///< several wavelengths, and each of them
  double part = 12;              ///< a part of a window
};

/// Returns the times for packs of so many pixels.
inline SearchTimes search_times(int pack) { return pack >= 16 ? SearchTimes{1.7, 4, 1.9, 16.5} : SearchTimes{}; }

namespace detail {

/// Samples of a pixel.
template <class PrecisionT>
double samples_of(const Tables<PrecisionT>& t) {
  return static_cast<double>(t.layers.count) * t.oversample * t.oversample;
}

/// Pixels of a panel that are computed, masked ones included.
template <class PrecisionT>
double pixels_of(const Tables<PrecisionT>& t) {
  if (t.listed.places != nullptr) return t.listed.count;
  return static_cast<double>(t.window.fast_max - t.window.fast_min + 1) * (t.window.slow_max - t.window.slow_min + 1);
}

/// Share of packs that see a spot: a half more than the share of reciprocal space that spots fill.
template <class PrecisionT>
double seen_share(const Tables<PrecisionT>& t) {
  const auto& axes = t.lattice.spot_axes;
  const Mat3d rows{vec3_cast<double>(axes[0]), vec3_cast<double>(axes[1]), vec3_cast<double>(axes[2])};
  const double filled = 4.2 * std::pow(t.spots.radius, 3) / std::abs(determinant(rows));
  return std::min(1.0, 1.5 * filled);
}

/// Nanoseconds for a pack, an orientation and a source direction without a list.
template <class PrecisionT>
double ns_of_pack(const Tables<PrecisionT>& t, int group, const SearchTimes& times) {
  const auto& of = t.groups[group];
  const double extra = 8 * seen_share(t) * of.count;
  if (of.count == 1) return times.one + extra;
  const double all = times.begin + times.wave * of.count;
  if (!t.windows.used || of.waves_per_inverse == 0) return all + extra;
  const auto first = static_cast<double>(t.waves[of.first].inverse_wavelength_per_A);
  const auto last = static_cast<double>(t.waves[of.first + of.count - 1].inverse_wavelength_per_A);
  const double parts = 1 + 0.5 * std::abs(last - first) * static_cast<double>(t.windows.parts_per_change);
  return std::min(all + extra, times.part * parts);
}

}  // namespace detail

/// Predicts the cost of finding terms without a list.
/// \param panels  tables of the panels that are computed, in host memory
template <class PrecisionT>
double pixels_cost_s(const std::vector<const Tables<PrecisionT>*>& panels, const PackSizes& sizes) {
  const SearchTimes times = search_times(sizes.pack);
  double ns = 0;
  for (const Tables<PrecisionT>* t : panels) {
    const double packs = detail::pixels_of(*t) * detail::samples_of(*t) / sizes.pack;
    for (int g = 0; g < t->group_count; ++g) ns += packs * t->orientation_count * detail::ns_of_pack(*t, g, times);
  }
  return 1e-9 * ns;
}

/// Predicts the cost of finding terms by lists.
/// \param setting  of the panels' spots
template <class PrecisionT>
double spots_cost_s(const std::vector<const Tables<PrecisionT>*>& panels, const SpotSetting& setting,
                    const PackSizes& sizes) {
  const Tables<PrecisionT>& common = *panels.front();
  std::vector<SpotArea> areas;
  for (const Tables<PrecisionT>* t : panels) areas.push_back(spot_area(*t, t->window));
  const SpotLister lister(setting, areas);
  const std::int64_t tasks = lister.tasks(), samples = std::min<std::int64_t>(tasks, 2);
  SearchEffort effort;
  double ns = 0;
  for (std::int64_t i = 0; i < samples; ++i) {
    const std::int64_t task = tasks * i / samples;
    const auto group = static_cast<std::size_t>(task / common.orientation_count);
    const double ns_of_test = common.groups[group].count > 1 ? 33 : 6;
    lister.list(
        task, task + 1,
        [&](const SpotEntry& e) {
          const Tables<PrecisionT>& t = *panels[e.area];
          const double width = e.fast_most - e.fast_least + 1.0, height = e.slow_most - e.slow_least + 1.0;
          const double tiles = (1 + width / sizes.tile_fast) * (1 + height / sizes.tile_slow);
          double packs = (1 + (width - 1) / sizes.pack) * height;
          if (t.listed.places != nullptr) {
            const PixelWindow& w = t.window;
            packs *= t.listed.count / ((w.fast_max - w.fast_min + 1.0) * (w.slow_max - w.slow_min + 1.0));
          }
          ns += 50 * tiles + ns_of_test * packs * detail::samples_of(t);
          return true;
        },
        &effort);
  }
  // One orientation alone has few candidates; those that share a search have some to each column more.
  const int shared = lister.cluster_size(0, 0, std::min(common.orientation_count, 64));
  const double columns = lister.columns(0);
  const double few = static_cast<double>(effort.candidates) / static_cast<double>(samples);
  const double candidates = shared > 1 ? few + columns : 0;
  ns = ns / static_cast<double>(samples) + 90.0 * static_cast<double>(effort.survivors) / static_cast<double>(samples) +
       4 * candidates + 50 * columns / shared;
  const bool of_one = std::all_of(common.groups, common.groups + common.group_count,
                                  [](const auto& group) { return group.count == 1; });
  return (of_one ? 2e-9 : 1e-9) * ns * static_cast<double>(tasks);
}

/// Predicts the cost of finding an image's terms by lists.
template <class PrecisionT>
double spots_cost_s(const std::vector<const Tables<PrecisionT>*>& panels, const PackSizes& sizes) {
  SpotSetting setting(*panels.front(), panels.front()->spots.radius);
  setting.ignore_structure_factors();
  return spots_cost_s(panels, setting, sizes);
}

/// Images that are found as quickly as this without a list need none: the prediction costs as much.
inline constexpr double shortest_search_s = 1e-3;

/// Predicts both costs; of lists only where they may pay, or are wanted.
/// \param tables  PanelTables of a host
template <class PrecisionT, class Exec>
TraversalCosts traversal_costs(const Scene& scene, const PanelTables<PrecisionT, Exec>& tables, Traversal wanted) {
  TraversalCosts costs;
  std::vector<const Tables<PrecisionT>*> panels;
  for (std::size_t p = 0; p < tables.size(); ++p) {
    if (scene.panels[p].reached && tables.tables(p).spots.used) panels.push_back(&tables.tables(p));
  }
  if (panels.empty()) return costs;
  PackSizes sizes;
  sizes.pack = std::max(1, static_cast<int>(simd::native_lanes<typename PrecisionT::Lattice>));
  costs.pixels_s = pixels_cost_s(panels, sizes);
  const bool worth = costs.pixels_s > shortest_search_s || wanted == Traversal::spots;
  costs.spots_s = worth ? spots_cost_s(panels, sizes) : costs.pixels_s;
  return costs;
}

/// Leaves lists of spots unused where they cost more, unless they are wanted. Returns the predicted costs.
template <class PrecisionT, class Exec>
TraversalCosts choose_traversal(const Scene& scene, PanelTables<PrecisionT, Exec>& tables, Traversal wanted) {
  TraversalCosts costs;
  if constexpr (may_list_spots<PrecisionT, Exec>(Traversal::spots)) {
    costs = traversal_costs(scene, tables, wanted);
    if (wanted != Traversal::spots && !(costs.spots_s < costs.pixels_s)) tables.list_no_spots();
  }
  return costs;
}

}  // namespace nbk::plan
