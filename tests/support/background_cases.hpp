// SPDX-License-Identifier: MIT
#pragma once

#include "bench/system/files.hpp"
#include "support/places.hpp"

#include <nlohmann/json.hpp>

#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

namespace nbk::testing {

/// The folder of the golden images of materials.
inline const std::filesystem::path material_folder =
    std::filesystem::path(places::tests) / "golden/background/materials";

/// The golden cases of one program, with folders in place of their names.
inline std::vector<nlohmann::json> material_cases(const std::string& tool) {
  std::vector<nlohmann::json> cases;
  for (nlohmann::json c : nlohmann::json::parse(bench::system::read_text(material_folder / "cases.json"))) {
    if (c["tool"] != tool) continue;
    for (nlohmann::json& word : c["args"]) {
      const std::string text = word;
      if (text.starts_with("{inp}")) word = (material_folder / "inputs").string() + text.substr(5);
      if (text.starts_with("{noise}"))
        word = (material_folder.parent_path() / "noise/inputs").string() + text.substr(7);
    }
    cases.push_back(c);
  }
  return cases;
}

/// The numbers of a file without a header.
template <class Number>
std::vector<Number> numbers_of(const std::filesystem::path& file) {
  const std::string bytes = bench::system::read_text(file);
  std::vector<Number> numbers(bytes.size() / sizeof(Number));
  std::memcpy(numbers.data(), bytes.data(), numbers.size() * sizeof(Number));
  return numbers;
}

}  // namespace nbk::testing
