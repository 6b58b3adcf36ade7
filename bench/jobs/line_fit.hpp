// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

namespace nbk::bench::jobs {

/// A point of time against work.
struct WorkPoint {
  double evaluations = 0, time_s = 0;
};

/// The exponent e of time = c evaluations^e between two points: 1 where time grows as work does.
double exponent_between(const WorkPoint& from, const WorkPoint& to);

/// The exponent that fits all points best, by least squares of the logarithms; NaN for fewer than two.
double fitted_exponent(const std::vector<WorkPoint>& points);

}  // namespace nbk::bench::jobs
