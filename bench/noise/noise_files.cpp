// SPDX-License-Identifier: MIT
#include "bench/noise/noise_files.hpp"

#include "nbk/io/adu_image.hpp"
#include "nbk/io/atomic_file.hpp"
#include "nbk/io/row_blocks.hpp"
#include "nbk/response/integer_rule.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>

namespace nbk::bench::noise {

namespace {

io::RenderedArea area_of(const HeaderNumbers& header) {
  return {header.pixels_fast, header.pixels_slow, {0, header.pixels_fast - 1, 0, header.pixels_slow - 1}};
}

/// Writes an SMV image of the integers that are wanted.
void write_smv(const std::string& name, const NoiseOptions& options, const NoiseInput& input,
               std::span<const double> adu, const IntegerRule& rule) {
  const auto write = [&]<class Integer>(Integer) {
    io::write_adu_image<Integer>(name, input.header_bytes, adu, area_of(input.header), rule);
  };
  if (options.bits == 16) return write(std::uint16_t{});
  if (options.policy == Policy::compat) return write(std::uint32_t{});
  write(std::int32_t{});
}

/// Writes the picture of noisify: the 16-bit integers, at most 255.
void write_picture(const std::string& name, const HeaderNumbers& header, std::span<const double> adu,
                   const IntegerRule& rule) {
  const io::RenderedArea area = area_of(header);
  io::AtomicFile file(name);
  file.write("P5\n" + std::to_string(header.pixels_fast) + " " + std::to_string(header.pixels_slow) +
             "\n# pixels scaled by 1\n255\n");
  io::write_rows<std::uint8_t>(file, area, [&](int slow, std::span<std::uint8_t> grey) {
    std::ranges::transform(adu.subspan(area.row_begin(slow), grey.size()), grey.begin(), [&](double pixel) {
      return static_cast<std::uint8_t>(std::min<int>(255, to_integer<std::uint16_t>(pixel, rule)));
    });
  });
  file.commit();
}

}  // namespace

void write_noise_files(const NoiseOptions& options, const NoiseInput& input, const NoiseImages& images) {
  const IntegerRule rule =
      options.policy == Policy::compat ? IntegerRule{Rounding::truncation, Overflow::wrap} : options.own.integers;
  write_smv(options.files.int_file, options, input, images.noiseless_adu, rule);
  if (options.files.write_pgm) write_picture(options.files.pgm_file, input.header, images.noiseless_adu, rule);
  if (options.add_noise) write_smv(options.files.noise_file, options, input, images.noisy_adu, rule);
}

}  // namespace nbk::bench::noise
