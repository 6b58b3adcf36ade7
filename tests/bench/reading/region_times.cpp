// SPDX-License-Identifier: MIT
#include "bench/reading/region_times.hpp"

#include "bench/system/files.hpp"
#include "bench/trace/trace_recorder.hpp"
#include "nbk/core/error.hpp"

#include <doctest/doctest.h>

namespace {

using namespace nbk::bench;

// A trace by hand: spans are given as name, kind, start, duration, in any order.
struct Builder {
  reading::Trace trace;

  Builder& add(const std::string& name, TraceKind kind, std::int64_t start_ns, std::int64_t duration_ns, int thread = 1,
               double bytes = 0) {
    trace.spans.push_back({kind, trace.names.size(), thread, start_ns, duration_ns, bytes});
    trace.names.push_back(name);
    trace.details.emplace_back();
    return *this;
  }
};

const RegionTime& row(const reading::RegionTimes& times, const std::string& path) {
  for (const auto& candidate : times.rows) {
    if (candidate.path == path) return candidate;
  }
  FAIL("no row " << path);
  return times.rows.front();
}

}  // namespace

TEST_CASE("region_times: every nanosecond belongs to one row or to none, and they add up") {
  Builder builder;
  builder.add("inner", TraceKind::region, 30, 20)
      .add("kernel", TraceKind::kernel, 35, 10)
      .add("outer", TraceKind::region, 10, 60)
      .add("copy", TraceKind::deep_copy, 80, 10, 1, 64)
      .add("Kokkos::copying kernel", TraceKind::kernel, 82, 6);
  builder.trace.wall_ns = 100;
  const auto times = reading::region_times(builder.trace);
  CHECK(row(times, "outer").own_ns == 40);
  CHECK(row(times, "outer > inner").own_ns == 10);
  CHECK(row(times, "outer > inner > kernel").own_ns == 10);
  CHECK(row(times, "copy").own_ns == 10);
  CHECK(row(times, "copy").bytes == 64);
  CHECK(times.rows.size() == 4);
  CHECK(times.rows.front().path == "outer");
  CHECK(times.unexplained_ns == 30);
  std::int64_t sum = times.unexplained_ns;
  for (const auto& each : times.rows) sum += each.own_ns;
  CHECK(sum == 100);
}

TEST_CASE("region_times: equal paths are one row, and other threads do not count") {
  Builder builder;
  builder.add("warm", TraceKind::region, 0, 10)
      .add("warm", TraceKind::region, 20, 30)
      .add("warm", TraceKind::region, 5, 15, 2)
      .add("inside of it", TraceKind::region, 6, 3, 2);
  builder.trace.wall_ns = 50;
  const auto times = reading::region_times(builder.trace);
  REQUIRE(times.rows.size() == 1);
  CHECK(times.rows[0].calls == 2);
  CHECK(times.rows[0].own_ns == 40);
  CHECK(times.unexplained_ns == 10);
  CHECK(times.other_threads_ns == 15);
}

TEST_CASE("trace_reader: reads what the recorder wrote") {
  const system::TemporaryFolder scratch("nbk-test");
  const auto file = scratch.path() / "trace.json";
  {
    trace::KokkosTrace::Recorder recorder(file, "{}");
    recorder.describe_launches("nbk::spots", R"("pack_width":16,"evaluations":1000,"functor":"F<1>")");
    recorder.begin(trace::SpanKind::region, "a | \"quoted\" region", "", "");
    recorder.begin(trace::SpanKind::kernel, "nbk::spots", "OpenMP", "");
    recorder.end(trace::SpanKind::kernel);
    recorder.begin(trace::SpanKind::deep_copy, "copy", "", "\"bytes\":12");
    recorder.end(trace::SpanKind::deep_copy);
    recorder.end(trace::SpanKind::region);
    recorder.mark("last", "");
    recorder.close();
  }
  const auto trace = reading::read_trace(file);
  const auto times = reading::region_times(trace);
  CHECK(trace.wall_ns > 0);
  const auto& kernel = row(times, "a | \"quoted\" region > nbk::spots");
  CHECK(trace.details[kernel.name].pack_width == 16);
  CHECK(trace.details[kernel.name].evaluations == 1000);
  CHECK(trace.details[kernel.name].functor == "F<1>");
  CHECK(trace.details[kernel.name].space == "OpenMP");
  CHECK(row(times, "a | \"quoted\" region > copy").bytes == 12);
}

TEST_CASE("trace_reader: a trace that breaks off, or is none, is an error that names it") {
  const system::TemporaryFolder scratch("nbk-test");
  const auto file = scratch.path() / "trace.json";
  system::write_text(file, "{\"traceEvents\":[\n{\"ph\":\"M\"},\n");
  CHECK_THROWS_WITH_AS(reading::read_trace(file), doctest::Contains("no complete trace"), nbk::FileError);
  system::write_text(file, "{\"ph\":\"X\",,\n]}\n");
  CHECK_THROWS_WITH_AS(reading::read_trace(file), doctest::Contains("trace.json"), nbk::FileError);
  CHECK_THROWS_AS(reading::read_trace(scratch.path() / "missing"), nbk::FileError);
}
