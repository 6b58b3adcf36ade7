// SPDX-License-Identifier: MIT
#include "nbk/io/dxtbx_image.hpp"

#include "nbk/io/dxtbx_reader.hpp"
#include "support/dxtbx_documents.hpp"
#include "support/relative.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace {

using namespace nbk::testing;
using nbk::Mat3d;
using nbk::Vec3d;
using nbk::io::dxtbx_from_json;
using nbk::io::DxtbxDocument;
using nbk::io::experiment_of_image;
using nbk::io::ExperimentDocument;
using Json = nlohmann::json;

constexpr double degree = std::numbers::pi / 180;

ExperimentDocument image_of(const Json& json, int image, std::size_t series = 0) {
  const DxtbxDocument list = dxtbx_from_json(json, "list.expt");
  return experiment_of_image(list, list.series.at(series), image);
}

void check_vector(const Vec3d& v, const Vec3d& expected) {
  CHECK(v.x == doctest::Approx(expected.x).epsilon(1e-12).scale(1));
  CHECK(v.y == doctest::Approx(expected.y).epsilon(1e-12).scale(1));
  CHECK(v.z == doctest::Approx(expected.z).epsilon(1e-12).scale(1));
}

}  // namespace

TEST_CASE("dxtbx image: beam, rotation and crystal of an image of a sweep") {
  const ExperimentDocument fourth = image_of(dxtbx_sweep(), 4);
  const nbk::Experiment& e = fourth.experiment;
  CHECK(e.policy == nbk::Policy::corrected);
  CHECK(e.frame.convention == nbk::Convention::custom);
  CHECK(e.frame.beam == Vec3d{0, 0, -1});
  CHECK(e.frame.spindle == Vec3d{1, 0, 0});
  CHECK(std::fabs(e.frame.polarization.x) == 1);
  CHECK(e.beam.kahn_factor == 0.5);
  CHECK(e.beam.exposure_s == 0.1);
  CHECK(e.crystal.phi.start_rad == near(1.5 * degree));
  CHECK(*e.crystal.phi.range_rad == near(0.5 * degree));
  CHECK(e.crystal.phi.steps == 25);  // none wider than 0.02 degrees
  CHECK_FALSE(e.crystal.phi.step_rad);
  CHECK(*e.crystal.real_space_A == Mat3d{{70, 0, 3}, {1, 80, 0}, {0, 2, 90}});
  CHECK(fourth.further_crystals.empty());
  REQUIRE(fourth.scan);
  CHECK(fourth.scan->images == 10);
  CHECK_THROWS_WITH_AS(image_of(dxtbx_sweep(), 11), "list.expt: has no image 11; its images are 1 to 10",
                       nbk::FileError);
}

TEST_CASE("dxtbx image: a negative width covers the same angles from the other end") {
  const ExperimentDocument second = image_of(dxtbx_document("properties"), 2);
  CHECK(second.experiment.crystal.phi.start_rad == near(9 * degree));
  CHECK(*second.experiment.crystal.phi.range_rad == near(0.5 * degree));
  CHECK(second.experiment.goniometer.setting == Mat3d{{1, 0, 0}, {0, 0, -1}, {0, 1, 0}});
}

TEST_CASE("dxtbx image: orientations that change are those of the middle of the image") {
  const Json json = dxtbx_document("kappa");
  const auto matrix = [&](std::size_t point) {
    const auto m = json["crystal"][0]["A_at_scan_points"][point].get<std::array<double, 9>>();
    return Mat3d{{m[0], m[1], m[2]}, {m[3], m[4], m[5]}, {m[6], m[7], m[8]}};
  };
  const ExperimentDocument image = image_of(json, 5);  // the third of images 3 to 6
  const Mat3d a_star = 0.5 * (matrix(2) + matrix(3));
  const Mat3d product = transposed(*image.experiment.crystal.real_space_A) * a_star;
  check_vector(product.row0, {1, 0, 0});
  check_vector(product.row1, {0, 1, 0});
  check_vector(product.row2, {0, 0, 1});
  CHECK(image.experiment.crystal.phi.start_rad == near(10.5 * degree));
  REQUIRE(image.further_crystals.size() == 1);
  CHECK(image.further_crystals[0].phi.start_rad == near(10.5 * degree));
  CHECK(image_of(json, 3).experiment.crystal.real_space_A != image.experiment.crystal.real_space_A);
  CHECK(image_of(json, 3).further_crystals[0].real_space_A == image.further_crystals[0].real_space_A);
}

