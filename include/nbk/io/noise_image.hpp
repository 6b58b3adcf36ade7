// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/row_blocks.hpp"
#include "nbk/response/counter_poisson.hpp"
#include "nbk/response/poisson.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace nbk::io {

/// Figures of a noise image.
struct NoiseFigures {
  double photons = 0;         ///< of all pixels, without the offset
  std::size_t overloads = 0;  ///< pixels that did not fit in 16 bits

  /// Adds the figures of other pixels.
  NoiseFigures& operator+=(const NoiseFigures& other) {
    photons += other.photons;
    overloads += other.overloads;
    return *this;
  }
};

/// Counts of a pixel from its photons: gain photons + offset. A gain of 1 leaves whole photons as they are; other
/// products are rounded.
struct CountsOfPhotons {
  double offset;  ///< counts of a pixel without photons
  double gain;    ///< counts per photon, > 0

  /// An offset is enough where every photon is a count.
  CountsOfPhotons(double offset_counts, double gain_counts = 1)  // NOLINT(google-explicit-constructor)
      : offset(offset_counts), gain(gain_counts) {}

  /// Returns the counts, which may not be whole: the offset need not be.
  double operator()(double photons) const { return (gain == 1 ? photons : std::round(gain * photons)) + offset; }
};

/// One pixel: its counts, cut off to 16 bits.
inline std::uint16_t record_photons(double photons, const CountsOfPhotons& counts_of, NoiseFigures& figures) {
  figures.photons += photons;
  double counts = counts_of(photons);
  if (counts > 65535.0) {
    counts = 65535.0;
    ++figures.overloads;
  }
  return static_cast<std::uint16_t>(static_cast<std::int32_t>(counts));  // a negative offset wraps
}

/// Writes the noise image of nanoBragg, draw by draw: every pixel of the window in the order of the file, masked
/// ones too. It cannot be made in parallel.
/// \param header    smv_header()
/// \param image     mean photons, [slow][fast]
/// \param counts_of  counts of photons
/// \param deviates  NoiseDeviates(Scene::generator, seed), the seed with its sign changed; the next panel goes on with
/// it \throws FileError; InvalidInput for an image of another size
inline NoiseFigures write_noise_image(const std::filesystem::path& file, const std::string& header,
                                      std::span<const float> image, const RenderedArea& area,
                                      const CountsOfPhotons& counts_of, NoiseDeviates& deviates) {
  require_image(image, area);
  NoiseFigures figures;
  AtomicFile out(file);
  out.write(header);
  write_rows<std::uint16_t>(out, area, [&](int slow, std::span<std::uint16_t> counts) {
    const std::span<const float> means = image.subspan(area.row_begin(slow), counts.size());
    for (std::size_t i = 0; i < counts.size(); ++i) {
      counts[i] = record_photons(static_cast<double>(deviates.poisson(means[i])), counts_of, figures);
    }
  });
  out.commit();
  return figures;
}

/// Writes the same with deviates that nothing else needs.
/// \throws FileError; InvalidInput for an image of another size
inline NoiseFigures write_noise_image(const std::filesystem::path& file, const std::string& header,
                                      std::span<const float> image, const RenderedArea& area,
                                      const CountsOfPhotons& counts_of, NoiseDeviates&& deviates) {
  return write_noise_image(file, header, image, area, counts_of, deviates);
}

/// Writes a noise image by a counter-based generator, in parallel; the same for any number of threads.
/// \throws FileError; InvalidInput for an image of another size
inline NoiseFigures write_noise_image(const std::filesystem::path& file, const std::string& header,
                                      std::span<const float> image, const RenderedArea& area,
                                      const CountsOfPhotons& counts_of, const CounterPoisson& deviates) {
  require_image(image, area);
  const int threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  std::vector<NoiseFigures> of_thread(static_cast<std::size_t>(threads));
  NoiseFigures of_nothing;
  const std::uint16_t nothing = record_photons(0, counts_of, of_nothing);

  AtomicFile out(file);
  out.write(header);
  write_rows_in_parallel<std::uint16_t>(out, area, threads, [&](int thread, int slow, std::span<std::uint16_t> counts) {
    NoiseFigures figures;
    std::fill(counts.begin(), counts.end(), nothing);
    figures.overloads = of_nothing.overloads * counts.size();
    deviates.visit_row(static_cast<std::uint32_t>(slow), image.subspan(area.row_begin(slow), counts.size()),
                       [&](std::size_t fast, double photons) {
                         figures.overloads -= of_nothing.overloads;
                         counts[fast] = record_photons(photons, counts_of, figures);
                       });
    of_thread[static_cast<std::size_t>(thread)] += figures;
  });
  out.commit();
  NoiseFigures figures;
  for (const NoiseFigures& part : of_thread) figures += part;
  return figures;
}

}  // namespace nbk::io
