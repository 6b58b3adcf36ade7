// SPDX-License-Identifier: MIT
// Work on an image in parts.
#include "bench/render/image_parts.hpp"
#include "nbk/core/error.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <vector>

using namespace nbk::bench::render;

TEST_CASE("image parts: each is done once, by one thread or by several") {
  for (const auto& do_parts : {DoParts(do_one_by_one), DoParts(do_side_by_side)}) {
    std::vector<std::atomic<int>> times(50);
    do_parts(times.size(), [&](std::size_t part) { ++times[part]; });
    for (const auto& number : times) CHECK(number == 1);
    do_parts(0, [](std::size_t) { FAIL("there is no part"); });
  }
}

TEST_CASE("image parts: the failure of one is thrown when all have ended") {
  std::atomic<int> others = 0;
  const auto fail_at_3 = [&](std::size_t part) {
    if (part == 3) nbk::reject("part", part, "must not be 3");
    ++others;
  };
  CHECK_THROWS_AS(do_side_by_side(20, fail_at_3), nbk::InvalidInput);
  CHECK(others == 19);
  CHECK_THROWS_AS(do_one_by_one(20, fail_at_3), nbk::InvalidInput);
}

TEST_CASE("image parts: rows of all panels, each in one part") {
  for (const nbk::ImageExtents& extents : {nbk::ImageExtents{1, 1024, 1024}, {3, 7, 100000}, {1, 1, 1}}) {
    const RowParts rows(extents);
    std::size_t next = 0;
    for (std::size_t part = 0; part < rows.count(); ++part) {
      CHECK(rows.first(part) == next);
      CHECK(rows.end(part) > next);
      next = rows.end(part);
    }
    CHECK(next == extents.panels * extents.slow);
    CHECK(rows.width() == extents.fast);
  }
}
