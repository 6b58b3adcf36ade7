// SPDX-License-Identifier: MIT
#include "bench/measure/local_maxima.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nbk::bench::measure {

namespace {

float percentile_95(std::span<const float> image) {
  std::vector<float> values(image.begin(), image.end());
  const auto place = values.begin() + static_cast<std::ptrdiff_t>(0.95 * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), place, values.end());
  return *place;
}

bool is_maximum(std::span<const float> image, std::size_t width, std::size_t fast, std::size_t slow) {
  const std::size_t height = image.size() / width;
  const float value = image[slow * width + fast];
  for (std::size_t y = slow - std::min<std::size_t>(slow, 1); y <= std::min(slow + 1, height - 1); ++y) {
    for (std::size_t x = fast - std::min<std::size_t>(fast, 1); x <= std::min(fast + 1, width - 1); ++x) {
      if (image[y * width + x] > value) return false;
    }
  }
  return true;
}

}  // namespace

std::vector<LocalMaximum> brightest_maxima(std::span<const float> image, std::size_t width, std::size_t most) {
  std::vector<LocalMaximum> maxima;
  if (image.empty()) return maxima;
  const float floor = percentile_95(image);
  for (std::size_t i = 0; i < image.size(); ++i) {
    const std::size_t fast = i % width, slow = i / width;
    if (image[i] > floor && is_maximum(image, width, fast, slow)) {
      maxima.push_back({static_cast<int>(fast), static_cast<int>(slow), image[i]});
    }
  }
  const auto shown = maxima.begin() + static_cast<std::ptrdiff_t>(std::min(most, maxima.size()));
  std::partial_sort(maxima.begin(), shown, maxima.end(),
                    [](const LocalMaximum& a, const LocalMaximum& b) { return a.value > b.value; });
  maxima.erase(shown, maxima.end());
  return maxima;
}

std::optional<MaximaDistance> distance_of(const std::vector<LocalMaximum>& ours,
                                          const std::vector<LocalMaximum>& reference) {
  if (ours.empty() || reference.empty()) return std::nullopt;
  MaximaDistance distance;
  for (const LocalMaximum& a : ours) {
    double nearest = std::numeric_limits<double>::infinity();
    for (const LocalMaximum& b : reference) nearest = std::min(nearest, std::hypot(a.fast - b.fast, a.slow - b.slow));
    distance.mean += nearest / static_cast<double>(ours.size());
    distance.max = std::max(distance.max, nearest);
  }
  return distance;
}

}  // namespace nbk::bench::measure
