// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/io/experiment_fields.hpp"
#include "nbk/io/json_reader.hpp"
#include "nbk/io/json_writer.hpp"
#include "nbk/io/named_files.hpp"
#include "nbk/io/response_json.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// An Experiment as JSON and back. A template over the JSON type (nlohmann::json or one with its interface), so that
/// nbk itself needs no JSON library. The file's form is in docs/schema/experiment.schema.json.

namespace nbk::io {

/// Value of the key "schema".
inline constexpr std::string_view experiment_schema = "nbk-experiment";
/// Value of the key "schema_version" that is written. Version 1 is read, too: it has fewer keys, of the same meaning.
inline constexpr int experiment_schema_version = 2;

/// Content of an experiment file.
struct ExperimentDocument {
  Experiment experiment{};                     ///< the first crystal in its surroundings
  std::vector<Crystal> further_crystals{};     ///< in the same surroundings; all images are added up
  std::size_t first_listed = 0;                ///< place of the first of them in the key "crystals"
  std::optional<Scan> scan{};                  ///< sweep of which this is one image; the crystals' phi is of that image
  std::optional<Response> response{};          ///< effect of the detector on the photons
  std::vector<std::filesystem::path> files{};  ///< that the document names
  std::vector<std::string> warnings{};         ///< about those files

  /// Puts the rotation of an image of the scan into all crystals.
  /// \param image  number of the image, counted from Scan::first_image
  void set_image(int image) {
    const PhiScan phi = scan->exposure(image - scan->first_image);
    experiment.crystal.phi = phi;
    for (Crystal& crystal : further_crystals) crystal.phi = phi;
  }
};

namespace detail {

/// Returns the version of a document after a look at its first two keys.
template <class Json>
int experiment_version(const Json& json, const std::string& file) {
  const auto schema = json.find("schema"), version = json.find("schema_version");
  if (schema == json.end() || *schema != Json(std::string(experiment_schema))) {
    throw FileError(file + ": /schema: must be \"" + std::string(experiment_schema) + "\"");
  }
  if (version != json.end() && *version == Json(1)) return 1;
  if (version != json.end() && *version == Json(2)) return 2;
  throw FileError(file + ": /schema_version: must be 1 or 2");
}

/// Reads the list of crystals. Without `crystal` the first of them takes its place.
template <class Json>
void read_crystals(const JsonReader<Json>& reader, ExperimentDocument& document) {
  if (!reader.has("crystals")) return;
  std::vector<Crystal>& crystals = document.further_crystals;
  reader.read_value("crystals", crystals);
  if (crystals.empty() || reader.has("crystal")) return;
  document.experiment.crystal = crystals.front();
  crystals.erase(crystals.begin());
  document.first_listed = 1;
}

/// Reads the scan, and takes the crystals' rotation from it.
template <class Json>
void read_scan(const Json& json, JsonSource& source, ExperimentDocument& document) {
  const auto entry = json.find("scan");
  if (entry == json.end() || entry->is_null()) return;
  JsonReader<Json> reader(*entry, source, "/scan");
  Scan scan;
  reader.read(scan, {"image"});
  const auto require_at_least_1 = [&](const char* key, int value) {
    if (value < 1) reader.fail(std::string(key) + " must be at least 1");
  };
  require_at_least_1("images", scan.images);
  require_at_least_1("steps_per_image", scan.steps_per_image);
  int image = scan.first_image;
  if (reader.has("image")) reader.read_value("image", image);
  const std::int64_t last = std::int64_t{scan.first_image} + scan.images - 1;
  if (image < scan.first_image || image > last) {
    reader.fail_at("image", "must be " + std::to_string(scan.first_image) + " to " + std::to_string(last));
  }
  const auto refuse_phi = [&](const Json& crystal, const std::string& path) {
    if (crystal.contains("phi")) throw FileError(source.file + ": " + path + "/phi: must not stand with /scan");
  };
  if (json.contains("crystal")) refuse_phi(json.at("crystal"), "/crystal");
  for (std::size_t i = 0; json.contains("crystals") && i < json.at("crystals").size(); ++i) {
    refuse_phi(json.at("crystals")[i], "/crystals/" + std::to_string(i));
  }
  document.scan = scan;
  document.set_image(image);
}

}  // namespace detail

/// Returns a document as JSON, every field given. Files that it named are written out, and so is the rotation of its
/// image in place of a scan.
template <class Json>
Json document_to_json(const ExperimentDocument& document) {
  Json json = JsonWriter<Json>::object(document.experiment);
  json["crystals"] = JsonWriter<Json>::list(document.further_crystals);
  if (document.response) json["response"] = JsonWriter<Json>::object(*document.response);
  json["schema"] = std::string(experiment_schema);
  json["schema_version"] = experiment_schema_version;
  return json;
}

/// Returns an experiment as JSON, every field given.
template <class Json>
Json experiment_to_json(const Experiment& experiment) {
  return document_to_json<Json>({experiment});
}

/// Reads a JSON document. A field that it does not mention has the library's default. Physical limits are checked when
/// the scene is made.
/// \param file    its name for messages
/// \param folder  in which relative names of files begin; not given: the document may not name files
/// \throws FileError  "FILE: /path/inside: what is wrong"
template <class Json>
ExperimentDocument document_from_json(const Json& json, const std::string& file,
                                      const std::optional<std::filesystem::path>& folder = std::nullopt) {
  ExperimentDocument document;
  NamedFiles files{folder};
  JsonSource source{file, experiment_schema_version, files};
  JsonReader<Json> reader(json, source, "");
  source.version = detail::experiment_version(json, file);
  if (source.version >= 2) {
    reader.read(document.experiment, {"schema", "schema_version", "crystals", "scan", "response"});
    detail::read_crystals(reader, document);
    detail::read_scan(json, source, document);
    if (reader.has("response")) reader.read_value("response", document.response);
    if (document.response) check_response_of(*document.response, file, "/response");
  } else {
    reader.note_later({"crystals", "scan", "response"});
    reader.read(document.experiment, {"schema", "schema_version"});
  }
  document.files = std::move(files.read);
  document.warnings = std::move(files.warnings);
  return document;
}

/// Reads a JSON document of one crystal that names no files.
/// \param file  its name for messages
/// \throws FileError  "FILE: /path/inside: what is wrong"
template <class Json>
Experiment experiment_from_json(const Json& json, const std::string& file) {
  ExperimentDocument document = document_from_json(json, file);
  if (!document.further_crystals.empty()) {
    throw FileError(file +
                    ": /crystals: must not have further crystals: an Experiment has one; document_from_json() "
                    "takes several");
  }
  return std::move(document.experiment);
}

}  // namespace nbk::io
