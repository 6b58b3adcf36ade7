// SPDX-License-Identifier: MIT
#include "nbk/io/experiment_json.hpp"

#include "bench/flags/experiment_file.hpp"
#include "bench/system/files.hpp"
#include "nbk/core/error.hpp"
#include "support/experiment_documents.hpp"
#include "support/json_schema.hpp"
#include "support/places.hpp"
#include "support/words.hpp"

#include <nlohmann/json.hpp>

#include <doctest/doctest.h>

namespace {

using namespace nbk::testing;
using nbk::Experiment;
using nbk::FileError;
using nbk::bench::system::write_text;
using nbk::io::document_from_json;
using nbk::io::document_to_json;
using nbk::io::experiment_from_json;
using nbk::io::experiment_to_json;
using nbk::io::ExperimentDocument;
}  // namespace

TEST_CASE("experiment json: every field makes the round trip, to the last bit") {
  for (const Experiment& experiment : {Experiment{}, elaborate(), of_a_beamline()}) {
    const Json json = experiment_to_json<Json>(experiment);
    const Experiment again = experiment_from_json(Json::parse(json.dump()), "file");
    CHECK(experiment_to_json<Json>(again) == json);
  }
  const Experiment again = experiment_from_json(experiment_to_json<Json>(elaborate()), "file");
  CHECK(again.structure_factors.amplitude == elaborate().structure_factors.amplitude);
  CHECK(again.detector.mask == std::vector<std::uint16_t>{1, 1, 0, 0, 0, 1});
  CHECK(again.crystal.a_matrix == elaborate().crystal.a_matrix);
  CHECK(again.beam.sources[0].position == nbk::Vec3d{-10, 0.5, 0});
  CHECK(again.detector.roi.slow_max == 4);
}

TEST_CASE("experiment json: what is not mentioned has the library's default") {
  Json json = minimal();
  json["beam"] = {{"wavelength_m", 2e-10}};
  const Experiment experiment = experiment_from_json(json, "file");
  CHECK(experiment.beam.wavelength_m == 2e-10);
  CHECK(experiment.beam.size_m == nbk::Beam{}.size_m);
  CHECK_FALSE(experiment.crystal.cell);
}

TEST_CASE("experiment json: errors name the place inside the file") {
  check_refused("/beam/wavelength_m", "one", "/beam/wavelength_m: must be a number");
  check_refused("/beam/sources/1/weight", nullptr, "/beam/sources/1/weight: must be a number");
  check_refused("/beam/sources/1/wieght", 1,
                "/beam/sources/1/wieght: is not a known key; did you mean weight? There are position, weight, ");
  check_refused("/beam/sources", 3, "/beam/sources: must be a list");
  check_refused("/crystal/cells", {1, 2}, "/crystal/cells: must be a list of 3");
  check_refused("/crystal/a_matrix/2/1", "x", "/crystal/a_matrix/2/1: must be a number");
  check_refused("/crystal/shape", "cube", "/crystal/shape: must be one of " + nbk::scene::shape_names());
  check_refused("/detector/oversample", 1.5, "/detector/oversample: must be an integer");
  check_refused("/detector/oversample", 3000000000, "/detector/oversample: must be an integer");
  check_refused("/detector/curved", 1, "/detector/curved: must be true or false");
  check_refused("/detector/sensor", Json::array(), "/detector/sensor: must be an object");
  check_refused("/detector/mask_runs", {1, -1}, "/detector/mask_runs/1: must be an integer");
  check_refused("/detector/mask_runs", {1, 1ULL << 62}, "/detector/mask_runs: must have at most");
  check_refused("/structure_factors/amplitude", {1, 2}, "/structure_factors/amplitude: must have one value");
  check_refused("/policy", nullptr, "/policy: must be one of compat, corrected");
  check_refused("/schema", "other", "/schema: must be \"nbk-experiment\"");
  check_refused("/schema_version", 3, "/schema_version: must be 1 or 2");
  check_refused("", Json::array(), "/: must be an object");
}

