// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/words.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Tables of flags of commands that stand in for a C program: nbk-noise, nbk-background. (nbk-render's rows, flags.hpp,
/// know more: the field that a flag sets, its traps, flags that end a word.)

namespace nbk::bench::flags {

/// Fate of a flag of the C program that stands too near to the end of a line.
enum class AtEnd {
  ignored,      ///< it is ignored without its values
  fatal,        ///< it is an error: the C program crashes
  needs_a_word  ///< it is ignored without another word, even if it takes no value
};

/// One row of the table from which the parser, --help and the page of the flags come.
/// \tparam OptionsT  what the flags set
/// \tparam GroupT    headings of the help; flags of `GroupT::program` are nbk's own
template <class OptionsT, class GroupT>
struct DropInFlag {
  using Options = OptionsT;
  using Group = GroupT;

  std::vector<std::string_view> names;  ///< the documented spellings, the usual one first
  std::vector<Pattern> patterns{};      ///< that are recognised; none: every name, anywhere in a word
  int values = 0;                       ///< number of values that follow
  std::string_view unit{};              ///< of the values, as the help shows them
  std::string_view fallback{};          ///< value that holds when the flag is not given
  std::string_view help{};
  Group group = Group::program;
  void (*apply)(Options&, Values&) = nullptr;
  AtEnd at_end = AtEnd::ignored;

  bool is_own() const { return group == Group::program; }
  bool recognises(std::string_view word) const {
    return std::ranges::any_of(patterns, [&](const Pattern& pattern) { return pattern.matches(word); });
  }
  bool has_name(std::string_view word) const { return std::ranges::find(names, word) != names.end(); }
};

/// Puts a table together: the flags of the C program in its order, then nbk's own, which only their very name means.
template <class FlagT>
std::vector<FlagT> drop_in_table(std::vector<FlagT> of_c, std::vector<FlagT> own) {
  for (FlagT& flag : of_c) {
    if (!flag.patterns.empty()) continue;
    for (const std::string_view name : flag.names) flag.patterns.push_back({name});
  }
  for (FlagT& flag : own) {
    flag.patterns = {exact(flag.names.front())};
    of_c.push_back(std::move(flag));
  }
  return of_c;
}

}  // namespace nbk::bench::flags
