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

  explicit Hollow(doctest::ContextOptions const&) {}

  void report_query(doctest::QueryData const&) override {}
  void test_run_start() override {}
  void test_run_end(doctest::TestRunStats const& stats) override { selected = stats.numTestCasesPassingFilters; }
  void test_case_start(doctest::TestCaseData const& data) override { m_name = data.m_name; }
  void test_case_reenter(doctest::TestCaseData const&) override {}
  void test_case_end(doctest::CurrentTestCaseStats const& stats) override {
    if (stats.numAssertsCurrentTest == 0) cases.push_back(m_name);
  }
  void test_case_exception(doctest::TestCaseException const&) override {}
  void subcase_start(doctest::SubcaseSignature const&) override {}
  void subcase_end() override {}
  void log_assert(doctest::AssertData const&) override {}
  void log_message(doctest::MessageData const&) override {}
  void test_case_skipped(doctest::TestCaseData const&) override {}

 private:
  std::string m_name;
};

REGISTER_LISTENER("hollow", 1, Hollow);

bool is_query(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    std::string_view const arg = argv[i];
    for (std::string_view query :
         {"list-test-cases", "list-test-suites", "list-reporters", "-ltc", "-lts", "-lr", "-h", "--help", "-?", "-v",
          "--version", "-c", "count"}) {
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
  int const result = context.run();
  if (context.shouldExit()) return result;

  if (Hollow::selected == 0) {
    std::cerr << "nbk_tests: no test case was selected\n";
    return 1;
  }
  for (auto const& name : Hollow::cases) std::cerr << "nbk_tests: no assertion in \"" << name << "\"\n";
  return result != 0 || !Hollow::cases.empty() ? 1 : 0;
}
