// SPDX-License-Identifier: MIT
#include "bench/background/background_help.hpp"

#include "bench/background/background_flags.hpp"
#include "bench/flags/help_parts.hpp"

#include <array>
#include <string_view>
#include <utility>
#include <vector>

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

std::vector<flags::HelpSection> sections() { return flags::help_sections(background_flag_table(), headings); }

}  // namespace

std::string background_help_text() {
  constexpr std::string_view beginning =
      "nbk-background: what water, air and other matter scatter, with the flags and files of the C program nonBragg\n\n"
      "usage: nbk-background -stol FILE [flags]\n";
  return flags::drop_in_help(beginning, sections());
}

std::string background_help_markdown() {
  constexpr std::string_view beginning =
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
  return flags::drop_in_page(beginning, sections());
}

}  // namespace nbk::bench::background
