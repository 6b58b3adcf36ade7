// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/io/json_reader.hpp"
#include "nbk/io/json_writer.hpp"
#include "nbk/io/named_files.hpp"
#include "nbk/io/response_fields.hpp"
#include "nbk/response/check_response.hpp"

#include <string>
#include <string_view>

/// \file
/// A Response as JSON and back, as experiment_json.hpp does it for an Experiment. The file's form is in
/// docs/schema/response.schema.json.

namespace nbk::io {

/// Value of the key "schema" of a file that holds a response alone.
inline constexpr std::string_view response_schema = "nbk-response";
/// Value of the key "schema_version" of such a file.
inline constexpr int response_schema_version = 1;

/// Returns a response as JSON, every field given.
template <class Json>
Json response_to_json(const Response& response) {
  Json json = JsonWriter<Json>::object(response);
  json["schema"] = std::string(response_schema);
  json["schema_version"] = response_schema_version;
  return json;
}

/// Throws FileError unless a response can be computed.
/// \param file  its file's name for messages \param place  of the response inside the file
inline void check_response_of(const Response& response, const std::string& file, const std::string& place) {
  try {
    check_response(response);
  } catch (const InvalidInput& error) {
    throw FileError(file + ": " + place + (place.empty() ? "" : ": ") + error.what());
  }
}

/// Reads a response. A field that it does not mention has the library's default.
/// \param file  its name for messages
/// \throws FileError  "FILE: /path/inside: what is wrong", also for a response that cannot be computed
template <class Json>
Response response_from_json(const Json& json, const std::string& file) {
  NamedFiles no_files;
  JsonSource source{file, 2, no_files};
  JsonReader<Json> reader(json, source, "");
  const auto require_value = [&](std::string_view key, const Json& value, const char* allowed) {
    const auto entry = json.find(std::string(key));
    if (entry == json.end() || *entry != value) {
      throw FileError(file + ": /" + std::string(key) + ": must be " + allowed);
    }
  };
  require_value("schema", Json(std::string(response_schema)), "\"nbk-response\"");
  require_value("schema_version", Json(response_schema_version), "1");
  Response response;
  reader.read(response, {"schema", "schema_version"});
  check_response_of(response, file, "");
  return response;
}

}  // namespace nbk::io
