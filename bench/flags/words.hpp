// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/flags.hpp"

#include <algorithm>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nbk::bench::flags {

/// Returns true for the words of nbk's own flags.
inline bool is_own_word(std::string_view word) { return word.starts_with("--"); }

/// Returns true if a word is a number and nothing else.
inline bool is_number(const std::string& word) {
  char* end = nullptr;
  std::strtod(word.c_str(), &end);
  return end != word.c_str() && *end == '\0';
}

/// Returns the flag of a table that a word is a documented spelling of, or nullptr.
template <class Table>
auto flag_named(const Table& table, std::string_view word) {
  const auto found = std::ranges::find_if(table, [&](const auto& flag) { return flag.has_name(word); });
  return found == table.end() ? nullptr : &*found;
}

/// The words of a command line, with every "--flag=value" as two of them.
struct SplitLine {
  std::vector<std::string> words;
  std::vector<bool> joined;  ///< the word stood behind an equals sign, so it is a value whatever it looks like
};

/// Splits nbk's own flags from the values that stand behind an equals sign.
/// \param table  has the flags
/// \throws InvalidInput  a value for a flag that takes none
template <class Table>
SplitLine split_line(std::span<const std::string> args, const Table& table) {
  SplitLine line;
  const auto add = [&](std::string word, bool joined) {
    line.words.push_back(std::move(word));
    line.joined.push_back(joined);
  };
  for (const std::string& word : args) {
    const std::size_t equals = is_own_word(word) ? word.find('=') : std::string::npos;
    const auto* const flag =
        equals == std::string::npos ? nullptr : flag_named(table, std::string_view(word).substr(0, equals));
    if (flag == nullptr) {
      add(word, false);
      continue;
    }
    if (flag->values == 0) throw InvalidInput(word + ": " + word.substr(0, equals) + " takes no value");
    add(word.substr(0, equals), false);
    add(word.substr(equals + 1), true);
  }
  return line;
}

}  // namespace nbk::bench::flags
