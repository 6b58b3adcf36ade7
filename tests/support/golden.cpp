// SPDX-License-Identifier: MIT
#include "support/golden.hpp"
#include "support/places.hpp"

#include "bench/flags/command.hpp"
#include "nbk/core/error.hpp"

#include <nlohmann/json.hpp>

#include <cstring>
#include <fstream>
#include <iterator>
#include <sstream>

namespace nbk::testing {

namespace {

std::vector<std::string> words(const std::string& line, const std::string& input_folder) {
  constexpr std::string_view placeholder = "{inp}";
  std::vector<std::string> list;
  std::istringstream stream(line);
  for (std::string word; stream >> word;) {
    if (word.starts_with(placeholder)) word.replace(0, placeholder.size(), input_folder);
    list.push_back(word);
  }
  return list;
}

}  // namespace

std::filesystem::path parity_folder() { return std::filesystem::path(places::tests) / "golden" / "parity"; }

std::string load_bytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw FileError(path.string() + ": cannot be read");
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<float> load_floats(const std::filesystem::path& path, std::size_t count) {
  const std::string bytes = load_bytes(path);
  std::vector<float> values(count);
  if (bytes.size() != count * sizeof(float))
    throw FileError(path.string() + ": has " + std::to_string(bytes.size()) + " bytes instead of " +
                    std::to_string(count * sizeof(float)));
  std::memcpy(values.data(), bytes.data(), bytes.size());
  return values;
}

std::vector<GoldenCase> parity_cases() {
  const std::filesystem::path path = parity_folder() / "cases.json";
  const std::string inputs = (parity_folder() / "inputs").string();
  std::vector<GoldenCase> cases;
  try {
    for (const auto& entry : nlohmann::json::parse(load_bytes(path)))
      cases.push_back({entry.at("name"), words(entry.at("args"), inputs), entry.at("fast"), entry.at("slow"),
                       entry.at("sum"), entry.at("max")});
  } catch (const nlohmann::json::exception& error) {
    throw FileError(path.string() + ": " + error.what());
  }
  return cases;
}

Experiment GoldenCase::experiment() const { return bench::flags::parse(args).experiment; }

std::vector<float> GoldenCase::image() const { return load_floats(parity_folder() / (name + ".f32"), fast * slow); }

}  // namespace nbk::testing
