// SPDX-License-Identifier: MIT
#include "bench/noise/noise_files.hpp"

#include "nbk/io/atomic_file.hpp"
#include "nbk/response/integer_rule.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>

namespace nbk::bench::noise {

namespace {

/// Writes a text and one number per pixel, in parts that stay in the cache.
template <class Pixel, class Convert>
void write_pixels(const std::string& name, const std::string& header, std::span<const double> adu,
                  const Convert& convert) {
  constexpr std::size_t most = std::size_t{1} << 16;
  io::AtomicFile file(name);
  file.write(header);
  std::vector<Pixel> part;
  for (std::size_t first = 0; first < adu.size(); first += most) {
    const auto of_part = adu.subspan(first, std::min(most, adu.size() - first));
    part.resize(of_part.size());
    std::ranges::transform(of_part, part.begin(), convert);
    file.write(part.data(), part.size() * sizeof(Pixel));
  }
  file.commit();
}

/// Writes an SMV image of the integers that are wanted.
void write_smv(const std::string& name, const NoiseOptions& options, const NoiseInput& input,
               std::span<const double> adu, const IntegerRule& rule) {
  const auto write = [&]<class Integer>(Integer) {
    write_pixels<Integer>(name, input.header_bytes, adu, [&](double x) { return to_integer<Integer>(x, rule); });
  };
  if (options.bits == 16) return write(std::uint16_t{});
  if (options.policy == Policy::compat) return write(std::uint32_t{});
  write(std::int32_t{});
}

}  // namespace

void write_noise_files(const NoiseOptions& options, const NoiseInput& input, const NoiseImages& images) {
  const IntegerRule rule =
      options.policy == Policy::compat ? IntegerRule{Rounding::truncation, Overflow::wrap} : options.own.integers;
  write_smv(options.files.int_file, options, input, images.noiseless_adu, rule);
  if (options.files.write_pgm) {
    const std::string header = "P5\n" + std::to_string(input.header.pixels_fast) + " " +
                               std::to_string(input.header.pixels_slow) + "\n# pixels scaled by 1\n255\n";
    write_pixels<std::uint8_t>(options.files.pgm_file, header, images.noiseless_adu, [&](double adu) {
      return static_cast<std::uint8_t>(std::min<int>(255, to_integer<std::uint16_t>(adu, rule)));
    });
  }
  if (options.add_noise) write_smv(options.files.noise_file, options, input, images.noisy_adu, rule);
}

}  // namespace nbk::bench::noise
