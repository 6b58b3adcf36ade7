// SPDX-License-Identifier: MIT
#include "bench/flags/help_parts.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace nbk::bench::flags {

std::string name_column(std::span<const std::string_view> names, std::string_view unit) {
  std::string text = fmt::format("  {}", fmt::join(names, " "));
  if (!unit.empty()) text += fmt::format("  {}", unit);
  return text + (text.size() + 2 > help_indent ? '\n' + std::string(help_indent, ' ')
                                               : std::string(help_indent - text.size(), ' '));
}

std::string matching(std::span<const Pattern> patterns) {
  std::vector<std::string> ways;
  for (const Pattern& pattern : patterns)
    ways.push_back(fmt::format("{} `{}`", pattern.match == Match::exact ? "is" : "contains", pattern.text));
  return fmt::format("{}", fmt::join(ways, ", "));
}

std::string cell(std::string_view text) {
  std::string result;
  for (const char c : text) result += c == '|' ? std::string("\\|") : std::string(1, c);
  return result;
}

std::string drop_in_help(std::string_view beginning, const std::vector<HelpSection>& sections) {
  std::string text(beginning);
  for (const HelpSection& section : sections) {
    text += fmt::format("\n{}\n", section.title);
    for (const HelpRow& row : section.rows) {
      text += name_column(row.names, row.unit) + std::string(row.help) +
              (row.fallback.empty() ? "" : fmt::format(" [{}]", row.fallback)) + '\n';
    }
  }
  return text;
}

std::string drop_in_page(std::string_view beginning, const std::vector<HelpSection>& sections) {
  std::string text(beginning);
  for (const HelpSection& section : sections) {
    text += fmt::format("\n## {}\n\n| flag | values | default | what it does | recognised when the word |\n",
                        section.title);
    text += "|---|---|---|---|---|\n";
    for (const HelpRow& row : section.rows) {
      text += fmt::format("| `{}` | {} | {} | {} | {} |\n", fmt::join(row.names, "` `"), cell(row.unit),
                          cell(row.fallback), cell(row.help), matching(row.patterns));
    }
  }
  return text;
}

}  // namespace nbk::bench::flags
