// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <limits>
#include <type_traits>

namespace nbk {

/// What formulas and set-up have to know of a number type. A number type of one's own specialises it.
template <class T>
struct NumberTraits;

/// Those of float and double.
template <std::floating_point T>
struct NumberTraits<T> {
  static constexpr int significand_bits = std::numeric_limits<T>::digits;    ///< as digits there
  static constexpr int max_exponent = std::numeric_limits<T>::max_exponent;  ///< of 2, as there
};

/// Accuracy of float: short polynomials are enough.
template <class T>
inline constexpr bool is_single = NumberTraits<T>::significand_bits <= std::numeric_limits<float>::digits;

/// The range of double, about 1e-308 to 1e308.
template <class T>
inline constexpr bool has_double_range = NumberTraits<T>::max_exponent >= std::numeric_limits<double>::max_exponent;

/// Rounds as the C program's own numbers do: its last bits can be had, where they decide something.
template <class T>
inline constexpr bool rounds_as_double = NumberTraits<T>::significand_bits == std::numeric_limits<double>::digits;

/// A number the physics can be written in: arithmetic that stays in the type, comparisons, conversion from int and
/// double and back to double, no constructor or destructor that a copy of its bytes would miss. Its functions are those
/// of simd/pack_functions.hpp.
template <class T>
concept RealNumber = std::is_trivially_copyable_v<T> && std::default_initializable<T> &&
    std::constructible_from<T, int> && std::constructible_from<T, double> && requires(T a, T b) {
  { a + b } -> std::same_as<T>;
  { a - b } -> std::same_as<T>;
  { a* b } -> std::same_as<T>;
  { a / b } -> std::same_as<T>;
  { -a } -> std::same_as<T>;
  { a < b } -> std::same_as<bool>;
  { a <= b } -> std::same_as<bool>;
  { a == b } -> std::same_as<bool>;
  static_cast<double>(a);
  NumberTraits<T>::significand_bits;
  NumberTraits<T>::max_exponent;
};

}  // namespace nbk
