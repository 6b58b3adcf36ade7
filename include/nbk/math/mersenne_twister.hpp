// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace nbk {

/// The Mersenne Twister MT19937, seeded from a number by initialisation by array, as Python's `random` does; the
/// standard library's engine has no such seed. Source: M. Matsumoto, T. Nishimura, ACM Trans. Model. Comput. Simul. 8
/// (1998), 3, and their initialisation of 2002.
class MersenneTwister {
 public:
  /// \param seed  one word of the array
  explicit MersenneTwister(std::uint32_t seed) {
    m_state[0] = 19650218U;
    for (std::size_t i = 1; i < size; ++i) m_state[i] = 1812433253U * mixed(i) + static_cast<std::uint32_t>(i);
    std::size_t i = 1;
    const auto step = [&] {
      if (++i < size) return;
      m_state[0] = m_state[size - 1];
      i = 1;
    };
    for (std::size_t k = 0; k < size; ++k, step()) m_state[i] = (m_state[i] ^ (mixed(i) * 1664525U)) + seed;
    for (std::size_t k = 1; k < size; ++k, step())
      m_state[i] = (m_state[i] ^ (mixed(i) * 1566083941U)) - static_cast<std::uint32_t>(i);
    m_state[0] = 0x80000000U;
  }

  /// Returns 32 random bits.
  std::uint32_t operator()() {
    if (m_next == size) renew();
    std::uint32_t word = m_state[m_next++];
    word ^= word >> 11;
    word ^= (word << 7) & 0x9d2c5680U;
    word ^= (word << 15) & 0xefc60000U;
    return word ^ (word >> 18);
  }

  /// Returns a random number less than `end`, drawn again until it is.
  /// \param end  1 to 2^31
  std::uint32_t below(std::uint32_t end) {
    int bits = 0;
    while ((std::uint64_t{1} << bits) <= end) ++bits;
    std::uint32_t drawn = 0;
    do drawn = (*this)() >> (32 - bits);
    while (drawn >= end);
    return drawn;
  }

  /// Shuffles a list from its end, as Python's `random.shuffle` does.
  template <class T>
  void shuffle(std::vector<T>& list) {
    for (std::size_t last = list.size(); last-- > 1;)
      std::swap(list[last], list[below(static_cast<std::uint32_t>(last) + 1)]);
  }

 private:
  static constexpr std::size_t size = 624, middle = 397;

  std::uint32_t mixed(std::size_t i) const { return m_state[i - 1] ^ (m_state[i - 1] >> 30); }

  void renew() {
    for (std::size_t i = 0; i < size; ++i) {
      const std::uint32_t joined = (m_state[i] & 0x80000000U) | (m_state[(i + 1) % size] & 0x7fffffffU);
      m_state[i] = m_state[(i + middle) % size] ^ (joined >> 1) ^ ((joined & 1U) != 0 ? 0x9908b0dfU : 0U);
    }
    m_next = 0;
  }

  std::array<std::uint32_t, size> m_state{};
  std::size_t m_next = size;
};

}  // namespace nbk
