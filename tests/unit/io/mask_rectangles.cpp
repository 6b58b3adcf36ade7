// SPDX-License-Identifier: MIT
#include "nbk/io/mask_rectangles.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <random>
#include <vector>

using nbk::io::masked_rectangles;
using nbk::io::MaskRectangle;
using nbk::io::RenderedArea;

TEST_CASE("mask rectangles: rows with the same columns are one rectangle") {
  const std::vector<std::uint16_t> mask{1, 1, 1, 1,   //
                                        1, 0, 0, 1,   //
                                        1, 0, 0, 1,   //
                                        0, 0, 0, 1};  //
  const RenderedArea area{4, 4, {0, 3, 0, 3}, mask};
  CHECK(masked_rectangles(area) == std::vector<MaskRectangle>{{1, 1, 3, 3}, {0, 3, 3, 4}});
  CHECK(masked_rectangles({4, 4, {0, 3, 0, 3}}).empty());
  CHECK(masked_rectangles({4, 4, {1, 3, 0, 2}}) == std::vector<MaskRectangle>{{0, 0, 1, 3}, {0, 3, 4, 4}});
}

TEST_CASE("mask rectangles: every masked pixel is in one of them") {
  std::mt19937 random(1);
  for (int round = 0; round < 20; ++round) {
    const int fast = 1 + static_cast<int>(random() % 12), slow = 1 + static_cast<int>(random() % 12);
    std::vector<std::uint16_t> mask(static_cast<std::size_t>(fast * slow));
    for (auto& pixel : mask) pixel = static_cast<std::uint16_t>(random() % 3);
    std::vector<int> covered(mask.size());
    for (const MaskRectangle& r : masked_rectangles({fast, slow, {0, fast - 1, 0, slow - 1}, mask})) {
      for (int s = r.slow_begin; s < r.slow_end; ++s) {
        for (int f = r.fast_begin; f < r.fast_end; ++f) ++covered.at(static_cast<std::size_t>(s * fast + f));
      }
    }
    for (std::size_t i = 0; i < mask.size(); ++i) CHECK(covered[i] == (mask[i] == 0 ? 1 : 0));
  }
}
