// SPDX-License-Identifier: MIT
#include "bench/jobs/line_fit.hpp"

#include <cmath>
#include <limits>

namespace nbk::bench::jobs {

double exponent_between(const WorkPoint& from, const WorkPoint& to) {
  return std::log(to.time_s / from.time_s) / std::log(to.evaluations / from.evaluations);
}

double fitted_exponent(const std::vector<WorkPoint>& points) {
  if (points.size() < 2) return std::numeric_limits<double>::quiet_NaN();
  double mean_x = 0, mean_y = 0;
  for (const auto& point : points) {
    mean_x += std::log(point.evaluations) / static_cast<double>(points.size());
    mean_y += std::log(point.time_s) / static_cast<double>(points.size());
  }
  double both = 0, squares = 0;
  for (const auto& point : points) {
    const double x = std::log(point.evaluations) - mean_x;
    both += x * (std::log(point.time_s) - mean_y);
    squares += x * x;
  }
  return both / squares;
}

}  // namespace nbk::bench::jobs
