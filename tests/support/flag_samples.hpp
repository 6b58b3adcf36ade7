// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/command.hpp"

#include <string>
#include <vector>

namespace nbk::testing {

/// A flag on a command line, and how to tell that it did what its row of the table says.
struct FlagSample {
  std::string words;
  bool (*took_effect)(const bench::flags::Command&);
};

/// A sample for every spelling of every flag that does something (and some more).
std::vector<FlagSample> crystal_samples();
std::vector<FlagSample> beam_samples();
std::vector<FlagSample> detector_samples();
std::vector<FlagSample> output_samples();
std::vector<FlagSample> file_samples();
std::vector<FlagSample> all_flag_samples();

/// Understands a line of flags after "-cell 10 -default_F 1", in a folder without a cache; "{inp}" stands for the
/// folder of the parity cases' input files.
bench::flags::Command parse_line(const std::string& line);

}  // namespace nbk::testing