TEST_CASE("dxtbx image: a beam and a setting that change are those of the middle of the image") {
  Json json = dxtbx_sweep();
  json["scan"][0]["image_range"] = {1, 2};
  json["beam"][0]["s0_at_scan_points"] = {{0, 0, -1}, {0.1, 0, -1}, {0.3, 0, -1}};
  const double cosine = std::cos(0.02), sine = std::sin(0.02);
  json["goniometer"][0]["setting_rotation_at_scan_points"] = {
      {1, 0, 0, 0, 1, 0, 0, 0, 1}, {1, 0, 0, 0, 1, 0, 0, 0, 1}, {1, 0, 0, 0, cosine, -sine, 0, sine, cosine}};
  const nbk::Experiment e = image_of(json, 2).experiment;
  const double length = std::sqrt(0.04 + 1);
  check_vector(e.frame.beam, {0.2 / length, 0, -1 / length});
  CHECK(e.beam.wavelength_m == near(1e-10 / length));
  check_vector(e.goniometer.setting.row1, {0, std::cos(0.01), -std::sin(0.01)});
  check_vector(e.goniometer.setting.row2, {0, std::sin(0.01), std::cos(0.01)});
}

TEST_CASE("dxtbx image: stills keep their orientation, and have all lattices of the image") {
  const ExperimentDocument still = image_of(dxtbx_document("stills"), 1, 1);
  CHECK(still.further_crystals.size() == 1);
  CHECK_FALSE(still.scan);
  CHECK(still.experiment.crystal.phi.start_rad == 0);
  CHECK_FALSE(still.experiment.crystal.phi.range_rad);
  CHECK(still.experiment.beam.wavelength_m == near(1.31e-10));
  // DIALS gives a crystal without a width of rotation no goniometer either.
  Json json = dxtbx_sweep();
  json["scan"][0]["oscillation"] = {30.0, 0.0};
  json["goniometer"][0]["fixed_rotation"] = {1, 0, 0, 0, 0, -1, 0, 1, 0};
  const ExperimentDocument other = image_of(json, 3);
  CHECK(other.experiment.crystal.phi.start_rad == 0);
  CHECK(other.experiment.goniometer.fixed == Mat3d::identity());
}

TEST_CASE("dxtbx image: crystals whose scans do not have the image are not in it") {
  Json json = dxtbx_sweep();
  json["experiment"].push_back(json["experiment"][0]);
  json["experiment"][1]["scan"] = 1;
  json["scan"].push_back({{"image_range", {9, 20}}, {"oscillation", {4.0, 0.5}}});
  CHECK(image_of(json, 8).further_crystals.empty());
  CHECK(image_of(json, 9).further_crystals.size() == 1);
  CHECK(image_of(json, 20).further_crystals.empty());
  CHECK(image_of(json, 20).experiment.crystal.phi.start_rad == near(9.5 * degree));
}

TEST_CASE("dxtbx image: an imported list has no crystal") {
  Json json = dxtbx_sweep();
  json["experiment"][0]["crystal"] = nullptr;
  const nbk::Experiment e = image_of(json, 1).experiment;
  CHECK_FALSE(e.crystal.real_space_A);
  CHECK(*e.crystal.phi.range_rad == near(0.5 * degree));
}
