// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/experiment.hpp"
#include "nbk/model/material.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace nbk::plan {

/// The form factor of a material between its points: a cubic through the two points on either side. An interval at an
/// end has a parabola through three. Beyond the ends `corrected` holds the end's value; `compat` goes on along the
/// straight line through the two points of that end, as nonBragg does.
class FormFactorCurve {
 public:
  FormFactorCurve(std::vector<FormFactorPoint> points, Policy policy) : m_points(std::move(points)), m_policy(policy) {}

  /// Returns the interval of an angle: 0 below the first point, n from point n - 1 on.
  std::size_t interval_of(double stol_per_A) const {
    const auto above = std::upper_bound(m_points.begin(), m_points.end(), stol_per_A,
                                        [](double s, const FormFactorPoint& point) { return s < point.stol_per_A; });
    return static_cast<std::size_t>(above - m_points.begin());
  }

  /// Returns the polynomial of an interval, which goes on beyond it.
  double in_interval(std::size_t interval, double stol_per_A) const {
    const std::size_t points = m_points.size();
    if (interval == 0 || interval == points) return beyond(interval, stol_per_A);
    const std::size_t first = interval < 2 ? 0 : interval - 2, end = std::min(interval + 2, points);
    return polynomial(first, end, stol_per_A);
  }

 private:
  double beyond(std::size_t interval, double stol_per_A) const {
    const std::size_t points = m_points.size();
    const FormFactorPoint& end = interval == 0 ? m_points.front() : m_points.back();
    if (m_policy == Policy::corrected || points == 1) return end.amplitude;
    const std::size_t first = interval == 0 ? 0 : points - 2;
    return polynomial(first, first + 2, stol_per_A);
  }

  /// Lagrange's polynomial through the points [first, end).
  double polynomial(std::size_t first, std::size_t end, double stol_per_A) const {
    double sum = 0;
    for (std::size_t i = first; i < end; ++i) {
      double term = m_points[i].amplitude;
      for (std::size_t j = first; j < end; ++j) {
        if (j == i) continue;
        term *= (stol_per_A - m_points[j].stol_per_A) / (m_points[i].stol_per_A - m_points[j].stol_per_A);
      }
      sum += term;
    }
    return sum;
  }

  std::vector<FormFactorPoint> m_points;
  Policy m_policy;
};

}  // namespace nbk::plan
