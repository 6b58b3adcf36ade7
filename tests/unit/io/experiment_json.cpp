// SPDX-License-Identifier: MIT
#include "nbk/io/experiment_json.hpp"

#include "bench/flags/experiment_file.hpp"
#include "bench/system/files.hpp"
#include "nbk/core/error.hpp"
#include "support/flag_samples.hpp"
#include "support/json_schema.hpp"

#include <nlohmann/json.hpp>

#include <doctest/doctest.h>

namespace {

using nbk::Experiment;
using nbk::FileError;
using nbk::io::experiment_from_json;
using nbk::io::experiment_to_json;
using Json = nlohmann::json;

Json minimal() { return {{"schema", "nbk-experiment"}, {"schema_version", 1}}; }

/// An experiment that gives every kind of field.
Experiment elaborate() {
  Experiment e = nbk::testing::parse_line(
                     "-xds -misset 1 2 3 -mosaic 0.5 -mosaic_dom 4 -osc 1 -phisteps 3 -hdivrange 2 -roi 1 2 3 4 "
                     "-detector_abs 500 -detector_thick 450 -gauss_xtal -ORGX 3.5 -dmin 2 -water 3 -interpolate")
                     .experiment;
  e.beam.sources = {{{-10, 0.5, 0}, 2, 1.1e-10, 0}, {{-10, 0, 0}, 1, 1e-10, 0}};
  e.crystal.a_matrix = nbk::Mat3d{{0.01, 0, 0}, {0, 0.02, 0.001}, {0, 0, 0.03}};
  e.detector.mask = {1, 1, 0, 0, 0, 1};
  e.detector.origin_m = nbk::Vec3d{0.1, 0.2, 0.3};
  e.structure_factors = {0, 1, -1, 0, 2, 2, {1.5, 2.5, 1.0 / 3, 4e-9}, 7, false};
  return e;
}

void check_refused(const char* path, const Json& value, const std::string& expected) {
  Json json = experiment_to_json<Json>(elaborate());
  json[Json::json_pointer(path)] = value;
  INFO(path, " = ", value.dump());
  CHECK_THROWS_WITH_AS(experiment_from_json(json, "file"), doctest::Contains(("file: " + expected).c_str()), FileError);
}

}  // namespace

TEST_CASE("experiment json: every field makes the round trip, to the last bit") {
  for (const Experiment& experiment : {Experiment{}, elaborate()}) {
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
  check_refused("/beam/sources/1/wieght", 1, "/beam/sources/1/wieght: is not a known key");
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
  check_refused("/schema_version", 2, "/schema_version: must be 1");
  check_refused("", Json::array(), "/: must be an object");
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
  const Json schema =
      Json::parse(nbk::bench::system::read_text(std::string(NBK_TESTS_DIR) + "/../docs/schema/experiment.schema.json"));
  for (const Experiment& experiment : {Experiment{}, elaborate()}) {
    for (const auto& complaint : nbk::testing::schema_complaints(experiment_to_json<Json>(experiment), schema)) {
      FAIL_CHECK(complaint);
    }
  }
  Json wrong = experiment_to_json<Json>(elaborate());
  wrong["beam"]["wavelength_m"] = "one";
  CHECK_FALSE(nbk::testing::schema_complaints(wrong, schema).empty());
}

TEST_CASE("experiment file: read, written, refused, and overridden by flags") {
  const nbk::bench::system::TemporaryFolder scratch("nbk-test");
  const auto file = scratch.path() / "experiment.json";
  nbk::bench::flags::write_experiment(file, elaborate());
  CHECK(experiment_to_json<Json>(nbk::bench::flags::read_experiment(file)) == experiment_to_json<Json>(elaborate()));

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
  nbk::bench::system::write_text(file, head + R"("beam": {"wavelength_m": 1e-10, "wavelength_m": 2e-10}})");
  CHECK_THROWS_WITH_AS(nbk::bench::flags::read_experiment(file),
                       doctest::Contains("/beam/wavelength_m: is there twice"), FileError);
  nbk::bench::system::write_text(file, head + R"("beam": {"sources": [{"weight": 1}, {"weight": 1}]}, "beam": {}})");
  CHECK_THROWS_WITH_AS(nbk::bench::flags::read_experiment(file), doctest::Contains("/beam: is there twice"), FileError);
  nbk::bench::system::write_text(
      file, head + R"("beam": {"sources": [{"position": [-10, 0, 0]}, {"position": [-9, 0, 0]}]}})");
  CHECK_NOTHROW(nbk::bench::flags::read_experiment(file));

  nbk::bench::system::write_text(file, "{\"schema\": ");
  CHECK_THROWS_WITH_AS(nbk::bench::flags::read_experiment(file), doctest::Contains("experiment.json: "), FileError);
  CHECK_THROWS_WITH_AS(nbk::bench::flags::read_experiment("/no/such/file"), doctest::Contains("/no/such/file"),
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
