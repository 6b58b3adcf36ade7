// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace nbk {

namespace detail {
inline constexpr std::uint64_t philox_multiplier0 = 0xD2511F53, philox_multiplier1 = 0xCD9E8D57;
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
    for (int round = 0; round < 10; ++round) {
      for (std::size_t i = 0; i < philox_lanes; ++i) {  // one loop over lanes, which a compiler turns into vectors
        const std::uint64_t product0 = detail::philox_multiplier0 * counter0[i],
                            product1 = detail::philox_multiplier1 * counter2[i];
        counter0[i] = static_cast<std::uint32_t>(product1 >> 32) ^ counter1[i] ^ key[0];
        counter1[i] = static_cast<std::uint32_t>(product1);
        counter2[i] = static_cast<std::uint32_t>(product0 >> 32) ^ counter3[i] ^ key[1];
        counter3[i] = static_cast<std::uint32_t>(product0);
      }
      key[0] += detail::philox_weyl0;
      key[1] += detail::philox_weyl1;
    }
  }
};

/// The same for one counter.
inline std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t product0 = detail::philox_multiplier0 * counter[0],
                        product1 = detail::philox_multiplier1 * counter[2];
    counter = {static_cast<std::uint32_t>(product1 >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(product1),
               static_cast<std::uint32_t>(product0 >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(product0)};
    key[0] += detail::philox_weyl0;
    key[1] += detail::philox_weyl1;
  }
  return counter;
}

}  // namespace nbk
