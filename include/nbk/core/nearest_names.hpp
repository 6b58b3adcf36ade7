// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/concatenated.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Sentences about a name that is none: which names are most like it. They are for messages, so nothing here is fast.

namespace nbk {

/// Returns Levenshtein's distance: letters to replace, add and leave out.
[[gnu::cold, gnu::noinline]] inline std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

/// Returns at most three names that are most like a word, the best first; none where none is like it. Capitals do not
/// count, and a name that contains the word is like it.
[[gnu::cold, gnu::noinline]] inline std::vector<std::string> nearest_names(std::string_view word,
                                                                           const std::vector<std::string>& names) {
  constexpr std::size_t most = 3, shortest_part = 3;
  const auto lower = [](std::string_view text) {
    std::string result(text);
    for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return result;
  };
  const std::string wanted = lower(word);
  std::size_t limit = std::max<std::size_t>((word.size() + 1) / 3, 1);
  std::vector<std::pair<std::size_t, std::string>> found;
  for (const std::string& name : names) {
    const std::string known = lower(name);
    const bool is_part = wanted.size() >= shortest_part && known.find(wanted) != std::string::npos;
    const std::size_t distance = edit_distance(wanted, known);
    found.emplace_back(is_part ? std::min<std::size_t>(distance, 1) : distance, name);
    limit = std::min(limit, found.back().first + 1);
  }
  std::ranges::stable_sort(found, {}, [](const auto& item) { return item.first; });
  std::vector<std::string> nearest;
  for (const auto& [distance, name] : found) {
    if (distance <= limit && nearest.size() < most) nearest.push_back(name);
  }
  return nearest;
}

/// Returns names as a list in a sentence: "a, b or c".
[[gnu::cold, gnu::noinline]] inline std::string alternatives(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i)
    text += concatenated({i == 0 ? "" : i + 1 == names.size() ? " or " : ", ", names[i]});
  return text;
}

/// Returns a sentence with the names of a list, those most like a word in front: "did you mean b? There are a, b, c".
[[gnu::cold, gnu::noinline]] inline std::string names_in_place_of(std::string_view word,
                                                                  const std::vector<std::string>& names) {
  const std::vector<std::string> nearest = nearest_names(word, names);
  std::string text =
      nearest.empty() ? "there are " : concatenated({"did you mean ", alternatives(nearest), "? There are "});
  for (std::size_t i = 0; i < names.size(); ++i) text += concatenated({i == 0 ? "" : ", ", names[i]});
  return text;
}

/// Returns what is allowed in place of a word that is no name of a list: the names of a short list, of a long one
/// those most like the word. \param list  says where all names are, for example "named_changes()"
[[gnu::cold, gnu::noinline]] inline std::string allowed_names(std::string_view word,
                                                              const std::vector<std::string>& names,
                                                              std::string_view list) {
  constexpr std::size_t short_list = 8;
  std::string text = concatenated({"must be one of ", list});
  if (names.size() <= short_list) {
    for (std::size_t i = 0; i < names.size(); ++i) text += concatenated({i == 0 ? ": " : ", ", names[i]});
    return text;
  }
  const std::vector<std::string> nearest = nearest_names(word, names);
  text += concatenated({", which has ", std::to_string(names.size())});
  return nearest.empty() ? text : text + concatenated({"; did you mean ", alternatives(nearest), "?"});
}

}  // namespace nbk
