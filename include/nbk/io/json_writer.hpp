// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/experiment_fields.hpp"
#include "nbk/io/field_names.hpp"
#include "nbk/io/mask_runs.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace nbk::io {

/// Maker of JSON from the fields of experiment_fields.hpp. A template over the JSON type, as experiment_to_json().
template <class Json>
class JsonWriter {
 public:
  /// Adds a field.
  void operator()(std::string_view name, const auto& field) { m_json[std::string(name)] = value_of(field); }
  /// Adds a field of later versions: every field is written.
  void operator()(std::string_view name, const auto& field, Since) { (*this)(name, field); }

  /// Returns the object of all fields.
  static Json object(const auto& fields) {
    JsonWriter writer;
    visit_fields(writer, fields);
    return std::move(writer.m_json);
  }

  /// Returns the list of the objects of all items.
  template <class Item>
  static Json list(const std::vector<Item>& items) {
    return value_of(items);
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
  static Json value_of(const std::string& text) { return text; }
  static Json value_of(const Vec3d& v) { return Json::array({v.x, v.y, v.z}); }
  static Json value_of(const std::array<double, 3>& a) { return Json::array({a[0], a[1], a[2]}); }
  static Json value_of(const Mat3d& m) { return Json::array({value_of(m.row0), value_of(m.row1), value_of(m.row2)}); }
  static Json value_of(const std::vector<double>& v) { return v; }
  static Json value_of(const std::vector<std::uint16_t>& mask) { return runs_of(mask); }
  template <class T>
  static Json value_of(const std::optional<T>& value) {
    return value ? value_of(*value) : Json(nullptr);
  }
  template <class T>
  static Json value_of(const std::vector<T>& items) {
    Json list = Json::array();
    for (const T& item : items) list.push_back(value_of(item));
    return list;
  }

  Json m_json = Json::object();
};

}  // namespace nbk::io
