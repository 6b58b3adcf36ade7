// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/flags.hpp"
#include "bench/system/host_threads.hpp"
#include "nbk/model/experiment.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <string>
#include <string_view>

/// \file
/// Functions of the rows of tables of flags: each puts the values of a flag into a member of the options.

namespace nbk::bench::flags {

/// Returns a member by the pointers that lead to it.
template <auto... Path, class OptionsT>
auto& member_of(OptionsT& options) {
  return (options.*....*Path);
}

template <auto... Path, class OptionsT>
void set_number(OptionsT& options, Values& values) {
  member_of<Path...>(options) = values.number(0);
}

/// Sets a length in metres, which is typed in millimetres.
template <auto... Path, class OptionsT>
void set_mm(OptionsT& options, Values& values) {
  member_of<Path...>(options) = values.number(0) / 1000.0;
}

template <auto... Path, class OptionsT>
void set_integer(OptionsT& options, Values& values) {
  member_of<Path...>(options) = values.integer(0);
}

template <auto... Path, class OptionsT>
void set_vector(OptionsT& options, Values& values) {
  member_of<Path...>(options) = {values.number(0), values.number(1), values.number(2)};
}

template <auto... Path, class OptionsT>
void set_file(OptionsT& options, Values& values) {
  member_of<Path...>(options) = values.file(0);
}

template <auto... Path, class OptionsT>
void set_true(OptionsT& options, Values&) {
  member_of<Path...>(options) = true;
}

template <auto... Path, class OptionsT>
void set_false(OptionsT& options, Values&) {
  member_of<Path...>(options) = false;
}

template <class OptionsT>
void set_nothing(OptionsT&, Values&) {}

/// Returns the place of a word in a list. \throws InvalidInput  it is not there
inline std::size_t one_of(Values& values, std::span<const std::string_view> allowed) {
  const auto found = std::ranges::find(allowed, values.text(0));
  if (found != allowed.end()) return static_cast<std::size_t>(std::distance(allowed.begin(), found));
  std::string list;
  for (const std::string_view word : allowed) list += (list.empty() ? "" : ", ") + std::string(word);
  reject(values.flag(), values.text(0), "must be one of " + list);
}

template <class OptionsT>
void set_policy(OptionsT& options, Values& values) {
  constexpr std::array<std::string_view, 2> words{"compat", "corrected"};
  options.policy = one_of(values, words) == 0 ? Policy::compat : Policy::corrected;
}

template <class OptionsT>
void set_threads(OptionsT& options, Values& values) {
  options.threads = values.integer(0);
  require(options.threads >= 1 && options.threads <= system::most_host_threads, values.flag(), values.text(0),
          "must be an integer from 1 to " + std::to_string(system::most_host_threads) + ", as many as Kokkos takes");
}

}  // namespace nbk::bench::flags
