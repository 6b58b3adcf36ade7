// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace nbk::bench::reading {

/// A picture as the bytes of a PNG file, and what its darkest and brightest values stand for.
struct Picture {
  std::string png;
  double limit = 0;  ///< photons
};

/// Dark spots on white, logarithmic over four decades below the brightest pixel (`limit`). An image larger than 512
/// pixels is made smaller by the brightest of the pixels that fall together, so that no spot is lost.
Picture picture_of(std::span<const float> image, std::size_t width);

/// first - second, grey where they agree, white where the first has `limit` more and black where it has `limit` less;
/// the largest difference of the pixels that fall together.
Picture difference_picture(std::span<const float> first, std::span<const float> second, std::size_t width);

}  // namespace nbk::bench::reading
