// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/plan/spot_rectangle.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace nbk::plan {

/// A window of a panel for which spots are listed, and the directions in which it lies.
struct SpotArea {
  PanelPlane plane;
  Vec3d axis;          ///< unit vector to its middle
  double cosine = -1;  ///< of the angle between the axis and its farthest point; -1: not known
  double sine = 0;     ///< of that angle
};

/// Returns the area of a window.
template <class PrecisionT>
SpotArea spot_area(const Tables<PrecisionT>& tables, const PixelWindow& window) {
  SpotArea area;
  area.plane = panel_plane(tables, window);
  if (!area.plane.usable) return area;
  const auto& panel = tables.panel;
  const auto in_double = [](const auto& v) { return vec3_cast<double>(v); };
  const auto size = static_cast<double>(panel.pixel_size);
  const double depth = static_cast<double>(tables.layers.step_m) * (tables.layers.count - 1);
  const auto at = [&](double fast, double slow, double depth_m) {
    return in_double(panel.origin) + (fast + tables.first_fast) * size * in_double(panel.fast) +
           (slow + tables.first_slow) * size * in_double(panel.slow) + depth_m * in_double(panel.normal);
  };
  const double fast[2] = {window.fast_min - 0.5, window.fast_max + 1.5};
  const double slow[2] = {window.slow_min - 0.5, window.slow_max + 1.5};
  const Vec3d middle = at((fast[0] + fast[1]) / 2, (slow[0] + slow[1]) / 2, depth / 2);
  area.axis = (1 / length(middle)) * middle;
  area.cosine = 1;
  for (int corner = 0; corner < 8; ++corner) {
    const Vec3d point = at(fast[corner & 1], slow[corner >> 1 & 1], corner >> 2 != 0 ? depth : 0.0);
    area.cosine = std::min(area.cosine, dot(point, area.axis) / length(point));
  }
  area.cosine -= 1e-6;  // for rounding of single precision
  area.sine = std::sqrt(std::max(0.0, 1 - area.cosine * area.cosine));
  return area;
}

/// Returns bounds of |d - i| over the directions d to an area. A cone narrower than a right angle about its axis holds
/// all of an area whose corners it holds.
inline Resolution differences_of(const SpotArea& area, const Vec3d& incident) {
  if (area.cosine <= 0) return {0, 2};
  const double turn = std::acos(std::clamp(area.cosine, -1.0, 1.0));
  const double to_axis = std::acos(std::clamp(dot(area.axis, incident), -1.0, 1.0));
  const auto difference = [](double angle) { return 2 * std::sin(std::clamp(angle, 0.0, 3.14159266) / 2); };
  return {difference(to_axis - turn - 1e-6), std::min(2.0, difference(to_axis + turn + 1e-6))};
}

/// The directions of areas, which are asked for together: a detector may have hundreds.
class SpotAreaCones {
 public:
  explicit SpotAreaCones(const std::vector<SpotArea>& areas) {
    for (const SpotArea& area : areas) {
      const bool known = area.cosine > 0;  // else the test below is 0 >= 0
      const Vec3d axis = known ? area.axis : Vec3d{};
      m_x.push_back(axis.x);
      m_y.push_back(axis.y);
      m_z.push_back(axis.z);
      m_cosine.push_back(known ? area.cosine : 0);
      m_sine.push_back(known ? area.sine : 0);
    }
  }

  /// Calls visit(number) for the areas that a ray within `half` of v may reach, until it returns false. (A cone of rays
  /// about v: the sine of its half angle is half / |v|.)
  /// \return false if visit did
  template <class Visit>
  bool visit_near(const Vec3d& v, double half, const Visit& visit) const {
    constexpr std::size_t most = 64;
    const double side_sqr = dot(v, v) - half * half;
    const double side = std::sqrt(std::max(side_sqr, 0.0));
    for (std::size_t begin = 0; begin < m_x.size(); begin += most) {
      const std::size_t count = std::min(most, m_x.size() - begin);
      double above[most];
      for (std::size_t i = 0; i < count; ++i) {
        const std::size_t a = begin + i;
        above[i] = v.x * m_x[a] + v.y * m_y[a] + v.z * m_z[a] - (m_cosine[a] * side - m_sine[a] * half);
      }
      for (std::size_t i = 0; i < count; ++i) {
        if ((above[i] >= 0 || side_sqr <= 0) && !visit(begin + i)) return false;
      }
    }
    return true;
  }

 private:
  std::vector<double> m_x, m_y, m_z, m_cosine, m_sine;
};

}  // namespace nbk::plan
