// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/io/experiment_fields.hpp"
#include "nbk/io/mask_runs.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// An Experiment as JSON and back. A template over the JSON type (nlohmann::json or one with its interface), so that
/// nbk itself needs no JSON library. The file's form is in docs/schema/experiment.schema.json.

namespace nbk::io {

/// Value of the key "schema".
inline constexpr std::string_view experiment_schema = "nbk-experiment";
/// Value of the key "schema_version".
inline constexpr int experiment_schema_version = 1;
/// Larger masks are refused.
inline constexpr std::uint64_t most_mask_pixels = std::uint64_t{1} << 32;

/// Makes JSON of fields.
template <class Json>
class JsonWriter {
 public:
  void operator()(std::string_view name, const auto& field) { m_json[std::string(name)] = value_of(field); }

  static Json object(const auto& fields) {
    JsonWriter writer;
    visit_fields(writer, fields);
    return std::move(writer.m_json);
  }

 private:
  template <class T>
  static Json value_of(const T& value) {
    if constexpr (Named<T>) {
      const std::string_view name = name_of(value);
      return name.empty() ? Json(nullptr) : Json(std::string(name));
    } else if constexpr (std::is_arithmetic_v<T>) {
      return value;
    } else {
      return object(value);
    }
  }
  static Json value_of(const Vec3d& v) { return Json::array({v.x, v.y, v.z}); }
  static Json value_of(const std::array<double, 3>& a) { return Json::array({a[0], a[1], a[2]}); }
  static Json value_of(const Mat3d& m) { return Json::array({value_of(m.row0), value_of(m.row1), value_of(m.row2)}); }
  static Json value_of(const std::vector<double>& v) { return v; }
  static Json value_of(const std::vector<std::uint16_t>& mask) { return runs_of(mask); }
  template <class T>
  static Json value_of(const std::optional<T>& value) {
    return value ? value_of(*value) : Json(nullptr);
  }
  static Json value_of(const std::vector<Source>& sources) {
    Json list = Json::array();
    for (const Source& source : sources) list.push_back(value_of(source));
    return list;
  }

  Json m_json = Json::object();
};

/// Fills fields from JSON. A key that is missing leaves its field as it is.
template <class Json>
class JsonReader {
 public:
  /// \param file  for messages \param path  of the object inside the file
  JsonReader(const Json& json, std::string file, std::string path)
      : m_json(json), m_file(std::move(file)), m_path(std::move(path)) {
    if (!m_json.is_object()) fail("must be an object");
  }

  void operator()(std::string_view name, auto& field) {
    m_known.emplace_back(name);
    const auto entry = m_json.find(std::string(name));
    if (entry != m_json.end()) at(*entry, "/" + std::string(name)).set(field);
  }

  /// Reads all fields of an object. \throws FileError  also for a key that is none of them
  void read(auto& fields, std::initializer_list<std::string_view> further_keys = {}) {
    m_known.assign(further_keys.begin(), further_keys.end());
    visit_fields(*this, fields);
    for (const auto& entry : m_json.items()) {
      if (std::find(m_known.begin(), m_known.end(), entry.key()) == m_known.end()) {
        Value{entry.value(), m_file, m_path + "/" + entry.key()}.fail("is not a known key");
      }
    }
  }

  [[noreturn]] void fail(const std::string& problem) const { Value{m_json, m_file, m_path}.fail(problem); }

 private:
  /// One value with its place.
  struct Value {
    const Json& json;
    std::string file, path;

    [[noreturn]] void fail(const std::string& problem) const {
      throw FileError(file + ": " + (path.empty() ? "/" : path) + ": " + problem);
    }
    Value child(const Json& element, std::size_t i) const { return {element, file, path + "/" + std::to_string(i)}; }

