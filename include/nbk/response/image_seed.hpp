// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace nbk {

/// Returns the seed for the noise of one of many images. It depends on both numbers only, so that neither the order of
/// the images nor a restart changes an image.
/// Source: the finaliser of SplitMix64, by Steele, Lea and Flood, OOPSLA 2014.
constexpr std::uint64_t image_seed(std::int64_t seed, std::uint64_t image) {
  const auto mixed = [](std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
  };
  constexpr std::uint64_t golden = 0x9e3779b97f4a7c15U;
  return mixed(mixed(static_cast<std::uint64_t>(seed) + golden) + (image + 1) * golden);
}

}  // namespace nbk
