// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

namespace nbk::bench::reading {

/// A ratio of medians and the interval it lies in with some confidence.
struct RatioInterval {
  double ratio = 0, low = 0, high = 0;
};

/// How the figures of both sides belong together.
enum class Pairing {
  pairs,       ///< base[i] and fresh[i] were taken one after the other: they are drawn together
  independent  ///< each side is drawn on its own
};

/// median(fresh) / median(base) with its percentile bootstrap interval, from 10000 draws with a fixed seed. Pairs keep
/// what both figures of a pair share, the state of the machine, out of the interval.
/// \throws InvalidInput for fewer than `fewest_figures` on a side, or pairs of different number
RatioInterval bootstrap_ratio(const std::vector<double>& base, const std::vector<double>& fresh, Pairing pairing,
                              double confidence);

/// Below this an interval means nothing: of 5 figures the median's own interval at 95 % is all of them.
inline constexpr int fewest_figures = 5;

/// What an interval says about a change.
enum class Change { slower, faster, same, undecided };

/// slower: all of the interval lies above 1 + tolerance; faster: below 1; same: within the tolerance of 1.
Change change_of(const RatioInterval& interval, double tolerance);

}  // namespace nbk::bench::reading
