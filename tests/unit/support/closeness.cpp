// SPDX-License-Identifier: MIT
// The tool that says whether an image is right has to be right itself.
#include "bench/measure/parity.hpp"
#include "nbk/core/error.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

using nbk::bench::measure::compare;
using nbk::bench::measure::in_parity;
using nbk::bench::measure::Parity;
using nbk::bench::measure::ParityBounds;

namespace {
constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();
const std::vector<float> reference{1, 2, 3, 4, 5, 15};
}  // namespace

TEST_CASE("closeness: an image is in perfect parity with itself") {
  const Parity p = compare(reference, reference, 3);
  CHECK(p.correlation == doctest::Approx(1).epsilon(1e-15));
  CHECK(p.sum_ratio == 1);
  CHECK(p.sum_reference == 30);
  CHECK(p.rmse == 0);
  CHECK(p.max_abs_difference == 0);
  CHECK(p.relative_difference() == 0);
  CHECK(p.max_reference == 15);
  CHECK(p.worst.empty());
  CHECK(in_parity(p, {}));
}

TEST_CASE("closeness: values worked out by hand") {
  const Parity p = compare(std::vector<float>{2, 2, 3, 4, 5, 11}, reference, 3);
  CHECK(p.sum_ours == 27);
  CHECK(p.sum_ratio == doctest::Approx(0.9));
  CHECK(p.rmse == doctest::Approx(std::sqrt(17.0 / 6)));
  CHECK(p.max_abs_difference == 4);
  CHECK(p.relative_difference() == doctest::Approx(4.0 / 15));
  // About the means 4.5 and 5: products 2.5*4 + 2.5*3 + 1.5*2 + 0.5*1 + 0.5*0 + 6.5*10 = 86, squares 57.5 and 130.
  CHECK(p.correlation == doctest::Approx(86 / std::sqrt(57.5 * 130)));
}

TEST_CASE("closeness: scaling keeps the correlation and shows in the ratio") {
  const Parity p = compare(std::vector<float>{2, 4, 6, 8, 10, 30}, reference, 3);
  CHECK(p.correlation == doctest::Approx(1).epsilon(1e-15));
  CHECK(p.sum_ratio == 2);
  CHECK_FALSE(in_parity(p, {}));
}

TEST_CASE("closeness: the worst pixels come first, with their places") {
  const Parity p = compare(std::vector<float>{1, 9, 3, 4, 6, 14}, reference, 3, 2);
  REQUIRE(p.worst.size() == 2);
  CHECK(p.worst[0].fast == 1);
  CHECK(p.worst[0].slow == 0);
  CHECK(p.worst[0].ours == 9);
  CHECK(p.worst[0].reference == 2);
  // Of two that are equally bad the earlier one.
  CHECK(p.worst[1].fast == 1);
  CHECK(p.worst[1].slow == 1);
  CHECK(compare(std::vector<float>{1, 9, 3, 4, 6, 14}, reference, 3, 0).worst.empty());
}

TEST_CASE("closeness: NaN fails, whichever image it is in") {
  const ParityBounds anything{-1, 1e300, 1e300};
  for (std::size_t i = 0; i < reference.size(); ++i) {
    std::vector<float> broken = reference;
    broken[i] = not_a_number;
    for (const Parity& p : {compare(broken, reference, 3), compare(reference, broken, 3)}) {
      CHECK(std::isnan(p.correlation));
      CHECK(std::isnan(p.sum_ratio));
      CHECK(std::isnan(p.rmse));
      CHECK(std::isnan(p.max_abs_difference));
      CHECK_FALSE(in_parity(p, anything));
      REQUIRE(p.worst.size() == 1);
      CHECK(p.worst[0].slow * 3 + p.worst[0].fast == i);
    }
  }
  const std::vector<float> both{1, 9, not_a_number, 4, 5, 15};
  REQUIRE(compare(both, reference, 3).worst.size() == 2);
  CHECK(std::isnan(compare(both, reference, 3).worst[0].ours));
  CHECK_FALSE(in_parity(compare(both, both, 3), anything));
}

TEST_CASE("closeness: infinite pixels fail") {
  std::vector<float> broken = reference;
  broken[2] = std::numeric_limits<float>::infinity();
  CHECK_FALSE(in_parity(compare(broken, reference, 3), {}));
  CHECK_FALSE(in_parity(compare(reference, broken, 3), {}));
  CHECK_FALSE(in_parity(compare(broken, broken, 3), {}));
}

TEST_CASE("closeness: an image without contrast has no correlation, and one without photons no ratio") {
  const std::vector<float> flat(6, 3.0F), dark(6, 0.0F);
  CHECK(std::isnan(compare(flat, reference, 3).correlation));
  CHECK(std::isnan(compare(reference, dark, 3).sum_ratio));
  CHECK(in_parity(compare(dark, dark, 3), {}));  // equal images are in parity, whatever they are
}

TEST_CASE("closeness: every bound is enforced, and reaching it is enough") {
  Parity p;
  p.correlation = 0.5;
  p.sum_ratio = 0.75;
  p.max_abs_difference = 1;
  p.max_reference = 4;
  CHECK(in_parity(p, {0.5, 0.25, 0.25}));
  CHECK_FALSE(in_parity(p, {0.51, 0.25, 0.25}));
  CHECK_FALSE(in_parity(p, {0.5, 0.24, 0.25}));
  CHECK_FALSE(in_parity(p, {0.5, 0.25, 0.24}));
}

TEST_CASE("closeness: a small ripple on a large constant still has its correlation") {
  std::vector<float> ripple(1000), shifted(1000);
  for (std::size_t i = 0; i < ripple.size(); ++i) {
    ripple[i] = 1e6F + static_cast<float>(i % 7);
    shifted[i] = 1e6F - static_cast<float>(i % 7);
  }
  CHECK(compare(ripple, ripple, 10).correlation == doctest::Approx(1).epsilon(1e-12));
  CHECK(compare(shifted, ripple, 10).correlation == doctest::Approx(-1).epsilon(1e-12));
}

TEST_CASE("closeness: images of different sizes are refused") {
  const std::vector<float> four(4, 1.0F), none;
  CHECK_THROWS_AS(compare(four, reference, 2), nbk::InvalidInput);
  CHECK_THROWS_AS(compare(none, none, 1), nbk::InvalidInput);
  CHECK_THROWS_AS(compare(reference, reference, 4), nbk::InvalidInput);
  CHECK_THROWS_AS(compare(reference, reference, 0), nbk::InvalidInput);
}
