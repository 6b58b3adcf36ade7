// SPDX-License-Identifier: MIT
#pragma once

#include "device.hpp"

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <vector>

/// \file
/// What translated code sees of a launch: a lane (one thread of the device), and memory whose accesses are checked.

namespace nbk::gpu_run {

/// Results of instructions that a device may round as it likes.
enum class Approximation {
  as_host,  ///< as the library's host code computes them: 1 / sqrt(x) in place of rsqrt, a / b
  rounded,  ///< correctly rounded
  loose,    ///< up to two units in the last place off, at random
};

/// Memory that the lanes of a block share, and what they know of the launch.
struct BlockMemory {
  /// Shared memory begins there, so that small numbers are no addresses.
  static constexpr std::uint64_t shared_begin = 0x100;

  DeviceMemory* global = nullptr;
  DeviceMemory::Range last_global;  ///< where the last access went
  DeviceMemory::Range parameter, constant;
  std::vector<unsigned char> shared, shared_written;
  Approximation approximation = Approximation::rounded;
  std::uint64_t dice = 0;       ///< state of the random errors
  int mutant = -1;              ///< number of the change that a mutated translation makes
  bool mutant_reached = false;  ///< it was made
};

/// One thread of the device.
struct Lane {
  std::array<unsigned, 3> tid{}, ctaid{}, ntid{}, nctaid{};
  BlockMemory* memory = nullptr;
  unsigned barrier_lanes = 0;   ///< lanes that bar.warp.sync waits for
  bool vote = false;            ///< put into a reduction at a barrier
  bool* vote_result = nullptr;  ///< register that receives its result
};

/// True if this is the change to make.
inline bool is_mutant(Lane& lane, int number) {
  const bool change = lane.memory->mutant == number;
  lane.memory->mutant_reached = lane.memory->mutant_reached || change;
  return change;
}

/// Kinds of memory that instructions name.
enum class Memory { global, parameter, constant, shared, generic };

[[noreturn]] void bad_access(const char* what, std::uint64_t address, std::size_t bytes);

inline bool holds(const DeviceMemory::Range& range, std::uint64_t address, std::size_t bytes) {
  return address >= range.begin && address - range.begin <= range.bytes &&
         range.bytes - (address - range.begin) >= bytes;
}

/// Checks an access and returns its place on the host.
template <Memory Where>
unsigned char* place(BlockMemory& memory, std::uint64_t address, std::size_t bytes, std::size_t alignment) {
  if (address % alignment != 0) bad_access("misaligned access", address, bytes);
  if constexpr (Where == Memory::shared) {
    const std::uint64_t offset = address - BlockMemory::shared_begin;
    if (offset > memory.shared.size() || memory.shared.size() - offset < bytes)
      bad_access("access outside of the shared memory", address, bytes);
    return memory.shared.data() + offset;
  } else {
    const bool known = Where == Memory::parameter  ? holds(memory.parameter, address, bytes)
                       : Where == Memory::constant ? holds(memory.constant, address, bytes)
                       : Where == Memory::generic
                           ? holds(memory.parameter, address, bytes) || holds(memory.constant, address, bytes)
                           : false;
    if (!known && Where != Memory::global && Where != Memory::generic)
      bad_access("access outside of the parameter or of constant memory", address, bytes);
    if (!known && !holds(memory.last_global, address, bytes)) {
      memory.last_global = memory.global->range_of(address);
      if (!holds(memory.last_global, address, bytes))
        bad_access("access outside of the device's memory", address, bytes);
    }
    return reinterpret_cast<unsigned char*>(address);
  }
}

/// Reads `Count` neighbouring values.
template <Memory Where, class T, std::size_t Count = 1>
std::array<T, Count> load(Lane& lane, std::uint64_t address) {
  const unsigned char* const from = place<Where>(*lane.memory, address, sizeof(T) * Count, sizeof(T) * Count);
  if constexpr (Where == Memory::shared) {
    const std::uint64_t offset = address - BlockMemory::shared_begin;
    for (std::size_t i = 0; i < sizeof(T) * Count; ++i) {
      if (lane.memory->shared_written[offset + i] == 0)
        bad_access("read of shared memory that nobody has written", address, sizeof(T) * Count);
    }
  }
  std::array<T, Count> values;
  std::memcpy(values.data(), from, sizeof(values));
  return values;
}

/// Writes neighbouring values.
template <Memory Where, class T, class... More>
void store(Lane& lane, std::uint64_t address, T value, More... more) {
  const std::array<T, 1 + sizeof...(More)> values{value, static_cast<T>(more)...};
  static_assert(Where == Memory::global || Where == Memory::shared || Where == Memory::generic);
  unsigned char* const to = place<Where>(*lane.memory, address, sizeof(values), sizeof(values));
  std::memcpy(to, values.data(), sizeof(values));
  if constexpr (Where == Memory::shared)
    std::memset(lane.memory->shared_written.data() + (address - BlockMemory::shared_begin), 1, sizeof(values));
}

/// Reads a value, replaces it by change(value), and returns the former.
template <Memory Where, class T, class Change>
T exchange(Lane& lane, std::uint64_t address, const Change& change) {
  const T before = load<Where, T>(lane, address)[0];
  store<Where>(lane, address, static_cast<T>(change(before)));
  return before;
}

/// Reads a register or constant as another type: bits between numbers and words, values between integers.
template <class T, class From>
T as(From value) {
  if constexpr (std::is_floating_point_v<T> != std::is_floating_point_v<From>) {
    static_assert(sizeof(T) == sizeof(From));
    return std::bit_cast<T>(value);
  } else {
    return static_cast<T>(value);
  }
}

/// Writes a register; a shorter value is extended as its type says.
template <class Register, class Value>
void put(Register& to, Value value) {
  static_assert(sizeof(Register) >= sizeof(Value));
  to = as<Register>(value);
}

}  // namespace nbk::gpu_run
