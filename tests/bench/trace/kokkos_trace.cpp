// SPDX-License-Identifier: MIT
#include "bench/trace/kokkos_trace.hpp"

#include "bench/system/files.hpp"
#include "nbk/core/error.hpp"

#include <doctest/doctest.h>
#include <Kokkos_Core.hpp>
#include <Kokkos_Profiling_ScopedRegion.hpp>
#include <nlohmann/json.hpp>

#include <map>
#include <string>

namespace {

using nbk::bench::system::TemporaryFolder;
using nbk::bench::trace::KokkosTrace;
using Json = nlohmann::json;
using Exec = Kokkos::DefaultHostExecutionSpace;

struct Fill {
  Kokkos::View<double*, Exec> values;
  KOKKOS_FUNCTION void operator()(int i) const { values(i) = i; }
};

void work() {
  const Kokkos::Profiling::ScopedRegion region("some work");
  const Kokkos::View<double*, Exec> values("values", 1000);
  Kokkos::parallel_for("nbk::fill", Kokkos::RangePolicy<Exec>(0, 1000), Fill{values});
  const Kokkos::View<double*, Kokkos::HostSpace> copy("copy", 1000);
  Kokkos::deep_copy(copy, values);
  Exec().fence("the end");  // of one space: Kokkos::fence is told of for each
}

std::map<std::string, int> count_categories(const Json& trace) {
  std::map<std::string, int> counts;
  for (const auto& event : trace["traceEvents"]) {
    if (event["ph"] == "X") ++counts[event["cat"].get<std::string>() + " " + event["name"].get<std::string>()];
  }
  return counts;
}

// Stands for a tool that KOKKOS_TOOLS_LIBS loaded: callbacks carry no pointer, so its counters are static.
struct OtherTool {
  static inline int kernels = 0, regions = 0;
  static void begin(const char*, const std::uint32_t, std::uint64_t* id) { *id = 77; }
  static void end(std::uint64_t id) { kernels += id == 77 ? 1 : 1000; }
  static void push(const char*) { ++regions; }
};

}  // namespace

TEST_CASE("kokkos_trace: kernels, copies, regions, fences and allocations come from Kokkos' callbacks") {
  const TemporaryFolder scratch("nbk-test");
  {
    KokkosTrace trace(scratch.path() / "trace.json", R"({"test":true})");
    trace.describe_launches("nbk::fill", R"("precision":"float32")");
    work();
    trace.close();
    CHECK(trace.totals().at("kernel nbk::fill").count == 1);
  }
  work();  // not in the trace any more
  const auto trace = Json::parse(nbk::bench::system::read_text(scratch.path() / "trace.json"));
  const auto counts = count_categories(trace);
  CHECK(counts.at("region some work") == 1);
  CHECK(counts.at("kernel nbk::fill") == 1);
  CHECK(counts.at("deep_copy copy <- values") == 1);
  CHECK(counts.at("fence the end") == 1);
  int allocations = 0;
  for (const auto& event : trace["traceEvents"]) {
    if (event["name"] == "allocate values") {
      ++allocations;
      CHECK(event["args"]["bytes"].get<int>() >= 8000);
    }
    if (event["name"] == "copy <- values") CHECK(event["args"]["bytes"] == 8000);
    if (event["name"] == "nbk::fill") CHECK(event["args"]["precision"] == "float32");
  }
  CHECK(allocations == 1);
}

TEST_CASE("kokkos_trace: another tool still gets every call, and has Kokkos for itself afterwards") {
  const auto before = Kokkos::Tools::Experimental::get_callbacks();
  Kokkos::Tools::Experimental::set_begin_parallel_for_callback(OtherTool::begin);
  Kokkos::Tools::Experimental::set_end_parallel_for_callback(OtherTool::end);
  Kokkos::Tools::Experimental::set_push_region_callback(OtherTool::push);
  work();
  const int kernels = OtherTool::kernels;
  CHECK(kernels > 0);
  CHECK(kernels < 1000);
  {
    const TemporaryFolder scratch("nbk-test");
    KokkosTrace trace(scratch.path() / "trace.json", "{}");
    work();
    trace.close();
    CHECK(trace.totals().at("kernel nbk::fill").count == 1);
  }
  CHECK(OtherTool::kernels == 2 * kernels);
  work();
  CHECK(OtherTool::kernels == 3 * kernels);
  CHECK(OtherTool::regions == 3);
  Kokkos::Tools::Experimental::set_callbacks(before);
}

TEST_CASE("kokkos_trace: one at a time") {
  const TemporaryFolder scratch("nbk-test");
  const KokkosTrace first(scratch.path() / "first.json", "{}");
  CHECK_THROWS_AS(KokkosTrace(scratch.path() / "second.json", "{}"), nbk::InvalidInput);
}

TEST_CASE("kokkos_trace: a file that cannot be written is an error") {
  CHECK_THROWS_WITH_AS(KokkosTrace("/no/such/folder/trace.json", "{}"), doctest::Contains("/no/such/folder"),
                       nbk::FileError);
}
