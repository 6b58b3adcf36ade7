// SPDX-License-Identifier: MIT
#include "bench/noise/noise_help.hpp"

#include "bench/flags/help_parts.hpp"
#include "bench/noise/noise_flags.hpp"

#include <array>
#include <string_view>
#include <utility>
#include <vector>

namespace nbk::bench::noise {

namespace {

constexpr std::array<std::pair<NoiseGroup, std::string_view>, 5> headings{{{NoiseGroup::files, "Files"},
                                                                           {NoiseGroup::photons, "Photons"},
                                                                           {NoiseGroup::detector, "Detector"},
                                                                           {NoiseGroup::header, "Header"},
                                                                           {NoiseGroup::program, "nbk's own"}}};

std::vector<flags::HelpSection> sections() { return flags::help_sections(noise_flag_table(), headings); }

}  // namespace

std::string noise_help_text() {
  constexpr std::string_view beginning =
      "nbk-noise: a float image as a detector records it, with the flags and files of the C program noisify\n\n"
      "usage: nbk-noise -floatfile FILE [flags]\n";
  return flags::drop_in_help(beginning, sections());
}

std::string noise_help_markdown() {
  constexpr std::string_view beginning =
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
  return flags::drop_in_page(beginning, sections());
}

}  // namespace nbk::bench::noise
