// SPDX-License-Identifier: MIT
#pragma once

#include <nbk/core/mat3.hpp>

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace nbk::truth {

/// The JSON of a case. Values are found by their path inside the file, as "/F/default_F"; one that is missing or of
/// another type is an error that names file and path.
class CaseJson {
 public:
  using Json = nlohmann::json;

  /// Reads a file. \throws FileError
  explicit CaseJson(std::filesystem::path file);

  /// True if the file has a value there.
  bool has(const std::string& path) const { return m_json.contains(Json::json_pointer(path)); }
  /// Names of the members of an object. \throws FileError
  std::vector<std::string> keys(const std::string& path) const;
  /// Number of elements of a list. \throws FileError
  std::size_t size(const std::string& path) const;

  /// Values by their type. \throws FileError
  double number(const std::string& path) const;
  int integer(const std::string& path) const;
  bool truth(const std::string& path) const;
  std::string text(const std::string& path) const;
  Vec3d vector(const std::string& path) const;
  Mat3d matrix(const std::string& path) const;

  /// Values where they may be missing.
  double number(const std::string& path, double otherwise) const { return has(path) ? number(path) : otherwise; }
  int integer(const std::string& path, int otherwise) const { return has(path) ? integer(path) : otherwise; }
  std::string text(const std::string& path, const std::string& otherwise) const {
    return has(path) ? text(path) : otherwise;
  }

  /// Throws a FileError about the value at a path.
  [[noreturn]] void fail(const std::string& path, const std::string& problem) const;
  /// Path of another file that the case names, beside its own.
  std::filesystem::path beside(const std::string& path) const { return m_file.parent_path() / text(path); }

 private:
  const Json& at(const std::string& path) const;

  std::filesystem::path m_file;
  Json m_json;
};

/// Reads a file of doubles, little endian. \throws FileError
std::vector<double> read_numbers(const std::filesystem::path& file);

}  // namespace nbk::truth
