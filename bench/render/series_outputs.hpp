// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/command.hpp"
#include "bench/render/computed_image.hpp"
#include "bench/render/formats/nxmx_output.hpp"
#include "bench/render/image_parts.hpp"
#include "bench/render/series_check.hpp"
#include "bench/render/series_images.hpp"
#include "nbk/io/pixel_recording.hpp"
#include "nbk/io/truth_manifest.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace nbk::bench::render {

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

  /// Writes an image. Several threads may write.
  /// \param do_parts  does the work on its pixels, row by row \throws FileError
  void write(ComputedImage& computed, const DoParts& do_parts);

  /// Gives the files their names. \throws FileError
  void commit();

 private:
  /// Records rows of an image. \param to  room for the pixels of the whole image
  /// \return the pixels of the rows, in that room or the photons themselves
  std::span<const std::byte> record(const ComputedImage& computed, io::PixelKind kind, std::size_t first,
                                    std::size_t end, std::span<std::byte> to) const;
  /// \throws InvalidInput  a file of an image that is an input or another output
  void require_other_names() const;
  std::string cbf_name(std::size_t slot, const std::string& name) const;
  /// \param counts  of the image
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
