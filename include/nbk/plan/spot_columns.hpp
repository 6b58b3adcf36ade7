// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/plan/spot_ellipsoid.hpp"

#include <algorithm>
#include <array>
#include <cmath>

/// \file
/// Reflections near the Ewald spheres of a spectrum. The sphere of s = 1 / lambda has its middle at -s i, for the
/// incident direction i, and q is on it where f(s) = |q|^2 + 2 s q.i is 0. A point within t of the sphere of any s of
/// [s1, s2] has
///
///     f(s) <= 2 s t + t^2  for s1 or s2,  and  f(s) >= -2 s t + t^2  for s1 or s2 (if s > t)
///
/// since both are linear in s. Along a column of reflections, two of whose indices are fixed, both are quadratic
/// inequalities for the third index: at most two runs of it are left, so that reflections elsewhere cost nothing.
/// Lengths in 1/Angstrom. Derived here; tests/unit/plan/spot_lists.cpp compares with a loop over all reflections.

namespace nbk::plan {

/// The Ewald spheres of one incident direction.
struct EwaldBand {
  Vec3d incident;                  ///< unit vector
  double s_least = 0, s_most = 0;  ///< range of 1 / lambda
};

/// Spheres about the origin of reciprocal space, between which the reflections are wanted.
struct Resolution {
  double q_least = 0, q_most = 0;
};

/// Returns true if no point within `reach` of q can be on a sphere of the band.
inline bool is_off_band(const EwaldBand& band, double q_sqr, double along, double reach) {
  const auto f = [&](double s) { return q_sqr + 2 * s * along; };
  const auto outside = [&](double s) { return f(s) > (2 * s + reach) * reach; };
  const auto inside = [&](double s) { return s > reach && f(s) < (reach - 2 * s) * reach; };
  return (outside(band.s_least) && outside(band.s_most)) || (inside(band.s_least) && inside(band.s_most));
}

namespace detail {

/// An interval of an index; none if `low` is above `high`.
struct IndexInterval {
  double low = 1, high = 0;

  bool none() const { return !(low <= high); }
};

/// The solutions of a x^2 + 2 b x + c <= 0, a > 0.
inline IndexInterval not_positive(double a, double b, double c) {
  const double inside = b * b - a * c;
  if (!(inside >= 0)) return {};
  const double root = std::sqrt(inside);
  return {(-b - root) / a, (-b + root) / a};
}

/// Calls visit(index) for the whole numbers of an interval that are above `done`, and raises `done`.
template <class Visit>
void visit_whole(const IndexInterval& of, int& done, const Visit& visit) {
  constexpr double slack = 1e-7;  // rounding of roots of up to some thousand
  if (of.none()) return;
  const int first = std::max(done + 1, static_cast<int>(std::ceil(of.low - slack)));
  const int last = static_cast<int>(std::floor(of.high + slack));
  for (int i = first; i <= last; ++i) visit(i);
  done = std::max(done, last);
}

/// One column: q = base + x step.
struct Column {
  Vec3d base, step;

  /// Calls visit(index) for its reflections within `reach` of a sphere of the band.
  template <class Visit>
  void visit(const EwaldBand& band, double q_most, double reach, const Visit& visit) const {
    const double a = dot(step, step), b = dot(base, step), c = dot(base, base);
    const IndexInterval all = not_positive(a, b, c - q_most * q_most);
    if (all.none()) return;
    const double step_along = dot(step, band.incident), base_along = dot(base, band.incident);
    const auto within = [&](double s, double least) {
      return not_positive(a, b + s * step_along, c + 2 * s * base_along - least);
    };
    const auto outer = [&](double s) { return within(s, (2 * s + reach) * reach); };
    const auto inner = [&](double s) { return s > reach ? within(s, (reach - 2 * s) * reach) : IndexInterval{}; };
    IndexInterval first = outer(band.s_least), second = outer(band.s_most);
    if (first.none() || (!second.none() && second.low < first.low)) std::swap(first, second);
    const IndexInterval inner_1 = inner(band.s_least), inner_2 = inner(band.s_most);
    IndexInterval hole;
    if (!inner_1.none() && !inner_2.none())
      hole = {std::max(inner_1.low, inner_2.low), std::min(inner_1.high, inner_2.high)};
    int done = static_cast<int>(std::ceil(all.low - 1)) - 1;
    const auto visit_clipped = [&](double low, double high) {
      visit_whole({std::max(low, all.low), std::min(high, all.high)}, done, visit);
    };
    for (const IndexInterval& part : {first, second}) {
      if (part.none()) continue;
      if (hole.none()) {
        visit_clipped(part.low, part.high);
      } else {
        visit_clipped(part.low, std::min(part.high, hole.low));
        visit_clipped(std::max(part.low, hole.high), part.high);
      }
    }
  }
};

}  // namespace detail

/// Calls visit(h, k, l) once for every reflection with |q| <= q_most that is within `reach` of a sphere of the band,
/// column by column. A few that are a little farther are among them.
/// \param direct_A  rows a, b, c; `star` is its inverse
template <class Visit>
void for_each_near_band(const Mat3d& direct_A, const Mat3d& star, const EwaldBand& band, double q_most, double reach,
                        const Visit& visit) {
  const Vec3d axes[3] = {direct_A.row0, direct_A.row1, direct_A.row2};
  const Mat3d columns = transposed(star);
  const Vec3d steps[3] = {columns.row0, columns.row1, columns.row2};
  // Columns run along the longest cell edge: there are fewest of them.
  std::size_t along = 0;
  for (std::size_t i = 1; i < 3; ++i) along = length(axes[i]) > length(axes[along]) ? i : along;
  const std::size_t first = (along + 1) % 3, second = (along + 2) % 3;
  const auto most = [&](std::size_t axis) { return static_cast<int>(length(axes[axis]) * q_most * (1 + 1e-9)); };
  for (int i = -most(first); i <= most(first); ++i) {
    for (int j = -most(second); j <= most(second); ++j) {
      const detail::Column column{static_cast<double>(i) * steps[first] + static_cast<double>(j) * steps[second],
                                  steps[along]};
      column.visit(band, q_most, reach, [&](int index) {
        std::array<int, 3> hkl{};
        hkl[first] = i;
        hkl[second] = j;
        hkl[along] = index;
        visit(hkl[0], hkl[1], hkl[2]);
      });
    }
  }
}

}  // namespace nbk::plan
