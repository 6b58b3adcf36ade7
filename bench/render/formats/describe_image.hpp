// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/command.hpp"
#include "bench/system/command.hpp"
#include "nbk/io/describe_nxmx.hpp"
#include "nbk/io/pixel_recording.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace nbk::bench::render::formats {

/// Pixels of an image before they are those of a file.
struct FilePixels {
  std::span<const float> photons;  ///< expected, [panel][slow][fast] with image_extents()
  std::span<const double> adu;     ///< made of them by the response of the command; empty: it has none
};

/// Says what a response does with a photon, and which pixels are to be trusted.
inline void describe_response(const Response& response, io::NxmxDescription& file) {
  constexpr double deviations = 10;  // of the readout noise, which no pixel is off by
  file.gain = response.gain_adu_per_photon;
  file.pedestal = response.offset_adu;
  file.underload_value = std::min(0.0, std::floor(response.offset_adu - deviations * response.readout_noise_adu));
  if (response.saturation_adu) file.saturation_value = std::ceil(*response.saturation_adu) - 1;
}

/// Describes the NXmx file of a command's images, all but wavelengths and rotation.
/// \param scene  of the first image \param warnings  about what the format cannot say
inline io::NxmxDescription describe_images(const flags::Command& command, const Scene& scene, std::size_t images,
                                           std::vector<std::string>& warnings) {
  io::NxmxDescription file;
  file.program = system::named_version("nbk-render");
  file.pixels = command.series.pixels;
  file.images = images;
  file.compression = command.series.gzip;
  if (file.pixels != io::PixelKind::photons) {
    file.pedestal = command.series.pedestal.value_or(0.0);
    if (command.response) describe_response(*command.response, file);
  }
  io::describe_detector(scene, command.experiment.detector, file, warnings);
  return file;
}

/// Returns the way in which a command without a response records an image.
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
