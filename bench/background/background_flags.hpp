// SPDX-License-Identifier: MIT
#pragma once

#include "bench/background/background_options.hpp"
#include "bench/flags/flags.hpp"

#include <string_view>
#include <vector>

namespace nbk::bench::background {

/// Heading that a flag stands under in the help.
enum class BackgroundGroup { sample, beam, panel, files, extraction, header, program };

/// One row of the table from which the parser, --help and docs/background_cli.md come.
struct BackgroundFlag {
  std::vector<std::string_view> names;     ///< the documented spellings, the usual one first
  std::vector<flags::Pattern> patterns{};  ///< that are recognised; none: every name, anywhere in a word
  int values = 0;                          ///< number of values that follow
  std::string_view unit{};                 ///< of the values, as the help shows them
  std::string_view fallback{};             ///< value that holds when the flag is not given
  std::string_view help{};
  BackgroundGroup group = BackgroundGroup::program;
  void (*apply)(BackgroundOptions&, flags::Values&) = nullptr;
  bool not_last = false;  ///< the flag is ignored as the last word of a line

  bool recognises(std::string_view word) const;
  bool has_name(std::string_view word) const;
};

/// Every flag, in the order in which nonBragg looks for them, then nbk's own.
const std::vector<BackgroundFlag>& background_flag_table();

}  // namespace nbk::bench::background
