// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/plan/spot_setting.hpp"
#include "nbk/plan/tables.hpp"

#include <limits>

namespace nbk::plan {

/// Spots as the kernels of derivatives look for them: everything whose indices are within LatticeParameters::reach of a
/// reflection, whatever its structure factor and the resolution limit. All of that counts as an evaluation there, so
/// that sums have the same bits whichever way found it. The box of these indices lies in the ellipsoid
/// (x / reach_x)^2 + (y / reach_y)^2 + (z / reach_z)^2 <= 3.
template <class PrecisionT>
class BoxSpots {
 public:
  /// \param tables  of any panel, in host memory
  explicit BoxSpots(const Tables<PrecisionT>& tables) : m_tables(with_box_axes(tables)), m_setting(m_tables, 1.735) {
    m_setting.ignore_structure_factors();
    m_setting.limit_per_A = std::numeric_limits<double>::infinity();
  }
  BoxSpots(const BoxSpots&) = delete;
  BoxSpots& operator=(const BoxSpots&) = delete;

  const SpotSetting& setting() const { return m_setting; }

 private:
  using L = typename PrecisionT::Lattice;

  static Tables<PrecisionT> with_box_axes(Tables<PrecisionT> tables) {
    const Vec3<L> reach = tables.lattice.reach;
    tables.lattice.spot_axes[0] = {1 / reach.x, 0, 0};
    tables.lattice.spot_axes[1] = {0, 1 / reach.y, 0};
    tables.lattice.spot_axes[2] = {0, 0, 1 / reach.z};
    return tables;
  }

  Tables<PrecisionT> m_tables;  // which the setting points to
  SpotSetting m_setting;
};

}  // namespace nbk::plan
