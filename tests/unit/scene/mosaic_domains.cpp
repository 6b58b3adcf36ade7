// SPDX-License-Identifier: MIT
// Expected values: what the C program computes for the same input, printed in full.
#include "nbk/scene/mosaic_domains.hpp"

#include "support/experiments.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

using namespace nbk;
using nbk::testing::degree;
using nbk::testing::relative_difference;

namespace {

constexpr double rounding = 4e-16;

int domains_of(const Mosaicity& mosaicity, std::size_t expected_warnings) {
  std::vector<nbk::Warning> warnings;
  const int domains = scene::resolve_domains(mosaicity, warnings);
  CHECK(warnings.size() == expected_warnings);
  return domains;
}

}  // namespace

TEST_CASE("mosaic: the number of domains") {
  CHECK(domains_of({0, std::nullopt}, 0) == 1);
  CHECK(domains_of({0, 0}, 0) == 1);
  CHECK(domains_of({0, 12}, 1) == 1);
  CHECK(domains_of({0.01, std::nullopt}, 1) == 10);
  CHECK(domains_of({0.01, 0}, 1) == 10);
  CHECK(domains_of({0.01, 12}, 0) == 12);
  CHECK(domains_of({0.01, 1}, 0) == 1);
}

TEST_CASE("mosaic: domains of the default seed, the first being the identity") {
  Ran1 uniform;
  const auto domains = scene::mosaic_domains({degree, 3}, 3, uniform);
  REQUIRE(domains.size() == 3);
  CHECK(domains[0] == Mat3d::identity());
  CHECK(relative_difference(domains[1].row0, {0.99986368592193575, -0.01594877166007503, 0.0042715637810345434}) <
        rounding);
  CHECK(relative_difference(domains[1].row1, {0.015952848100370585, 0.99987232016945238, -0.00092195251648568416}) <
        rounding);
  CHECK(relative_difference(domains[2].row0, {0.9999657443853005, 0.0056663083387967425, 0.0060334903465161967}) <
        rounding);
  CHECK(relative_difference(domains[2].row2, {-0.0059695087951054712, -0.011241409963865434, 0.99991899455244349}) <
        rounding);
}

TEST_CASE("mosaic: domains after a random orientation share its table") {
  Ran1 uniform;
  scene::random_misset(-7, uniform);
  const auto domains = scene::mosaic_domains({degree, 2, 5}, 2, uniform);
  CHECK(relative_difference(domains[1].row0, {0.99987937597319454, -0.0061781929553149633, -0.01425003281617577}) <
        rounding);
}

TEST_CASE("mosaic: random orientations by seed") {
  const auto misset_of = [](std::int64_t seed) {
    Ran1 uniform;
    return scene::random_misset(seed, uniform);
  };
  CHECK(relative_difference(misset_of(-7), {0.38530590600203213, 0.34388814224230696, 0.14320385885128259}) < rounding);
  CHECK(relative_difference(misset_of(-12345), {1.8451752577429177, -0.61001558335036155, -1.7073434076993237}) <
        rounding);
  CHECK(relative_difference(misset_of(-54321), {-0.48048416646628367, 0.9315478353714266, 1.6035939358130402}) <
        rounding);
}

TEST_CASE("mosaic: domains are rotations by at most the spread") {
  Ran1 uniform;
  const double spread = 3 * degree;
  double largest = 0;
  for (const Mat3d& m : scene::mosaic_domains({spread, 500}, 500, uniform)) {
    CHECK(dot(m.row0, m.row0) == doctest::Approx(1).epsilon(1e-14));
    CHECK(std::fabs(dot(m.row0, m.row1)) < 1e-15);
    CHECK(relative_difference(cross(m.row0, m.row1), m.row2) < 1e-14);
    const double cosine = (m.row0.x + m.row1.y + m.row2.z - 1) / 2;
    largest = std::max(largest, std::acos(std::min(cosine, 1.0)));
  }
  CHECK(largest <= spread * (1 + 1e-7));
  CHECK(largest > 0.95 * spread);
}

TEST_CASE("mosaic: misset angles give back the rotation they come from") {
  Ran1 uniform;
  std::int64_t seed = -3;
  for (int i = 0; i < 50; ++i) {
    const Mat3d rotation = scene::random_rotation(90.0F, uniform, seed);
    const Vec3d angles = xyz_angles(rotation), v{0.3, -0.5, 0.8};
    CHECK(relative_difference(rotate_xyz(v, angles), rotation * v) < 1e-13);
  }
}

TEST_CASE("mosaic: where y is a right angle, x is pi") {
  const Mat3d quarter_turn{{0, 0, 1}, {0, 1, 0}, {-1, 0, 0}};
  const Vec3d angles = xyz_angles(quarter_turn);
  CHECK(angles.x == std::numbers::pi);
  CHECK(angles.y == std::numbers::pi / 2);
}
