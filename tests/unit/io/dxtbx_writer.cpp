// SPDX-License-Identifier: MIT
#include "nbk/io/dxtbx_writer.hpp"

#include "nbk/io/dxtbx_image.hpp"
#include "nbk/scene/make_scene.hpp"
#include "support/dxtbx_documents.hpp"
#include "support/relative.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <utility>

namespace {

using namespace nbk::testing;
using nbk::Mat3d;
using nbk::PhiScan;
using nbk::Vec3d;
using nbk::io::dxtbx_from_json;
using nbk::io::DxtbxDocument;
using nbk::io::DxtbxImages;
using nbk::io::DxtbxWriter;
using nbk::io::experiment_of_image;
using nbk::io::ExperimentDocument;
using Json = nlohmann::json;

void check_vector(const Vec3d& v, const Vec3d& expected) {
  CHECK(v.x == doctest::Approx(expected.x).epsilon(1e-13).scale(1));
  CHECK(v.y == doctest::Approx(expected.y).epsilon(1e-13).scale(1));
  CHECK(v.z == doctest::Approx(expected.z).epsilon(1e-13).scale(1));
}
void check_matrix(const Mat3d& m, const Mat3d& expected) {
  check_vector(m.row0, expected.row0);
  check_vector(m.row1, expected.row1);
  check_vector(m.row2, expected.row2);
}

ExperimentDocument image_of(const Json& json, int image, std::size_t series = 0) {
  const DxtbxDocument list = dxtbx_from_json(json, "list.expt");
  return experiment_of_image(list, list.series.at(series), image);
}

/// True for numbers that differ by rounding only, or are 0.
bool is_same(double value, double expected) { return std::fabs(value - expected) <= 1e-13 * std::fabs(expected); }

/// Writes a document, and reads it.
Json written(const ExperimentDocument& document, const DxtbxImages& images = {}) {
  nbk::Experiment experiment = document.experiment;
  experiment.structure_factors.default_amplitude = 1;
  DxtbxWriter<Json> writer;
  writer.add(document, nbk::make_scene(experiment), images);
  return Json::parse(writer.finish().dump());
}

}  // namespace

TEST_CASE("dxtbx writer: what was read is written again") {
  for (const auto& [name, image] : {std::pair{"kappa", 4}, std::pair{"stills", 1}}) {
    INFO(name);
    const ExperimentDocument first = image_of(dxtbx_document(name), image);
    const ExperimentDocument again = image_of(written(first), image);
    const nbk::Experiment &e = first.experiment, &f = again.experiment;
    check_vector(f.frame.beam, e.frame.beam);
    CHECK(f.beam.wavelength_m == near(e.beam.wavelength_m));
    CHECK(f.beam.kahn_factor == near(e.beam.kahn_factor));
    CHECK(std::fabs(dot(f.frame.polarization, e.frame.polarization)) == near(1));
    REQUIRE(f.detector.panels.size() == e.detector.panels.size());
    for (std::size_t i = 0; i < f.detector.panels.size(); ++i) {
      const nbk::Panel &p = e.detector.panels[i], &q = f.detector.panels[i];
      CHECK(q.name == p.name);
      check_vector(1000.0 * q.origin_m, 1000.0 * p.origin_m);
      check_vector(q.fast, p.fast);
      check_vector(q.slow, p.slow);
      CHECK(q.pixel_size_m == near(p.pixel_size_m));
      CHECK(q.pixels_fast == p.pixels_fast);
      CHECK(q.pixels_slow == p.pixels_slow);
      CHECK(q.mask == p.mask);
      CHECK(q.readout == p.readout);
      CHECK(is_same(q.trusted.least.value_or(-7), p.trusted.least.value_or(-7)));
      CHECK(q.trusted.most.value_or(-7) == near(p.trusted.most.value_or(-7)));
    }
    CHECK(is_same(f.detector.sensor.thickness_m, e.detector.sensor.thickness_m));
    CHECK(f.detector.sensor.attenuation_length_m.value_or(1) ==
          near(e.detector.sensor.attenuation_length_m.value_or(1)));
    CHECK(f.detector.sensor.material == e.detector.sensor.material);
    check_matrix(*f.crystal.real_space_A, *e.crystal.real_space_A);
    REQUIRE(again.further_crystals.size() == first.further_crystals.size());
    for (std::size_t i = 0; i < first.further_crystals.size(); ++i) {
      check_matrix(*again.further_crystals[i].real_space_A, *first.further_crystals[i].real_space_A);
    }
    check_matrix(f.goniometer.fixed, e.goniometer.fixed);
    check_matrix(f.goniometer.setting, e.goniometer.setting);
    CHECK(is_same(f.crystal.phi.start_rad, e.crystal.phi.start_rad));
    CHECK(is_same(f.crystal.phi.range_rad.value_or(0), e.crystal.phi.range_rad.value_or(0)));
    CHECK(again.scan.has_value() == first.scan.has_value());
    if (first.scan) CHECK(again.scan->images == first.scan->images);
  }
}

