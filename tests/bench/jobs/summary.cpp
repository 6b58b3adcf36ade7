// SPDX-License-Identifier: MIT
// What the page of a run says of shares of the machine's best.
#include "bench/jobs/summary.hpp"
#include "support/words.hpp"

#include <doctest/doctest.h>

using namespace nbk::bench;
using nbk::testing::has;

namespace {

/// Returns the page of one record that takes a second for 100 operations and 400 bytes.
std::string page(const measure::Peaks& peaks) {
  jobs::Results results;
  results.command = jobs::Command::suite;
  jobs::Record record;
  record.workload = "small";
  record.dtype = record.setting.dtype = "float32";
  record.pixels = record.setting.evaluations = 100;
  record.setting.table_bytes = 0;
  jobs::SuitePart part;
  part.simulation_s = part.setup_warm_s = {1, 1, 1};
  part.arithmetic.per_evaluation = 1;
  part.peaks = peaks;
  record.suite = part;
  results.records = {record};
  return summary_text(results, {}, {});
}

}  // namespace

TEST_CASE("summary: shares of the measured best are given up to 100 percent, and no number above it") {
  CHECK(has(page({200, 200, 800}), "; 50.0 % of peak arithmetic, 50.0 % of store bandwidth;"));
  CHECK(has(page({100, 100, 400}), "; 100.0 % of peak arithmetic, 100.0 % of store bandwidth;"));
  CHECK(has(page({99, 99, 300}),
            "; more than the measured best of peak arithmetic, more than the measured best of store bandwidth;"));
}

TEST_CASE("summary: the better of several measurements of the machine counts") {
  measure::Peaks best{100, 300, 50};
  best.take_best({200, 100, 40});
  CHECK(best.float_flops_per_s == 200);
  CHECK(best.double_flops_per_s == 300);
  CHECK(best.store_bytes_per_s == 50);
}
