// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/concepts.hpp"
#include "nbk/response/grid_levels.hpp"
#include "nbk/response/response.hpp"
#include "nbk/response/spread_grid.hpp"
#include "nbk/response/spread_weights.hpp"

#include <Kokkos_Core.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace nbk {

/// Point spread of images of one size. The energy is kept: weights have a sum of 1, and what leaves the image is lost.
///
/// - gauss: two sums along lines. Automatic: so wide that less than 1e-9 is left out.
/// - fibre with a radius, and kernels of one's own: one sum over all neighbours.
/// - fibre, automatic: the whole image is the neighbourhood. A sum over near pixels has the sharp part; grids that get
///   coarser by two have the rest. docs/numerics/point_spread.md has the errors.
/// \tparam Real  float or double: numbers of the sums
template <ExecSpace Exec, class Real>
class PointSpreader {
 public:
  /// \param spread  with a kind other than none, checked \param panels, slow, fast  extents of the images
  PointSpreader(const Exec& exec, const PointSpread& spread, std::size_t panels, std::size_t slow, std::size_t fast) {
    using Kind = PointSpread::Kind;
    const auto longest = static_cast<int>(std::max(slow, fast)) - 1;
    switch (spread.kind) {
      case Kind::none: break;
      case Kind::gauss: set_gauss(exec, spread, longest); break;
      case Kind::kernel: set_kernel(exec, spread); break;
      case Kind::fibre:
        if (spread.radius_px > 0 || longest < 2 * near_px) {
          set_disc(exec, spread, spread.radius_px > 0 ? std::min(spread.radius_px, longest) : longest);
        } else {
          set_levels(exec, response::fibre_length_px(spread.fwhm_px), panels, slow, fast);
        }
        break;
    }
    m_input = Grid::of(exec, m_margin, panels, slow, fast);
    if (m_is_separable) m_between = Grid::of(exec, m_margin, panels, slow, fast);
  }

  /// Returns the View that takes the image to be spread, [panel][slow][fast].
  auto input() const { return m_input.inside(); }

  /// Computes the spread of what is in input(). \param out  View of float or double of the image's extents
  template <class Out>
  void spread(const Exec& exec, const Out& out) const {
    using response::Into;
    if (m_is_separable) {
      response::sum_neighbours(exec, m_input, m_taps, m_between.inside(), Into::replace);
      response::sum_neighbours(exec, m_between, m_slow_taps, out, Into::replace);
      return;
    }
    const Grid* fine = &m_input;
    for (const Level& level : m_levels) {
      response::coarsen(exec, *fine, level.charges);
      fine = &level.charges;
    }
    for (std::size_t i = m_levels.size(); i-- > 0;) {
      const bool is_coarsest = i + 1 == m_levels.size();
      if (!is_coarsest) response::interpolate(exec, m_levels[i + 1].sums, m_levels[i].sums);
      response::sum_neighbours(exec, m_levels[i].charges, m_levels[i].taps, m_levels[i].sums,
                               is_coarsest ? Into::replace : Into::add);
    }
    if (!m_levels.empty()) response::interpolate(exec, m_levels.front().sums, out);
    response::sum_neighbours(exec, m_input, m_taps, out, m_levels.empty() ? Into::replace : Into::add);
  }

 private:
  using Grid = response::SpreadGrid<Exec, Real>;
  using Taps = response::SpreadTaps<Exec, Real>;
  using Weights = response::SpreadWeights;

  using Sums = Kokkos::View<Real***, Kokkos::LayoutRight, typename Exec::memory_space>;

  /// Grid of a smooth part, with the sums over it.
  struct Level {
    Grid charges;
    Sums sums;
    Taps taps;
  };

  /// Pixels that the sharp part of a fibre's spread reaches, and nodes of a grid that its own part reaches.
  static constexpr int near_px = 16;

