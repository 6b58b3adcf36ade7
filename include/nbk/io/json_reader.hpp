// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/core/nearest_names.hpp"
#include "nbk/io/experiment_fields.hpp"
#include "nbk/io/field_names.hpp"
#include "nbk/io/mask_runs.hpp"
#include "nbk/io/named_files.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace nbk::io {

/// Larger masks are refused.
inline constexpr std::uint64_t most_mask_pixels = std::uint64_t{1} << 32;

/// Document that is read, for all objects inside it.
struct JsonSource {
  std::string file;         ///< its name, for messages
  int version = 2;          ///< value of its key "schema_version"
  NamedFiles& named_files;  ///< that the document names
};

/// Filler of the fields of experiment_fields.hpp from JSON. A key that is missing leaves its field as it is.
template <class Json>
class JsonReader {
 public:
  /// \param source  must outlive the reader
  /// \param path    of the object inside the document
  JsonReader(const Json& json, JsonSource& source, std::string path)
      : m_json(json), m_source(source), m_path(std::move(path)) {
    if (!m_json.is_object()) fail("must be an object");
  }

  /// Reads one field.
  void operator()(std::string_view name, auto& field) {
    m_known.emplace_back(name);
    if (has(name)) at(name).set(field);
  }
  /// Reads one field of later versions.
  void operator()(std::string_view name, auto& field, Since since) {
    if (m_source.version >= since.version) {
      (*this)(name, field);
    } else {
      m_later.emplace_back(name);
    }
  }

  /// Notes keys that only later versions have.
  void note_later(std::initializer_list<std::string_view> keys) {
    m_later.insert(m_later.end(), keys.begin(), keys.end());
  }

  /// Reads all fields of an object.
  /// \param further_keys  keys that somebody else reads
  /// \throws FileError    also for a key that is none of them
  void read(auto& fields, std::initializer_list<std::string_view> further_keys = {}) {
    m_known.assign(further_keys.begin(), further_keys.end());
    visit_fields(*this, fields);
    for (const auto& entry : m_json.items()) {
      if (std::ranges::find(m_known, entry.key()) != m_known.end()) continue;
      const bool is_later = std::ranges::find(m_later, entry.key()) != m_later.end();
      at(entry.key())
          .fail(is_later ? "is not a key of schema_version 1; version 2 has it"
                         : "is not a known key; " + names_in_place_of(entry.key(), m_known));
    }
  }

  /// True if the object has a key.
  bool has(std::string_view key) const { return m_json.find(std::string(key)) != m_json.end(); }
  /// Reads the value of a key that the object has.
  void read_value(std::string_view key, auto& field) const { at(key).set(field); }
  /// Throws FileError about the value of a key that the object has.
  [[noreturn]] void fail_at(std::string_view key, const std::string& problem) const { at(key).fail(problem); }
  /// Throws FileError about the object.
  [[noreturn]] void fail(const std::string& problem) const { Value{m_json, m_source, m_path}.fail(problem); }

 private:
  /// One value with its place.
  struct Value {
    const Json& json;
    JsonSource& source;
    std::string path;

    [[noreturn]] void fail(const std::string& problem) const {
      throw FileError(source.file + ": " + (path.empty() ? "/" : path) + ": " + problem);
    }
    Value child(const Json& element, std::size_t i) const { return {element, source, path + "/" + std::to_string(i)}; }

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
        JsonReader(json, source, path).read(field);
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
    void set(std::string& text) const {
      if (!json.is_string()) fail("must be a text");
      text = json.template get<std::string>();
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
    void set(Spectrum& spectrum) const {
      JsonReader reader(json, source, path);
      if (!reader.reads_file(spectrum, {"lines"})) return;
      reader.from_file([&](NamedFiles& files, const std::string& name) { spectrum = files.spectrum(name); });
    }
    void set(Material& material) const {
      JsonReader reader(json, source, path);
      if (!reader.reads_file(material, {"form_factor"})) return;
      reader.from_file(
          [&](NamedFiles& files, const std::string& name) { material.form_factor = files.form_factor(name); });
    }
    void set(StructureFactors& factors) const {
      JsonReader reader(json, source, path);
      if (reader.reads_file(factors, {"h_min", "h_max", "k_min", "k_max", "l_min", "l_max", "amplitude"})) {
        reader.from_file([&](NamedFiles& files, const std::string& name) { files.fill(factors, name); });
      }
      const auto range = [](int low, int high) { return static_cast<double>(high) - low + 1.0; };
      const double cells = range(factors.h_min, factors.h_max) * range(factors.k_min, factors.k_max) *
                           range(factors.l_min, factors.l_max);
      if (factors.has_table() && static_cast<double>(factors.amplitude.size()) != cells) {
        reader.at("amplitude").fail("must have one value for every index of its ranges");
      }
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

  Value at(std::string_view key) const {
    const std::string name(key);
    return {m_json.at(name), m_source, m_path + "/" + name};
  }

  /// Reads all fields of an object that may name a file in place of some of them.
  /// \return true if it does
  bool reads_file(auto& fields, std::initializer_list<std::string_view> replaced) {
    if (m_source.version < 2) m_later.emplace_back("file");
    if (m_source.version < 2 || !has("file")) {
      read(fields);
      return false;
    }
    for (const std::string_view key : replaced) {
      if (has(key)) fail_at(key, "must not stand with /file, which replaces it");
    }
    read(fields, {"file"});
    return true;
  }

  /// Calls read(files, name) for the file that the object names, with the place of the name in front of any error.
  template <class Read>
  void from_file(const Read& read) const {
    const Value value = at("file");
    std::string name;
    value.set(name);
    try {
      read(m_source.named_files, name);
    } catch (const FileError& error) {
      value.fail(error.what());
    }
  }

  const Json& m_json;
  JsonSource& m_source;
  std::string m_path;
  std::vector<std::string> m_known, m_later;
};

}  // namespace nbk::io