    template <class T>
    void set(T& field) const {
      if constexpr (Named<T>) {
        set_named(field);
      } else if constexpr (std::is_same_v<T, bool>) {
        if (!json.is_boolean()) fail("must be true or false");
        field = json.template get<bool>();
      } else if constexpr (std::is_integral_v<T>) {
        set_integer(field);
      } else if constexpr (std::is_floating_point_v<T>) {
        if (!json.is_number()) fail("must be a number");
        field = json.template get<T>();
        if (!std::isfinite(field)) fail("must be a finite number");
      } else {
        JsonReader(json, file, path).read(field);
      }
    }
    template <class T>
    void set(std::optional<T>& field) const {
      if (json.is_null()) {
        field.reset();
      } else {
        set(field.emplace());
      }
    }
    void set(Vec3d& v) const { set_elements({&v.x, &v.y, &v.z}); }
    void set(std::array<double, 3>& a) const { set_elements({a.data(), a.data() + 1, a.data() + 2}); }
    void set(Mat3d& m) const { set_elements({&m.row0, &m.row1, &m.row2}); }
    template <class T>
    void set(std::vector<T>& list) const {
      if (!json.is_array()) fail("must be a list");
      list.assign(json.size(), T{});
      for (std::size_t i = 0; i < list.size(); ++i) child(json[i], i).set(list[i]);
    }
    void set(std::vector<std::uint16_t>& mask) const {
      std::vector<std::uint64_t> runs;
      set(runs);
      std::uint64_t pixels = 0;
      for (const std::uint64_t run : runs) {
        if (run > most_mask_pixels - pixels) fail("must have at most 2^32 pixels");
        pixels += run;
      }
      mask = mask_of(runs);
    }

    template <class T>
    void set_elements(std::initializer_list<T*> fields) const {
      if (!json.is_array() || json.size() != fields.size()) {
        fail("must be a list of " + std::to_string(fields.size()));
      }
      std::size_t i = 0;
      for (T* field : fields) {
        child(json[i], i).set(*field);
        ++i;
      }
    }
    /// Takes 64, 64.0 and 1e3, which are the same numbers in JSON.
    template <class T>
    void set_integer(T& field) const {
      const bool fits = json.is_number_unsigned()  ? std::in_range<T>(json.template get<std::uint64_t>())
                        : json.is_number_integer() ? std::in_range<T>(json.template get<std::int64_t>())
                                                   : false;
      if (fits) {
        field = json.template get<T>();
      } else if (json.is_number_float() && is_whole<T>(json.template get<double>())) {
        field = static_cast<T>(json.template get<double>());
      } else {
        fail("must be an integer from " + std::to_string(std::numeric_limits<T>::min()) + " to " +
             std::to_string(std::numeric_limits<T>::max()));
      }
    }
    template <class T>
    static bool is_whole(double value) {
      constexpr double largest = 0x1p63;
      return value == std::floor(value) && value >= -largest && value < largest &&
             std::in_range<T>(static_cast<std::int64_t>(value));
    }
    template <class T>
    void set_named(T& field) const {
      std::string allowed;
      for (const auto& [text, value] : names_of(T{})) {
        if (json.is_string() && json.template get<std::string>() == text) {
          field = value;
          return;
        }
        allowed += (allowed.empty() ? "" : ", ") + std::string(text);
      }
      fail("must be one of " + allowed);
    }
  };

  Value at(const Json& json, const std::string& step) const { return {json, m_file, m_path + step}; }

  const Json& m_json;
  std::string m_file, m_path;
  std::vector<std::string> m_known;
};

/// Returns an experiment as JSON, every field given.
template <class Json>
Json experiment_to_json(const Experiment& experiment) {
  Json json = JsonWriter<Json>::object(experiment);
  json["schema"] = std::string(experiment_schema);
  json["schema_version"] = experiment_schema_version;
  return json;
}

/// Reads the experiment of a JSON document. A field that it does not mention has the library's default. Physical limits
/// are checked when the scene is made. \param file  its name for messages
/// \throws FileError  "FILE: /path/inside: what is wrong"
template <class Json>
Experiment experiment_from_json(const Json& json, const std::string& file) {
  Experiment experiment;
  JsonReader<Json> reader(json, file, "");
  const auto schema = json.find("schema"), version = json.find("schema_version");
  if (schema == json.end() || *schema != Json(std::string(experiment_schema))) {
    throw FileError(file + ": /schema: must be \"" + std::string(experiment_schema) + "\"");
  }
  if (version == json.end() || *version != Json(experiment_schema_version)) {
    throw FileError(file + ": /schema_version: must be " + std::to_string(experiment_schema_version));
  }
  reader.read(experiment, {"schema", "schema_version"});
  const StructureFactors& f = experiment.structure_factors;
  const auto range = [](int low, int high) { return static_cast<double>(high) - low + 1.0; };
  const double cells = range(f.h_min, f.h_max) * range(f.k_min, f.k_max) * range(f.l_min, f.l_max);
  if (f.has_table() && static_cast<double>(f.amplitude.size()) != cells) {
    throw FileError(file + ": /structure_factors/amplitude: must have one value for every index of its ranges");
  }
  return experiment;
}

}  // namespace nbk::io
