// SPDX-License-Identifier: MIT
// Random numbers, rotations and sampling of the reference against figures that the C program prints, and against
// arithmetic done by hand.
#include "bench/reference/sampling.hpp"
#include "bench/reference/beam.hpp"
#include "bench/reference/crystal.hpp"
#include "bench/reference/geometry.hpp"
#include "bench/reference/random.hpp"

#include "nbk/core/constants.hpp"
#include "nbk/core/error.hpp"
#include "support/relative.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace nbk;
using namespace nbk::reference;
using nbk::testing::near;
using nbk::testing::negligible;

namespace {

constexpr double deg = constants::degree_rad;

}  // namespace

TEST_CASE("reference: the generator gives the C program's stream") {
  ShuffledUniform uniform;
  long seed = -12345678;
  for (const double expected : {0.765989304, 0.023453664, 0.589726627, 0.535101593, 0.982231438})
    CHECK(static_cast<double>(uniform(seed)) == near(expected, 1e-8));
}

TEST_CASE("reference: a positive seed fills the table as seed 1 the first time and goes on with it the second") {
  ShuffledUniform a, b;
  long minus_one = -1, positive = 4242;
  const float first = a(minus_one);
  CHECK(b(positive) == first);
  long other = 4242;
  CHECK(b(other) != first);
}

TEST_CASE("reference: the second mosaic domain of one degree") {
  ShuffledUniform uniform;
  const auto domains = draw_domains({1 * deg, 3, -12345678}, uniform);
  REQUIRE(domains.size() == 3);
  CHECK(domains[0].row0.x == 1);
  CHECK(domains[0].row0.y == 0);
  CHECK(domains[1].row0.x == near(0.9998636859, 1e-9));
  CHECK(domains[1].row0.y == near(-0.01594877166, 1e-9));
  CHECK(domains[1].row0.z == near(0.004271563781, 1e-9));
  CHECK(draw_domains({1 * deg, {}, -1}, uniform).size() == 10);
  CHECK(draw_domains({0, 7, -1}, uniform).empty());
}

TEST_CASE("reference: random missettings of the C program") {
  struct Row {
    long seed;
    Vec degrees;
  };
  for (const Row& row : {Row{-7, {22.076402, 19.703339, 8.204977}}, Row{-12345, {105.720755, -34.951318, -97.823571}},
                         Row{-54321, {-27.529715, 53.373759, 91.879165}}}) {
    ShuffledUniform uniform;
    long seed = row.seed;
    const Vec angles = rotation_angles(random_rotation(90.0F, uniform, seed));
    CHECK(angles.x / deg == near(row.degrees.x, 1e-7));
    CHECK(angles.y / deg == near(row.degrees.y, 1e-7));
    CHECK(angles.z / deg == near(row.degrees.z, 1e-7));
  }
}

TEST_CASE("reference: angles of a rotation turn back into it") {
  const Vec angles{0.3, -0.7, 2.1};
  const Vec x = rotate_lab({1, 0, 0}, angles), y = rotate_lab({0, 1, 0}, angles), z = rotate_lab({0, 0, 1}, angles);
  const Vec found = rotation_angles({{x.x, y.x, z.x}, {x.y, y.y, z.y}, {x.z, y.z, z.z}});
  CHECK(found.x == near(angles.x));
  CHECK(found.y == near(angles.y));
  CHECK(found.z == near(angles.z));
}

TEST_CASE("reference: rotations are right-handed, about x first") {
  const Vec v = rotate_lab({0, 1, 0}, {90 * deg, 90 * deg, 0});  // y -> z -> x
  CHECK(v.x == near(1));
  CHECK(negligible(v.y, 1));
  CHECK(negligible(v.z, 1));
  const Vec w = rotate_about({0, 0, 1}, 90 * deg, {1, 0, 0});
  CHECK(w.y == near(1));
}

TEST_CASE("reference: every row of the table of grids") {
  const auto grid = [](std::optional<double> range, std::optional<double> step, std::optional<int> count) {
    return resolve_grid({range, step, count}, -1);
  };
  const auto is = [](const Grid& g, int count, double range, double step) {
    return g.count == count && g.range == range && g.step == step;
  };
  CHECK(is(grid({}, {}, {}), 1, 0, 0));
  CHECK(is(grid({}, 0.5, {}), 2, 0.5, 0.5));
  CHECK(is(grid(2.0, {}, {}), 2, 2, 2));
  CHECK(is(grid(1.0, 0.25, {}), 4, 1, 0.25));
  CHECK(is(grid({}, {}, 4), 4, 1, 0.25));
  CHECK(is(grid({}, 0.5, 4), 2, 0.5, 0.5));
  CHECK(is(grid(1.0, {}, 1), 2, 1, 1));
  CHECK(is(grid(1.0, {}, 5), 5, 1, 0.25));
  CHECK(is(grid(1.0, 0.125, 3), 3, 1, 0.125));
  CHECK(is(grid(0.0, {}, 5), 1, 0, 0));
  CHECK(is(resolve_grid({{}, {}, 5}, 0), 1, 0, 0));  // wavelengths: their number alone gives one
}

TEST_CASE("reference: every row of the table of phi steps") {
  const auto phi = [](std::optional<double> range, std::optional<double> step, std::optional<int> steps) {
    return resolve_phi({1.0, range, step, steps});
  };
  using Steps = std::vector<double>;
  CHECK(phi({}, {}, {}) == Steps{1});
  CHECK(phi({}, 0.5, {}) == Steps{1, 1.5});
  CHECK(phi(2.0, {}, {}) == Steps{1, 2});
  CHECK(phi(1.0, 0.25, {}) == Steps{1, 1.25, 1.5, 1.75});
  CHECK(phi({}, {}, 2) == Steps{1, 1 + deg / 2});
  CHECK(phi({}, {}, 0).size() == 1);
  CHECK(phi({}, 0.5, 4) == Steps{1, 1.5});
  CHECK(phi(1.0, {}, 4) == Steps{1, 1.25, 1.5, 1.75});
  CHECK(phi(1.0, 0.5, 3) == Steps{1, 1.5, 2});
  CHECK(phi(1.0, 0.0, 2) == Steps{1, 1});
  CHECK_THROWS_AS(phi(0.0, 0.5, {}), InvalidInput);
}

TEST_CASE("reference: sensor layers") {
  const Layers two = resolve_layers({4e-4, {}, {}}, Policy::compat);
  CHECK(two.count == 2);
  CHECK(two.step_m == 2e-4);
  CHECK(two.attenuation_per_m == near(2500));
  const Layers five = resolve_layers({4e-4, 1e-3, 5}, Policy::compat);
  CHECK(five.step_m == 1e-4);
  CHECK(five.attenuation_per_m == near(1000));
  CHECK(resolve_layers({4e-4, 1e-3, 1}, Policy::compat).count == 2);
  CHECK(resolve_layers({4e-4, 1e-3, 5}, Policy::corrected).step_m == near(8e-5));
  CHECK(resolve_layers({0, 1e-3, 5}, Policy::compat).count == 1);
  CHECK(resolve_layers({4e-4, 0.0, 5}, Policy::compat).attenuation_per_m == 0);
}

TEST_CASE("reference: how many rays the round divergence keeps") {
  const Axes axes = normalize_axes(Frame::of(Convention::mosflm));
  const auto rays = [&](int n) {
    Beam beam;
    beam.horizontal_divergence = beam.vertical_divergence = {0.002, {}, n};
    return make_rays(beam, axes).size();
  };
  CHECK(rays(2) == 4);
  CHECK(rays(3) == 5);
  CHECK(rays(4) == 12);
}
