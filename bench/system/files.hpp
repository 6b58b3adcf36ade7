// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/file.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace nbk::bench::system {

/// A new empty folder for scratch files, removed with everything in it at the end.
class TemporaryFolder {
 public:
  /// \param name  beginning of its name; it lies where TMPDIR says, else in /tmp
  /// \throws FileError
  explicit TemporaryFolder(std::string_view name);
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return m_path; }

 private:
  std::filesystem::path m_path;
};

/// Returns the whole file. \throws FileError
inline std::string read_text(const std::filesystem::path& path) { return io::read_file(path); }

/// Returns the last `most` bytes of a text file; nothing where it cannot be read.
std::string tail_of(const std::filesystem::path& path, std::size_t most);

/// Writes a file under a temporary name and renames it, so that its name never stands for half a file.
/// \throws FileError
void write_text(const std::filesystem::path& path, std::string_view text);

/// Reads exactly `count` float32 values. \throws FileError where the file is missing or of another size
std::vector<float> read_floats(const std::filesystem::path& path, std::size_t count);

}  // namespace nbk::bench::system
