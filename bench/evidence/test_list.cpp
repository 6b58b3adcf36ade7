// SPDX-License-Identifier: MIT
#include "bench/evidence/environment.hpp"
#include "bench/system/child_process.hpp"
#include "build_info.hpp"

#include <filesystem>
#include <sstream>

namespace nbk::bench::evidence {
namespace {

std::vector<std::string> lines_of(std::vector<std::string> command) {
  std::istringstream text(system::output_of(std::move(command), 20));
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines;
}

}  // namespace

TestList list_tests() {
  const std::filesystem::path build{std::string(build_info::binary_dir)};
  const auto program = build / "tests" / "nbk_tests";
  TestList result;
  if (!std::filesystem::exists(build / "CTestTestfile.cmake")) {
    result.reason = "this build has no tests (NBK_BUILD_TESTS is off, or the build folder is gone)";
    return result;
  }
  // "  Test #12: name"
  for (const auto& line : lines_of({"ctest", "--test-dir", build.string(), "--show-only"})) {
    const auto number = line.find("Test "), name = line.find(": ");
    if (number != std::string::npos && name != std::string::npos) result.ctest.push_back(line.substr(name + 2));
  }
  if (!std::filesystem::exists(program)) {
    result.reason = "nbk_tests is not built, so its cases cannot be listed; the ctest entries are complete";
    return result;
  }
  // doctest lists its cases one per line, between lines of its own in brackets or of '='.
  for (const auto& line : lines_of({program.string(), "--list-test-cases", "--no-colors=true"})) {
    if (!line.empty() && !line.starts_with("[doctest]") && !line.starts_with("====")) result.cases.push_back(line);
  }
  return result;
}

}  // namespace nbk::bench::evidence
