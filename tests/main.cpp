// SPDX-License-Identifier: MIT
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <Kokkos_Core.hpp>

#include <iostream>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace {

// doctest lets a case pass that checks nothing, and a filter that matches nothing. Both hide a broken test.
struct Hollow final : doctest::IReporter {
  inline static std::vector<std::string> cases;
  inline static unsigned selected = 0;

  explicit Hollow(const doctest::ContextOptions&) {}

  void report_query(const doctest::QueryData&) override {}
  void test_run_start() override {}
  void test_run_end(const doctest::TestRunStats& stats) override { selected = stats.numTestCasesPassingFilters; }
  void test_case_start(const doctest::TestCaseData& data) override { m_name = data.m_name; }
  void test_case_reenter(const doctest::TestCaseData&) override {}
  void test_case_end(const doctest::CurrentTestCaseStats& stats) override {
    if (stats.numAssertsCurrentTest == 0) cases.push_back(m_name);
  }
  void test_case_exception(const doctest::TestCaseException&) override {}
  void subcase_start(const doctest::SubcaseSignature&) override {}
  void subcase_end() override {}
  void log_assert(const doctest::AssertData&) override {}
  void log_message(const doctest::MessageData&) override {}
  void test_case_skipped(const doctest::TestCaseData&) override {}

 private:
  std::string m_name;
};

REGISTER_LISTENER("hollow", 1, Hollow);

bool is_query(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view arg = argv[i];
    for (std::string_view query : {"list-test-cases", "list-test-suites", "list-reporters", "-ltc", "-lts", "-lr", "-h",
                                   "--help", "-?", "-v", "--version", "-c", "count"}) {
      if (arg == query || arg == "--" + std::string(query) || arg == "--dt-" + std::string(query) ||
          arg == "-dt" + std::string(query)) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

int main(int argc, char** argv) {
  doctest::Context context(argc, argv);
  // Listing cases must work where a device or its driver is missing.
  if (is_query(argc, argv)) return context.run();

  std::optional<Kokkos::ScopeGuard> kokkos;
  kokkos.emplace(argc, argv);
  const int result = context.run();
  if (context.shouldExit()) return result;

  if (Hollow::selected == 0) {
    std::cerr << "nbk_tests: no test case was selected\n";
    return 1;
  }
  for (const auto& name : Hollow::cases) std::cerr << "nbk_tests: no assertion in \"" << name << "\"\n";
  return result != 0 || !Hollow::cases.empty() ? 1 : 0;
}
