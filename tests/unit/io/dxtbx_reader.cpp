// SPDX-License-Identifier: MIT
#include "nbk/io/dxtbx_reader.hpp"

#include "nbk/core/error.hpp"
#include "support/dxtbx_documents.hpp"
#include "support/relative.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <string>

namespace {

using namespace nbk::testing;
using nbk::io::dxtbx_from_json;
using nbk::io::DxtbxDocument;
using Json = nlohmann::json;

constexpr double degree = std::numbers::pi / 180;

DxtbxDocument read(const Json& json) { return dxtbx_from_json(json, "list.expt"); }

void check_vector(const nbk::Vec3d& v, const nbk::Vec3d& expected) {
  CHECK(v.x == doctest::Approx(expected.x).epsilon(1e-14).scale(1));
  CHECK(v.y == doctest::Approx(expected.y).epsilon(1e-14).scale(1));
  CHECK(v.z == doctest::Approx(expected.z).epsilon(1e-14).scale(1));
}

/// Checks the one error of a list in which a value is replaced, or taken away.
void check_refused(const char* place, const Json& value, const std::string& expected) {
  Json json = dxtbx_sweep();
  json[Json::json_pointer(place)] = value;
  INFO(place, " ", value.dump());
  CHECK_THROWS_WITH_AS(read(json), doctest::Contains(("list.expt: " + expected).c_str()), nbk::FileError);
}
void check_needed(const char* parent, const char* key, const std::string& expected) {
  Json json = dxtbx_sweep();
  json[Json::json_pointer(parent)].erase(key);
  INFO(parent, "/", key);
  const std::string place = std::string(parent) + "/" + key;
  CHECK_THROWS_WITH_AS(read(json), ("list.expt: " + place + ": is missing; " + expected).c_str(), nbk::FileError);
}

}  // namespace

TEST_CASE("dxtbx reader: groups of panels, multi-axis goniometer and beam as dxtbx itself has them") {
  const DxtbxDocument list = read(dxtbx_document("kappa"));
  REQUIRE(list.detectors.size() == 1);
  const auto& panels = list.detectors[0].panels;
  REQUIRE(panels.size() == 2);
  // Panel::get_origin(), get_fast_axis() and get_slow_axis() of dxtbx 3.12.
  check_vector(1000.0 * panels[0].origin_m, {-17.21928905332056, 25.85890708196817, -117.0});
  check_vector(1000.0 * panels[1].origin_m, {-16.969301552383136, 0.860156988225981, -116.5});
  check_vector(panels[1].fast, {0.009949874420815574, -0.9949874420815574, 0.09950371902099896});
  check_vector(panels[1].slow, {-0.9999500037496877, -0.009999500037496877, 0});
  CHECK(panels[0].pixels_fast == 30);
  CHECK(panels[0].pixels_slow == 20);
  CHECK(panels[0].pixel_size_m == near(0.172e-3));
  CHECK(panels[0].name == "p0");

  const auto& goniometer = list.goniometers.at(0);
  check_vector(goniometer.spindle, {1, 0, 0});
  check_vector(goniometer.goniometer.fixed.row0, {0.9213804796489719, -0.16285519619811772, -0.35289686424379463});
  check_vector(goniometer.goniometer.fixed.row1, {-0.0659696105298824, 0.829274091223924, -0.5549346737331075});
  check_vector(goniometer.goniometer.fixed.row2, {0.38302222155948895, 0.5345864445494362, 0.753333466066407});
  CHECK(goniometer.goniometer.setting == nbk::Mat3d::identity());

  const auto& beam = list.beams.at(0);
  CHECK(beam.beam.wavelength_m == near(0.9795e-10));
  CHECK(beam.beam.kahn_factor == near(2 * 0.97 - 1));
  check_vector(beam.direction, {-0.000999997500009375, 0.00199999500001875, -0.9999975000093749});
  CHECK(std::fabs(dot(beam.polarization, beam.direction)) < 1e-15);
  CHECK(std::fabs(beam.polarization.x) > 0.999);

  CHECK(list.scans.at(0).scan.first_image == 3);
  CHECK(list.scans[0].scan.images == 4);
  CHECK(list.scans[0].scan.start_rad == near(10 * degree));
  CHECK(list.scans[0].scan.oscillation_rad == near(0.25 * degree));
  CHECK(list.scans[0].exposure_s == std::vector<double>(4, 0.2));
  CHECK(list.crystals.at(0).a_at_scan_points.size() == 5);
  REQUIRE(list.series.size() == 1);
  CHECK(list.series[0].experiments == std::vector<std::size_t>{0, 1});
  CHECK(list.series[0].first_image == 3);
  CHECK(list.series[0].images == 4);
  CHECK(list.warnings.empty());
}

