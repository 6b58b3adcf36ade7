// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <random>
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

/// The whole content of a file.
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

/// Writes a file so that its name never stands for half a file: under a temporary name in the same folder first,
/// renamed by commit(). Whatever is not a regular file (a device, a pipe) is written directly.
class AtomicFile {
 public:
  /// \throws FileError  the folder cannot be written
  explicit AtomicFile(std::filesystem::path file) : m_shown(std::move(file)), m_target(resolve(m_shown)) {
    std::error_code ignored;
    const auto status = std::filesystem::status(m_target, ignored);
    if (std::filesystem::is_directory(status)) fail(m_shown, "is a folder, not a file");
    m_direct = std::filesystem::exists(status) && !std::filesystem::is_regular_file(status);
    if (m_shown.empty()) fail("\"\"", "is not a file name");
    m_written = m_direct ? m_target : temporary_name();
    m_handle.reset(std::fopen(m_written.c_str(), m_direct ? "wb" : "wbx"));
    if (!m_handle) fail(m_shown, "cannot be written", errno);
    std::setvbuf(m_handle.get(), nullptr, _IONBF, 0);  // what is written here comes in large pieces
  }

  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  ~AtomicFile() {
    if (!m_handle) return;
    m_handle.reset();
    std::error_code ignored;
    if (!m_direct) std::filesystem::remove(m_written, ignored);
  }

  /// Appends bytes. \throws FileError  for example: the disk is full
  void write(const void* data, std::size_t bytes) {
    if (bytes != 0 && std::fwrite(data, 1, bytes, m_handle.get()) != bytes) fail(m_shown, "cannot be written", errno);
  }
  /// The same for text.
  void write(std::string_view text) { write(text.data(), text.size()); }

  /// Gives the file its name. Without this call nothing is left behind.
  void commit() {
    if (std::fclose(m_handle.release()) != 0) {
      const int error = errno;
      std::error_code ignored;
      if (!m_direct) std::filesystem::remove(m_written, ignored);
      fail(m_shown, "cannot be written", error);
    }
    std::error_code error;
    if (!m_direct) std::filesystem::rename(m_written, m_target, error);
    if (error) {
      std::error_code ignored;
      std::filesystem::remove(m_written, ignored);
      fail(m_shown, "cannot be written", error.value());
    }
  }

 private:
  // A link keeps pointing to the file that is replaced.
  static std::filesystem::path resolve(const std::filesystem::path& file) {
    std::error_code error;
    if (!std::filesystem::is_symlink(file, error)) return file;
    const std::filesystem::path target = std::filesystem::canonical(file, error);
    return error ? file : target;
  }

  std::filesystem::path temporary_name() const {
    std::random_device random;
    std::filesystem::path name = m_target;
    name += ".part-" + std::to_string(random()) + std::to_string(random());
    return name;
  }

  std::filesystem::path m_shown, m_target, m_written;
  bool m_direct = false;
  FileHandle m_handle;
};

}  // namespace nbk::io
