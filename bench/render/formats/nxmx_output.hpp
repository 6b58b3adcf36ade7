// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/nxmx_description.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

namespace nbk::bench::render::formats {

/// io::NxmxFile behind a wall: HDF5 is optional, and only one file of the program includes it.
class NxmxOutput {
 public:
  /// Throws InvalidInput if this build has no HDF5, with how to get it.
  static void require_there();

  /// \throws FileError  as all of io::NxmxFile
  NxmxOutput(const std::filesystem::path& file, const io::NxmxDescription& description);
  ~NxmxOutput();
  NxmxOutput(const NxmxOutput&) = delete;
  NxmxOutput& operator=(const NxmxOutput&) = delete;

  bool is_finished(std::span<const std::uint64_t> fingerprints) const;
  void begin();
  bool has(std::size_t image, std::uint64_t fingerprint) const;
  void write(std::size_t image, std::uint64_t fingerprint, std::span<const std::byte> pixels);
  bool takes_parts() const;
  void begin_image(std::size_t image);
  void write_part(std::size_t image, std::size_t first_byte, std::span<const std::byte> bytes);
  void end_image(std::size_t image, std::uint64_t fingerprint);
  void commit();

 private:
  struct Wall;
  std::unique_ptr<Wall> m_wall;
};

}  // namespace nbk::bench::render::formats
