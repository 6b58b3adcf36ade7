// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/command.hpp"
#include "bench/system/command.hpp"
#include "nbk/io/describe_nxmx.hpp"
#include "nbk/io/pixel_recording.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace nbk::bench::render::formats {

/// Describes the NXmx file of a command's images, all but wavelengths and rotation.
/// \param scene  of the first image \param warnings  about what the format cannot say
inline io::NxmxDescription describe_images(const flags::Command& command, const Scene& scene, std::size_t images,
                                           std::vector<std::string>& warnings) {
  io::NxmxDescription file;
  file.program = system::named_version("nbk-render");
  file.pixels = command.series.pixels;
  file.images = images;
  file.compression = command.series.gzip;
  if (file.pixels != io::PixelKind::photons) file.pedestal = command.series.pedestal.value_or(0.0);
  io::describe_detector(scene, command.experiment.detector, file, warnings);
  return file;
}

/// Returns the way in which a command records an image.
/// \param seed  of its noise
inline io::PixelRecording recording_of(const flags::Command& command, io::PixelKind kind, std::uint64_t seed) {
  io::PixelRecording recording;
  recording.kind = kind;
  recording.noise = command.output.write_noise;
  recording.seed = seed;
  recording.pedestal = command.series.pedestal.value_or(0.0);
  return recording;
}

}  // namespace nbk::bench::render::formats
