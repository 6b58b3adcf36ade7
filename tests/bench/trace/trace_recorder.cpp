// SPDX-License-Identifier: MIT
#include "bench/trace/trace_recorder.hpp"

#include "bench/system/files.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <array>
#include <fstream>
#include <thread>

namespace {

using nbk::bench::system::TemporaryFolder;
using nbk::bench::trace::SpanKind;
using Recorder = nbk::bench::trace::KokkosTrace::Recorder;
using Json = nlohmann::json;

// Records what `work` does and gives back the trace.
template <class Work>
Json trace_of(Work&& work) {
  const TemporaryFolder scratch("nbk-test");
  Recorder recorder(scratch.path() / "trace.json", R"({"machine":"test"})");
  work(recorder);
  recorder.close();
  return Json::parse(nbk::bench::system::read_text(scratch.path() / "trace.json"));
}

Json find(const Json& trace, const std::string& phase, const std::string& name) {
  for (const auto& event : trace["traceEvents"]) {
    if (event["ph"] == phase && event["name"] == name) return event;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("trace_recorder: regions nest, kernels lie on the track of their space") {
  const auto trace = trace_of([](Recorder& recorder) {
    recorder.describe_launches("nbk::spots", "\"pack_width\":16");
    recorder.begin(SpanKind::region, "outer", "", "");
    recorder.begin(SpanKind::region, "inner", "", "");
    recorder.begin(SpanKind::kernel, "nbk::spots", "OpenMP", R"("pattern":"parallel_for")");
    recorder.begin(SpanKind::fence, "a fence", "OpenMP", "");
    recorder.end(SpanKind::fence);
    recorder.end(SpanKind::kernel);
    recorder.end(SpanKind::region);
    recorder.end(SpanKind::region);
  });
  const auto outer = find(trace, "X", "outer"), inner = find(trace, "X", "inner"),
             kernel = find(trace, "X", "nbk::spots");
  REQUIRE(outer.is_object());
  REQUIRE(inner.is_object());
  REQUIRE(kernel.is_object());
  CHECK(outer["tid"] == inner["tid"]);
  CHECK(outer["pid"] != kernel["pid"]);
  const auto start = [](const Json& event) { return event["ts"].get<double>(); };
  const auto end = [&](const Json& event) { return start(event) + event["dur"].get<double>(); };
  CHECK(start(outer) <= start(inner));
  CHECK(start(inner) <= start(kernel));
  CHECK(end(kernel) <= end(inner) + 1e-6);
  CHECK(end(inner) <= end(outer) + 1e-6);
  CHECK(kernel["args"] == Json{{"space", "OpenMP"}, {"thread", 1}, {"pattern", "parallel_for"}, {"pack_width", 16}});
  CHECK(trace["metadata"]["machine"] == "test");
}

TEST_CASE("trace_recorder: an end without a begin, and a begin without an end, do no harm") {
  const auto trace = trace_of([](Recorder& recorder) {
    recorder.end(SpanKind::deep_copy);
    recorder.begin(SpanKind::region, "region", "", "");
    recorder.begin(SpanKind::deep_copy, "never ends", "", "");
    recorder.end(SpanKind::region);
  });
  CHECK(find(trace, "X", "region").is_object());
  CHECK(find(trace, "X", "never ends").is_null());
}

TEST_CASE("trace_recorder: memory is a curve") {
  std::array<char, 2> places{};
  const auto trace = trace_of([&](Recorder& recorder) {
    recorder.allocated("Host", "a", places.data(), 100);
    recorder.allocated("Host", "b", &places[1], 10);
    recorder.freed("Host", "a", places.data());
    recorder.freed("Host", "older than the trace", &recorder);
  });
  std::vector<int> curve;
  for (const auto& event : trace["traceEvents"]) {
    if (event["ph"] == "C") curve.push_back(event["args"]["bytes"]);
  }
  CHECK(curve == std::vector<int>{100, 110, 10});
  CHECK(find(trace, "i", "allocate a")["args"]["bytes"] == 100);
}

TEST_CASE("trace_recorder: sections may overlap, marks are moments") {
  const auto trace = trace_of([](Recorder& recorder) {
    const auto first = recorder.name_section("first"), second = recorder.name_section("second");
    recorder.start_section(first);
    recorder.start_section(second);
    recorder.stop_section(first);
    recorder.stop_section(second);
    recorder.stop_section(second);
    recorder.stop_section(99);
    recorder.mark("now", "");
  });
  CHECK(find(trace, "X", "first")["tid"] != find(trace, "X", "second")["tid"]);
  CHECK(find(trace, "i", "now").is_object());
}

TEST_CASE("trace_recorder: any label leaves valid JSON") {
  const std::string label = "quote \" backslash \\ tab \t newline \n bell \a high \xff";
  const auto trace = trace_of([&](Recorder& recorder) {
    recorder.begin(SpanKind::region, label, label, "");
    recorder.end(SpanKind::region);
    recorder.mark(label, "");
  });
  CHECK(trace["traceEvents"].size() > 2);
}

TEST_CASE("trace_recorder: every thread has its track and its own nesting") {
  static constexpr int count = 200;
  const auto trace = trace_of([](Recorder& recorder) {
    const auto work = [&](const char* name) {
      for (int i = 0; i < count; ++i) {
        recorder.begin(SpanKind::region, name, "", "");
        recorder.end(SpanKind::region);
      }
    };
    std::thread other([&] { work("theirs"); });
    work("ours");
    other.join();
    CHECK(recorder.totals().at("region ours").count == count);
    CHECK(recorder.totals().at("region theirs").count == count);
  });
  CHECK(find(trace, "X", "ours")["tid"] != find(trace, "X", "theirs")["tid"]);
}

TEST_CASE("trace_recorder: memory does not grow with the number of events") {
  const auto resident_kb = [] {
    std::ifstream file("/proc/self/statm");
    long total = 0, resident = 0;
    file >> total >> resident;
    return resident * 4;
  };
  const TemporaryFolder scratch("nbk-test");
  Recorder recorder(scratch.path() / "trace.json", "{}");
  const auto work = [&](int events) {
    for (int i = 0; i < events; ++i) {
      recorder.begin(SpanKind::kernel, "nbk::spots", "OpenMP", "");
      recorder.end(SpanKind::kernel);
    }
  };
  work(1000);
  const long before = resident_kb();
  work(1'000'000);
  CHECK(recorder.events() > 1'000'000);
  CHECK(resident_kb() - before < 2048);
  recorder.close();
  CHECK(std::filesystem::file_size(scratch.path() / "trace.json") > 50'000'000);
}