TEST_CASE("dxtbx writer: a sweep backwards is one forwards about the opposite axis") {
  const ExperimentDocument document = image_of(dxtbx_document("properties"), 1);
  const Json list = written(document);
  CHECK(list["goniometer"][0]["rotation_axis"] == Json{-1, 0, 0});
  CHECK(list["scan"][0]["oscillation"][0] == doctest::Approx(-10));
  CHECK(list["scan"][0]["oscillation"][1] == doctest::Approx(0.5));
  CHECK(list["scan"][0]["image_range"] == Json{1, 3});
  const PhiScan &was = document.experiment.crystal.phi, is = image_of(list, 1).experiment.crystal.phi;
  CHECK(is.start_rad == doctest::Approx(-(was.start_rad + *was.range_rad)));
}

TEST_CASE("dxtbx writer: models that are the same are there once") {
  const ExperimentDocument document = image_of(dxtbx_document("kappa"), 4);
  DxtbxWriter<Json> writer;
  nbk::Experiment experiment = document.experiment;
  experiment.structure_factors.default_amplitude = 1;
  const nbk::Scene scene = nbk::make_scene(experiment);
  for (const char* file : {"a.img", "b.img"}) writer.add(document, scene, {{}, file});
  const Json list = writer.finish();
  CHECK(list["experiment"].size() == 4);
  CHECK(list["imageset"].size() == 2);
  CHECK(list["detector"].size() == 1);
  CHECK(list["crystal"].size() == 2);
  CHECK(list["experiment"][3]["crystal"] == 1);
  CHECK(dxtbx_from_json(list, "list").series.size() == 2);
}

TEST_CASE("dxtbx writer: an experiment of MOSFLM's convention is in the laboratory of DIALS") {
  ExperimentDocument document;
  nbk::Experiment& e = document.experiment;
  e.detector.pixels_fast = 200;
  e.detector.pixels_slow = 100;
  e.detector.distance_m = 0.12;
  e.detector.pixel_size_m = 1e-4;
  e.detector.beam_x_m = 0.006;
  e.detector.beam_y_m = 0.011;
  e.detector.roi.fast_max = 149;
  e.beam.wavelength_m = 1.25e-10;
  e.crystal.cell = nbk::UnitCell{50, 60, 70, 1.5, 1.6, 1.7};
  e.crystal.misset_rad = {0.1, 0.2, 0.3};
  e.crystal.phi = {0.25, 0.01, {}, 3};
  e.structure_factors.default_amplitude = 1;
  const nbk::Scene scene = nbk::make_scene(e);
  const Json list = written(document, {{}, "image.img", 40.0});
  CHECK(list["imageset"][0]["template"] == "image.img");
  const Json& panel = list["detector"][0]["panels"][0];
  const Vec3d corner = scene.panels[0].geometry.origin_m;
  // dxtbx takes x along the spindle and z to the source.
  CHECK(panel["origin"][0] == doctest::Approx(1000 * corner.z));
  CHECK(panel["origin"][1] == doctest::Approx(1000 * corner.y));
  CHECK(panel["origin"][2] == doctest::Approx(-120));
  CHECK(panel["fast_axis"] == Json{1, 0, 0});
  CHECK(panel["slow_axis"] == Json{0, -1, 0});
  CHECK(panel["mask"] == Json{{150, 0, 200, 100}});
  CHECK(panel["pedestal"] == 40);
  CHECK(panel["px_mm_strategy"]["type"] == "SimplePxMmStrategy");
  CHECK(list["beam"][0]["direction"] == Json{0, 0, 1});
  CHECK(list["goniometer"][0]["rotation_axis"] == Json{1, 0, 0});
  CHECK(list["scan"][0]["image_range"] == Json{1, 1});
  CHECK(list["scan"][0]["oscillation"][0] == doctest::Approx(0.25 * 180 / std::numbers::pi));
  const Vec3d a = 1e10 * scene.lattice.direct.a_m;
  CHECK(list["crystal"][0]["real_space_a"][0] == doctest::Approx(a.z));
  CHECK(list["crystal"][0]["real_space_a"][1] == doctest::Approx(a.y));
  CHECK(list["crystal"][0]["real_space_a"][2] == doctest::Approx(-a.x));
}

TEST_CASE("dxtbx writer: the vectors of a still are as the goniometer left them") {
  ExperimentDocument document = image_of(dxtbx_sweep(), 1);
  document.scan.reset();
  document.experiment.goniometer.setting = {{0, 0, 1}, {1, 0, 0}, {0, 1, 0}};
  document.experiment.crystal.phi = {std::numbers::pi / 2, {}, {}, {}};
  const Json list = written(document, {{"still.img"}});
  CHECK(list["scan"].empty());
  CHECK(list["goniometer"].empty());
  CHECK(list["imageset"][0]["images"] == Json{"still.img"});
  // (70, 1, 0) turned by 90 degrees about x, and its components moved on.
  CHECK(list["crystal"][0]["real_space_a"][0] == doctest::Approx(1));
  CHECK(list["crystal"][0]["real_space_a"][1] == doctest::Approx(70));
  CHECK(std::fabs(list["crystal"][0]["real_space_a"][2].get<double>()) < 1e-12);
}
