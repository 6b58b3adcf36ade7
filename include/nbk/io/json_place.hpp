// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/core/mat3.hpp"
#include "nbk/core/vec3.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace nbk::io {

/// A value inside of a JSON document of another program, with its place for messages. Keys that nobody asks for are
/// not looked at. JsonReader is for nbk's own files, which refuse them.
template <class Json>
class JsonPlace {
 public:
  /// \param json  must outlive the place
  /// \param file  its name for messages; must outlive the place
  JsonPlace(const Json& json, const std::string& file, std::string path = {})
      : m_json(&json), m_file(&file), m_path(std::move(path)) {}

  /// Returns the place inside the document, "/beam/0" for example.
  const std::string& path() const { return m_path; }
  /// Returns "FILE: PLACE: TEXT".
  std::string message(const std::string& text) const {
    return *m_file + ": " + (m_path.empty() ? "/" : m_path) + ": " + text;
  }
  /// Throws FileError "FILE: PLACE: PROBLEM".
  [[noreturn]] void fail(const std::string& problem) const { throw FileError(message(problem)); }

  /// Returns the value of a key; nothing where it is missing or null.
  std::optional<JsonPlace> find(const std::string& key) const {
    if (!m_json->is_object()) fail("must be an object");
    const auto entry = m_json->find(key);
    if (entry == m_json->end() || entry->is_null()) return std::nullopt;
    return JsonPlace(*entry, *m_file, m_path + "/" + key);
  }
  /// Returns the value of a key.
  /// \param remedy  end of the message where it is missing
  /// \throws FileError
  JsonPlace at(const std::string& key, const std::string& remedy) const {
    if (const auto value = find(key)) return *value;
    throw FileError(*m_file + ": " + m_path + "/" + key + ": is missing; " + remedy);
  }

  /// Returns the number of items of a list. \throws FileError  it is no list
  std::size_t size() const {
    if (!m_json->is_array()) fail("must be a list");
    return m_json->size();
  }
  /// Returns an item of a list. \param i  less than size()
  JsonPlace operator[](std::size_t i) const { return {(*m_json)[i], *m_file, m_path + "/" + std::to_string(i)}; }

  bool is_text() const { return m_json->is_string(); }
  /// Returns a text. \throws FileError
  std::string text() const {
    if (!is_text()) fail("must be a text");
    return m_json->template get<std::string>();
  }
  /// Returns a finite number. \throws FileError
  double number() const {
    if (!m_json->is_number()) fail("must be a number");
    const double value = m_json->template get<double>();
    if (!std::isfinite(value)) fail("must be a finite number");
    return value;
  }
  /// Returns a number > 0. \throws FileError
  double positive() const {
    const double value = number();
    if (!(value > 0)) fail("must be > 0");
    return value;
  }
  /// Returns an integer of 32 bits, which may be written as 64.0. \throws FileError
  int integer() const {
    const double value = number();
    if (value != std::floor(value) || std::fabs(value) > std::numeric_limits<int>::max()) {
      fail("must be an integer of 32 bits");
    }
    return static_cast<int>(value);
  }
  /// Returns the numbers of a list of a given length. \throws FileError
  template <std::size_t N>
  std::array<double, N> numbers() const {
    if (size() != N) fail("must be a list of " + std::to_string(N) + " numbers");
    std::array<double, N> values;
    for (std::size_t i = 0; i < N; ++i) values[i] = (*this)[i].number();
    return values;
  }
  /// Returns a vector. \throws FileError
  Vec3d vector() const {
    const auto [x, y, z] = numbers<3>();
    return {x, y, z};
  }
  /// Returns a vector whose length is not 0. \throws FileError
  Vec3d direction() const {
    const Vec3d v = vector();
    if (!std::isnormal(dot(v, v))) fail("must have a length that is finite and not 0");
    return v;
  }
  /// Returns a matrix of nine numbers, row by row. \throws FileError
  Mat3d matrix() const {
    const auto m = numbers<9>();
    return {{m[0], m[1], m[2]}, {m[3], m[4], m[5]}, {m[6], m[7], m[8]}};
  }

 private:
  const Json* m_json;
  const std::string* m_file;
  std::string m_path;
};

}  // namespace nbk::io
