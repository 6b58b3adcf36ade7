// SPDX-License-Identifier: MIT
#include "nbk/scene/spot_labels.hpp"
#include "nbk/scene/make_scene.hpp"
#include "support/experiments.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <utility>
#include <vector>

TEST_CASE("spot labels: bright pixels by their reflection, with sum and centroid") {
  nbk::Experiment experiment = nbk::testing::smoke_experiment();
  const nbk::Scene scene = make_scene(experiment);
  std::vector<float> image(32 * 32, 0.1F);
  CHECK(spot_labels(scene, image, 1.0F).empty());

  const nbk::scene::MillerIndices indices(scene);
  const auto hkl_of = [&](int fast, int slow) {
    return indices.nearest(scene.panels[0].geometry.point_of_pixel_m(fast + 0.5, slow + 0.5));
  };
  // Two neighbours of one reflection: those of a small cell on large pixels are not all.
  int fast = 0;
  while (hkl_of(fast, 9) != hkl_of(fast + 1, 9)) ++fast;
  image[static_cast<std::size_t>(9 * 32 + fast)] = 30;
  image[static_cast<std::size_t>(9 * 32 + fast + 1)] = 10;
  const auto spots = spot_labels(scene, image, 1.0F);
  REQUIRE(spots.size() == 1);
  CHECK(spots[0].hkl == hkl_of(fast, 9));
  CHECK(spots[0].photons == 40);
  CHECK(spots[0].pixels == 2);
  CHECK(spots[0].most == 30);
  CHECK(spots[0].fast == doctest::Approx(fast + 0.75).epsilon(1e-14));
  CHECK(spots[0].slow == doctest::Approx(9.5).epsilon(1e-14));
}

TEST_CASE("spot labels: the nearest reflection is that of the scattering vector") {
  nbk::Experiment experiment = nbk::testing::cubic_experiment();
  experiment.beam.wavelength_m = 1e-10;
  const nbk::Scene scene = make_scene(experiment);
  // h = a.(d - i)/lambda with a along x, the beam along x and a point at 2 theta in the xy plane.
  const double two_theta = 0.2;
  const auto hkl = nbk::scene::MillerIndices(scene).nearest({std::cos(two_theta), std::sin(two_theta), 0});
  CHECK(hkl[0] == std::lround(100 * (std::cos(two_theta) - 1)));
  CHECK(hkl[1] == std::lround(100 * std::sin(two_theta)));
  CHECK(hkl[2] == 0);
}

TEST_CASE("spot labels: rows that are looked at in parts have the same spots") {
  nbk::Experiment experiment = nbk::testing::smoke_experiment();
  const nbk::Scene scene = make_scene(experiment);
  std::vector<float> image(32 * 32);
  for (std::size_t i = 0; i < image.size(); ++i) image[i] = static_cast<float>(i * 7919 % 97) / 31.0F;
  const auto whole = spot_labels(scene, image, 2.0F);
  REQUIRE(whole.size() > 5);
  nbk::scene::SpotCollector spots;
  float most = 0;
  for (const auto& [first, end] : {std::pair{0UL, 3UL}, {3UL, 31UL}, {31UL, 32UL}}) {
    std::vector<nbk::scene::BrightPixel> pixels;
    most = std::max(most, find_bright_pixels(scene, image, 2.0F, first, end, pixels));
    spots.add(pixels);
  }
  CHECK(most == nbk::scene::largest(image));
  const auto parts = spots.list();
  REQUIRE(parts.size() == whole.size());
  for (std::size_t i = 0; i < whole.size(); ++i) {
    CHECK(parts[i].hkl == whole[i].hkl);
    CHECK(parts[i].fast == whole[i].fast);
    CHECK(parts[i].slow == whole[i].slow);
    CHECK(parts[i].photons == whole[i].photons);
    CHECK(parts[i].most == whole[i].most);
    CHECK(parts[i].pixels == whole[i].pixels);
  }
}
