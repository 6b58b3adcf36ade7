// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/command.hpp"
#include "bench/render/series_images.hpp"
#include "nbk/io/nxmx_description.hpp"
#include "nbk/scene/scene.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nbk::bench::render {

/// Knowledge of all images before the first of them is computed.
struct CheckedSeries {
  Scene scene;                               ///< of the first image, and of unlikely numbers of any
  std::string precision;                     ///< that suffices for all of them, so that none depends on those before it
  std::vector<std::uint64_t> fingerprints;   ///< by slot
  std::vector<double> wavelengths_A;         ///< by slot; one where all are the same
  std::optional<io::NxmxRotation> rotation;  ///< if the images are a sweep
  std::vector<std::string> warnings;         ///< of the first image
};

/// Checks every image of a series.
/// \param shared  fingerprint of everything that all images depend on
/// \throws InvalidInput  for the first image that cannot be, with its place
CheckedSeries check_series(const flags::Command& command, const SeriesImages& images, std::uint64_t shared);

}  // namespace nbk::bench::render