  void set_gauss(const Exec& exec, const PointSpread& spread, int longest) {
    constexpr double widths = 2.7;  // 6.4 standard deviations
    const int automatic = 1 + static_cast<int>(std::ceil(widths * spread.fwhm_px));
    const int radius = std::max(0, std::min(spread.radius_px > 0 ? spread.radius_px : automatic, longest));
    // Normalised before it is cut to the image: what would leave the image is lost.
    const int whole = spread.radius_px > 0 ? spread.radius_px : automatic;
    double sum = 0;
    for (int i = -whole; i <= whole; ++i) sum += response::gauss_share(i, spread.fwhm_px);
    const auto share = [&](int along, int across) {
      return across == 0 ? response::gauss_share(along, spread.fwhm_px) / sum : 0.0;
    };
    m_taps = Taps::of(exec, Weights::of(radius, [&](int fast, int slow) { return share(fast, slow); }));
    m_slow_taps = Taps::of(exec, Weights::of(radius, [&](int fast, int slow) { return share(slow, fast); }));
    m_margin = static_cast<std::size_t>(radius);
    m_is_separable = true;
  }

  void set_kernel(const Exec& exec, const PointSpread& spread) {
    const auto side = static_cast<int>(std::lround(std::sqrt(static_cast<double>(spread.kernel.size()))));
    Weights weights{side / 2, spread.kernel};
    weights.normalise();
    m_taps = Taps::of(exec, weights);
    m_margin = static_cast<std::size_t>(side / 2);
  }

  /// Sum over a disc for a radius of the user, over the whole of a small image otherwise.
  void set_disc(const Exec& exec, const PointSpread& spread, int radius) {
    const double length = response::fibre_length_px(spread.fwhm_px);
    const bool is_disc = spread.radius_px > 0;
    const auto share = [&](int fast, int slow) {
      const bool inside = !is_disc || fast * fast + slow * slow <= spread.radius_px * spread.radius_px;
      return inside ? response::fibre_share(fast, slow, length) : 0.0;
    };
    Weights weights = Weights::of(is_disc ? spread.radius_px : radius, share);
    if (is_disc) weights.normalise();
    m_taps = Taps::of(exec, weights);
    m_margin = static_cast<std::size_t>(weights.radius_px);
  }

  void set_levels(const Exec& exec, double length_px, std::size_t panels, std::size_t slow, std::size_t fast) {
    using response::SmoothTail;
    constexpr auto margin = static_cast<std::size_t>(near_px);
    const auto squares = [](int a, int b) { return static_cast<double>(a * a + b * b); };
    const SmoothTail first(length_px, near_px);
    m_taps = Taps::of(exec, Weights::of(near_px, [&](int x, int y) {
                        const double distance_sqr = squares(x, y);
                        return distance_sqr <= near_px * near_px
                                   ? response::fibre_share(x, y, length_px) - first.density(distance_sqr)
                                   : 0.0;
                      }));
    m_margin = margin;
    double spacing = 2;
    for (bool is_coarsest = false; !is_coarsest; spacing *= 2) {
      slow = response::coarse_nodes(slow);
      fast = response::coarse_nodes(fast);
      const auto nodes = static_cast<int>(std::max(slow, fast));
      is_coarsest = nodes <= near_px + 1;
      const SmoothTail own(length_px, near_px * spacing / 2), next(length_px, near_px * spacing);
      const auto weight = [&](int x, int y) {
        const double distance_sqr = squares(x, y) * spacing * spacing;
        if (is_coarsest) return own.density(distance_sqr);
        return squares(x, y) <= near_px * near_px ? own.density(distance_sqr) - next.density(distance_sqr) : 0.0;
      };
      Level level{Grid::of(exec, margin, panels, slow, fast),
                  {},
                  Taps::of(exec, Weights::of(is_coarsest ? nodes - 1 : near_px, weight))};
      level.sums =
          Sums(Kokkos::view_alloc(exec, "nbk::response::sums", Kokkos::WithoutInitializing), panels, slow, fast);
      m_levels.push_back(level);
    }
  }

  Grid m_input, m_between;
  Taps m_taps, m_slow_taps;
  std::vector<Level> m_levels;
  std::size_t m_margin = 0;
  bool m_is_separable = false;
};

}  // namespace nbk
