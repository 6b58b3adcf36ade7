// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/command.hpp"
#include "bench/render/formats/nxmx_output.hpp"
#include "bench/render/series_check.hpp"
#include "bench/render/series_images.hpp"
#include "nbk/io/pixel_recording.hpp"
#include "nbk/io/truth_manifest.hpp"
#include "nbk/scene/scene.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace nbk::bench::render {

/// An image that was computed, with what is said about it.
struct ComputedImage {
  SeriesImage image;
  Scene scene;                 ///< of its first crystal
  std::vector<float> photons;  ///< [panel][slow][fast] with image_extents(), before scales and additions
  std::vector<double> adu;     ///< made of them, scaled and with what is added, by the response; empty: there is none
  std::vector<std::byte> memory;  ///< for pixels of a file
};

/// The files of a series: NXmx, mini-CBF and the manifest.
class SeriesOutputs {
 public:
  /// Looks at what is there.
  /// \param command, images, checked  must outlive this
  /// \throws InvalidInput  a format that cannot have these images \throws FileError
  SeriesOutputs(const flags::Command& command, const SeriesImages& images, const CheckedSeries& checked);

  /// Returns what a person should know about the formats.
  const std::vector<std::string>& warnings() const { return m_warnings; }
  /// Returns the name of the file of the manifest.
  const std::string& manifest_file() const { return m_manifest_file; }

  /// Returns the way in which an image becomes pixels.
  io::PixelRecording recording(const SeriesImage& image, io::PixelKind kind) const;

  /// Opens the files that are missing. \throws FileError
  void begin();

  /// Returns true if everything about an image is there.
  bool has(std::size_t slot) const;

  /// Writes an image. Several threads may write. \throws FileError
  void write(ComputedImage& computed);

  /// Gives the files their names. \throws FileError
  void commit();

 private:
  std::span<const std::byte> pixels_of(const ComputedImage& computed, io::PixelKind kind,
                                       std::vector<std::byte>& memory) const;
  /// \throws InvalidInput  a file of an image that is an input or another output
  void require_other_names() const;
  std::string cbf_name(std::size_t slot, const std::string& name) const;
  /// \param counts  of the image where they are known; empty: they are made
  void write_cbf(const ComputedImage& computed, std::span<const std::byte> counts) const;

  const flags::Command& m_command;
  const SeriesImages& m_images;
  const CheckedSeries& m_checked;
  std::vector<std::string> m_names;  ///< of the images by slot
  std::vector<std::string> m_warnings;
  std::string m_manifest_file;
  std::vector<float> m_added;  ///< photons of --add
  std::optional<formats::NxmxOutput> m_nxmx;
  bool m_nxmx_is_finished = false;
  std::optional<io::TruthManifest> m_manifest;
};

}  // namespace nbk::bench::render
