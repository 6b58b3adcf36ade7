// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/plan/spot_area.hpp"
#include "nbk/plan/spot_entry.hpp"
#include "nbk/plan/spot_setting.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

/// \file
/// The list of spots: which reflection of which orientation lights which rectangle of pixels in which source direction.
/// A task is a source direction with an orientation, and tasks are numbered as sums go: direction by direction, in each
/// one orientation after the other. Neighbouring orientations share the search for reflections near the Ewald spheres:
/// a change of orientation by kappa, the norm of B' B^-1 - 1, moves no q by more than kappa |q|.

namespace nbk::plan {

/// Work of a search, for predictions.
struct SearchEffort {
  std::int64_t candidates = 0;  ///< reflections that were tested
  std::int64_t survivors = 0;   ///< of these, those near a sphere
};

/// A function of a spot, any, called: the search is then compiled once.
class SpotVisitor {
 public:
  /// \param visit  (SpotEntry): false to stop; must outlive the visitor
  template <class Visit>
  SpotVisitor(const Visit& visit)  // NOLINT(google-explicit-constructor): lambdas are visitors
      : m_visit(&visit), m_call(call<Visit>) {}

  bool operator()(const SpotEntry& entry) const { return m_call(m_visit, entry); }

 private:
  template <class Visit>
  static bool call(const void* visit, const SpotEntry& entry) {
    return (*static_cast<const Visit*>(visit))(entry);
  }

  const void* m_visit;
  bool (*m_call)(const void*, const SpotEntry&);
};

/// Finds the spots of tasks.
class SpotLister {
 public:
  /// \param areas  all of one setting; both must outlive the lister
  SpotLister(const SpotSetting& setting, const std::vector<SpotArea>& areas)
      : m_setting(setting), m_areas(areas), m_cones(areas) {
    for (const SpotBand& of : setting.bands) m_resolutions.push_back(resolution_of(of.band));
  }

  std::int64_t tasks() const { return static_cast<std::int64_t>(m_setting.bands.size()) * m_setting.orientation_count; }

  /// Calls visit(entry) for the spots of the tasks [begin, end), task by task. Stops early where visit returns false.
  /// \return false if it did
  /// \param effort  counts the work; nullptr: nobody wants to know
  bool list(std::int64_t begin, std::int64_t end, const SpotVisitor& visit, SearchEffort* effort = nullptr) const {
    const std::int64_t orientations = m_setting.orientation_count;
    for (std::int64_t task = begin; task < end;) {
      const auto group = static_cast<std::size_t>(task / orientations);
      const int first = static_cast<int>(task % orientations);
      const int last = static_cast<int>(std::min(orientations, first + (end - task)));
      if (!list_group(group, first, last, visit, effort)) return false;
      task += last - first;
    }
    return true;
  }

  /// Orientations from `first` on that share one search in a source direction.
  /// \param last  looks no farther
  int cluster_size(std::size_t group, int first, int last) const {
    Cluster cluster;
    return cluster_from(first, last, m_resolutions[group], cluster) - first;
  }

  /// Columns of one search, about.
  double columns(std::size_t group) const {
    const Mat3d axes = m_setting.direct_A(0);
    const double lengths[3] = {length(axes.row0), length(axes.row1), length(axes.row2)};
    const double q = m_resolutions[group].q_most;
    return 4 * q * q * lengths[0] * lengths[1] * lengths[2] / std::max({lengths[0], lengths[1], lengths[2]});
  }

 private:
  struct Candidate {
    std::int16_t h, k, l;
  };

  /// Orientations that share a search.
  struct Cluster {
    Mat3d direct_A;
    SpotEllipsoid spot;
    double reach;   ///< 1/Angstrom
    double q_most;  ///< likewise
  };

  Resolution resolution_of(const EwaldBand& band) const {
    Resolution all{2 * band.s_most, 0};
    for (const SpotArea& area : m_areas) {
      const Resolution of = differences_of(area, band.incident);
      all.q_least = std::min(all.q_least, of.q_least * band.s_least);
      all.q_most = std::max(all.q_most, of.q_most * band.s_most);
    }
    all.q_most = std::min(all.q_most, m_setting.limit_per_A) * (1 + 1e-6);
    all.q_least *= 1 - 1e-6;
    return all;
  }

  bool list_group(std::size_t group, int first, int last, const SpotVisitor& visit, SearchEffort* effort) const {
    const SpotBand& band = m_setting.bands[group];
    const Resolution& resolution = m_resolutions[group];
    std::vector<Candidate> candidates;
    for (int begin = first; begin < last;) {
      Cluster cluster;
      const int end = cluster_from(begin, last, resolution, cluster);
      candidates.clear();
      for_each_near_band(
          cluster.direct_A, cluster.spot.star, band.band, cluster.q_most, cluster.reach, [&](int h, int k, int l) {
            if (!m_setting.scatters(h, k, l)) return;
            candidates.push_back(
                {static_cast<std::int16_t>(h), static_cast<std::int16_t>(k), static_cast<std::int16_t>(l)});
          });
      for (int o = begin; o < end; ++o) {
        if (!list_orientation(group, o, candidates, visit, effort)) return false;
      }
      begin = end;
    }
    return true;
  }

