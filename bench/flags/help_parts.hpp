// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/flags.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Parts of the help texts and of the pages of flags.

namespace nbk::bench::flags {

/// One flag in a help.
struct HelpRow {
  std::vector<std::string_view> names;
  std::vector<Pattern> patterns;
  std::string_view unit, fallback, help;
};

/// The flags under one heading.
struct HelpSection {
  std::string_view title;
  std::vector<HelpRow> rows;
};

/// Column in which the texts of a help begin.
inline constexpr std::size_t help_indent = 34;

/// Returns the names and the unit of a flag, up to the column of the text.
std::string name_column(std::span<const std::string_view> names, std::string_view unit);

/// Returns the words that a C program takes for a flag.
std::string matching(std::span<const Pattern> patterns);

/// Returns a cell of a table, whose vertical bars do not end it.
std::string cell(std::string_view text);

/// Returns the help of a command that stands in for a C program.
/// \param beginning  what it is, and its usage
std::string drop_in_help(std::string_view beginning, const std::vector<HelpSection>& sections);

/// Returns the same as a page.
/// \param beginning  its title and first paragraphs
std::string drop_in_page(std::string_view beginning, const std::vector<HelpSection>& sections);

/// Sorts the flags of a table under headings.
/// \param headings  pairs of a group and its title
template <class Table, class Headings>
std::vector<HelpSection> help_sections(const Table& table, const Headings& headings) {
  std::vector<HelpSection> sections;
  for (const auto& [group, title] : headings) {
    sections.push_back({title, {}});
    for (const auto& flag : table) {
      if (flag.group == group)
        sections.back().rows.push_back({flag.names, flag.patterns, flag.unit, flag.fallback, flag.help});
    }
  }
  return sections;
}

}  // namespace nbk::bench::flags
