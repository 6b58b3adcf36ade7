// SPDX-License-Identifier: MIT
#include "bench/jobs/gates.hpp"

#include <doctest/doctest.h>

#include <limits>

namespace {

using namespace nbk::bench;

measure::Parity good_parity() {
  measure::Parity parity;
  parity.correlation = 0.9999;
  parity.sum_ratio = 1.001;
  return parity;
}

}  // namespace

TEST_CASE("gates: pass within the limits") {
  CHECK(jobs::reasons(jobs::judge({}, good_parity(), good_parity())).empty());
  CHECK(jobs::judge_warm_setup({}, 0.049).passed);
}

TEST_CASE("gates: each image is judged for itself") {
  auto bad = good_parity();
  bad.correlation = 0.9;
  const auto cold = jobs::reasons(jobs::judge({}, bad, good_parity()));
  REQUIRE(cold.size() == 1);
  CHECK(cold[0] == "correlation_cold = 0.9, must be >= 0.999");
  CHECK(jobs::reasons(jobs::judge({}, good_parity(), bad)).size() == 1);
  bad = good_parity();
  bad.sum_ratio = 0.994;
  CHECK(jobs::reasons(jobs::judge({}, good_parity(), bad)).size() == 1);
}

TEST_CASE("gates: nothing that is not a number passes") {
  measure::Parity empty;
  empty.correlation = empty.sum_ratio = std::numeric_limits<double>::quiet_NaN();
  CHECK(jobs::reasons(jobs::judge({}, empty, empty)).size() == 4);
  CHECK_FALSE(jobs::judge_warm_setup({}, std::numeric_limits<double>::quiet_NaN()).passed);
}

TEST_CASE("gates: warm set-up has to be below its limit") {
  jobs::Gates gates;
  gates.max_warm_setup_ms = 2;
  CHECK_FALSE(jobs::judge_warm_setup(gates, 0.002).passed);
  CHECK(jobs::judge_warm_setup(gates, 0.0019).passed);
}
