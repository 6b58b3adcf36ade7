// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

namespace nbk::bench::measure {

/// The middle value; the mean of the two middle ones for an even count; NaN for none.
double median(std::vector<double> values);

/// Median absolute deviation from the median: the spread of most values, deaf to a few outliers. NaN for none.
double median_absolute_deviation(const std::vector<double>& values);

}  // namespace nbk::bench::measure