TEST_CASE("experiment json: version 2 makes the round trip") {
  const Json json = document_to_json<Json>(of_two_crystals());
  const ExperimentDocument again = document_from_json(Json::parse(json.dump()), "file");
  CHECK(document_to_json<Json>(again) == json);
  const Experiment& e = again.experiment;
  CHECK(e.detector.panels.size() == 2);
  CHECK(e.detector.panels[0].name == "upper");
  CHECK(e.detector.panels[0].origin_m == nbk::Vec3d{0.1, -0.02, 1.0 / 3});
  CHECK_FALSE(e.detector.panels[0].sensor);
  CHECK(e.detector.panels[1].sensor->layers == 5);
  CHECK(e.detector.panels[1].mask == std::vector<std::uint16_t>{1, 0, 0, 1, 1, 1});
  CHECK(e.detector.panels[1].trusted.most == 1e6);
  CHECK(e.beam.spectrum.lines[1].weight == 1.0 / 7);
  CHECK(e.beam.spectrum.lines[1].structure_factor_set == 1);
  CHECK(e.beam.directions[0].direction == nbk::Vec3d{1, 0.001, 0});
  CHECK(e.crystal.b_matrix->row2.z == 1.0 / 3);
  CHECK(e.crystal.mosaicity.rotations.size() == 2);
  CHECK(e.crystal.mosaicity.normal_spread_rad == std::vector<double>{0.001, 0.002, 1.0 / 300});
  REQUIRE(e.materials.size() == 1);
  CHECK(e.materials[0].form_factor.at(1).amplitude == 1.0 / 3);
  CHECK(e.materials[0].volume_m3 == 1e-12);
  CHECK(e.goniometer.fixed.row0 == nbk::Vec3d{0, 0, 1});
  CHECK(e.further_sets[0].amplitude[0] == -2.5);
  CHECK(e.further_sets[0].intensities);
  CHECK(e.selection.runs[0].count == 2);
  REQUIRE(again.further_crystals.size() == 1);
  CHECK(again.further_crystals[0].misset_rad == nbk::Vec3d{0.1, 0.2, 0.3});
}

TEST_CASE("experiment json: version 1 is read as ever, without the keys of version 2") {
  const Json full = experiment_to_json<Json>(elaborate());
  Json first = full;
  first["schema_version"] = 1;
  for (const char* key : new_keys) {
    const Json::json_pointer place(key);
    REQUIRE(full.contains(place));
    first[place.parent_pointer()].erase(place.back());
  }
  CHECK(experiment_to_json<Json>(experiment_from_json(first, "file")) == full);
  for (const char* key : new_keys) {
    const Json::json_pointer place(key);
    Json with = first;
    with[place] = full[place];
    INFO(key);
    CHECK_THROWS_WITH_AS(experiment_from_json(with, "file"),
                         doctest::Contains((std::string(key) + ": is not a key of schema_version 1").c_str()),
                         FileError);
  }
}

TEST_CASE("experiment json: errors of version 2 name the place inside the file") {
  check_refused_of_two("/detector/panels/1/slow", {1, 2}, "/detector/panels/1/slow: must be a list of 3");
  check_refused_of_two("/detector/panels/1/name", 3, "/detector/panels/1/name: must be a text");
  check_refused_of_two("/detector/panels/0/sensor", 3, "/detector/panels/0/sensor: must be an object");
  check_refused_of_two("/detector/panels/0/sensor", {{"thick", 1}}, "/detector/panels/0/sensor/thick: is not a known");
  check_refused_of_two("/detector/panels/0/pixels_fast", 2.5, "/detector/panels/0/pixels_fast: must be an integer");
  check_refused_of_two("/beam/spectrum/lines/1/weight", "x", "/beam/spectrum/lines/1/weight: must be a number");
  check_refused_of_two("/beam/spectrum", Json::array(), "/beam/spectrum: must be an object");
  check_refused_of_two("/beam/spectrum/file", "s.txt", "/beam/spectrum/lines: must not stand with /file");
  check_refused_of_two("/further_sets/0/amplitude", {1}, "/further_sets/0/amplitude: must have one value");
  check_refused_of_two("/further_sets/0/file", "a.hkl", "/further_sets/0/h_min: must not stand with /file");
  check_refused_of_two("/crystal/mosaicity/rotations/1", {{1}}, "/crystal/mosaicity/rotations/1: must be a list of 3");
  check_refused_of_two("/crystals/0/u_matrix/2/1", "x", "/crystals/0/u_matrix/2/1: must be a number");
  check_refused_of_two("/crystals/0/colour", 1, "/crystals/0/colour: is not a known key");
  check_refused_of_two("/selection/runs/1/count", nullptr, "/selection/runs/1/count: must be an integer");
  check_refused_of_two("/goniometer/axis", 1, "/goniometer/axis: is not a known key");
  check_refused_of_two("/materials/0/form_factor/1/stol_per_A", "x", "/materials/0/form_factor/1/stol_per_A: must be");
  check_refused_of_two("/materials/0/file", "w.stol", "/materials/0/form_factor: must not stand with /file");
  check_refused_of_two("/scan", {{"images", 3}}, "/crystal/phi: must not stand with /scan");
  Json json = minimal();
  json["structure_factors"] = {{"file", "a.hkl"}};
  CHECK_THROWS_WITH_AS(experiment_from_json(json, "file"),
                       doctest::Contains("file: /structure_factors/file: must not be here: this document is in no"),
                       FileError);
  CHECK_THROWS_WITH_AS(experiment_from_json(document_to_json<Json>(of_two_crystals()), "file"),
                       doctest::Contains("file: /crystals: must not have further crystals"), FileError);
}

