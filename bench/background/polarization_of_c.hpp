// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/vec3.hpp"

#include <cmath>

namespace nbk::bench::background {

/// The polarisation factor as nonBragg computes it. Every call normalises its vectors again and leaves them so, which
/// changes the last bit of the next call. Compile without fused multiply-adds.
class PolarizationOfC {
 public:
  PolarizationOfC(double kahn_factor, const Vec3d& axis) : m_kahn(kahn_factor), m_axis(axis), m_before(axis) {}

  /// Returns true if the last call has left the axis as it was.
  bool is_settled() const { return m_axis == m_before; }

  /// Returns the factor. \param diffracted  is normalised again
  double factor(Vec3d incident, Vec3d& diffracted) {
    m_before = m_axis;
    incident = unit(incident);
    diffracted = unit(diffracted);
    m_axis = unit(m_axis);
    const double cosine = dot_product(incident, diffracted), cosine_sqr = cosine * cosine;
    const double sine_sqr = 1 - cosine_sqr;
    double azimuth = 0;
    if (m_kahn != 0.0) {
      const Vec3d magnetic = unit(cross(m_axis, incident));
      const Vec3d electric = unit(cross(incident, magnetic));
      azimuth = -std::atan2(dot_product(diffracted, magnetic), dot_product(diffracted, electric));
    }
    return 0.5 * (1.0 + cosine_sqr - m_kahn * std::cos(2 * azimuth) * sine_sqr);
  }

 private:
  static double dot_product(const Vec3d& u, const Vec3d& v) { return u.x * v.x + u.y * v.y + u.z * v.z; }

  static Vec3d unit(const Vec3d& v) {
    const double length = std::sqrt(dot_product(v, v));
    return length != 0.0 ? Vec3d{v.x / length, v.y / length, v.z / length} : Vec3d{};
  }

  double m_kahn;
  Vec3d m_axis, m_before;
};

}  // namespace nbk::bench::background
