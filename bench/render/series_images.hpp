// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/command.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace nbk::bench::render {

/// One of many images, without what all of them share.
struct SeriesImage {
  std::size_t slot = 0;  ///< its number in the file, from 0
  std::string name;      ///< may be empty
  std::string place;     ///< for messages: "LIST: line 3: "
  Beam beam;
  Frame frame;
  Goniometer goniometer;
  std::vector<Crystal> crystals;  ///< at least one; their images are added up
  double scale = 1;               ///< of the photons of the crystals
  std::int64_t seed = 1;          ///< of the noise, together with the slot

  /// Returns the fingerprint of beam, frame and goniometer.
  std::uint64_t beam_fingerprint() const;
  /// Returns the fingerprint of all of it.
  std::uint64_t fingerprint() const;
};

/// The images of a command: those of a list, or those of the scan of its experiment, or the stills of a file.
class SeriesImages {
 public:
  /// \param command  must outlive this
  explicit SeriesImages(const flags::Command& command) : m_command(command) {}

  std::size_t size() const;
  SeriesImage operator[](std::size_t i) const;

  /// Returns the number that the name of a file of an image has: that of the scan, or the slot.
  long file_number(std::size_t slot) const;

  /// Returns the fingerprint of what all images have in common: everything but beam, frame,
  /// goniometer and crystals.
  std::uint64_t shared_fingerprint() const;

 private:
  const flags::Command& m_command;
};

}  // namespace nbk::bench::render
