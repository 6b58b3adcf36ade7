// SPDX-License-Identifier: MIT
#include "truth/case_json.hpp"

#include <nbk/core/error.hpp>

#include <bit>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <utility>

namespace nbk::truth {

CaseJson::CaseJson(std::filesystem::path file) : m_file(std::move(file)) {
  std::ifstream stream(m_file);
  if (!stream) throw FileError(m_file.string() + ": cannot be read");
  try {
    m_json = Json::parse(stream);
  } catch (const Json::parse_error& error) {
    throw FileError(m_file.string() + ": is no JSON: " + error.what());
  }
  if (!m_json.is_object()) fail("/", "must be an object");
}

void CaseJson::fail(const std::string& path, const std::string& problem) const {
  throw FileError(m_file.string() + ": " + path + ": " + problem);
}

const CaseJson::Json& CaseJson::at(const std::string& path) const {
  if (!has(path)) fail(path, "is missing");
  return m_json.at(Json::json_pointer(path));
}

std::vector<std::string> CaseJson::keys(const std::string& path) const {
  const Json& value = at(path);
  if (!value.is_object()) fail(path, "must be an object");
  std::vector<std::string> names;
  for (const auto& member : value.items()) names.push_back(member.key());
  return names;
}

std::size_t CaseJson::size(const std::string& path) const {
  const Json& value = at(path);
  if (!value.is_array()) fail(path, "must be a list");
  return value.size();
}

double CaseJson::number(const std::string& path) const {
  const Json& value = at(path);
  if (!value.is_number()) fail(path, "must be a number");
  return value.get<double>();
}

int CaseJson::integer(const std::string& path) const {
  const Json& value = at(path);
  if (!value.is_number_integer()) fail(path, "must be a whole number");
  return value.get<int>();
}

bool CaseJson::truth(const std::string& path) const {
  const Json& value = at(path);
  if (!value.is_boolean()) fail(path, "must be true or false");
  return value.get<bool>();
}

std::string CaseJson::text(const std::string& path) const {
  const Json& value = at(path);
  if (!value.is_string()) fail(path, "must be a text");
  return value.get<std::string>();
}

Vec3d CaseJson::vector(const std::string& path) const {
  if (size(path) != 3) fail(path, "must have three elements");
  return {number(path + "/0"), number(path + "/1"), number(path + "/2")};
}

Mat3d CaseJson::matrix(const std::string& path) const {
  if (size(path) != 3) fail(path, "must have three rows");
  return {vector(path + "/0"), vector(path + "/1"), vector(path + "/2")};
}

std::vector<double> read_numbers(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw FileError(file.string() + ": cannot be read");
  const std::vector<char> bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  if (bytes.size() % sizeof(double) != 0) throw FileError(file.string() + ": is no list of doubles");
  std::vector<double> numbers(bytes.size() / sizeof(double));
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    std::uint64_t bits = 0;
    for (std::size_t byte = sizeof(double); byte-- > 0;)
      bits = bits << 8U | static_cast<unsigned char>(bytes[i * sizeof(double) + byte]);
    numbers[i] = std::bit_cast<double>(bits);
  }
  return numbers;
}

}  // namespace nbk::truth