  /// Finds orientations from `begin` on that share a search: those for which the larger reach adds no more than a few
  /// reflections to each column, as a column costs as much as a dozen of them.
  int cluster_from(int begin, int last, const Resolution& resolution, Cluster& cluster) const {
    cluster.direct_A = m_setting.direct_A(begin);
    cluster.spot = spot_ellipsoid(cluster.direct_A, m_setting.spot_axes, m_setting.radius);
    const Mat3d& axes = cluster.direct_A;
    const double edge_A = std::max({length(axes.row0), length(axes.row1), length(axes.row2)});
    const double most_kappa = std::min(0.2, 4 / (edge_A * resolution.q_most));
    double kappa = 0, longest = cluster.spot.longest;
    int end = begin + 1;
    for (; end < last; ++end) {
      const SpotEllipsoid next = spot_ellipsoid(m_setting.direct_A(end), m_setting.spot_axes, m_setting.radius);
      const Mat3d change = next.star * cluster.direct_A + (-1.0) * Mat3d::identity();
      const Mat3d squares = transposed(change) * change;
      const double wider = std::max(kappa, std::sqrt(squares.row0.x + squares.row1.y + squares.row2.z));
      if (wider > most_kappa) break;
      kappa = wider;
      longest = std::max(longest, next.longest);
    }
    cluster.q_most = (resolution.q_most + longest) / (1 - kappa);
    cluster.reach = longest + kappa * cluster.q_most;
    return end;
  }

  bool list_orientation(std::size_t group, int orientation, const std::vector<Candidate>& candidates,
                        const SpotVisitor& visit, SearchEffort* effort) const {
    if (effort != nullptr) effort->candidates += static_cast<std::int64_t>(candidates.size());
    const EwaldBand& band = m_setting.bands[group].band;
    const Resolution& resolution = m_resolutions[group];
    const SpotEllipsoid spot = spot_ellipsoid(m_setting.direct_A(orientation), m_setting.spot_axes, m_setting.radius);
    const double most = resolution.q_most + spot.longest, least = std::max(0.0, resolution.q_least - spot.longest);
    SpotEntry entry;
    entry.task =
        static_cast<std::uint32_t>(static_cast<std::int64_t>(group) * m_setting.orientation_count + orientation);
    for (const Candidate& n : candidates) {
      const Vec3d q0 = spot.middle(n.h, n.k, n.l);
      const double sqr = dot(q0, q0);
      if (sqr > most * most || sqr < least * least || is_off_band(band, sqr, dot(q0, band.incident), spot.longest))
        continue;
      if (effort != nullptr) ++effort->survivors;
      const InverseInterval range = seen_range(m_setting.bands[group], meeting_spheres(spot, q0, band));
      if (range.none()) continue;
      entry.h = n.h;
      entry.k = n.k;
      entry.l = n.l;
      if (!list_areas(spot, q0, band.incident, range, entry, visit)) return false;
    }
    return true;
  }

  /// The part of a range between its first and its last wavelength.
  InverseInterval seen_range(const SpotBand& band, const InverseInterval& range) const {
    if (range.none()) return range;
    const auto begin = m_setting.inverse_wavelengths.begin() + static_cast<std::ptrdiff_t>(band.begin);
    const auto end = m_setting.inverse_wavelengths.begin() + static_cast<std::ptrdiff_t>(band.end);
    const auto first = std::lower_bound(begin, end, range.least);
    const auto last = std::upper_bound(first, end, range.most);
    if (first == last) return {};
    return {*first, *(last - 1)};
  }

  bool list_areas(const SpotEllipsoid& spot, const Vec3d& q0, const Vec3d& incident, const InverseInterval& range,
                  SpotEntry& entry, const SpotVisitor& visit) const {
    const Vec3d middle = q0 + (0.5 * (range.least + range.most)) * incident;
    const double half = spot.longest + 0.5 * (range.most - range.least);
    return m_cones.visit_near(middle, half, [&](std::size_t a) {
      const PixelRectangle lit = rectangle_of(m_areas[a].plane, spot, q0, incident, range);
      if (lit.none()) return true;
      entry.area = static_cast<std::uint32_t>(a);
      entry.fast_least = static_cast<std::uint16_t>(lit.fast_least);
      entry.fast_most = static_cast<std::uint16_t>(lit.fast_most);
      entry.slow_least = static_cast<std::uint16_t>(lit.slow_least);
      entry.slow_most = static_cast<std::uint16_t>(lit.slow_most);
      return visit(static_cast<const SpotEntry&>(entry));
    });
  }

  const SpotSetting& m_setting;
  const std::vector<SpotArea>& m_areas;
  SpotAreaCones m_cones;
  std::vector<Resolution> m_resolutions;
};

}  // namespace nbk::plan
