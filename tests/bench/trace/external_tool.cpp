// SPDX-License-Identifier: MIT
// A Kokkos tool of somebody else (tests/build/tool) on the driver, alone and beside its own trace.
#include "support/bench_process.hpp"
#include "support/places.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <map>
#include <sstream>

namespace {

namespace fs = std::filesystem;
using nbk::testing::BenchProcess;

struct Total {
  long calls = 0;
  double amount = 0;
};
using Totals = std::map<std::string, Total>;

// What the tool saw, by "kind name".
Totals seen_by_tool(const fs::path& file) {
  Totals totals;
  std::istringstream lines(nbk::bench::system::read_text(file));
  for (std::string line; std::getline(lines, line);) {
    std::istringstream cells(line);
    std::string kind, name, calls, amount;
    std::getline(cells, kind, '\t');
    std::getline(cells, name, '\t');
    std::getline(cells, calls, '\t');
    std::getline(cells, amount, '\t');
    totals[kind.append(" ").append(name)] = {std::stol(calls), std::stod(amount)};
  }
  return totals;
}

// The same from the trace.
Totals seen_by_trace(const fs::path& file) {
  Totals totals;
  const auto trace = BenchProcess::json(file);
  for (const auto& event : trace["traceEvents"]) {
    if (event["ph"] != "X") continue;
    const auto kind = event["cat"].get<std::string>();
    if (kind == "kernel" || kind == "region") {
      auto& total = totals[kind + " " + event["name"].get<std::string>()];
      ++total.calls;
      total.amount += 1e3 * event["dur"].get<double>();
    }
    if (kind == "deep_copy") {
      auto& total = totals["bytes all"];
      ++total.calls;
      total.amount += event["args"]["bytes"].get<double>();
    }
  }
  return totals;
}

Totals run_with_tool(BenchProcess& bench, std::vector<std::string> arguments) {
  const auto output = bench.scratch() / "tool";
  const BenchProcess::Environment environment{{"KOKKOS_TOOLS_LIBS", nbk::testing::places::test_tool},
                                              {"NBK_TEST_TOOL_OUTPUT", output.string()},
                                              {"OMP_PROC_BIND", "false"}};
  REQUIRE_MESSAGE(bench.run(std::move(arguments), environment) == 0, bench.printed());
  return seen_by_tool(output);
}

}  // namespace

TEST_CASE("external tool: works alone on the same binary") {
  BenchProcess bench;
  const auto tool = run_with_tool(bench, {"--sizes", "64", "--iterations", "2"});
  CHECK(tool.at("kernel nbk::spots").calls == 4);
  CHECK(tool.at("region cold").calls == 2);
  CHECK(tool.at("region warm").calls == 2);
  const auto run = BenchProcess::runs(bench.out()).at(0);
  CHECK(BenchProcess::json(run / "env.json")["settings"]["KOKKOS_TOOLS_LIBS"] == nbk::testing::places::test_tool);
}

TEST_CASE("external tool: beside the trace both see the same kernels, regions and bytes, and the same times") {
  BenchProcess bench;
  const auto tool = run_with_tool(bench, {"--sizes", "1024", "--iterations", "3", "--profile"});
  const auto trace = seen_by_trace(BenchProcess::runs(bench.out()).at(0) / "profile_1024x1024/trace.json");
  CHECK(trace.at("bytes all").calls > 0);
  CHECK(trace.at("bytes all").amount == tool.at("bytes all").amount);
  // (CAPTURE takes no structured bindings from clang++ 14.)
  for (const auto& entry : trace) {
    CAPTURE(entry.first);
    REQUIRE(tool.count(entry.first) == 1);
    CHECK(tool.at(entry.first).calls == entry.second.calls);
  }
  for (const auto& entry : tool) {
    const auto& name = entry.first;
    const auto& total = entry.second;
    // Short spans are left out: between the two clocks lies a callback, and on a busy machine anything else.
    if (name.starts_with("bytes") || total.amount < 20e6) continue;
    // The trace is closed when the machine's peaks are measured.
    if (name.find("nbk::bench::") != std::string::npos) continue;
    CAPTURE(name);
    REQUIRE(trace.count(name) == 1);
    CHECK(std::abs(trace.at(name).amount / total.amount - 1) < 0.05);
  }
  CHECK(tool.at("kernel nbk::spots").amount > 0);
}
