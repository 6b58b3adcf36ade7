// SPDX-License-Identifier: MIT
#include "bench/measure/parity.hpp"

#include "nbk/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace nbk::bench::measure {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double difference(float a, float b) { return std::fabs(static_cast<double>(a) - static_cast<double>(b)); }

/// The larger one; NaN if either is.
double larger(double a, double b) { return a > b || std::isnan(a) ? a : b; }

double sum(std::span<const float> image) {
  double total = 0;
  for (const float pixel : image) total += static_cast<double>(pixel);
  return total;
}

/// Sums of squares about the means.
struct Moments {
  double ours = 0, both = 0, reference = 0;
};

Moments central_moments(std::span<const float> ours, std::span<const float> reference, const Parity& parity) {
  const auto count = static_cast<double>(ours.size());
  const double mean_ours = parity.sum_ours / count, mean_reference = parity.sum_reference / count;
  Moments m;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    const double x = static_cast<double>(ours[i]) - mean_ours, y = static_cast<double>(reference[i]) - mean_reference;
    m.ours += x * x;
    m.both += x * y;
    m.reference += y * y;
  }
  return m;
}

/// Pixels in which a and b differ most, worst first.
std::vector<std::size_t> worst_places(std::span<const float> a, std::span<const float> b, std::size_t count) {
  const auto worse = [&](std::size_t i, std::size_t j) {
    const double di = difference(a[i], b[i]), dj = difference(a[j], b[j]);
    if (std::isnan(di) != std::isnan(dj)) return std::isnan(di);
    return di > dj || (!(di < dj) && i < j);
  };
  // A heap of the `count` worst so far, the least of them on top.
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (count == 0 || difference(a[i], b[i]) == 0) continue;
    if (places.size() == count) {
      if (!worse(i, places.front())) continue;
      std::pop_heap(places.begin(), places.end(), worse);
      places.pop_back();
    }
    places.push_back(i);
    std::push_heap(places.begin(), places.end(), worse);
  }
  std::sort_heap(places.begin(), places.end(), worse);
  return places;
}

}  // namespace

double Parity::relative_difference() const {
  if (max_abs_difference == 0) return 0;
  return max_abs_difference / larger(max_reference, std::numeric_limits<double>::min());
}

Parity compare(std::span<const float> ours, std::span<const float> reference, std::size_t width,
               std::size_t worst_count) {
  require(!ours.empty() && ours.size() == reference.size(), "pixels of our image", ours.size(),
          "must be as many as the reference has (" + std::to_string(reference.size()) + ") and not 0");
  require(width > 0 && ours.size() % width == 0, "width", width, "must divide the number of pixels");

  Parity parity;
  parity.sum_ours = sum(ours);
  parity.sum_reference = sum(reference);
  const bool equal = std::ranges::equal(ours, reference);
  // Equal images are in parity, also where these figures have nothing to divide by.
  const double of_constants = equal ? 1 : nan;
  parity.sum_ratio = parity.sum_reference == 0 ? of_constants : parity.sum_ours / parity.sum_reference;

  const Moments m = central_moments(ours, reference, parity);
  const double norm = std::sqrt(m.ours) * std::sqrt(m.reference);
  parity.correlation = norm == 0 ? of_constants : m.both / norm;

  double squares = 0;
  parity.max_reference = -std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < ours.size(); ++i) {
    const double d = difference(ours[i], reference[i]);
    squares += d * d;
    parity.max_abs_difference = larger(d, parity.max_abs_difference);
    parity.max_reference = larger(static_cast<double>(reference[i]), parity.max_reference);
  }
  parity.rmse = std::sqrt(squares / static_cast<double>(ours.size()));
  for (const std::size_t i : worst_places(ours, reference, worst_count))
    parity.worst.push_back({i % width, i / width, ours[i], reference[i]});
  return parity;
}

bool in_parity(const Parity& parity, const ParityBounds& bounds) {
  return parity.correlation >= bounds.min_correlation &&
         std::fabs(parity.sum_ratio - 1) <= bounds.max_sum_ratio_error &&
         parity.relative_difference() <= bounds.max_relative_difference;
}

ParityBounds bounds_of(std::string_view dtype) {
  return dtype == "float64" ? ParityBounds{} : ParityBounds{0.9999, 1e-3, 1e300};
}

bool agree(const Parity& parity, const ParityBounds& bounds) {
  return parity.max_abs_difference == 0 || in_parity(parity, bounds);
}

}  // namespace nbk::bench::measure
