// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/io/row_blocks.hpp"
#include "nbk/response/integer_rule.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <thread>

namespace nbk::io {

/// Writes an image in detector units as an SMV file of integers, by several threads; 0 outside the window.
/// \tparam Integer  std::uint16_t; std::int32_t or std::uint32_t, whose header must say TYPE=long_integer
/// \param header  of the file, see SmvHeader \param adu  float or double, [slow][fast] \param rule  of the conversion
/// \throws FileError; InvalidInput for an image of another size
template <class Integer, class Real>
void write_adu_image(const std::filesystem::path& file, const std::string& header, std::span<const Real> adu,
                     const RenderedArea& area, const IntegerRule& rule) {
  require(adu.size() == area.size(), "number of pixels of the image", adu.size(),
          "must be " + std::to_string(area.size()));
  AtomicFile out(file);
  out.write(header);
  const int threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  write_rows_in_parallel<Integer>(out, area, threads, [&](int, int slow, std::span<Integer> integers) {
    const auto row = adu.subspan(area.row_begin(slow), integers.size());
    std::ranges::transform(row, integers.begin(),
                           [&](Real pixel) { return to_integer<Integer>(static_cast<double>(pixel), rule); });
  });
  out.commit();
}

}  // namespace nbk::io
