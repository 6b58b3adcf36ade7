// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/nxmx_description.hpp"
#include "nbk/response/counter_poisson.hpp"
#include "nbk/response/integer_rule.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace nbk::io {

/// Way in which expected photons become the pixels of a file.
struct PixelRecording {
  PixelKind kind = PixelKind::counts;  ///< counts or photons
  double scale = 1;                    ///< photons are multiplied by this
  std::span<const float> added;        ///< photons that are added after that; empty: none
  bool noise = true;                   ///< counts are drawn; false: rounded to the nearest
  std::uint64_t seed = 0;              ///< of the noise, as image_seed()
  double pedestal = 0;                 ///< added to every count
};

namespace detail {

/// Returns the scaled photons of a row, with what is added.
inline std::span<const float> expected_photons(std::span<const float> photons, std::size_t begin,
                                               const PixelRecording& recording, std::vector<float>& row) {
  if (recording.scale == 1.0 && recording.added.empty()) return photons;
  for (std::size_t i = 0; i < photons.size(); ++i) {
    double sum = static_cast<double>(photons[i]) * recording.scale;
    if (!recording.added.empty()) sum += static_cast<double>(recording.added[begin + i]);
    row[i] = static_cast<float>(sum);
  }
  return row;
}

/// Records counts, row by row.
template <class Integer>
void record_counts(std::span<const float> photons, std::size_t width, const PixelRecording& recording,
                   std::span<Integer> to) {
  constexpr auto least = static_cast<double>(std::numeric_limits<Integer>::min());
  constexpr auto most = static_cast<double>(std::numeric_limits<Integer>::max());
  const auto in_file = [&](double count) {
    return static_cast<Integer>(std::clamp(count + recording.pedestal, least, most));
  };
  const CounterPoisson deviates(recording.seed);
  const Integer nothing = in_file(0);
  std::vector<float> scaled(width);
  for (std::size_t begin = 0; begin < photons.size(); begin += width) {
    const auto row = expected_photons(photons.subspan(begin, width), begin, recording, scaled);
    const std::span<Integer> counts = to.subspan(begin, width);
    if (!recording.noise) {
      std::ranges::transform(row, counts.begin(),
                             [&](float mean) { return in_file(std::nearbyint(static_cast<double>(mean))); });
      continue;
    }
    std::ranges::fill(counts, nothing);
    deviates.visit_row(static_cast<std::uint32_t>(begin / width), row,
                       [&](std::size_t fast, double count) { counts[fast] = in_file(count); });
  }
}

}  // namespace detail

/// Records an image of expected photons.
/// \param photons  [slow][fast] \param width  pixels of a row
/// \param memory   for the result, which is used again
/// \return the pixels, in the memory or the photons themselves
inline std::span<const std::byte> record_pixels(std::span<const float> photons, std::size_t width,
                                                const PixelRecording& recording, std::vector<std::byte>& memory) {
  const bool as_they_are = recording.scale == 1.0 && recording.added.empty();
  if (recording.kind == PixelKind::photons && as_they_are) return std::as_bytes(photons);
  memory.resize(photons.size() * bytes_of(recording.kind));
  const auto as = [&]<class Number>(Number) {
    return std::span(reinterpret_cast<Number*>(memory.data()), photons.size());
  };
  if (recording.kind == PixelKind::counts) detail::record_counts(photons, width, recording, as(std::int32_t{}));
  if (recording.kind == PixelKind::counts16) detail::record_counts(photons, width, recording, as(std::uint16_t{}));
  if (recording.kind != PixelKind::photons) return memory;
  const std::span<float> to = as(0.0F);
  std::vector<float> scaled(width);
  for (std::size_t begin = 0; begin < photons.size(); begin += width) {
    std::ranges::copy(detail::expected_photons(photons.subspan(begin, width), begin, recording, scaled),
                      to.begin() + static_cast<std::ptrdiff_t>(begin));
  }
  return memory;
}

/// Records an image in detector units, as integers.
/// \param adu  [slow][fast] \param kind  of integers \param rule  of the conversion
/// \param memory  for the result, which is used again
inline std::span<const std::byte> record_adu(std::span<const double> adu, PixelKind kind, const IntegerRule& rule,
                                             std::vector<std::byte>& memory) {
  memory.resize(adu.size() * bytes_of(kind));
  const auto record = [&]<class Integer>(Integer) {
    const std::span to(reinterpret_cast<Integer*>(memory.data()), adu.size());
    std::ranges::transform(adu, to.begin(), [&](double pixel) { return to_integer<Integer>(pixel, rule); });
  };
  if (kind == PixelKind::counts16) {
    record(std::uint16_t{});
  } else {
    record(std::int32_t{});
  }
  return memory;
}

}  // namespace nbk::io
