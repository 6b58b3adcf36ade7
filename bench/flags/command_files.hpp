// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/draft.hpp"
#include "bench/flags/flag_reader.hpp"
#include "bench/flags/flags.hpp"

#include <string>
#include <vector>

namespace nbk::bench::flags {

/// Values in the header of an image, to be compared with what the flags made of them.
struct HeaderGeometry {
  std::string file;
  std::vector<std::pair<std::string, double>> values;  ///< keyword, value in the header's unit
};

/// Takes mask and geometry from the file of -mask, then geometry from that of -img. \throws FileError
std::vector<HeaderGeometry> read_headers(Draft& draft, Command& command, std::vector<Message>& messages);

/// Returns notes about values of the headers that flags have replaced by others.
std::vector<Message> compare_with_headers(const std::vector<HeaderGeometry>& headers, const Experiment& experiment);

/// Loads matrix, structure factors and sources into the experiment. The frame and the wavelength must be final.
/// \throws FileError, InvalidInput
void read_inputs(Draft& draft, Command& command, std::vector<Message>& messages);

}  // namespace nbk::bench::flags