TEST_CASE("dxtbx reader: sensor, mask, gain, pedestal and trusted range") {
  const nbk::Detector detector = read(dxtbx_document("kappa")).detectors.at(0);
  CHECK(detector.sensor.thickness_m == near(0.45e-3));
  CHECK(*detector.sensor.attenuation_length_m == near(1e-3 / 3.96));
  CHECK(detector.sensor.layers == 6);  // 0.45 mm in layers of at most half of 0.172 mm
  CHECK(detector.sensor.material == "Si");
  const auto& panels = detector.panels;
  CHECK_FALSE(panels[0].sensor);
  CHECK(panels[0].readout == nbk::Readout{1.5, 10});
  CHECK(panels[1].readout == nbk::Readout{2.5, 10});
  CHECK(*panels[0].trusted.least == near((-1 - 10) / 1.5));
  CHECK(*panels[0].trusted.most == near((65535 - 10) / 1.5));
  REQUIRE(panels[0].mask.size() == 30 * 20);
  CHECK(panels[1].mask.empty());
  for (int slow = 0; slow < 20; ++slow) {
    for (int fast = 0; fast < 30; ++fast) {
      const bool masked = (fast >= 2 && fast < 5 && slow >= 3 && slow < 6) || fast >= 28;
      CHECK((panels[0].mask[static_cast<std::size_t>(slow * 30 + fast)] == 0) == masked);
    }
  }
}

TEST_CASE("dxtbx reader: stills are series of their own, lattices of one image belong together") {
  const DxtbxDocument list = read(dxtbx_document("stills"));
  REQUIRE(list.series.size() == 2);
  CHECK(list.series[0].experiments == std::vector<std::size_t>{0});
  CHECK(list.series[1].experiments == std::vector<std::size_t>{1, 2});
  CHECK(list.series[1].images == 1);
  CHECK(list.crystals.at(0).crystal.cells == std::array<double, 3>{30, 22, 18});  // 900 A of 30.0, 40.2 and 50.2 A
  CHECK(list.crystals[0].crystal.mosaicity.spread_rad == near(0.05 * degree));
}

TEST_CASE("dxtbx reader: the table of properties of later versions") {
  const DxtbxDocument list = read(dxtbx_document("properties"));
  CHECK(list.scans.at(0).scan.start_rad == near(10 * degree));
  CHECK(list.scans[0].scan.oscillation_rad == near(-0.5 * degree));
  CHECK(list.scans[0].exposure_s == std::vector<double>(3, 0.1));
  Json json = dxtbx_document("properties");
  json["scan"][0] = {{"image_range", {7, 7}}, {"properties", {{"oscillation", {3.0}}, {"oscillation_width", {0.25}}}}};
  CHECK(read(json).scans.at(0).scan.oscillation_rad == near(0.25 * degree));
}

TEST_CASE("dxtbx reader: what is not simulated as the file has it is said") {
  const auto warning_of = [](const char* place, const Json& value) {
    Json json = dxtbx_sweep();
    json[Json::json_pointer(place)] = value;
    const DxtbxDocument list = read(json);
    REQUIRE(list.warnings.size() == 1);
    return list.warnings[0];
  };
  CHECK(read(dxtbx_sweep()).warnings.empty());
  CHECK(warning_of("/detector/0/panels/0/thickness", 0.3)
            .starts_with("list.expt: /detector/0/panels/0: has a thickness but no mu"));
  CHECK(warning_of("/beam/0/wavelength_range", {1.0, 2.0}).starts_with("list.expt: /beam/0/wavelength_range: a range"));
  CHECK(warning_of("/beam/0/probe", "neutron") == "list.expt: /beam/0/probe: \"neutron\" is simulated as X-rays");
  CHECK(warning_of("/imageset/0/mask", "pixels.mask")
            .starts_with("list.expt: /imageset/0/mask: \"pixels.mask\" is not read"));
  Json json = dxtbx_sweep();
  json["detector"][0]["panels"][0]["thickness"] = 0.3;
  json["detector"][0]["panels"][0]["mu"] = 4;
  CHECK(read(json).warnings.at(0).find("did not correct for its depth") != std::string::npos);
  CHECK(read(json).detectors.at(0).sensor.thickness_m == near(0.3e-3));
  // A nanometre is what NXmx files say that have no sensor.
  json["detector"][0]["panels"][0]["thickness"] = 1e-6;
  CHECK(read(json).detectors.at(0).sensor.thickness_m == 0);
  CHECK(read(json).warnings.empty());
  json["detector"][0]["panels"][0]["thickness"] = 0.3;
  json["experiment"].push_back(json["experiment"][0]);
  json["experiment"][1]["beam"] = 1;
  json["beam"].push_back(json["beam"][0]);
  CHECK(read(json).warnings.at(1).starts_with("list.expt: /experiment/1: has another beam, detector or goniometer"));
}

TEST_CASE("dxtbx reader: unknown keys are ignored, and so are models that DIALS alone needs") {
  Json json = dxtbx_sweep();
  json["profile"] = {{{"__id__", "gaussian_rs"}, {"sigma_b", "many"}}};
  json["beam"][0]["sample_to_source_distance"] = nullptr;
  json["detector"][0]["panels"][0]["projection_2d"] = {{1, 0, 0, 1}, {0, 0}};
  CHECK(read(json).experiments.size() == 1);
}

