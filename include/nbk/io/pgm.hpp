// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/file.hpp"
#include "nbk/io/format_number.hpp"
#include "nbk/io/rendered_area.hpp"

#include <cstdint>
#include <span>

namespace nbk::io {

/// Writes a portable grey map (P5) with its scale as a comment. \param grey  [slow][fast] \throws FileError
inline void write_pgm(const std::filesystem::path& file, std::span<const std::uint8_t> grey, const RenderedArea& area,
                      double scale) {
  AtomicFile out(file);
  out.write("P5\n" + std::to_string(area.pixels_fast) + " " + std::to_string(area.pixels_slow) +
            "\n# pixels scaled by " + format_g(scale) + "\n255\n");
  out.write(grey.data(), grey.size_bytes());
  out.commit();
}

}  // namespace nbk::io
