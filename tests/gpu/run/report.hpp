// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <string>
#include <vector>

namespace nbk::gpu_run {

/// Failures of a run, printed as they come.
class Report {
 public:
  void fail(const std::string& what) {
    std::printf("FAILED: %s\n", what.c_str());
    ++m_failures;
  }
  /// Fails with this text unless `good`.
  void require(bool good, const std::string& what) {
    if (!good) fail(what);
  }
  int failures() const { return m_failures; }

 private:
  int m_failures = 0;
};

/// Differences of two images.
struct Difference {
  std::size_t bits = 0;   ///< pixels whose bits differ
  double of_maximum = 0;  ///< largest difference, of the larger image's maximum; NaN where one has a NaN
  double of_pixel = 0;    ///< largest difference of a pixel, of its own value
};

template <class T>
Difference difference(const std::vector<T>& got, const std::vector<T>& wanted) {
  Difference d;
  if (got.size() != wanted.size()) return {got.size() + wanted.size(), NAN, NAN};
  double most = 0;
  for (std::size_t i = 0; i < got.size(); ++i) {
    const double a = static_cast<double>(got[i]), b = static_cast<double>(wanted[i]), distance = std::abs(a - b);
    d.bits += a == b && std::signbit(a) == std::signbit(b) ? 0 : 1;
    if (!(distance <= d.of_maximum)) d.of_maximum = distance;
    if (distance > 0) d.of_pixel = std::max(d.of_pixel, distance / std::max(std::abs(a), std::abs(b)));
    most = std::max({most, std::abs(a), std::abs(b)});
  }
  d.of_maximum = d.of_maximum == 0 ? 0 : d.of_maximum / most;
  return d;
}

/// True if there is something in an image that can be compared.
template <class T>
bool has_signal(const std::vector<T>& image) {
  return std::any_of(image.begin(), image.end(), [](T pixel) { return pixel > 0; });
}

}  // namespace nbk::gpu_run
