// SPDX-License-Identifier: MIT
#include "nbk/io/response_json.hpp"
#include "bench/system/files.hpp"
#include "nbk/io/experiment_json.hpp"
#include "support/json_schema.hpp"
#include "support/places.hpp"

#include <nlohmann/json.hpp>

#include <doctest/doctest.h>

#include <string>

namespace {

using nbk::Response;
using nbk::io::response_from_json;
using nbk::io::response_to_json;
using Json = nlohmann::json;

/// A response with no member at its default.
Response unusual() {
  Response response;
  response.photons_per_unit = 2;
  response.image_flicker = 0.01;
  response.pixel_flicker = 0.02;
  response.calibration = 0.03;
  response.calibrated = nbk::CalibrationPlace::after_counting;
  response.calibration_seed = 17;
  response.counting = nbk::Counting::none;
  response.gain_spread = 0.4;
  response.point_spread = {nbk::PointSpread::Kind::kernel, 0.5, 2, {0, 1, 0, 1, 4, 1, 0, 1, 0}};
  response.gain_adu_per_photon = 1.8;
  response.readout_noise_adu = 3;
  response.offset_adu = 40;
  response.saturation_adu = 60000;
  response.overload_adu = 65535;
  response.floor_adu = -10;
  response.gap_mark_adu = -3;
  response.bad_mark_adu = -4;
  response.seed = 18446744073709551615U;
  response.image_number = 7;
  return response;
}

Json minimal() { return {{"schema", "nbk-response"}, {"schema_version", 1}}; }

void check_refused(const char* key, const Json& value, const char* message) {
  Json json = minimal();
  json[Json::json_pointer(key)] = value;
  CAPTURE(message);
  CHECK_THROWS_WITH_AS(response_from_json(json, "file"), doctest::Contains(message), nbk::FileError);
}

}  // namespace

TEST_CASE("response json: every member comes back") {
  const Json json = response_to_json<Json>(unusual());
  const Json of_default = response_to_json<Json>(Response{});
  for (const auto& [key, value] : json.items()) {
    CAPTURE(key);
    if (!key.starts_with("schema")) CHECK(value != of_default.at(key));
  }
  CHECK(response_to_json<Json>(response_from_json(json, "file")) == json);
  CHECK(response_to_json<Json>(response_from_json(minimal(), "file")) == of_default);
}

TEST_CASE("response json: what cannot be is one error with its place") {
  check_refused("/schema", "nbk-experiment", "file: /schema: must be \"nbk-response\"");
  check_refused("/schema_version", 2, "file: /schema_version: must be 1");
  check_refused("/gain", 2, "file: /gain: is not a known key");
  check_refused("/point_spread", {{"kind", "fiber"}}, "/point_spread/kind: must be one of none, gauss, fibre, kernel");
  check_refused("/gain_adu_per_photon", 0, "file: gain_adu_per_photon = 0: must be > 0");
  check_refused("/seed", -1, "/seed: must be an integer from 0");
  check_refused("/calibration", "3%", "/calibration: must be a number");
}

TEST_CASE("response json: an experiment has one, and the documented schemas hold") {
  const std::string folder = std::string(nbk::testing::places::tests) + "/../docs/schema/";
  const auto complaints = [&](const Json& json, const char* schema) {
    return nbk::testing::schema_complaints(json, Json::parse(nbk::bench::system::read_text(folder + schema)));
  };
  CHECK(complaints(response_to_json<Json>(unusual()), "response.schema.json").empty());
  CHECK_FALSE(complaints({{"schema", "nbk-response"}}, "response.schema.json").empty());
  nbk::io::ExperimentDocument document;
  document.response = unusual();
  const Json json = nbk::io::document_to_json<Json>(document);
  CHECK(complaints(json, "experiment.schema.json").empty());
  CHECK(nbk::io::document_to_json<Json>(nbk::io::document_from_json(json, "file")) == json);
  Json wrong = json;
  wrong["response"]["gain_adu_per_photon"] = -1;
  CHECK_THROWS_WITH_AS(nbk::io::document_from_json(wrong, "file"), doctest::Contains("file: /response: gain_adu"),
                       nbk::FileError);
  wrong["schema_version"] = 1;
  CHECK_THROWS_AS(nbk::io::document_from_json(wrong, "file"), nbk::FileError);
}
