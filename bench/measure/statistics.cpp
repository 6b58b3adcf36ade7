// SPDX-License-Identifier: MIT
#include "bench/measure/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nbk::bench::measure {

double median(std::vector<double> values) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::sort(values.begin(), values.end());
  const auto middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : 0.5 * (values[middle - 1] + values[middle]);
}

double median_absolute_deviation(const std::vector<double>& values) {
  const double centre = median(values);
  std::vector<double> deviations;
  deviations.reserve(values.size());
  for (const double value : values) deviations.push_back(std::abs(value - centre));
  return median(std::move(deviations));
}

}  // namespace nbk::bench::measure
