// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/simd/wide_words.hpp"

#include <Kokkos_Core.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace nbk {

namespace detail {
inline constexpr std::uint32_t philox_multiplier0 = 0xD2511F53, philox_multiplier1 = 0xCD9E8D57;
inline constexpr std::uint32_t philox_weyl0 = 0x9E3779B9, philox_weyl1 = 0xBB67AE85;
}  // namespace detail

inline constexpr std::size_t philox_lanes = 16;
using PhiloxWords = std::array<std::uint32_t, philox_lanes>;

/// Philox4x32-10 for several counters side by side: four random words from each counter and a key, without a state.
/// J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
/// Any part of a stream can be had at any time by any thread; different counters give independent words.
struct PhiloxPack {
  PhiloxWords counter0{}, counter1{}, counter2{}, counter3{};

  /// Replaces the counters by random words.
  void mix(std::array<std::uint32_t, 2> key) {
    constexpr std::size_t together = 2 * simd::WideWords::lanes;  // two registers of each hide the multiplication
    for (std::size_t first = 0; first < philox_lanes; first += together) mix_some(key, first);
  }

 private:
  void mix_some(std::array<std::uint32_t, 2> key, std::size_t first) {
    using Words = simd::WideWords;
    const std::size_t second = first + Words::lanes;
    Words c0[2]{Words(&counter0[first]), Words(&counter0[second])};
    Words c1[2]{Words(&counter1[first]), Words(&counter1[second])};
    Words c2[2]{Words(&counter2[first]), Words(&counter2[second])};
    Words c3[2]{Words(&counter3[first]), Words(&counter3[second])};
    const Words multiplier0(detail::philox_multiplier0), multiplier1(detail::philox_multiplier1);
    for (int round = 0; round < 10; ++round) {
      const Words key0(key[0]), key1(key[1]);
      for (int i = 0; i < 2; ++i) {
        const Words product0 = c0[i] * multiplier0, product1 = c2[i] * multiplier1;
        c0[i] = product1.high() ^ c1[i] ^ key0;
        c2[i] = product0.high() ^ c3[i] ^ key1;
        c1[i] = product1;
        c3[i] = product0;
      }
      key[0] += detail::philox_weyl0;
      key[1] += detail::philox_weyl1;
    }
    for (std::size_t i = 0; i < 2; ++i) {
      const std::size_t at = i == 0 ? first : second;
      c0[i].store(&counter0[at]);
      c1[i].store(&counter1[at]);
      c2[i].store(&counter2[at]);
      c3[i].store(&counter3[at]);
    }
  }
};

/// The same for one counter, on host and device. \param counter  replaced by random words
KOKKOS_INLINE_FUNCTION void mix_philox(std::uint32_t (&counter)[4], std::uint32_t key0, std::uint32_t key1) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t product0 = std::uint64_t{detail::philox_multiplier0} * counter[0],
                        product1 = std::uint64_t{detail::philox_multiplier1} * counter[2];
    counter[0] = static_cast<std::uint32_t>(product1 >> 32) ^ counter[1] ^ key0;
    counter[1] = static_cast<std::uint32_t>(product1);
    counter[2] = static_cast<std::uint32_t>(product0 >> 32) ^ counter[3] ^ key1;
    counter[3] = static_cast<std::uint32_t>(product0);
    key0 += detail::philox_weyl0;
    key1 += detail::philox_weyl1;
  }
}

/// The same for one counter.
inline std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) {
  std::uint32_t words[4] = {counter[0], counter[1], counter[2], counter[3]};
  mix_philox(words, key[0], key[1]);
  return {words[0], words[1], words[2], words[3]};
}

}  // namespace nbk
