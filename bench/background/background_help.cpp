// SPDX-License-Identifier: MIT
#include "bench/background/background_help.hpp"

#include "bench/background/background_flags.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <utility>

namespace nbk::bench::background {

namespace {

constexpr std::array<std::pair<BackgroundGroup, std::string_view>, 7> headings{
    {{BackgroundGroup::sample, "Sample"},
     {BackgroundGroup::beam, "Beam"},
     {BackgroundGroup::panel, "Panel"},
     {BackgroundGroup::files, "Files"},
     {BackgroundGroup::extraction, "Form factors of an image"},
     {BackgroundGroup::header, "Header"},
     {BackgroundGroup::program, "nbk's own"}}};

/// Returns the words that nonBragg takes for this flag.
std::string matching(const BackgroundFlag& flag) {
  std::vector<std::string> ways;
  for (const flags::Pattern& pattern : flag.patterns) {
    ways.push_back(fmt::format("{} `{}`", pattern.match == flags::Match::exact ? "is" : "contains", pattern.text));
  }
  return fmt::format("{}", fmt::join(ways, ", "));
}

/// A vertical bar would end a cell of a table.
std::string cell(std::string_view text) {
  std::string result;
  for (const char c : text) result += c == '|' ? std::string("\\|") : std::string(1, c);
  return result;
}

}  // namespace

std::string background_help_text() {
  constexpr std::size_t indent = 34;
  std::string text =
      "nbk-background: what water, air and other matter scatter, with the flags and files of the C program nonBragg\n\n"
      "usage: nbk-background -stol FILE [flags]\n";
  for (const auto& [group, title] : headings) {
    text += fmt::format("\n{}\n", title);
    for (const BackgroundFlag& flag : background_flag_table()) {
      if (flag.group != group) continue;
      std::string names = fmt::format("  {}", fmt::join(flag.names, " "));
      if (!flag.unit.empty()) names += fmt::format("  {}", flag.unit);
      names += names.size() + 2 > indent ? '\n' + std::string(indent, ' ') : std::string(indent - names.size(), ' ');
      text +=
          names + std::string(flag.help) + (flag.fallback.empty() ? "" : fmt::format(" [{}]", flag.fallback)) + '\n';
    }
  }
  return text;
}

std::string background_help_markdown() {
  std::string text =
      "# nbk-background: the command line\n\n"
      "Made by `nbk-background --help-markdown`; the parser, `--help` and this page come from one table\n"
      "(`bench/background/background_flags.cpp`). [background.md](background.md) has the equation and the ways to use "
      "it.\n\n"
      "nonBragg shows every word that begins with a minus sign to every flag, values included, and most flags look "
      "for\n"
      "their name anywhere inside the word. `--policy compat` (the default) does the same, gives the same bytes, and "
      "says\n"
      "so when it matters. `--policy corrected` takes documented names only, and gives what is physically meant.\n"
      "Command lines of nanoBragg may be passed on: flags that nonBragg does not have are ignored with a note.\n"
      "`--strict` makes unknown flags, unreadable values and such traps errors.\n\n"
      "nbk's own flags begin with two minus signs. They are written `--flag value` or `--flag=value`. An unknown one, "
      "or\n"
      "one whose value is not wholly understood, is an error whatever the policy.\n";
  for (const auto& [group, title] : headings) {
    text += fmt::format("\n## {}\n\n| flag | values | default | what it does | recognised when the word |\n", title);
    text += "|---|---|---|---|---|\n";
    for (const BackgroundFlag& flag : background_flag_table()) {
      if (flag.group != group) continue;
      text += fmt::format("| `{}` | {} | {} | {} | {} |\n", fmt::join(flag.names, "` `"), cell(flag.unit),
                          cell(flag.fallback), cell(flag.help), matching(flag));
    }
  }
  return text;
}

}  // namespace nbk::bench::background
