// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/structure_factor/table.hpp"
#include "nbk/plan/spot_columns.hpp"
#include "nbk/plan/tables.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace nbk::plan {

/// The wavelengths of one source direction, as lists of spots see them.
struct SpotBand {
  EwaldBand band;
  std::size_t begin = 0, end = 0;  ///< range of SpotSetting::inverse_wavelengths, in order of size there
};

/// Numbers that lists of spots are made of, whatever the panel: those that kernels read, in double. For tables in host
/// memory, which have to outlive it.
class SpotSetting {
 public:
  std::vector<SpotBand> bands;                                   ///< of each source direction
  std::vector<double> inverse_wavelengths;                       ///< s of all, 1/Angstrom
  Mat3d spot_axes;                                               ///< S: columns A, B, C
  double radius = 0;                                             ///< R of plan/spot_ellipsoid.hpp, with margins
  double limit_per_A = std::numeric_limits<double>::infinity();  ///< 1 / dmin
  int orientation_count = 0;

  /// \param factor_radius  at which the lattice factor ends
  template <class PrecisionT>
  SpotSetting(const Tables<PrecisionT>& tables, double factor_radius)
      : orientation_count(tables.orientation_count),
        m_tables(&tables),
        m_direct(direct_of<PrecisionT>),
        m_scatters(scatters_in<PrecisionT>) {
    const auto& axes = tables.lattice.spot_axes;
    spot_axes = from_columns(vec3_cast<double>(axes[0]), vec3_cast<double>(axes[1]), vec3_cast<double>(axes[2]));
    for (int g = 0; g < tables.group_count; ++g) add_group(tables, tables.groups[g]);
    if (tables.dmin_A > 0) limit_per_A = (1 + 1e-5) / static_cast<double>(tables.dmin_A);
    radius = factor_radius + rounding_margin<PrecisionT>();
  }

  /// Direct axes of an orientation: rows a, b, c, Angstrom.
  Mat3d direct_A(int orientation) const { return m_direct(m_tables, orientation); }

  /// Takes all structure factors as not 0, where they are not known yet.
  void ignore_structure_factors() { m_scatters = nullptr; }

  /// Returns true if a set has a structure factor of this reflection that is not 0.
  bool scatters(int h, int k, int l) const { return m_scatters == nullptr || m_scatters(m_tables, h, k, l); }

 private:
  template <class PrecisionT>
  void add_group(const Tables<PrecisionT>& tables, const SourceGroup<typename PrecisionT::Geometry>& group) {
    SpotBand of;
    of.begin = inverse_wavelengths.size();
    for (int w = group.first; w < group.first + group.count; ++w)
      inverse_wavelengths.push_back(static_cast<double>(tables.waves[w].inverse_wavelength_per_A));
    of.end = inverse_wavelengths.size();
    const auto begin = inverse_wavelengths.begin() + static_cast<std::ptrdiff_t>(of.begin);
    std::sort(begin, inverse_wavelengths.end());
    of.band = {vec3_cast<double>(group.incident), *begin, inverse_wavelengths.back()};
    bands.push_back(of);
  }

  /// Rounding of h = a.d / lambda, of its rest, and of the direction d, times the length of the spot axes.
  template <class PrecisionT>
  double rounding_margin() const {
    const auto unit = [](int bits) { return std::ldexp(1.0, 1 - bits); };
    const double in_geometry = unit(NumberTraits<typename PrecisionT::Geometry>::significand_bits);
    const double in_lattice = unit(NumberTraits<typename PrecisionT::Lattice>::significand_bits);
    const Mat3d squares = transposed(spot_axes) * spot_axes;
    const double size = std::sqrt(squares.row0.x + squares.row1.y + squares.row2.z);
    double edge_A = 0, s = 0, least = std::numeric_limits<double>::max();
    if (orientation_count > 0) {
      const Mat3d direct = direct_A(0);
      edge_A = std::max({length(direct.row0), length(direct.row1), length(direct.row2)});
    }
    for (const double inverse : inverse_wavelengths) {
      s = std::max(s, inverse);
      least = std::min(least, inverse);
    }
    const double largest_rest = 1 + edge_A * std::max(0.0, s - least);
    return size * (16 * in_geometry * 2 * edge_A * s + 16 * in_lattice * largest_rest);
  }

  template <class PrecisionT>
  static Mat3d direct_of(const void* tables, int orientation) {
    const auto& axes = static_cast<const Tables<PrecisionT>*>(tables)->orientations[orientation];
    return {vec3_cast<double>(axes.a), vec3_cast<double>(axes.b), vec3_cast<double>(axes.c)};
  }

  template <class PrecisionT>
  static bool scatters_in(const void* tables, int h, int k, int l) {
    const auto& table = static_cast<const Tables<PrecisionT>*>(tables)->structure_factors;
    if (table.amplitude == nullptr) return !(table.default_intensity == 0);
    const auto inside = [](int i, int border, int count) { return std::clamp(i, border, border + count - 1); };
    const auto* at = table.amplitude + table.offset(inside(h, table.h_border, table.h_count),
                                                    inside(k, table.k_border, table.k_count),
                                                    inside(l, table.l_border, table.l_count)) *
                                           table.step;
    for (int set = 0; set < table.sets; ++set) {
      if (!(at[set * table.step_of_set] == 0)) return true;
    }
    return false;
  }

  const void* m_tables;
  Mat3d (*m_direct)(const void*, int);
  bool (*m_scatters)(const void*, int, int, int);
};

}  // namespace nbk::plan
