// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/response/philox.hpp"

#include <Kokkos_Core.hpp>

#include <cstddef>
#include <cstdint>

namespace nbk {

/// Step that draws random words. Every step has words of its own, whether other steps are left out or not.
enum class Draw : std::uint32_t { image_flicker, pixel_flicker, calibration, counting, counting_again, gain, readout };

/// Key of the random words of one image, or of the calibration map.
struct DrawKey {
  std::uint32_t low = 0, high = 0;  ///< of a Philox key

  /// Returns the key of a seed and a number, which are mixed so that neighbouring ones have nothing in common.
  /// \param stream  0: an image; 1: the calibration
  static DrawKey of(std::uint64_t seed, std::uint64_t number, std::uint32_t stream) {
    constexpr std::uint32_t mark = 0x6e626b;
    const auto words =
        philox({static_cast<std::uint32_t>(number), static_cast<std::uint32_t>(number >> 32), stream, mark},
               {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)});
    return {words[0], words[1]};
  }
};

/// Place of a block of pixels side by side.
struct PixelOfDetector {
  std::uint32_t panel = 0, slow = 0, fast = 0;  ///< of the first pixel
};

inline namespace NBK_ISA {

/// Four random words for each of some pixels side by side.
template <std::size_t Lanes>
struct PixelWords {
  std::uint32_t word[4][Lanes];
};

/// Returns the words of a step: Philox of (fast, slow, panel, step), so that a pixel's words do not depend on Lanes.
/// \tparam Lanes  1, or philox_lanes on a host
template <std::size_t Lanes>
KOKKOS_INLINE_FUNCTION PixelWords<Lanes> draw_words(const DrawKey& key, const PixelOfDetector& place, Draw draw) {
  PixelWords<Lanes> words;
  if constexpr (Lanes == 1) {
    std::uint32_t counter[4] = {place.fast, place.slow, place.panel, static_cast<std::uint32_t>(draw)};
    mix_philox(counter, key.low, key.high);
    for (int i = 0; i < 4; ++i) words.word[i][0] = counter[i];
  } else {
    static_assert(Lanes == philox_lanes);
    KOKKOS_IF_ON_HOST((
        PhiloxPack pack; for (std::size_t i = 0; i < Lanes; ++i) {
          pack.counter0[i] = place.fast + static_cast<std::uint32_t>(i);
          pack.counter1[i] = place.slow;
          pack.counter2[i] = place.panel;
          pack.counter3[i] = static_cast<std::uint32_t>(draw);
        } pack.mix({key.low, key.high});
        for (std::size_t i = 0; i < Lanes; ++i) {
          words.word[0][i] = pack.counter0[i];
          words.word[1][i] = pack.counter1[i];
          words.word[2][i] = pack.counter2[i];
          words.word[3][i] = pack.counter3[i];
        }))
  }
  return words;
}

}  // namespace NBK_ISA

}  // namespace nbk
