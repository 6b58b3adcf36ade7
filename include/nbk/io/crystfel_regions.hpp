// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/crystfel_lines.hpp"
#include "nbk/io/crystfel_panel.hpp"
#include "nbk/model/detector.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Bad pixels of CrystFEL's geometry files as masks.

namespace nbk::io {

/// A bad region: pixels of one panel, bounds included, or a part of the laboratory seen along the beam, without them.
struct CrystfelRegion {
  std::string name{};
  std::size_t line = 0;                                          ///< that mentions it first
  std::string panel{};                                           ///< may be empty if there is one panel only
  std::optional<double> min_fs{}, max_fs{}, min_ss{}, max_ss{};  ///< counted in the data block
  std::optional<double> min_x{}, max_x{}, min_y{}, max_y{};      ///< pixels
};

namespace detail {

/// Reads a key of a bad region. \throws FileError
inline void read_crystfel_region_key(CrystfelRegion& region, std::string_view key, const CrystfelLines& lines) {
  struct Bound {
    std::string_view key;
    std::optional<double> CrystfelRegion::*member;
  };
  constexpr std::array<Bound, 8> bounds{{{"min_fs", &CrystfelRegion::min_fs},
                                         {"max_fs", &CrystfelRegion::max_fs},
                                         {"min_ss", &CrystfelRegion::min_ss},
                                         {"max_ss", &CrystfelRegion::max_ss},
                                         {"min_x", &CrystfelRegion::min_x},
                                         {"max_x", &CrystfelRegion::max_x},
                                         {"min_y", &CrystfelRegion::min_y},
                                         {"max_y", &CrystfelRegion::max_y}}};
  if (key == "panel") {
    region.panel = lines.value();
    return;
  }
  const auto* const bound = std::ranges::find(bounds, key, &Bound::key);
  if (bound == bounds.end()) lines.fail(std::string(lines.key()) + " is no key of a bad region");
  region.*bound->member = lines.finite();
}

/// Masks rows and columns of a panel, bounds included; what is outside of the panel is left out.
inline void mask_pixels(Panel& panel, double min_fs, double max_fs, double min_ss, double max_ss) {
  const auto width = static_cast<std::size_t>(panel.pixels_fast), height = static_cast<std::size_t>(panel.pixels_slow);
  const auto first = [](double value) { return static_cast<std::size_t>(std::clamp(value, 0.0, 1e9)); };
  const auto last = [](double value, std::size_t most) {
    return static_cast<std::size_t>(std::clamp(value + 1, 0.0, static_cast<double>(most)));
  };
  const std::size_t fast_end = last(max_fs, width), slow_end = last(max_ss, height), begin = first(min_fs);
  for (std::size_t slow = first(min_ss); slow < slow_end && begin < fast_end; ++slow) {
    if (panel.mask.empty()) panel.mask.assign(width * height, 1);
    const auto row = panel.mask.begin() + static_cast<std::ptrdiff_t>(slow * width);
    std::fill(row + static_cast<std::ptrdiff_t>(begin), row + static_cast<std::ptrdiff_t>(fast_end), std::uint16_t{0});
  }
}

/// Masks the pixels whose first corner is inside of a region of the laboratory.
inline void mask_place(Panel& panel, const CrystfelPanel& from, const CrystfelRegion& region) {
  const auto width = static_cast<std::size_t>(panel.pixels_fast), height = static_cast<std::size_t>(panel.pixels_slow);
  for (std::size_t slow = 0; slow < height; ++slow) {
    for (std::size_t fast = 0; fast < width; ++fast) {
      const auto f = static_cast<double>(fast), s = static_cast<double>(slow);
      const double x = f * from.fs->x + s * from.ss->x + *from.corner_x;
      const double y = f * from.fs->y + s * from.ss->y + *from.corner_y;
      const bool is_bad = x > *region.min_x && x < *region.max_x && y > *region.min_y && y < *region.max_y;
      if (!is_bad) continue;
      if (panel.mask.empty()) panel.mask.assign(width * height, 1);
      panel.mask[slow * width + fast] = 0;
    }
  }
}

/// Masks a bad region.
/// \param file    its name for messages
/// \param panels  of the file, complete
inline void mask_region(const CrystfelRegion& region, const std::string& file, const std::vector<CrystfelPanel>& panels,
                        std::vector<Panel>& masked) {
  const auto refuse = [&](const std::string& problem) {
    fail(file, "line " + std::to_string(region.line) + ": " + region.name + ": " + problem);
  };
  const bool of_pixels = region.min_fs || region.max_fs || region.min_ss || region.max_ss;
  const bool of_place = region.min_x || region.max_x || region.min_y || region.max_y;
  if (of_pixels == of_place) refuse("must have bounds in fs and ss, or in x and y");
  if (of_place) {
    if (!region.min_x || !region.max_x || !region.min_y || !region.max_y) refuse("needs min_x, max_x, min_y and max_y");
    for (std::size_t i = 0; i < panels.size(); ++i) mask_place(masked[i], panels[i], region);
    return;
  }
  if (!region.min_fs || !region.max_fs || !region.min_ss || !region.max_ss) {
    refuse("needs min_fs, max_fs, min_ss and max_ss");
  }
  const auto found = region.panel.empty() && panels.size() == 1
                         ? panels.begin()
                         : std::ranges::find(panels, region.panel, &CrystfelPanel::name);
  if (found == panels.end()) {
    refuse(region.panel.empty() ? "needs panel, the name of its panel" : "panel must be the name of a panel");
  }
  Panel& panel = masked[static_cast<std::size_t>(found - panels.begin())];
  mask_pixels(panel, *region.min_fs - *found->min_fs, *region.max_fs - *found->min_fs, *region.min_ss - *found->min_ss,
              *region.max_ss - *found->min_ss);
}

/// Masks the pixels that a panel itself calls bad.
inline void mask_own(const CrystfelPanel& from, Panel& panel) {
  const double most_fs = panel.pixels_fast - 1.0, most_ss = panel.pixels_slow - 1.0;
  if (from.is_bad) mask_pixels(panel, 0, most_fs, 0, most_ss);
  if (from.edge_pixels == 0) return;
  const double edge = from.edge_pixels;
  mask_pixels(panel, 0, edge - 1, 0, most_ss);
  mask_pixels(panel, most_fs - edge + 1, most_fs, 0, most_ss);
  mask_pixels(panel, 0, most_fs, 0, edge - 1);
  mask_pixels(panel, 0, most_fs, most_ss - edge + 1, most_ss);
}

}  // namespace detail

}  // namespace nbk::io