TEST_CASE("dxtbx reader: one error names file, place and remedy") {
  check_needed("/experiment/0", "beam", "an experiment needs a beam; dials.import writes it");
  check_needed("/experiment/0", "detector", "an experiment needs a detector; dials.import writes it");
  check_needed("", "experiment", "a list of experiments needs it");
  check_needed("/beam/0", "direction", "it leads from the sample to the source");
  check_needed("/beam/0", "wavelength", "a beam needs its wavelength in Angstrom");
  check_needed("/detector/0", "panels", "a detector needs panels");
  check_needed("/detector/0/panels/0", "origin", "a panel needs it");
  check_needed("/detector/0/panels/0", "pixel_size", "a panel needs it, in mm");
  check_needed("/scan/0", "image_range", "a scan needs its first and its last image");
  check_needed("/goniometer/0", "rotation_axis", "a goniometer has it, or axes, angles and scan_axis");
  check_needed("/crystal/0", "real_space_b", "a crystal needs three vectors in Angstrom");

  check_refused("/__id__", "Other", "/__id__: must be \"ExperimentList\"; DIALS writes such files");
  check_refused("/experiment", Json::array(), "/experiment: must have an experiment");
  check_refused("/experiment/0/beam", 1, "/experiment/0/beam: must be the place of one of 1 items of /beam, from 0");
  check_refused("/experiment/0/crystal", "crystal.json", "/experiment/0/crystal: names a file; DIALS combines");
  check_refused("/beam", Json::array(),
                "/experiment/0/beam: names one of /beam, which is missing or empty; write the list again");
  check_refused("/beam/0/direction", {0, 0, 0}, "/beam/0/direction: must have a length");
  check_refused("/beam/0/direction", {0, 1}, "/beam/0/direction: must be a list of 3 numbers");
  check_refused("/beam/0/wavelength", 0, "/beam/0/wavelength: must be > 0");
  check_refused("/beam/0/polarization_fraction", 1.5, "/beam/0/polarization_fraction: must be 0 to 1");
  check_refused("/beam/0/polarization_normal", {0, 0, 1}, "/beam/0: polarization_normal must not be parallel");
  check_refused("/detector/0/panels", Json::array(), "/detector/0/panels: must have a panel");
  check_refused("/detector/0/panels/0/slow_axis", {1, 1, 0},
                "/detector/0/panels/0/slow_axis: must be at a right angle");
  check_refused("/detector/0/panels/0/pixel_size", {0.1, 0.2},
                "/detector/0/panels/0/pixel_size: must be the same twice");
  check_refused("/detector/0/panels/0/image_size", {0, 5}, "/detector/0/panels/0/image_size: must be >= 1");
  check_refused("/detector/0/panels/0/image_size", {100000, 100000}, "/detector/0/panels/0/image_size: all panels");
  check_refused("/detector/0/panels/0/image_size", {1.5, 5}, "/detector/0/panels/0/image_size/0: must be an integer");
  check_refused("/detector/0/panels/0/gain", 0, "/detector/0/panels/0/gain: must be > 0");
  check_refused("/detector/0/panels/0/trusted_range", {5, 1},
                "/detector/0/panels/0/trusted_range: must be the smaller");
  check_refused("/detector/0/panels/0/mask", {{1, 2, 3}}, "/detector/0/panels/0/mask/0: must be a list of 4 numbers");
  check_refused("/detector/0/panels/0/mu", "Si", "/detector/0/panels/0/mu: must be a number");
  check_refused("/detector/0/hierarchy", {{"children", Json::array()}}, "/detector/0/panels/0: hierarchy must have");
  check_refused("/detector/0/hierarchy", {{"children", {{{"panel", 1}}}}},
                "/detector/0/hierarchy/children/0/panel: must be");
  check_refused("/detector/0/hierarchy", {{"children", {{{"panel", 0}}, {{"panel", 0}}}}},
                "/detector/0/hierarchy/children/1/panel: must not be there twice");
  check_refused("/goniometer/0/fixed_rotation", {1, 0, 0, 0, 2, 0, 0, 0, 1},
                "/goniometer/0/fixed_rotation: must be a rotation");
  check_refused("/scan/0/image_range", {5, 4}, "/scan/0/image_range: must be first and last image");
  check_refused("/scan/0/oscillation", {0}, "/scan/0/oscillation: must be a list of 2 numbers");
  check_refused("/crystal/0/real_space_c", {70, 1, 0}, "/crystal/0: must be three vectors that span space");
  check_refused("/crystal/0/A_at_scan_points", {{0.01, 0, 0, 0, 0.01, 0, 0, 0, 0.01}},
                "/experiment/0: /crystal/0/A_at_scan_points has 1 items, but must have one more than the 10 images");
  check_refused("", Json::array(), "/: must be an object");
}
