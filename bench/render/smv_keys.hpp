// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/command.hpp"

#include <optional>

namespace nbk::bench::render {

/// Returns the offset that the headers tell. Without a wish of the user those of `compat` are the C program's byte for
/// byte, which has no such key.
/// \param offset  of the image, counts
inline std::optional<double> adc_offset_in_header(const flags::Command& command, double offset) {
  const bool wanted = command.program.adc_offset_in_header.value_or(command.experiment.policy == Policy::corrected);
  return wanted ? std::optional(offset) : std::nullopt;
}

}  // namespace nbk::bench::render
