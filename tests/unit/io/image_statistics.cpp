// SPDX-License-Identifier: MIT
#include "nbk/io/image_statistics.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace nbk;
using namespace nbk::io;

TEST_CASE("image statistics: a mask leaves pixels out of the mean, but not out of the deviation about it") {
  const std::vector<float> image{9, 9, 9, 9,  //
                                 9, 2, 4, 9,  //
                                 9, 0, 6, 9};
  const std::vector<std::uint16_t> mask{1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1};  // the pixel that is 0
  const ImageStatistics s = image_statistics(image, {4, 3, {1, 2, 1, 2}, mask});
  CHECK(s.computed == 3);
  CHECK(s.mean == 4);
  CHECK(s.rms == doctest::Approx(std::sqrt((4.0 + 16 + 36) / 2)));
  CHECK(s.rmsd == doctest::Approx(std::sqrt((4.0 + 0 + 16 + 4) / 3)));  // 16 is the masked pixel's
  CHECK(s.max == 6);
  CHECK(s.max_fast == 2);
  CHECK(s.max_slow == 2);

  const ImageStatistics open = image_statistics(image, {4, 3, {1, 2, 1, 2}, {}});
  CHECK(open.mean == 3);
  CHECK(open.rmsd == doctest::Approx(std::sqrt((9.0 + 1 + 1 + 9) / 3)));
}

TEST_CASE("image statistics: one pixel, and none that is computed") {
  const std::vector<float> image{5};
  const ImageStatistics one = image_statistics(image, {1, 1, {0, 0, 0, 0}, {}});
  CHECK(one.rms == 5);
  CHECK(one.rmsd == 0);
  const std::vector<std::uint16_t> mask{0};
  const ImageStatistics none = image_statistics(image, {1, 1, {0, 0, 0, 0}, mask});
  CHECK(none.mean == 0);
  CHECK(none.max == 0);
}
