// SPDX-License-Identifier: MIT
// What images must do by themselves, without any reference.
#include "nbk/math/rotation.hpp"
#include "support/experiments.hpp"
#include "support/render.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace nbk;
using nbk::testing::render;

namespace {

double sum(const std::vector<float>& image) {
  double total = 0;
  for (const float pixel : image) total += static_cast<double>(pixel);
  return total;
}

/// A detector whose middle pixel the direct beam hits: a reflection (0,0,0) of full height.
Experiment on_beam(double cells) {
  Experiment e = nbk::testing::cubic_experiment();
  e.frame = Frame::of(Convention::xds);
  e.detector.pixels_fast = e.detector.pixels_slow = 5;
  e.detector.pixel_size_m = 1e-6;
  e.detector.oversample = 1;
  e.crystal.cells = {cells, cells, cells};
  return e;
}

}  // namespace

TEST_CASE("property: intensity grows as F^2 everywhere") {
  Experiment e = nbk::testing::smoke_experiment();
  const auto once = render(e, "float64");
  e.structure_factors.default_amplitude *= 3;
  const auto thrice = render(e, "float64");
  for (std::size_t i = 0; i < once.size(); ++i)
    CHECK(static_cast<double>(thrice[i]) == doctest::Approx(9.0 * static_cast<double>(once[i])).epsilon(1e-6));
}

TEST_CASE("property: a peak grows as (Na Nb Nc)^2") {
  const auto peak = [](double cells) {
    const auto image = render(on_beam(cells), "float64");
    return static_cast<double>(*std::max_element(image.begin(), image.end()));
  };
  for (const double n : {2.0, 3.0, 7.0}) CHECK(peak(n) / peak(1) == doctest::Approx(std::pow(n, 6)).epsilon(1e-6));
}

TEST_CASE("property: fluence scales the image") {
  Experiment e = nbk::testing::smoke_experiment();
  const double before = sum(render(e, "float64"));
  e.beam.fluence_per_m2 *= 0.25;
  CHECK(sum(render(e, "float64")) == doctest::Approx(before / 4).epsilon(1e-6));
}

TEST_CASE("property: a region of interest is the crop of the whole image, the rest is 0") {
  for (const char* dtype : {"float32", "mixed", "df64", "float64"}) {
    Experiment e = nbk::testing::smoke_experiment();
    const auto whole = render(e, dtype);
    e.detector.roi = {3, 20, 5, 25};
    const auto part = render(e, dtype);
    for (int slow = 0; slow < 32; ++slow) {
      for (int fast = 0; fast < 32; ++fast) {
        const auto i = static_cast<std::size_t>(slow) * 32 + static_cast<std::size_t>(fast);
        const bool inside = fast >= 3 && fast <= 20 && slow >= 5 && slow <= 25;
        CHECK(part[i] == (inside ? whole[i] : 0.0F));
      }
    }
  }
}

TEST_CASE("property: masked pixels are 0 and leave the others alone") {
  Experiment e = nbk::testing::smoke_experiment();
  const auto whole = render(e, "float32");
  e.detector.mask.assign(32 * 32, 1);
  for (std::size_t i = 0; i < e.detector.mask.size(); i += 3) e.detector.mask[i] = 0;
  std::fill(e.detector.mask.begin() + 64, e.detector.mask.begin() + 96, std::uint16_t{0});  // a whole row
  const auto masked = render(e, "float32");
  for (std::size_t i = 0; i < whole.size(); ++i) CHECK(masked[i] == (e.detector.mask[i] == 0 ? 0.0F : whole[i]));
}