TEST_CASE("experiment json: without a crystal the first of the list takes its place") {
  Json json = minimal();
  json["crystals"] = {{{"misset_rad", {1, 2, 3}}}, {{"fudge", 2}}};
  const ExperimentDocument document = document_from_json(json, "file");
  CHECK(document.experiment.crystal.misset_rad == nbk::Vec3d{1, 2, 3});
  REQUIRE(document.further_crystals.size() == 1);
  CHECK(document.further_crystals[0].fudge == 2);
  CHECK(document.first_listed == 1);
  CHECK(document.further_crystals[0].misset_rad == nbk::Vec3d{0, 0, 0});
}

TEST_CASE("experiment json: a scan gives all crystals the rotation of its image") {
  Json json = minimal();
  json["crystals"] = {Json::object(), Json::object()};
  json["scan"] = {
      {"first_image", 11}, {"images", 3}, {"start_rad", 0.5}, {"oscillation_rad", 0.25}, {"steps_per_image", 5}};
  CHECK(document_from_json(json, "file").experiment.crystal.phi.start_rad == 0.5);
  json["scan"]["image"] = 13;
  const ExperimentDocument document = document_from_json(json, "file");
  for (const nbk::PhiScan& phi : {document.experiment.crystal.phi, document.further_crystals.at(0).phi}) {
    CHECK(phi.start_rad == 1.0);
    CHECK(phi.range_rad == 0.25);
    CHECK(phi.steps == 5);
  }
  for (const int image : {10, 14}) {
    json["scan"]["image"] = image;
    CHECK_THROWS_WITH_AS(document_from_json(json, "file"), doctest::Contains("/scan/image: must be 11 to 13"),
                         FileError);
  }
}

TEST_CASE("experiment json: spectra and structure factors come from the files that a document names") {
  const nbk::bench::system::TemporaryFolder scratch("nbk-test");
  const auto file = scratch.path() / "experiment.json";
  write_text(file, document_of_files().dump());
  write_text(scratch.path() / "spectrum.txt", "# A, weight, set\n0.97 1\n0.98, 0.5, 1\n");
  write_text(scratch.path() / "low.hkl", "0 0 1 10\n0 0 2 -20\n");
  write_text(scratch.path() / "high.hkl", "1 0 0 5\n");
  write_text(scratch.path() / "water.stol", "0.5 1\n0 2.57\n");
  const ExperimentDocument document = nbk::bench::flags::read_document(file);
  const Experiment& e = document.experiment;
  REQUIRE(e.beam.spectrum.lines.size() == 2);
  CHECK(e.beam.spectrum.lines[0].wavelength_m == 0.97e-10);
  CHECK(e.beam.spectrum.lines[1].weight == 0.5);
  CHECK(e.beam.spectrum.lines[1].structure_factor_set == 1);
  CHECK(e.structure_factors.amplitude == std::vector<double>{10, -20});
  CHECK(e.structure_factors.l_min == 1);
  CHECK(e.structure_factors.intensities);
  CHECK(e.structure_factors.interpolate == false);
  CHECK(e.structure_factors.default_amplitude == 3);
  CHECK(e.further_sets.at(0).h_max == 1);
  CHECK(e.materials.at(0).form_factor.at(0).amplitude == 2.57);
  CHECK(document.files == std::vector<std::filesystem::path>{scratch.path() / "spectrum.txt",
                                                             scratch.path() / "low.hkl", scratch.path() / "high.hkl",
                                                             scratch.path() / "water.stol"});
  // Written, they are part of the document.
  const Json again = document_to_json<Json>(document);
  CHECK(document_to_json<Json>(document_from_json(again, "file")) == again);

  write_text(scratch.path() / "low.hkl", "0 0 1\n");
  CHECK_THROWS_WITH_AS(nbk::bench::flags::read_document(file), doctest::Contains("/structure_factors/file: "),
                       FileError);
  CHECK_THROWS_WITH_AS(nbk::bench::flags::read_document(file), doctest::Contains("low.hkl: line 1: "), FileError);
}

