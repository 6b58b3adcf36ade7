// SPDX-License-Identifier: MIT
#include "bench/reading/bootstrap.hpp"

#include "nbk/core/error.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

namespace {

using namespace nbk::bench;

// Pairs that share a drift far larger than what is between them: base and `factor` times it, each with 1 % of its own.
void drifting_pairs(int count, double factor, unsigned seed, std::vector<double>& base, std::vector<double>& fresh) {
  std::mt19937 engine(seed);
  std::normal_distribution<double> own(0, 0.01);
  std::uniform_real_distribution<double> drift(1, 1.5);
  base.clear();
  fresh.clear();
  for (int i = 0; i < count; ++i) {
    const double machine = drift(engine);
    base.push_back(machine * (1 + own(engine)));
    fresh.push_back(factor * machine * (1 + own(engine)));
  }
}

}  // namespace

TEST_CASE("bootstrap: noise alone is called slower no more often than its confidence says") {
  constexpr int trials = 200;
  int wrong = 0;
  for (unsigned seed = 0; seed < trials; ++seed) {
    std::vector<double> base, fresh;
    drifting_pairs(15, 1, seed, base, fresh);
    wrong += reading::change_of(reading::bootstrap_ratio(base, fresh, reading::Pairing::pairs, 0.95), 0) ==
                     reading::Change::slower
                 ? 1
                 : 0;
  }
  // 2.5 % of 200 is 5; three standard deviations of a binomial count above that.
  CHECK(wrong <= 12);
}

TEST_CASE("bootstrap: a slow-down of a fifth is seen through a drift of a half") {
  int seen = 0;
  for (unsigned seed = 0; seed < 20; ++seed) {
    std::vector<double> base, fresh;
    drifting_pairs(15, 1.2, seed, base, fresh);
    const auto interval = reading::bootstrap_ratio(base, fresh, reading::Pairing::pairs, 0.95);
    CHECK(interval.low <= interval.ratio);
    CHECK(interval.ratio <= interval.high);
    seen += reading::change_of(interval, 0.02) == reading::Change::slower ? 1 : 0;
  }
  CHECK(seen >= 18);
}

TEST_CASE("bootstrap: pairs keep the drift out of the interval") {
  std::vector<double> base, fresh;
  drifting_pairs(20, 1, 1, base, fresh);
  const auto paired = reading::bootstrap_ratio(base, fresh, reading::Pairing::pairs, 0.95);
  const auto independent = reading::bootstrap_ratio(base, fresh, reading::Pairing::independent, 0.95);
  CHECK(paired.high - paired.low < 0.5 * (independent.high - independent.low));
}

TEST_CASE("bootstrap: the same figures give the same interval; equal figures give 1") {
  const std::vector<double> equal(6, 2.0);
  const auto interval = reading::bootstrap_ratio(equal, equal, reading::Pairing::independent, 0.95);
  CHECK(interval.ratio == 1);
  CHECK(interval.low == 1);
  CHECK(interval.high == 1);
  const std::vector<double> some{1, 2, 3, 4, 5, 6};
  CHECK(reading::bootstrap_ratio(some, equal, reading::Pairing::independent, 0.9).low ==
        reading::bootstrap_ratio(some, equal, reading::Pairing::independent, 0.9).low);
}

TEST_CASE("bootstrap: too few figures are refused, and so are pairs that are none") {
  const std::vector<double> four(4, 1), five(5, 1), six(6, 1);
  CHECK_THROWS_AS(reading::bootstrap_ratio(four, five, reading::Pairing::independent, 0.95), nbk::InvalidInput);
  CHECK_THROWS_AS(reading::bootstrap_ratio(five, six, reading::Pairing::pairs, 0.95), nbk::InvalidInput);
}

TEST_CASE("bootstrap: what an interval says") {
  CHECK(reading::change_of({1.2, 1.1, 1.3}, 0.05) == reading::Change::slower);
  CHECK(reading::change_of({1.2, 1.04, 1.3}, 0.05) == reading::Change::undecided);
  CHECK(reading::change_of({0.8, 0.7, 0.9}, 0.05) == reading::Change::faster);
  CHECK(reading::change_of({1.01, 0.97, 1.04}, 0.05) == reading::Change::same);
}