TEST_CASE("property: turning crystal, beam and detector together leaves the image alone") {
  // About the beam (lab x in the custom frame) by 90 degrees: axes are permuted exactly.
  Experiment e = nbk::testing::smoke_experiment(Convention::custom);
  e.crystal.cell =
      UnitCell{60, 70, 80, 90 * nbk::testing::degree, 90 * nbk::testing::degree, 90 * nbk::testing::degree};
  e.crystal.misset_rad = {0, 0, 0};
  e.beam.kahn_factor = 0.9;
  const auto before = render(e, "float64");
  e.crystal.misset_rad = {90 * nbk::testing::degree, 0, 0};
  e.frame.fast = {0, -1, 0};  // z -> -y, y -> z
  e.frame.slow = {0, 0, -1};
  e.frame.polarization = {0, -1, 0};
  const auto after = render(e, "float64");
  const double brightest = static_cast<double>(*std::max_element(before.begin(), before.end()));
  CHECK(brightest > 0);
  for (std::size_t i = 0; i < before.size(); ++i)
    CHECK(std::abs(static_cast<double>(after[i]) - static_cast<double>(before[i])) <= 1e-6 * brightest);
}

TEST_CASE("property: any rotation of everything together leaves the image alone") {
  Experiment e = nbk::testing::smoke_experiment(Convention::custom);
  e.crystal.cell.reset();
  e.crystal.misset_rad = {0, 0, 0};
  e.crystal.a_matrix = Mat3d{{0.015, 0.002, -0.001}, {-0.003, 0.012, 0.002}, {0.001, 0.002, 0.011}};
  e.crystal.phi = {0.1, 0.02, {}, 2};
  e.beam.kahn_factor = 0.9;
  e.beam.horizontal_divergence = {0.002, {}, 2};
  const auto before = render(e, "float64");
  const Vec3d angles{0.4, -1.1, 2.3};
  const auto turned = [&](const Vec3d& v) { return rotate_xyz(v, angles); };
  for (Vec3d* axis : {&e.frame.beam, &e.frame.fast, &e.frame.slow, &e.frame.normal, &e.frame.polarization,
                      &e.frame.spindle, &e.frame.two_theta_axis})
    *axis = turned(*axis);
  e.crystal.misset_rad = angles;
  const auto after = render(e, "float64");
  const double brightest = static_cast<double>(*std::max_element(before.begin(), before.end()));
  CHECK(brightest > 0);
  for (std::size_t i = 0; i < before.size(); ++i)
    CHECK(std::abs(static_cast<double>(after[i]) - static_cast<double>(before[i])) <= 1e-6 * brightest);
}

TEST_CASE("property: parts of an image, rendered and added in any order, have the bits of the whole") {
  const RegionOfInterest parts[] = {{0, 9, 0, 20}, {10, 31, 0, 20}, {0, 16, 21, 31}, {17, 31, 21, 31}};
  for (const char* dtype : {"float32", "mixed", "df64", "float64"}) {
    Experiment e = nbk::testing::smoke_experiment();
    const auto whole = render(e, dtype);
    const auto added = [&](std::initializer_list<int> order) {
      std::vector<float> total(whole.size());
      for (const int part : order) {
        e.detector.roi = parts[part];
        const auto image = render(e, dtype);
        for (std::size_t i = 0; i < total.size(); ++i) total[i] += image[i];
      }
      return total;
    };
    CHECK(added({0, 1, 2, 3}) == whole);
    CHECK(added({2, 0, 3, 1}) == whole);
  }
}

TEST_CASE("property: sums over finer sub-pixels converge, in both policies") {
  for (const Policy policy : {Policy::compat, Policy::corrected}) {
    Experiment e = nbk::testing::smoke_experiment();
    e.policy = policy;
    const auto at = [&](int oversample) {
      e.detector.oversample = oversample;
      return sum(render(e, "float64"));
    };
    const double coarse = at(2), middle = at(6), fine = at(18);
    CHECK(std::abs(middle - fine) < 0.005 * fine);
    CHECK(std::abs(middle - fine) < std::abs(coarse - fine));
  }
}

TEST_CASE("property: no image has a value that is not finite, and bad input is refused before") {
  Experiment e = nbk::testing::smoke_experiment();
  e.detector.sensor.thickness_m = 1e-4;
  e.detector.two_theta_rad = 100 * nbk::testing::degree;  // seen from behind
  e.frame = Frame::of(Convention::custom);
  e.detector.pivot = Pivot::sample;
  e.detector.close_distance_m = -0.05;
  CHECK_THROWS_AS(render(e, "float64"), InvalidInput);
}
