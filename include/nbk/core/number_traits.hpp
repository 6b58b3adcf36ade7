// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <limits>
#include <type_traits>

namespace nbk {

/// Properties of a number type that formulas and set-up ask for. A number type of one's own specialises it.
template <class T>
struct NumberTraits;

/// Those of float and double.
template <std::floating_point T>
struct NumberTraits<T> {
  static constexpr int significand_bits = std::numeric_limits<T>::digits;    ///< the digits of that type
  static constexpr int max_exponent = std::numeric_limits<T>::max_exponent;  ///< of 2, as there
};

/// Accuracy of float: short polynomials are enough.
template <class T>
inline constexpr bool is_single = NumberTraits<T>::significand_bits <= std::numeric_limits<float>::digits;

/// The range of double, about 1e-308 to 1e308.
template <class T>
inline constexpr bool has_double_range = NumberTraits<T>::max_exponent >= std::numeric_limits<double>::max_exponent;

/// Rounds as double does: results can agree with those of other programs to the last bit, where that decides something.
template <class T>
inline constexpr bool rounds_as_double = NumberTraits<T>::significand_bits == std::numeric_limits<double>::digits;

namespace detail {

/// The functions that formulas call, as simd/pack_functions.hpp and math/elementary.hpp have them for float and double.
/// Those of another type are found in the namespace of the type.
template <class T>
concept NumberFunctions = requires(T a, bool mask) {
  { fma(a, a, a) } -> std::same_as<T>;
  { sqrt(a) } -> std::same_as<T>;
  { reciprocal_sqrt(a) } -> std::same_as<T>;
  { quotient(a, a) } -> std::same_as<T>;
  { abs(a) } -> std::same_as<T>;
  { min(a, a) } -> std::same_as<T>;
  { max(a, a) } -> std::same_as<T>;
  { round_any(a) } -> std::same_as<T>;
  { floor(a) } -> std::same_as<T>;
  { ceil(a) } -> std::same_as<T>;
  { select(mask, a, a) } -> std::same_as<T>;
  { scale_by_power_of_2(a, a) } -> std::same_as<T>;
};

}  // namespace detail

/// A number that the physics can be written in:
/// - float, double, or a class that is copied as bytes,
/// - made from int and double, implicitly and in constant expressions,
/// - turned into double, float and int by static_cast; the pixel of an image is what it turns into as float,
/// - arithmetic that stays in the type, and comparisons,
/// - the functions above,
/// - NumberTraits.
template <class T>
concept RealNumber = std::is_trivially_copyable_v<T> && std::default_initializable<T> && std::convertible_to<int, T> &&
    std::convertible_to<double, T> && requires(T a, T b) {
  typename std::bool_constant<(static_cast<void>(T(0.5)), true)>;
  static_cast<double>(a);
  static_cast<float>(a);
  static_cast<int>(a);
  { a + b } -> std::same_as<T>;
  { a - b } -> std::same_as<T>;
  { a* b } -> std::same_as<T>;
  { a / b } -> std::same_as<T>;
  { -a } -> std::same_as<T>;
  { a < b } -> std::same_as<bool>;
  { a <= b } -> std::same_as<bool>;
  { a > b } -> std::same_as<bool>;
  { a == b } -> std::same_as<bool>;
  { a != b } -> std::same_as<bool>;
  NumberTraits<T>::significand_bits;
  NumberTraits<T>::max_exponent;
} &&(std::floating_point<T> || detail::NumberFunctions<T>);

/// True where a number of one role turns into that of another: by static_cast, and by `convert<To>(number)`, found in
/// the namespace of its type.
template <class From, class To>
concept ConvertsTo = requires(From a) {
  static_cast<To>(a);
}
&&(std::floating_point<From> || requires(From a) {
  { convert<To>(a) } -> std::same_as<To>;
});

}  // namespace nbk
