// SPDX-License-Identifier: MIT
#include "bench/noise/noise_help.hpp"

#include "bench/noise/noise_flags.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <utility>

namespace nbk::bench::noise {

namespace {

constexpr std::array<std::pair<NoiseGroup, std::string_view>, 5> headings{{{NoiseGroup::files, "Files"},
                                                                           {NoiseGroup::photons, "Photons"},
                                                                           {NoiseGroup::detector, "Detector"},
                                                                           {NoiseGroup::header, "Header"},
                                                                           {NoiseGroup::program, "nbk's own"}}};

/// Returns the words that noisify takes for this flag.
std::string matching(const NoiseFlag& flag) {
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

std::string noise_help_text() {
  constexpr std::size_t indent = 34;
  std::string text =
      "nbk-noise: a float image as a detector records it, with the flags and files of the C program noisify\n\n"
      "usage: nbk-noise -floatfile FILE [flags]\n";
  for (const auto& [group, title] : headings) {
    text += fmt::format("\n{}\n", title);
    for (const NoiseFlag& flag : noise_flag_table()) {
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

std::string noise_help_markdown() {
  std::string text =
      "# nbk-noise: the command line\n\n"
      "Made by `nbk-noise --help-markdown`; the parser, `--help` and this page come from one table\n"
      "(`bench/noise/noise_flags.cpp`). [response.md](response.md) has the steps, their order and their defaults.\n\n"
      "noisify shows every word that begins with a minus sign to every flag, values included, and most flags look for\n"
      "their name anywhere inside the word. `--policy compat` (the default) does the same, gives the same bytes, and "
      "says\n"
      "so when it matters. `--policy corrected` takes a documented name for that flag only, and gives what is "
      "physically\n"
      "meant. `--strict` makes unknown flags, unreadable values and such traps errors.\n\n"
      "nbk's own flags begin with two minus signs. They are written `--flag value` or `--flag=value`. An unknown one, "
      "or\n"
      "one whose value is not wholly understood, is an error whatever the policy. Those that add a step need\n"
      "`--policy corrected`.\n";
  for (const auto& [group, title] : headings) {
    text += fmt::format("\n## {}\n\n| flag | values | default | what it does | recognised when the word |\n", title);
    text += "|---|---|---|---|---|\n";
    for (const NoiseFlag& flag : noise_flag_table()) {
      if (flag.group != group) continue;
      text += fmt::format("| `{}` | {} | {} | {} | {} |\n", fmt::join(flag.names, "` `"), cell(flag.unit),
                          cell(flag.fallback), cell(flag.help), matching(flag));
    }
  }
  return text;
}

}  // namespace nbk::bench::noise
