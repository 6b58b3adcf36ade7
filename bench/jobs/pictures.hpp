// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace nbk::bench::jobs {

/// A picture as the bytes of a PNG file, and the value that its darkest and brightest pixels stand for.
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

/// Writes an image, its reference and their difference as PNG, and a list of them with their limits for bench/report:
/// pictures_<width>x<height>.json. An empty reference stands for none.
/// \return names of the files \throws FileError
std::vector<std::string> write_pictures(const std::filesystem::path& folder, std::span<const float> image,
                                        std::span<const float> reference, std::size_t width);

}  // namespace nbk::bench::jobs
