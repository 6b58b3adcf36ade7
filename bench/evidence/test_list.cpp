// SPDX-License-Identifier: MIT
#include "bench/evidence/environment.hpp"
#include "bench/system/child_process.hpp"
#include "build_info.hpp"

#include <filesystem>
#include <sstream>

namespace nbk::bench::evidence {
namespace {

namespace fs = std::filesystem;

Json ctest_entries(const fs::path& build) {
  Json names = Json::array();
  const auto text = system::output_of({"ctest", "--test-dir", build.string(), "--show-only=json-v1"}, 20);
  const auto answer = Json::parse(text, nullptr, false);
  if (answer.is_discarded() || !answer.contains("tests")) return names;
  for (const auto& test : answer["tests"]) names.push_back(test.value("name", ""));
  return names;
}

// doctest lists its cases one per line, between lines of its own in brackets or of '='.
Json doctest_cases(const fs::path& program) {
  Json names = Json::array();
  std::istringstream lines(system::output_of({program.string(), "--list-test-cases", "--no-colors=true"}, 20));
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty() && !line.starts_with("[doctest]") && !line.starts_with("====")) names.push_back(line);
  }
  return names;
}

}  // namespace

Json list_tests() {
  const fs::path build{std::string(build_info::binary_dir)};
  const auto program = build / "tests" / "nbk_tests";
  Json result{{"ctest", Json::array()}, {"cases", Json::array()}, {"reason", nullptr}};
  if (!fs::exists(build / "CTestTestfile.cmake")) {
    result["reason"] = "this build has no tests (NBK_BUILD_TESTS is off, or the build folder is gone)";
    return result;
  }
  result["ctest"] = ctest_entries(build);
  if (fs::exists(program)) {
    result["cases"] = doctest_cases(program);
  } else {
    result["reason"] = "nbk_tests is not built, so its cases cannot be listed; the ctest entries are complete";
  }
  return result;
}

}  // namespace nbk::bench::evidence
