// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/io/nxmx_description.hpp"
#include "nbk/response/counter_poisson.hpp"
#include "nbk/response/integer_rule.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
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

  /// Returns true if photons are scaled, or some are added.
  bool changes_photons() const { return scale != 1.0 || !added.empty(); }
};

namespace detail {

/// Returns the scaled photons of a row, with what is added.
/// \param begin  pixel of the image with which the row begins
inline std::span<const float> expected_photons(std::span<const float> photons, std::size_t begin,
                                               const PixelRecording& recording, std::vector<float>& row) {
  if (!recording.changes_photons()) return photons;
  for (std::size_t i = 0; i < photons.size(); ++i) {
    double sum = static_cast<double>(photons[i]) * recording.scale;
    if (!recording.added.empty()) sum += static_cast<double>(recording.added[begin + i]);
    row[i] = static_cast<float>(sum);
  }
  return row;
}

/// Records counts, row by row. \param first_row  of the image, with which the photons begin
template <class Integer>
void record_counts(std::span<const float> photons, std::size_t first_row, std::size_t width,
                   const PixelRecording& recording, std::span<Integer> to) {
  constexpr auto least = static_cast<double>(std::numeric_limits<Integer>::min());
  constexpr auto most = static_cast<double>(std::numeric_limits<Integer>::max());
  const auto in_file = [&](double count) {
    return static_cast<Integer>(std::clamp(count + recording.pedestal, least, most));
  };
  const CounterPoisson deviates(recording.seed);
  const Integer nothing = in_file(0);
  std::vector<float> scaled(width);
  for (std::size_t row = 0; row < photons.size() / width; ++row) {
    const auto expected =
        expected_photons(photons.subspan(row * width, width), (first_row + row) * width, recording, scaled);
    const std::span<Integer> counts = to.subspan(row * width, width);
    if (!recording.noise) {
      std::ranges::transform(expected, counts.begin(),
                             [&](float mean) { return in_file(std::nearbyint(static_cast<double>(mean))); });
      continue;
    }
    std::ranges::fill(counts, nothing);
    deviates.visit_row(static_cast<std::uint32_t>(first_row + row), expected,
                       [&](std::size_t fast, double count) { counts[fast] = in_file(count); });
  }
}

}  // namespace detail

/// Records some rows of an image of expected photons. Rows are independent: several threads may record different ones.
/// \param photons  of these rows \param first_row  their first, from 0 \param width  pixels of a row
/// \param to       room for the pixels of these rows
/// \return the pixels, in that room or the photons themselves
inline std::span<const std::byte> record_rows(std::span<const float> photons, std::size_t first_row, std::size_t width,
                                              const PixelRecording& recording, std::span<std::byte> to) {
  if (recording.kind == PixelKind::photons && !recording.changes_photons()) return std::as_bytes(photons);
  require(to.size() == photons.size() * bytes_of(recording.kind), "bytes of the rows", to.size(),
          "must be " + std::to_string(photons.size() * bytes_of(recording.kind)));
  const auto as = [&]<class Number>(Number) { return std::span(reinterpret_cast<Number*>(to.data()), photons.size()); };
  if (recording.kind == PixelKind::counts) {
    detail::record_counts(photons, first_row, width, recording, as(std::int32_t{}));
  } else if (recording.kind == PixelKind::counts16) {
    detail::record_counts(photons, first_row, width, recording, as(std::uint16_t{}));
  } else {
    const std::span<float> pixels = as(0.0F);
    std::vector<float> scaled(width);
    for (std::size_t begin = 0; begin < photons.size(); begin += width) {
      std::ranges::copy(
          detail::expected_photons(photons.subspan(begin, width), first_row * width + begin, recording, scaled),
          pixels.begin() + static_cast<std::ptrdiff_t>(begin));
    }
  }
  return to;
}

/// Records an image of expected photons.
/// \param photons  [slow][fast] \param width  pixels of a row
/// \param memory   for the result, which is used again
/// \return the pixels, in the memory or the photons themselves
inline std::span<const std::byte> record_pixels(std::span<const float> photons, std::size_t width,
                                                const PixelRecording& recording, std::vector<std::byte>& memory) {
  if (recording.kind == PixelKind::photons && !recording.changes_photons()) return std::as_bytes(photons);
  memory.resize(photons.size() * bytes_of(recording.kind));
  return record_rows(photons, 0, width, recording, memory);
}

/// Records pixels in detector units, as integers.
/// \param adu  of some pixels of an image \param kind  of integers \param rule  of the conversion
/// \param to   room for the pixels
inline void record_adu(std::span<const double> adu, PixelKind kind, const IntegerRule& rule, std::span<std::byte> to) {
  require(to.size() == adu.size() * bytes_of(kind), "bytes of the pixels", to.size(),
          "must be " + std::to_string(adu.size() * bytes_of(kind)));
  const auto record = [&]<class Integer>(Integer) {
    const std::span pixels(reinterpret_cast<Integer*>(to.data()), adu.size());
    std::ranges::transform(adu, pixels.begin(), [&](double pixel) { return to_integer<Integer>(pixel, rule); });
  };
  if (kind == PixelKind::counts16) {
    record(std::uint16_t{});
  } else {
    record(std::int32_t{});
  }
}

/// Records an image in detector units, as integers.
/// \param adu  [slow][fast] \param kind  of integers \param rule  of the conversion
/// \param memory  for the result, which is used again
inline std::span<const std::byte> record_adu(std::span<const double> adu, PixelKind kind, const IntegerRule& rule,
                                             std::vector<std::byte>& memory) {
  memory.resize(adu.size() * bytes_of(kind));
  record_adu(adu, kind, rule, std::span(memory));
  return memory;
}

}  // namespace nbk::io
