// SPDX-License-Identifier: MIT
#include "support/experiments.hpp"

#include <doctest/doctest.h>

#include <nbk/model/structure_factors.hpp>
#include <nbk/plan/bordered_amplitudes.hpp>

using namespace nbk;
using namespace nbk::testing;

TEST_CASE("structure factors: from a function, h slowest and l fastest") {
  const auto f =
      StructureFactors::from([](int h, int k, int l) { return 100 * h + 10 * k + l; }, {-1, 1}, {0, 2}, {5, 6});
  CHECK(f.has_table());
  CHECK(f.h_min == -1);
  CHECK(f.h_max == 1);
  CHECK(f.k_min == 0);
  CHECK(f.k_max == 2);
  CHECK(f.l_min == 5);
  CHECK(f.l_max == 6);
  REQUIRE(f.amplitude.size() == 18);
  CHECK(f.amplitude[0] == -95);
  CHECK(f.amplitude[1] == -94);
  CHECK(f.amplitude[2] == -85);
  CHECK(f.amplitude[17] == 126);
  const auto table = plan::table_shape<float>(f, true);
  const auto bordered = plan::bordered_amplitudes<float>(f, {}, table);
  CHECK(bordered[static_cast<std::size_t>(table.offset(1, 2, 6))] == 126.0F);
}

TEST_CASE("structure factors: ranges alone are no table") {
  const auto f = StructureFactors::over({-2, 2}, {-3, 3}, {0, 0});
  CHECK_FALSE(f.has_table());
  CHECK(f.h_min == -2);
  CHECK(f.k_max == 3);
  CHECK(f.l_max == 0);
}

TEST_CASE("structure factors: impossible ranges are refused") {
  const auto one = [](int, int, int) { return 1.0; };
  CHECK(complaint([&] {
          StructureFactors::from(one, {0, 0}, {1, 0}, {0, 0});
        }) == "range of k, its end = 0: must be at least 1, its beginning");
  CHECK(begins_with(complaint([&] {
                      StructureFactors::from(one, {0, 9999}, {0, 9999}, {0, 9999});
                    }),
                    "number of structure factors = 1000000000000: must be at most 2^31"));
}
