// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/drop_in_reader.hpp"
#include "bench/noise/noise_flags.hpp"

#include <cstddef>
#include <span>
#include <string>

namespace nbk::bench::noise {

/// Walks a command line of nbk-noise. A word with "floatimage.bin" in it is the input, wherever it stands.
class NoiseFlagReader final : public flags::DropInReader<NoiseFlag> {
 public:
  explicit NoiseFlagReader(std::span<const std::string> args);

 private:
  bool takes_first(NoiseOptions& options, std::size_t i) override;
};

}  // namespace nbk::bench::noise
