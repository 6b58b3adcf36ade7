// SPDX-License-Identifier: MIT
#include "bench/jobs/gates.hpp"

#include <doctest/doctest.h>

#include <limits>

namespace {

using namespace nbk::bench;

Parity good_parity() {
  Parity parity;
  parity.correlation = 0.9999;
  parity.sum_ratio = 1.001;
  return parity;
}

}  // namespace

TEST_CASE("gates: pass within the limits") {
  CHECK(reasons(judge({}, good_parity(), good_parity())).empty());
  CHECK(judge_warm_setup({}, 0.049).passed);
}

TEST_CASE("gates: each image is judged for itself") {
  auto bad = good_parity();
  bad.correlation = 0.9;
  const auto cold = reasons(judge({}, bad, good_parity()));
  REQUIRE(cold.size() == 1);
  CHECK(cold[0] == "correlation_cold = 0.9, must be >= 0.999");
  CHECK(reasons(judge({}, good_parity(), bad)).size() == 1);
  bad = good_parity();
  bad.sum_ratio = 0.994;
  CHECK(reasons(judge({}, good_parity(), bad)).size() == 1);
}

TEST_CASE("gates: nothing that is not a number passes") {
  Parity empty;
  empty.correlation = empty.sum_ratio = std::numeric_limits<double>::quiet_NaN();
  CHECK(reasons(judge({}, empty, empty)).size() == 4);
  CHECK_FALSE(judge_warm_setup({}, std::numeric_limits<double>::quiet_NaN()).passed);
}

TEST_CASE("gates: warm set-up has to be below its limit") {
  Gates gates;
  gates.max_warm_setup_ms = 2;
  CHECK_FALSE(judge_warm_setup(gates, 0.002).passed);
  CHECK(judge_warm_setup(gates, 0.0019).passed);
}