TEST_CASE("experiment json: a whole number is one however it is written") {
  Json json = minimal();
  json["detector"] = {{"pixels_fast", 64.0}, {"pixels_slow", 1e3}, {"oversample", -0.0}};
  const Experiment experiment = experiment_from_json(json, "file");
  CHECK(experiment.detector.pixels_fast == 64);
  CHECK(experiment.detector.pixels_slow == 1000);
  check_refused("/detector/oversample", 3e9, "/detector/oversample: must be an integer");
  check_refused("/detector/oversample", 1e300, "/detector/oversample: must be an integer");
  check_refused("/detector/oversample", 64.5, "/detector/oversample: must be an integer");
}

TEST_CASE("experiment json: the documented schema holds for what is written") {
  const Json schema = Json::parse(nbk::bench::system::read_text(std::string(nbk::testing::places::tests) +
                                                                "/../docs/schema/experiment.schema.json"));
  for (const ExperimentDocument& document :
       {ExperimentDocument{}, ExperimentDocument{elaborate()}, of_two_crystals()}) {
    for (const auto& complaint : nbk::testing::schema_complaints(document_to_json<Json>(document), schema)) {
      FAIL_CHECK(complaint);
    }
  }
  CHECK(nbk::testing::schema_complaints(document_of_files(), schema).empty());
  CHECK(nbk::testing::schema_complaints(minimal(1), schema).empty());
  Json wrong = experiment_to_json<Json>(elaborate());
  wrong["beam"]["wavelength_m"] = "one";
  CHECK_FALSE(nbk::testing::schema_complaints(wrong, schema).empty());
}

TEST_CASE("experiment file: read, written, refused, and overridden by flags") {
  const nbk::bench::system::TemporaryFolder scratch("nbk-test");
  const auto file = scratch.path() / "experiment.json";
  nbk::bench::flags::write_document(file, {elaborate()});
  CHECK(document_to_json<Json>(nbk::bench::flags::read_document(file)) == experiment_to_json<Json>(elaborate()));

  const auto parse = [&](const std::string& line) {
    return nbk::bench::flags::parse(nbk::testing::words_of("--experiment " + file.string() + " " + line)).experiment;
  };
  CHECK(experiment_to_json<Json>(parse("")) == experiment_to_json<Json>(elaborate()));
  const Experiment changed = parse("-lambda 2 -misset_seed 3 -misset random -mosflm");
  CHECK(changed.beam.wavelength_m == 2 / 1e10);
  CHECK(changed.crystal.random_misset_seed == -3);
  CHECK(changed.frame.beam == nbk::Vec3d{1, 0, 0});
  CHECK(changed.structure_factors.amplitude == elaborate().structure_factors.amplitude);

  const std::string head = R"({"schema": "nbk-experiment", "schema_version": 1, )";
  write_text(file, head + R"("beam": {"wavelength_m": 1e-10, "wavelength_m": 2e-10}})");
  CHECK_THROWS_WITH_AS(nbk::bench::flags::read_document(file), doctest::Contains("/beam/wavelength_m: is there twice"),
                       FileError);
  write_text(file, head + R"("beam": {"sources": [{"weight": 1}, {"weight": 1}]}, "beam": {}})");
  CHECK_THROWS_WITH_AS(nbk::bench::flags::read_document(file), doctest::Contains("/beam: is there twice"), FileError);
  write_text(file, head + R"("beam": {"sources": [{"position": [-10, 0, 0]}, {"position": [-9, 0, 0]}]}})");
  CHECK_NOTHROW(nbk::bench::flags::read_document(file));

  write_text(file, "{\"schema\": ");
  CHECK_THROWS_WITH_AS(nbk::bench::flags::read_document(file), doctest::Contains("experiment.json: "), FileError);
  CHECK_THROWS_WITH_AS(nbk::bench::flags::read_document("/no/such/file"), doctest::Contains("/no/such/file"),
                       FileError);
}

TEST_CASE("mask runs: a mask makes the round trip") {
  using Mask = std::vector<std::uint16_t>;
  CHECK(nbk::io::runs_of(Mask{}).empty());
  CHECK(nbk::io::runs_of(Mask{0, 0, 1}) == std::vector<std::uint64_t>{0, 2, 1});
  for (const Mask& mask : {Mask{}, Mask{1}, Mask{0}, Mask{0, 1, 0}, Mask{1, 1, 0}}) {
    CHECK(nbk::io::mask_of(nbk::io::runs_of(mask)) == mask);
  }
}
