// SPDX-License-Identifier: MIT
#include <nbk/scene/spiral_domains.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <vector>

using namespace nbk;

TEST_CASE("mersenne_twister: draws and shuffles as Python's random does") {
  // python3 -c "import random; random.seed(8675309); print(random.getrandbits(32), random.getrandbits(32))"
  MersenneTwister random(8675309);
  CHECK(random() == 1727637555U);
  CHECK(random() == 919643380U);
  std::vector<int> list{0, 1, 2, 3};
  MersenneTwister(8675309).shuffle(list);
  CHECK(list == std::vector<int>{2, 1, 0, 3});
  std::vector<int> long_list(1000);
  for (std::size_t i = 0; i < long_list.size(); ++i) long_list[i] = static_cast<int>(i);
  MersenneTwister(8675309).shuffle(long_list);
  CHECK(long_list[0] == 510);
  CHECK(long_list[500] == 705);
  CHECK(long_list[999] == 411);
}

TEST_CASE("spiral_domains: the inverse of the error function") {
  CHECK(scene::inverse_error_function(0.0) == doctest::Approx(0.0));
  for (const double value : {1e-6, 0.1, 0.5, 0.9, 0.999, 1 - 1e-9}) {
    CAPTURE(value);
    CHECK(std::fabs(std::erf(scene::inverse_error_function(value)) - value) <= 1e-15);
  }
}

TEST_CASE("spiral_domains: misorientations have the spreads asked for, and no direction of their own") {
  const Vec3d spread{0.003, 0.001, 0.002};
  const DomainAxes domains = scene::spiral_domains(20000, {spread.x, spread.y, spread.z});
  CHECK(domains.axes.size() == 20000);
  Vec3d mean;
  for (std::size_t i = 0; i < domains.axes.size(); ++i) {
    const double length = std::sqrt(dot(domains.axes[i], domains.axes[i]));
    REQUIRE(std::fabs(length - 1) < 1e-12);
    mean = mean + domains.multiples[i] * domains.axes[i];
  }
  CHECK(std::sqrt(dot(mean, mean)) < 1e-9);
  // Multiples are standard normal.
  double variance = 0;
  for (const double multiple : domains.multiples) variance += multiple * multiple / 20000;
  CHECK(variance == doctest::Approx(1).epsilon(0.01));
  // The rotation of a domain is its axis times multiple times the effective spread.
  const std::vector<Mat3d> rotations = scene::domain_rotations(domains);
  for (const std::size_t i : {std::size_t{17}, std::size_t{12345}}) {
    const Vec3d& axis = domains.axes[i];
    const double effective =
        1 / std::sqrt(std::pow(axis.x / spread.x, 2) + std::pow(axis.y / spread.y, 2) + std::pow(axis.z / spread.z, 2));
    const Vec3d vector = rotation_vector(rotations[i]);
    const Vec3d expected = domains.multiples[i] * effective * axis;
    CHECK(std::sqrt(dot(vector - expected, vector - expected)) < 1e-12);
  }
}

TEST_CASE("spiral_domains: an odd number is refused") {
  CHECK_THROWS_WITH_AS(scene::spiral_domains(7, {0.1}), doctest::Contains("crystal.mosaicity.domains = 7"),
                       InvalidInput);
}
