// SPDX-License-Identifier: MIT
#include "bench/flags/drop_in_refusal.hpp"

#include <algorithm>
#include <vector>

namespace nbk::bench::flags {

namespace {

/// Returns true if a text has a name that does not go on as a longer one.
bool names(std::string_view text, std::string_view name) {
  constexpr std::string_view of_names = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
  for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if (end == text.size() || of_names.find(text[end]) == std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

std::string typed_refusal(const InvalidInput& error, std::span<const TypedFlag> typed,
                          std::span<const ParameterFlags> table) {
  const std::string text = error.what();
  const auto row = std::ranges::find_if(
      table, [&](const ParameterFlags& item) { return error.parameter().starts_with(item.parameter); });
  if (error.parameter().empty() || row == table.end()) return text;
  std::vector<const TypedFlag*> found;
  for (const TypedFlag& flag : typed) {
    if (!names(row->flags, flag.name) || flag.name == error.parameter()) continue;
    std::erase_if(found, [&](const TypedFlag* other) { return other->name == flag.name; });
    found.push_back(&flag);
  }
  std::string words;
  for (const TypedFlag* flag : found) words += (words.empty() ? "" : ", ") + flag->words;
  return words.empty() ? text : words + ": " + text;
}

}  // namespace nbk::bench::flags
