// SPDX-License-Identifier: MIT
#pragma once

#include "bench/background/background_flags.hpp"
#include "bench/flags/drop_in_reader.hpp"

#include <cstddef>
#include <span>
#include <string>

namespace nbk::bench::background {

/// Walks a command line of nbk-background. It takes nanoBragg's command lines, too, and ignores what it does not have.
class BackgroundFlagReader final : public flags::DropInReader<BackgroundFlag> {
 public:
  explicit BackgroundFlagReader(std::span<const std::string> args);

  /// Returns the image that form factors are extracted from, which has to be known before other flags; empty: none.
  std::string image() const;

 private:
  void look_at_untaken(std::size_t i) override;
};

}  // namespace nbk::bench::background
