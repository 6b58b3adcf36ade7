// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/flags.hpp"
#include "bench/noise/noise_options.hpp"

#include <string_view>
#include <vector>

namespace nbk::bench::noise {

/// Heading that a flag stands under in the help.
enum class NoiseGroup { files, photons, detector, header, program };

/// One row of the table from which the parser, --help and docs/noise.md come.
struct NoiseFlag {
  std::vector<std::string_view> names;     ///< the documented spellings, the usual one first
  std::vector<flags::Pattern> patterns{};  ///< that are recognised; none: every name, anywhere in a word
  int values = 0;                          ///< number of values that follow
  std::string_view unit{};                 ///< of the values, as the help shows them
  std::string_view fallback{};             ///< value that holds when the flag is not given
  std::string_view help{};
  NoiseGroup group = NoiseGroup::program;
  void (*apply)(NoiseOptions&, flags::Values&) = nullptr;
  bool last_word_is_fatal = false;  ///< noisify crashes when the value is missing

  bool recognises(std::string_view word) const;
  bool has_name(std::string_view word) const;
};

/// Every flag, in the order in which noisify looks for them, then nbk's own.
const std::vector<NoiseFlag>& noise_flag_table();

}  // namespace nbk::bench::noise
