// SPDX-License-Identifier: MIT
#pragma once

#include "lane.hpp"

#include <bit>
#include <cmath>
#include <limits>

/// \file
/// Arithmetic of PTX instructions. The translator (ptx_operations.py) names these functions after the opcodes.

namespace nbk::gpu_run::op {

template <class T>
using Unsigned = std::make_unsigned_t<std::conditional_t<std::is_same_v<T, bool>, unsigned char, T>>;

/// Calls f on numbers as they are, and on integers without sign, so that they wrap.
template <class T, class F, class... More>
T wrapped(const F& f, More... values) {
  if constexpr (std::is_floating_point_v<T>) {
    return f(values...);
  } else {
    // Short integers would be promoted to int, which may overflow.
    using Wide = std::conditional_t<(sizeof(T) < 4), std::uint32_t, Unsigned<T>>;
    return static_cast<T>(f(static_cast<Wide>(values)...));
  }
}

template <class T>
T add(Lane&, T a, T b) {
  return wrapped<T>([](auto x, auto y) { return x + y; }, a, b);
}
template <class T>
T sub(Lane&, T a, T b) {
  return wrapped<T>([](auto x, auto y) { return x - y; }, a, b);
}
template <class T>
T mul(Lane&, T a, T b) {
  return wrapped<T>([](auto x, auto y) { return x * y; }, a, b);
}
template <class T>
T mad(Lane&, T a, T b, T c) {
  return wrapped<T>([](auto x, auto y, auto z) { return x * y + z; }, a, b, c);
}
template <class T>
T fma(Lane&, T a, T b, T c) {
  return std::fma(a, b, c);
}
template <class T>
T neg(Lane&, T a) {
  return wrapped<T>([](auto x) { return -x; }, a);
}
template <class T>
T abs(Lane&, T a) {
  if constexpr (std::is_floating_point_v<T>) return std::fabs(a);
  return a < 0 ? wrapped<T>([](auto x) { return -x; }, a) : a;
}

template <class T>
using Twice = std::conditional_t<
    sizeof(T) == 2, std::conditional_t<std::is_signed_v<T>, std::int32_t, std::uint32_t>,
    std::conditional_t<sizeof(T) == 4, std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t>,
                       std::conditional_t<std::is_signed_v<T>, __int128, unsigned __int128>>>;
template <class T>
Twice<T> mul_wide(Lane&, T a, T b) {
  return static_cast<Twice<T>>(a) * static_cast<Twice<T>>(b);
}
template <class T>
T mul_hi(Lane&, T a, T b) {
  return static_cast<T>((static_cast<Twice<T>>(a) * static_cast<Twice<T>>(b)) >> (8 * sizeof(T)));
}
template <class T>
Twice<T> mad_wide(Lane& lane, T a, T b, Twice<T> c) {
  return add<Twice<T>>(lane, mul_wide(lane, a, b), c);
}

/// \throws DeviceFault  an integer is divided by 0, for which a device has any result
template <class T>
T div(Lane&, T a, T b) {
  if constexpr (std::is_integral_v<T>) {
    if (b == 0) throw DeviceFault("an integer is divided by 0");
    if (std::is_signed_v<T> && b == static_cast<T>(-1)) return wrapped<T>([](auto x) { return -x; }, a);
  }
  return a / b;
}
template <class T>
T rem(Lane&, T a, T b) {
  if (b == 0) throw DeviceFault("an integer is divided by 0");
  return std::is_signed_v<T> && b == static_cast<T>(-1) ? T(0) : static_cast<T>(a % b);
}

/// The smaller number; the other one where one is NaN; -0 before +0.
template <class T>
T min(Lane&, T a, T b) {
  if constexpr (std::is_floating_point_v<T>) {
    if (std::isnan(a)) return b;
    if (a == b) return std::signbit(a) ? a : b;
    return b < a ? b : a;
  }
  return b < a ? b : a;
}
template <class T>
T max(Lane&, T a, T b) {
  if constexpr (std::is_floating_point_v<T>) {
    if (std::isnan(a)) return b;
    if (a == b) return std::signbit(a) ? b : a;
    return a < b ? b : a;
  }
  return a < b ? b : a;
}

template <class T>
T and_(Lane&, T a, T b) {
  return static_cast<T>(a & b);
}
template <class T>
T or_(Lane&, T a, T b) {
  return static_cast<T>(a | b);
}
template <class T>
T xor_(Lane&, T a, T b) {
  return static_cast<T>(a ^ b);
}
template <class T>
T not_(Lane&, T a) {
  if constexpr (std::is_same_v<T, bool>) return !a;
  return static_cast<T>(~a);
}
template <class T>
T shl(Lane&, T a, std::uint32_t by) {
  return by >= 8 * sizeof(T) ? T(0) : static_cast<T>(static_cast<Unsigned<T>>(a) << by);
}
template <class T>
T shr(Lane&, T a, std::uint32_t by) {
  if (by >= 8 * sizeof(T)) return std::is_signed_v<T> && a < 0 ? static_cast<T>(-1) : T(0);
  return static_cast<T>(a >> by);
}
/// Puts the lowest `length` bits of a into b at `position`.
template <class T>
T bfi(Lane&, T a, T b, std::uint32_t position, std::uint32_t length) {
  constexpr std::uint32_t bits = 8 * sizeof(T);
  position &= 0xFF;
  length &= 0xFF;
  if (length == 0 || position >= bits) return b;
  const T ones = length >= bits ? static_cast<T>(~T(0)) : static_cast<T>((T(1) << length) - 1);
  const T mask = static_cast<T>(ones << position);
  return static_cast<T>((b & static_cast<T>(~mask)) | ((a << position) & mask));
}
template <class T>
std::uint32_t clz(Lane&, T a) {
  return static_cast<std::uint32_t>(std::countl_zero(a));
}
template <class T>
std::uint32_t popc(Lane&, T a) {
  return static_cast<std::uint32_t>(std::popcount(a));
}
template <class T>
T selp(Lane&, T a, T b, bool first) {
  return first ? a : b;
}

template <class T>
T sqrt(Lane&, T a) {
  return std::sqrt(a);
}
template <class T>
T rcp(Lane&, T a) {
  return T(1) / a;
}

/// A result that a device rounds as it likes.
template <class T>
T approximate(Lane& lane, double rounded, T as_host) {
  BlockMemory& memory = *lane.memory;
  const T value = static_cast<T>(rounded);
  if (memory.approximation == Approximation::as_host) return as_host;
  if (memory.approximation == Approximation::rounded || !std::isfinite(value) || value == 0) return value;
  memory.dice = memory.dice * 6364136223846793005U + 1442695040888963407U;
  const int steps = static_cast<int>((memory.dice >> 33) % 5) - 2;
  T moved = value;
  for (int i = 0; i < std::abs(steps); ++i)
    moved = std::nextafter(moved, steps > 0 ? std::numeric_limits<T>::infinity() : -std::numeric_limits<T>::infinity());
  return moved;
}
template <class T>
T rsqrt_approx(Lane& lane, T a) {
  return approximate(lane, 1 / std::sqrt(static_cast<double>(a)), 1 / std::sqrt(a));
}
template <class T>
T div_approx(Lane& lane, T a, T b) {
  return approximate(lane, static_cast<double>(a) / static_cast<double>(b), a / b);
}
template <class T>
T ex2_approx(Lane& lane, T a) {
  return approximate(lane, std::exp2(static_cast<double>(a)), std::exp2(a));
}
/// Start of a division or logarithm in double, which the code around it refines.
template <class T>
T rcp_approx_ftz(Lane&, T a) {
  return static_cast<T>(1) / a;
}

/// Rounding of a conversion.
enum class Round { none, nearest, nearest_whole, to_zero, up, down };

template <Round How, class From>
From whole(From value) {
  if constexpr (How == Round::nearest_whole) return std::nearbyint(value);
  if constexpr (How == Round::to_zero) return std::trunc(value);
  if constexpr (How == Round::up) return std::ceil(value);
  if constexpr (How == Round::down) return std::floor(value);
  return value;
}

/// Converts numbers. Integers from numbers outside of their range are the nearest, from NaN 0.
template <class To, class From, Round How>
To cvt(Lane&, From value) {
  if constexpr (std::is_floating_point_v<From> && std::is_integral_v<To>) {
    static_assert(How != Round::none && How != Round::nearest);
    if (std::isnan(value)) return 0;
    const From rounded = whole<How>(value);
    constexpr double end = 2.0 * static_cast<double>(std::uint64_t(1) << (std::numeric_limits<To>::digits - 1));
    if (static_cast<double>(rounded) >= end) return std::numeric_limits<To>::max();
    if (static_cast<double>(rounded) <= static_cast<double>(std::numeric_limits<To>::min()))
      return std::numeric_limits<To>::min();
    return static_cast<To>(rounded);
  } else if constexpr (std::is_floating_point_v<From> && std::is_same_v<From, To>) {
    return whole<How>(value);
  } else {
    return static_cast<To>(value);
  }
}

}  // namespace nbk::gpu_run::op
