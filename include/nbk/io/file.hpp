// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>

namespace nbk::io {

/// Throws FileError "PATH: PROBLEM", with the system's reason when `error` is an errno.
[[noreturn]] inline void fail(const std::filesystem::path& file, const std::string& problem, int error = 0) {
  throw FileError(file.string() + ": " + problem +
                  (error != 0 ? " (" + std::generic_category().message(error) + ")" : std::string()));
}

struct CloseFile {
  void operator()(std::FILE* handle) const { std::fclose(handle); }
};
using FileHandle = std::unique_ptr<std::FILE, CloseFile>;

/// Returns the whole content of a file.
/// \param max_bytes  larger files are refused
/// \throws FileError  it cannot be opened or read, or is too large
inline std::string read_file(const std::filesystem::path& file, std::uintmax_t max_bytes = std::uintmax_t{1} << 32) {
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored)) fail(file, "is a folder, not a file");
  const FileHandle handle(std::fopen(file.c_str(), "rb"));
  if (!handle) fail(file, "cannot be opened", errno);
  std::string content;
  if (const auto size = std::filesystem::file_size(file, ignored); !ignored && size <= max_bytes) content.reserve(size);
  char chunk[1 << 16];
  while (const std::size_t n = std::fread(chunk, 1, sizeof chunk, handle.get())) {
    if (content.size() + n > max_bytes) fail(file, "is larger than " + std::to_string(max_bytes) + " bytes");
    content.append(chunk, n);
  }
  if (std::ferror(handle.get())) fail(file, "cannot be read", errno);
  return content;
}

}  // namespace nbk::io
