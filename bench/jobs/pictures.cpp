// SPDX-License-Identifier: MIT
#include "bench/jobs/pictures.hpp"

#include "bench/system/files.hpp"
#include "bench/system/png_image.hpp"
#include "nbk/core/error.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace nbk::bench::jobs {
namespace {

constexpr std::size_t largest_side = 512;
constexpr double decades = 4;

struct Small {
  std::vector<float> pixels;
  std::size_t width = 0, height = 0;
};

// Keeps the largest absolute value of the pixels that fall together; one that is not a number counts as largest.
template <class Value>
Small shrink(std::size_t count, std::size_t width, const Value& value) {
  require(width > 0 && count > 0 && count % width == 0, "picture", count, "must have full rows");
  const std::size_t height = count / width;
  const std::size_t factor = (std::max(width, height) + largest_side - 1) / largest_side;
  Small small{{}, (width + factor - 1) / factor, (height + factor - 1) / factor};
  small.pixels.assign(small.width * small.height, 0);
  for (std::size_t i = 0; i < count; ++i) {
    auto& pixel = small.pixels[i / width / factor * small.width + i % width / factor];
    const float candidate = value(i);
    if (!std::isnan(pixel) && !(std::abs(candidate) <= std::abs(pixel))) pixel = candidate;
  }
  return small;
}

float largest(const Small& small) {
  float limit = 0;
  for (const float value : small.pixels) {
    if (std::isfinite(value)) limit = std::max(limit, std::abs(value));
  }
  return limit;
}

template <class Level>
Picture paint(const Small& small, const Level& level) {
  const float limit = largest(small);
  std::vector<std::uint8_t> grey(small.pixels.size());
  for (std::size_t i = 0; i < grey.size(); ++i) {
    const double share =
        limit > 0 ? level(static_cast<double>(small.pixels[i]) / static_cast<double>(limit)) : level(0);
    // A value that is not finite is painted black.
    grey[i] = std::isfinite(share) ? static_cast<std::uint8_t>(255 * std::clamp(share, 0.0, 1.0)) : std::uint8_t{0};
  }
  return {system::grey_png(grey, static_cast<int>(small.width), static_cast<int>(small.height)),
          static_cast<double>(limit)};
}

}  // namespace

Picture picture_of(std::span<const float> image, std::size_t width) {
  return paint(shrink(image.size(), width, [&](std::size_t i) { return image[i]; }),
               [](double share) { return share <= 0 ? 1.0 : -std::log10(share) / decades; });
}

Picture difference_picture(std::span<const float> first, std::span<const float> second, std::size_t width) {
  require(first.size() == second.size(), "picture", second.size(), "must have as many pixels as the other image");
  return paint(shrink(first.size(), width, [&](std::size_t i) { return first[i] - second[i]; }),
               [](double share) { return 0.5 + 0.5 * share; });
}

std::vector<std::string> write_pictures(const std::filesystem::path& folder, std::span<const float> image,
                                        std::span<const float> reference, std::size_t width) {
  const auto size = fmt::format("{}x{}", width, image.size() / width);
  auto list = nlohmann::ordered_json::array();
  std::vector<std::string> names;
  const auto write = [&](const std::string& shows, const Picture& picture) {
    names.push_back(fmt::format("{}_{}.png", shows, size));
    system::write_text(folder / names.back(), picture.png);
    list.push_back({{"file", names.back()}, {"shows", shows}, {"limit_photons", picture.limit}});
  };
  write("nbk_warm", picture_of(image, width));
  if (!reference.empty()) {
    write("reference", picture_of(reference, width));
    write("difference", difference_picture(image, reference, width));
  }
  names.push_back(fmt::format("pictures_{}.json", size));
  system::write_text(folder / names.back(), list.dump(2) + "\n");
  return names;
}

}  // namespace nbk::bench::jobs
