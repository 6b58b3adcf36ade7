// SPDX-License-Identifier: MIT
#include "bench/flags/help.hpp"

#include "bench/flags/flags.hpp"
#include "bench/flags/help_parts.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

namespace nbk::bench::flags {

namespace {

struct Heading {
  Group group;
  std::string_view title;
};

constexpr std::array<Heading, 7> headings{{{Group::crystal, "Crystal"},
                                           {Group::structure_factors, "Structure factors"},
                                           {Group::beam, "Beam"},
                                           {Group::spindle, "Spindle"},
                                           {Group::detector, "Detector"},
                                           {Group::output, "Output"},
                                           {Group::program, "nbk's own"}}};

/// Breaks a text into lines of a width; all but the first are indented.
std::string wrapped(std::string_view text, std::size_t indent, std::size_t width) {
  std::string result;
  std::size_t column = indent;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (column > indent && column + end + 1 > width) {
      result += '\n' + std::string(indent, ' ');
      column = indent;
    }
    if (column > indent) {
      result += ' ';
      ++column;
    }
    result += text.substr(0, end);
    column += end;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return result;
}

}  // namespace

std::string help_text() {
  constexpr std::size_t width = 110;
  std::string text =
      "nbk-render: X-ray diffraction image of a crystal, with the flags and files of the C program nanoBragg\n\n"
      "usage: nbk-render (-hkl FILE | -default_F F) (-cell A B C ALPHA BETA GAMMA | -mat FILE) [flags]\n";
  for (const auto& [group, title] : headings) {
    text += fmt::format("\n{}\n", title);
    for (const Flag& flag : flag_table()) {
      if (flag.group != group) continue;
      std::string help(flag.help);
      if (!flag.fallback.empty()) help += fmt::format(" [{}]", flag.fallback);
      text += name_column(flag.names, flag.unit) + wrapped(help, help_indent, width) + '\n';
    }
  }
  return text;
}

std::string help_markdown() {
  constexpr std::array<std::string_view, 4> paragraphs{
      "Made by `nbk-render --help-markdown`; the parser, `--help` and this page come from one table "
      "(`bench/flags/flags*.cpp`).",
      "The C program shows every word that begins with a minus sign to every flag, values included, and most flags "
      "look for their name anywhere inside the word. `--policy compat` (the default) does the same and says so when it "
      "matters; `--policy corrected` takes a documented name for that flag only. `--strict` makes unknown flags, "
      "missing or unreadable values and such traps errors.",
      "nbk's own flags begin with two minus signs. They are written `--flag value` or `--flag=value`. An unknown one, "
      "or one whose value is not wholly understood, is an error whatever the policy.",
      "No output may be an input or another output, and no file is called `-`."};
  constexpr std::size_t width = 118;
  std::string text = "# nbk-render: the command line\n";
  for (const std::string_view paragraph : paragraphs) text += '\n' + wrapped(paragraph, 0, width) + '\n';
  for (const auto& [group, title] : headings) {
    text +=
        fmt::format("\n## {}\n\n| flag | values | default | what it does | sets | recognised when the word |\n", title);
    text += "|---|---|---|---|---|---|\n";
    for (const Flag& flag : flag_table()) {
      if (flag.group != group) continue;
      std::string what(flag.help);
      if (!flag.trap.empty()) what += fmt::format(". Trap: {}", flag.trap);
      text += fmt::format("| `{}` | {} | {} | {} | {} | {} |\n", fmt::join(flag.names, "` `"), cell(flag.unit),
                          cell(flag.fallback), cell(what), cell(flag.sets), matching(flag.patterns));
    }
  }
  return text;
}

}  // namespace nbk::bench::flags
