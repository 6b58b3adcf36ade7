// SPDX-License-Identifier: MIT
// Expected values: what the C program computes for the same input, printed in full.
#include "nbk/scene/make_rays.hpp"

#include "support/experiments.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <vector>

using namespace nbk;
using nbk::testing::begins_with;
using nbk::testing::complaint;
using nbk::testing::relative_difference;

namespace {

std::vector<Ray> rays_of(const Beam& beam, Convention convention = Convention::mosflm) {
  return scene::make_rays(beam, Frame::of(convention));
}

Beam diverging(int horizontal, int vertical) {
  Beam beam;
  beam.horizontal_divergence = {0.02, std::nullopt, horizontal};
  beam.vertical_divergence = {0.01, std::nullopt, vertical};
  return beam;
}

}  // namespace

TEST_CASE("rays: one along the beam by default") {
  const auto rays = rays_of({}, Convention::xds);
  REQUIRE(rays.size() == 1);
  CHECK(rays[0].incident == Vec3d{0, 0, 1});
  CHECK(rays[0].wavelength_m == 1e-10);
  CHECK(rays[0].weight == 1);
}

TEST_CASE("rays: horizontal outermost, wavelength innermost, corners dropped") {
  Beam beam = diverging(3, 3);
  beam.wavelength_m = 1.5e-10;
  beam.dispersion = {0.02, std::nullopt, 2};
  const auto rays = rays_of(beam);
  const std::array<Vec3d, 5> expected{{{0.99995000041666526, 0, -0.0099998333341666645},
                                       {0.99998750002604164, -0.0049999791666927081, 0},
                                       {1, 0, 0},
                                       {0.99998750002604164, 0.0049999791666927081, 0},
                                       {0.99995000041666526, 0, 0.0099998333341666645}}};
  REQUIRE(rays.size() == 10);
  for (std::size_t i = 0; i < 10; ++i) {
    CHECK(relative_difference(rays[i].incident, expected[i / 2]) < 4e-16);
    CHECK(rays[i].wavelength_m == doctest::Approx(i % 2 == 0 ? 1.485e-10 : 1.515e-10).epsilon(4e-16));
    CHECK(rays[i].weight == 1);
  }
}

TEST_CASE("rays: how many a round grid keeps") {
  CHECK(rays_of(diverging(3, 3)).size() == 5);
  CHECK(rays_of(diverging(4, 4)).size() == 12);
  CHECK(rays_of(diverging(2, 2)).size() == 4);
  Beam square = diverging(4, 4);
  square.round_divergence = false;
  CHECK(rays_of(square).size() == 16);
  Beam line = diverging(5, 1);
  line.vertical_divergence = {};
  CHECK(rays_of(line).size() == 5);
}

TEST_CASE("rays: horizontal deviations lie along the electric field") {
  Beam beam;
  beam.horizontal_divergence = {0.02, std::nullopt, 2};
  for (const Convention convention : {Convention::mosflm, Convention::adxv, Convention::dials}) {
    const Frame frame = Frame::of(convention);
    for (const Ray& ray : scene::make_rays(beam, frame)) {
      CHECK(std::fabs(dot(ray.incident, frame.polarization)) == doctest::Approx(std::sin(0.01)).epsilon(1e-12));
      CHECK(dot(ray.incident, frame.beam) == doctest::Approx(std::cos(0.01)).epsilon(1e-15));
    }
  }
}

TEST_CASE("rays: own sources replace the grid and keep their wavelengths and weights") {
  Beam beam = diverging(3, 3);
  beam.sources = {{{-10, 0, 0}, 1.0, 1.5e-10, 0}, {{-3, 4, 0}, 0.2, 1.45e-10, 0}};
  const auto rays = rays_of(beam);
  REQUIRE(rays.size() == 2);
  CHECK(rays[0].incident == Vec3d{1, 0, 0});
  CHECK(relative_difference(rays[1].incident, {0.6, -0.8, 0}) < 4e-16);
  CHECK(rays[1].wavelength_m == 1.45e-10);
  CHECK(rays[1].weight == 0.2);
}

TEST_CASE("rays: a grid of corners only, and wavelengths that are not positive, are refused") {
  Beam beam;
  beam.horizontal_divergence = beam.vertical_divergence = {0.02, 0.001, 1};
  CHECK(begins_with(complaint([&] { rays_of(beam); }), "beam.round_divergence"));
  beam = {};
  beam.dispersion = {2.0, std::nullopt, 3};
  CHECK(complaint([&] { rays_of(beam); }) == "beam.dispersion.range = 2: must leave every wavelength > 0");
}

TEST_CASE("rays: fluence from the flux where there is one") {
  Beam beam;
  CHECK(scene::resolve_fluence(beam) == constants::unit_fluence_per_m2);
  beam.flux_per_s = 1e12;
  beam.exposure_s = 0.1;
  beam.size_m = 1e-4;
  CHECK(scene::resolve_fluence(beam) == doctest::Approx(1e19).epsilon(1e-15));
}
