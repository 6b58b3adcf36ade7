// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/io/atomic_file.hpp"

#include <sys/stat.h>

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <system_error>

/// \file
/// Files of one run against each other. A result that takes the name of an input destroys it, and one that takes the
/// name of another result replaces it.

namespace nbk::io {

/// Purpose of a file in a run.
enum class FileUse { input, output };

/// A file that a run reads or writes.
struct UsedFile {
  std::string flag;              ///< or another name of what the user typed, for messages
  std::filesystem::path path;    ///< of the file
  FileUse use = FileUse::input;  ///< its purpose
};

/// Returns true when two paths stand for one regular file, or would when it is written. Links are followed, and further
/// names of a file (hard links) are the same file. Devices and pipes are never the same.
inline bool same_file(const std::filesystem::path& a, const std::filesystem::path& b) {
  struct stat status_a {
  }, status_b{};
  const bool exists_a = ::stat(a.c_str(), &status_a) == 0, exists_b = ::stat(b.c_str(), &status_b) == 0;
  if (exists_a != exists_b) return false;
  if (exists_a) {
    return S_ISREG(status_a.st_mode) && status_a.st_dev == status_b.st_dev && status_a.st_ino == status_b.st_ino;
  }
  const auto whole = [](const std::filesystem::path& path) {
    std::error_code error;
    const std::filesystem::path target = detail::led_to(path);
    const std::filesystem::path result = std::filesystem::weakly_canonical(std::filesystem::absolute(target), error);
    return error ? target : result;
  };
  return whole(a) == whole(b);
}

/// Throws InvalidInput, with both flags, where an output is an input or another output, or is called "-".
inline void require_distinct(std::span<const UsedFile> files) {
  for (std::size_t i = 0; i < files.size(); ++i) {
    const UsedFile& file = files[i];
    if (file.path == "-") {
      throw InvalidInput(file.flag +
                         " -: standard input and output are not files here; write ./- for a file of that name");
    }
    for (std::size_t j = 0; j < i; ++j) {
      const UsedFile& other = files[j];
      if (file.use == FileUse::input && other.use == FileUse::input) continue;
      if (!same_file(file.path, other.path)) continue;
      const bool both_written = file.use == other.use;
      throw InvalidInput(other.flag + " and " + file.flag + ": " + other.path.string() +
                         (other.path == file.path ? "" : " and " + file.path.string() + " are one file, which") +
                         (both_written ? " would be written twice" : " would be read and replaced") +
                         "; give one of them another name");
    }
  }
}

}  // namespace nbk::io
