// SPDX-License-Identifier: MIT
#include "bench/jobs/suite_case.hpp"

#include "bench/system/environment_variable.hpp"
#include "bench/system/files.hpp"
#include "bench/system/json.hpp"
#include "nbk/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <sstream>

namespace nbk::bench::jobs {
namespace {

namespace fs = std::filesystem;

std::optional<IndexRanges> read_ranges(const Json& json, const char* key) {
  if (!json.contains(key)) return std::nullopt;
  const auto& ranges = json[key];
  return IndexRanges{ranges.at("h"), ranges.at("k"), ranges.at("l")};
}

measure::Additions read_additions(const Json& json, const char* key, const measure::Additions& otherwise) {
  if (!json.contains(key)) return otherwise;
  const auto& additions = json[key];
  return {additions.value("modules", 0), additions.value("shoeboxes", 0), additions.value("energies", 0),
          additions.value("materials", 0)};
}

DerivativeCall read_call(const std::string& name) {
  if (name == "images") return DerivativeCall::images;
  if (name == "adjoint") return DerivativeCall::adjoint;
  require(name == "normal", "derivatives.call", name, "must be images, adjoint or normal");
  return DerivativeCall::normal;
}

std::optional<DerivativeCase> read_derivatives(const Json& json) {
  if (!json.contains("derivatives")) return std::nullopt;
  const auto& derivatives = json["derivatives"];
  DerivativeCase result{read_call(derivatives.at("call")), {}, derivatives.at("limit").get<double>()};
  for (const std::string name : derivatives.at("parameters")) result.parameters.add(name);
  return result;
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
  return text;
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

// Returns a structure factor from 1 to 1000 without any pattern, the same on every machine: the low bits of a
// multiplied hash.
double made_up_amplitude(int h, int k, int l) {
  auto mixed = static_cast<std::uint64_t>(h + 512) << 40 ^ static_cast<std::uint64_t>(k + 512) << 20 ^
               static_cast<std::uint64_t>(l + 512);
  mixed *= 0x9e3779b97f4a7c15U;
  mixed ^= mixed >> 32;
  return 1 + static_cast<double>(mixed % 9991) / 10;
}

void write_table(const fs::path& file, const IndexRanges& ranges) {
  fmt::memory_buffer text;
  for (int h = ranges.h[0]; h <= ranges.h[1]; ++h) {
    for (int k = ranges.k[0]; k <= ranges.k[1]; ++k) {
      for (int l = ranges.l[0]; l <= ranges.l[1]; ++l) {
        fmt::format_to(std::back_inserter(text), "{} {} {} {:.1f}\n", h, k, l, made_up_amplitude(h, k, l));
      }
    }
  }
  system::write_text(file, {text.data(), text.size()});
}

std::string data_folder(const SuiteCase& suite_case) {
  return suite_case.data_variable.empty() ? "" : system::environment_variable(suite_case.data_variable.c_str());
}

}  // namespace

std::string SuiteCase::missing() const {
  if (data_variable.empty()) return "";
  const auto folder = data_folder(*this);
  if (folder.empty()) return data_variable + " is not set; it names the folder with this workload's data";
  return fs::is_directory(folder) ? "" : data_variable + " = " + folder + " is no folder";
}

SuiteCase read_case(const fs::path& file) {
  try {
    const auto json = Json::parse(system::read_text(file));
    SuiteCase result;
    result.name = json.at("name");
    result.title = json.at("title");
    result.group = json.value("group", "");
    result.flags = json.at("flags");
    result.tiny = json.at("tiny");
    if (json.at("floor").is_number()) result.floor = json["floor"].get<double>();
    result.derivatives = read_derivatives(json);
    result.data_variable = json.value("data_variable", "");
    result.table = read_ranges(json, "table");
    result.tiny_table = read_ranges(json, "tiny_table");
    result.additions = read_additions(json, "additions", {});
    result.tiny_additions = read_additions(json, "tiny_additions", result.additions);
    return result;
  } catch (const Json::exception& error) {
    throw FileError(fmt::format("{}: is no workload: {}", file.string(), error.what()));
  }
}

std::vector<SuiteCase> read_cases(const fs::path& folder, const std::vector<std::string>& names) {
  std::error_code error;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  require(!files.empty(), "--cases", folder.string(), "must be a folder with workloads (*.json)");
  std::sort(files.begin(), files.end());
  std::vector<SuiteCase> all;
  all.reserve(files.size());
  for (const auto& file : files) all.push_back(read_case(file));
  std::vector<SuiteCase> chosen;
  if (names.empty()) {
    std::copy_if(all.begin(), all.end(), std::back_inserter(chosen), [](const auto& c) { return c.group.empty(); });
  }
  for (const auto& name : names) {
    const auto before = chosen.size();
    std::copy_if(all.begin(), all.end(), std::back_inserter(chosen),
                 [&](const auto& c) { return c.name == name || c.group == name; });
    require(chosen.size() > before, "--only", name, "must name a workload or a group of " + folder.string());
  }
  return chosen;
}

measure::Workload prepare(const SuiteCase& suite_case, bool tiny, const fs::path& scratch) {
  const auto& table = tiny && suite_case.tiny_table ? suite_case.tiny_table : suite_case.table;
  if (table) write_table(scratch / "table.hkl", *table);
  auto flags = suite_case.flags + (tiny ? " " + suite_case.tiny : "");
  flags = replaced(std::move(flags), "{data}", data_folder(suite_case));
  flags = replaced(std::move(flags), "{scratch}", scratch.string());
  auto workload = measure::workload_from_flags(suite_case.name, words_of(flags), (scratch / "no-cache").string());
  workload.title = suite_case.title;
  measure::add(tiny ? suite_case.tiny_additions : suite_case.additions, workload);
  if (suite_case.derivatives) workload.flags.clear();  // they are of `corrected`, which the C program does not have
  return workload;
}

}  // namespace nbk::bench::jobs
