// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/concepts.hpp"
#include "nbk/response/spread_weights.hpp"
#include "nbk/simd/pack_functions.hpp"

#include <Kokkos_Core.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace nbk::response {

inline namespace NBK_ISA {

/// Number of pixels that a point spread computes side by side: several registers share one weight.
template <ExecSpace Exec, class Real>
inline constexpr int spread_lanes = is_host_space<Exec>&& register_lanes<Real> > 1 ? 4 * register_lanes<Real> : 1;

/// Image with a margin of zeros, so that sums over neighbours need no tests for edges.
template <ExecSpace Exec, class Real>
struct SpreadGrid {
  Kokkos::View<Real***, Kokkos::LayoutRight, typename Exec::memory_space> values;  ///< with the margin
  std::size_t margin = 0, panels = 0, slow = 0, fast = 0;                          ///< pixels; without the margin

  /// Returns an image of zeros.
  static SpreadGrid of(const Exec& exec, std::size_t margin, std::size_t panels, std::size_t slow, std::size_t fast) {
    constexpr auto lanes = static_cast<std::size_t>(spread_lanes<Exec, Real>);
    const std::size_t whole_blocks = (fast + lanes - 1) / lanes * lanes;
    SpreadGrid grid{{}, margin, panels, slow, fast};
    using View = decltype(grid.values);
    grid.values =
        View(Kokkos::view_alloc(exec, "nbk::response::grid"), panels, slow + 2 * margin, whole_blocks + 2 * margin);
    return grid;
  }

  /// Returns the image without its margin.
  auto inside() const {
    return Kokkos::subview(values, Kokkos::ALL, std::pair(margin, margin + slow), std::pair(margin, margin + fast));
  }

  /// Returns the place of a pixel, which may lie in the margin.
  KOKKOS_FORCEINLINE_FUNCTION const Real* at(std::int64_t panel, std::int64_t row, std::int64_t column) const {
    const auto edge = static_cast<std::int64_t>(margin);
    return &values(static_cast<std::size_t>(panel), static_cast<std::size_t>(row + edge),
                   static_cast<std::size_t>(column + edge));
  }
};

/// Neighbours side by side, from the pixel in their middle.
struct TapRun {
  int slow, fast;    ///< distance of the first one, pixels
  int count;         ///< of neighbours
  int first_weight;  ///< place of its weight in a list
};

/// Weights of neighbours as a kernel reads them: runs of neighbours side by side.
template <ExecSpace Exec, class Real>
class SpreadTaps {
 public:
  /// Copies the weights that are not 0.
  static SpreadTaps of(const Exec& exec, const SpreadWeights& from) {
    std::vector<TapRun> runs;
    std::vector<Real> weights;
    const int radius = from.radius_px;
    // A pixel gets the weight at (fast, slow) from the source at (-fast, -slow).
    for (int slow = -radius; slow <= radius; ++slow) {
      int first = -radius, last = radius;
      while (first <= last && from.at(-first, -slow) == 0) ++first;
      while (last >= first && from.at(-last, -slow) == 0) --last;
      if (first > last) continue;
      runs.push_back({slow, first, last - first + 1, static_cast<int>(weights.size())});
      for (int fast = first; fast <= last; ++fast) weights.push_back(static_cast<Real>(from.at(-fast, -slow)));
    }
    SpreadTaps taps;
    taps.m_runs = copied<TapRun>(exec, runs);
    taps.m_weights = copied<Real>(exec, weights);
    return taps;
  }

  /// Returns the weighted sum over the neighbours of some pixels side by side.
  template <class V>
  KOKKOS_FORCEINLINE_FUNCTION V sum(const SpreadGrid<Exec, Real>& in, std::int64_t panel, std::int64_t slow,
                                    std::int64_t fast) const {
    V total(Real(0));
    for (std::size_t r = 0; r < m_runs.extent(0); ++r) {
      const TapRun run = m_runs(r);
      const Real* const source = in.at(panel, slow + run.slow, fast + run.fast);
      const Real* const weight = &m_weights(static_cast<std::size_t>(run.first_weight));
      for (int i = 0; i < run.count; ++i) total = fma(V(weight[i]), load<V>(source + i), total);
    }
    return total;
  }

 private:
  template <class T>
  using List = Kokkos::View<T*, typename Exec::memory_space>;

  template <class T>
  static List<T> copied(const Exec& exec, const std::vector<T>& from) {
    List<T> to(Kokkos::view_alloc(exec, "nbk::response::taps", Kokkos::WithoutInitializing), from.size());
    const Kokkos::View<const T*, Kokkos::HostSpace, Kokkos::MemoryTraits<Kokkos::Unmanaged>> view(from.data(),
                                                                                                  from.size());
    Kokkos::deep_copy(exec, to, view);
    exec.fence("nbk::response: the list that is copied ends here");
    return to;
  }

  List<TapRun> m_runs;
  List<Real> m_weights;
};

/// Choice between replacing an image and adding to it.
enum class Into { replace, add };

/// Kernel of the weighted sums over neighbours. A work item is a block of pixels side by side.
template <ExecSpace Exec, class Real, class Out>
struct SpreadKernel {
  static constexpr int lanes = spread_lanes<Exec, Real>;

  SpreadGrid<Exec, Real> in;
  SpreadTaps<Exec, Real> taps;
  Out out;
  Into into = Into::replace;
  std::int64_t blocks_of_row = 0;

  KOKKOS_FUNCTION void operator()(std::int64_t item) const {
    using V = pack_t<Real, lanes>;
    const std::int64_t row = item / blocks_of_row, fast = item % blocks_of_row * lanes;
    const auto rows = static_cast<std::int64_t>(in.slow);
    const auto panel = static_cast<std::size_t>(row / rows), slow = static_cast<std::size_t>(row % rows);
    Real sums[static_cast<std::size_t>(lanes)];
    store(taps.template sum<V>(in, row / rows, row % rows, fast), sums);
    const std::int64_t left = static_cast<std::int64_t>(in.fast) - fast;
    for (int i = 0; i < lanes && i < left; ++i) {
      auto& pixel = out(panel, slow, static_cast<std::size_t>(fast + i));
      pixel = into == Into::add ? pixel + sums[i] : sums[i];
    }
  }
};

/// Computes the weighted sums over neighbours for all pixels of a grid. \param out  View of the grid's extents
template <ExecSpace Exec, class Real, class Out>
void sum_neighbours(const Exec& exec, const SpreadGrid<Exec, Real>& in, const SpreadTaps<Exec, Real>& taps,
                    const Out& out, Into into) {
  using Kernel = SpreadKernel<Exec, Real, Out>;
  Kernel kernel{in, taps, out, into, 0};
  kernel.blocks_of_row = (static_cast<std::int64_t>(in.fast) + Kernel::lanes - 1) / Kernel::lanes;
  const std::int64_t items = static_cast<std::int64_t>(in.panels * in.slow) * kernel.blocks_of_row;
  Kokkos::parallel_for("nbk::response::spread",
                       Kokkos::RangePolicy<Exec, Kokkos::IndexType<std::int64_t>>(exec, 0, items), kernel);
}

}  // namespace NBK_ISA

}  // namespace nbk::response
