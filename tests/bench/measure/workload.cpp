// SPDX-License-Identifier: MIT
#include "bench/measure/workload.hpp"

#include "bench/system/json.hpp"
#include "nbk/io/experiment_json.hpp"

#include <doctest/doctest.h>

using namespace nbk::bench::measure;

TEST_CASE("workload: the main job's experiment is the one that its flags describe") {
  const auto workload = main_job(24);
  const auto told = workload_from_flags("main", workload.flags, "/no/such/cache");
  CHECK(nbk::io::experiment_to_json<nbk::bench::Json>(workload.experiment) ==
        nbk::io::experiment_to_json<nbk::bench::Json>(told.experiment));
  CHECK(told.pixels_fast == workload.pixels_fast);
  CHECK(told.pixels_slow == workload.pixels_slow);
}
