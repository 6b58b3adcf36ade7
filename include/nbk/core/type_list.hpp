// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <type_traits>

namespace nbk {

/// A list of types.
template <class... Types>
struct TypeList {
  static constexpr std::size_t size = sizeof...(Types);  ///< number of types
};

/// True where T is one of the list's types.
template <class List, class T>
inline constexpr bool contains = false;
template <class... Types, class T>
inline constexpr bool contains<TypeList<Types...>, T> = (std::is_same_v<Types, T> || ...);

/// Calls f with a value of each type, in the order of the list.
template <class... Types, class F>
constexpr void for_each_type(TypeList<Types...>, F&& f) {
  (f(Types{}), ...);
}

/// Calls f with a value of the first type for which `matches` is true of such a value. Returns false if there is none.
template <class... Types, class Matches, class F>
constexpr bool with_first_type(TypeList<Types...>, Matches&& matches, F&& f) {
  const auto taken = [&](auto value) {
    if (!matches(value)) return false;
    f(value);
    return true;
  };
  return (taken(Types{}) || ...);
}

}  // namespace nbk
