// SPDX-License-Identifier: MIT
#include "nbk/scene/laue_rotations.hpp"
#include "nbk/scene/reciprocal_vectors.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using namespace nbk;
using scene::laue_rotations;

namespace {

constexpr double right = std::numbers::pi / 2;

struct Group {
  LaueGroup group;
  std::size_t rotations;
  UnitCell cell;  // as little symmetric as the group allows
};

const std::vector<Group> groups{{LaueGroup::triclinic, 1, {40, 50, 60, 1.4, 1.6, 1.7}},
                                {LaueGroup::monoclinic_c, 2, {40, 50, 60, right, right, 1.8}},
                                {LaueGroup::monoclinic_b, 2, {40, 50, 60, right, 1.8, right}},
                                {LaueGroup::monoclinic_a, 2, {40, 50, 60, 1.8, right, right}},
                                {LaueGroup::orthorhombic, 4, {40, 50, 60, right, right, right}},
                                {LaueGroup::tetragonal_low, 4, {40, 40, 60, right, right, right}},
                                {LaueGroup::tetragonal_high, 8, {40, 40, 60, right, right, right}},
                                {LaueGroup::trigonal_low, 3, {40, 40, 60, right, right, 4 * right / 3}},
                                {LaueGroup::trigonal_high_m1, 6, {40, 40, 60, right, right, 4 * right / 3}},
                                {LaueGroup::trigonal_high_1m, 6, {40, 40, 60, right, right, 4 * right / 3}},
                                {LaueGroup::hexagonal_low, 6, {40, 40, 60, right, right, 4 * right / 3}},
                                {LaueGroup::hexagonal_high, 12, {40, 40, 60, right, right, 4 * right / 3}},
                                {LaueGroup::cubic_low, 12, {40, 40, 40, right, right, right}},
                                {LaueGroup::cubic_high, 24, {40, 40, 40, right, right, right}}};

double length_per_A(const scene::ReciprocalVectors& star, const Vec3d& hkl) {
  const Vec3d q = hkl.x * star.a + hkl.y * star.b + hkl.z * star.c;
  return std::sqrt(dot(q, q));
}

}  // namespace

TEST_CASE("Laue groups: rotations are closed groups of the right size, the identity first") {
  for (const Group& g : groups) {
    CAPTURE(static_cast<int>(g.group));
    const std::vector<Mat3d> all = laue_rotations(g.group);
    CHECK(all.size() == g.rotations);
    CHECK(all.front() == Mat3d::identity());
    for (const Mat3d& m : all) {
      CHECK(determinant(m) == 1);
      for (const Mat3d& n : all) CHECK(std::ranges::count(all, m * n) == 1);
    }
  }
}

TEST_CASE("Laue groups: equivalent reflections of a cell of the group have one resolution") {
  for (const Group& g : groups) {
    CAPTURE(static_cast<int>(g.group));
    const scene::ReciprocalVectors star = scene::default_orientation(g.cell);
    const Vec3d hkl{3, -2, 5};
    for (const Mat3d& m : laue_rotations(g.group))
      CHECK(length_per_A(star, m * hkl) == doctest::Approx(length_per_A(star, hkl)).epsilon(1e-12));
  }
  // The operators of coordinates, which diffBragg lets act on indices, have not: that is what the check above sees.
  const scene::ReciprocalVectors star = scene::default_orientation(groups[10].cell);
  const Mat3d of_coordinates{{0, -1, 0}, {1, -1, 0}, {0, 0, 1}};
  CHECK(length_per_A(star, of_coordinates * Vec3d{3, -2, 5}) > 1.1 * length_per_A(star, Vec3d{3, -2, 5}));
}

TEST_CASE("Laue groups: the triplets of the trigonal groups") {
  const auto has = [](LaueGroup group, const Vec3d& from, const Vec3d& to) {
    const auto all = laue_rotations(group);
    return std::ranges::any_of(all, [&](const Mat3d& m) { return m * from == to; });
  };
  // h k l, k i l, i h l with i = -h - k
  CHECK(has(LaueGroup::trigonal_low, {1, 2, 3}, {2, -3, 3}));
  CHECK(has(LaueGroup::trigonal_low, {1, 2, 3}, {-3, 1, 3}));
  CHECK_FALSE(has(LaueGroup::trigonal_low, {1, 2, 3}, {2, 1, -3}));
  CHECK(has(LaueGroup::trigonal_high_m1, {1, 2, 3}, {2, 1, -3}));
  CHECK_FALSE(has(LaueGroup::trigonal_high_m1, {1, 2, 3}, {-2, -1, -3}));
  CHECK(has(LaueGroup::trigonal_high_1m, {1, 2, 3}, {-2, -1, -3}));
}
