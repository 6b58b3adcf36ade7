// SPDX-License-Identifier: MIT
#include "bench/system/sha256.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <vector>

namespace nbk::bench::system {
namespace {

using reading::Words = std::array<std::uint32_t, 64>;
using State = std::array<std::uint32_t, 8>;

// The first 32 bits of the fractional part of the cube roots of the first 64 primes (FIPS 180-4, 4.2.2). The cube
// root r = x * 2^32 is the largest integer with r^3 <= p * 2^96, found bit by bit in exact arithmetic.
constexpr std::uint32_t cube_root_fraction(std::uint32_t prime) {
  // The cube has up to 105 bits: its top is compared, which is exact since no prime is a cube.
  std::uint64_t root = 0;
  for (int bit = 34; bit >= 0; --bit) {
    const std::uint64_t trial = root | (std::uint64_t{1} << bit);
    const auto square = static_cast<unsigned __int128>(trial) * trial;  // < 2^70
    const auto high = (square >> 32) * trial;                           // < 2^73
    const auto low = (square & 0xffffffffU) * trial;                    // < 2^67
    const auto cube_high = high + (low >> 32);                          // cube / 2^32
    if ((cube_high >> 64) < prime) root = trial;
  }
  return static_cast<std::uint32_t>(root);
}

constexpr bool is_prime(std::uint32_t value) {
  for (std::uint32_t divisor = 2; divisor * divisor <= value; ++divisor) {
    if (value % divisor == 0) return false;
  }
  return true;
}

constexpr reading::Words round_constants() {
  reading::Words result{};
  std::size_t found = 0;
  for (std::uint32_t candidate = 2; found < result.size(); ++candidate) {
    if (is_prime(candidate)) result[found++] = cube_root_fraction(candidate);
  }
  return result;
}

constexpr reading::Words k = round_constants();

std::uint32_t mix(std::uint32_t x, int r1, int r2, int r3) {
  return std::rotr(x, r1) ^ std::rotr(x, r2) ^ std::rotr(x, r3);
}

std::uint32_t spread(std::uint32_t x, int r1, int r2, int shift) {
  return std::rotr(x, r1) ^ std::rotr(x, r2) ^ (x >> shift);
}

// One block of 64 bytes (FIPS 180-4, 6.2.2).
void absorb(State& state, const std::byte* block) {
  reading::Words w;
  for (std::size_t t = 0; t < 16; ++t) {
    w[t] = std::to_integer<std::uint32_t>(block[4 * t]) << 24 | std::to_integer<std::uint32_t>(block[4 * t + 1]) << 16 |
           std::to_integer<std::uint32_t>(block[4 * t + 2]) << 8 | std::to_integer<std::uint32_t>(block[4 * t + 3]);
  }
  for (std::size_t t = 16; t < 64; ++t) {
    w[t] = spread(w[t - 2], 17, 19, 10) + w[t - 7] + spread(w[t - 15], 7, 18, 3) + w[t - 16];
  }
  auto [a, b, c, d, e, f, g, h] = state;
  for (std::size_t t = 0; t < 64; ++t) {
    const auto t1 = h + mix(e, 6, 11, 25) + ((e & f) ^ (~e & g)) + k[t] + w[t];
    const auto t2 = mix(a, 2, 13, 22) + ((a & b) ^ (a & c) ^ (b & c));
    h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
  }
  const State step{a, b, c, d, e, f, g, h};
  for (std::size_t i = 0; i < 8; ++i) state[i] += step[i];
}

}  // namespace

std::string sha256(std::span<const std::byte> bytes) {
  State state{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  const std::size_t whole = bytes.size() / 64;
  for (std::size_t i = 0; i < whole; ++i) absorb(state, bytes.data() + 64 * i);

  // The rest, a one bit, zeros, and the length in bits as 64 big-endian bits.
  const auto rest = bytes.subspan(64 * whole);
  std::array<std::byte, 128> last{};
  std::copy(rest.begin(), rest.end(), last.begin());
  last[rest.size()] = std::byte{0x80};
  const std::size_t blocks = rest.size() < 56 ? 1 : 2;
  const std::uint64_t bits = std::uint64_t{bytes.size()} * 8;
  for (std::size_t i = 0; i < 8; ++i) last[64 * blocks - 1 - i] = static_cast<std::byte>(bits >> (8 * i));
  for (std::size_t i = 0; i < blocks; ++i) absorb(state, last.data() + 64 * i);

  std::string text;
  for (const auto word : state) text += fmt::format("{:08x}", word);
  return text;
}

}  // namespace nbk::bench::system
