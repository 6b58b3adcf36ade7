// SPDX-License-Identifier: MIT
#include "bench/reading/bootstrap.hpp"

#include "bench/measure/statistics.hpp"
#include "nbk/core/error.hpp"

#include <algorithm>
#include <cstddef>
#include <random>

namespace nbk::bench::reading {
namespace {

constexpr int draws = 10000;

class Sampler {
 public:
  std::size_t index(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(m_engine); }

 private:
  std::mt19937_64 m_engine{20240131};  // the same figures give the same verdict
};

double drawn_ratio(const std::vector<double>& base, const std::vector<double>& fresh, Pairing pairing,
                   Sampler& sampler) {
  std::vector<double> some_base(base.size()), some_fresh(fresh.size());
  if (pairing == Pairing::pairs) {
    for (std::size_t i = 0; i < base.size(); ++i) {
      const auto pair = sampler.index(base.size());
      some_base[i] = base[pair];
      some_fresh[i] = fresh[pair];
    }
  } else {
    for (auto& value : some_base) value = base[sampler.index(base.size())];
    for (auto& value : some_fresh) value = fresh[sampler.index(fresh.size())];
  }
  return measure::median(std::move(some_fresh)) / measure::median(std::move(some_base));
}

}  // namespace

RatioInterval bootstrap_ratio(const std::vector<double>& base, const std::vector<double>& fresh, Pairing pairing,
                              double confidence) {
  const auto fewest = std::min(base.size(), fresh.size());
  require(fewest >= static_cast<std::size_t>(fewest_figures), "figures", fewest,
          "must be at least 5 on each side to tell slower from noise");
  if (pairing == Pairing::pairs) require(base.size() == fresh.size(), "pairs", fresh.size(), "must be complete");
  Sampler sampler;
  std::vector<double> ratios(draws);
  for (auto& ratio : ratios) ratio = drawn_ratio(base, fresh, pairing, sampler);
  std::sort(ratios.begin(), ratios.end());
  const auto at = [&](double share) { return ratios[static_cast<std::size_t>(share * (draws - 1))]; };
  const double tail = 0.5 * (1 - confidence);
  return {measure::median(fresh) / measure::median(base), at(tail), at(1 - tail)};
}

Change change_of(const RatioInterval& interval, double tolerance) {
  if (interval.low > 1 + tolerance) return Change::slower;
  if (interval.high < 1) return Change::faster;
  if (interval.low >= 1 - tolerance && interval.high <= 1 + tolerance) return Change::same;
  return Change::undecided;
}

}  // namespace nbk::bench::reading
