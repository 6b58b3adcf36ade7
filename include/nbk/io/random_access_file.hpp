// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <utility>

namespace nbk::io {

/// A file that is read and written at any place, by one run at a time. Several threads may write to different places.
class RandomAccessFile {
 public:
  RandomAccessFile() = default;
  /// Opens a file, or makes an empty one, and keeps other runs out of it.
  /// \throws FileError  it cannot be opened, or another run is writing it
  explicit RandomAccessFile(const std::filesystem::path& file) : m_file(file) {
    m_descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (m_descriptor < 0) fail(file, "cannot be written", errno);
    // Of the open file, not of the process, which may open and close it elsewhere.
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    if (::fcntl(m_descriptor, F_OFD_SETLK, &lock) != 0 && (errno == EAGAIN || errno == EACCES)) {
      ::close(m_descriptor);
      fail(file, "is being written by another run");
    }
  }
  /// Takes the open file over.
  RandomAccessFile(RandomAccessFile&& other) noexcept
      : m_file(std::move(other.m_file)), m_descriptor(std::exchange(other.m_descriptor, -1)) {}
  /// Takes the open file over.
  RandomAccessFile& operator=(RandomAccessFile&& other) noexcept {
    std::swap(m_file, other.m_file);
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
  }
  ~RandomAccessFile() {
    if (m_descriptor >= 0) ::close(m_descriptor);
  }

  /// Writes bytes. \throws FileError  for example: the disk is full
  void write(std::uint64_t place, std::span<const std::byte> bytes) const {
    while (!bytes.empty()) {
      const ssize_t n = ::pwrite(m_descriptor, bytes.data(), bytes.size(), static_cast<off_t>(place));
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) fail(m_file, "cannot be written", errno);
      bytes = bytes.subspan(static_cast<std::size_t>(n));
      place += static_cast<std::uint64_t>(n);
    }
  }

  /// Reads bytes. \return false: the file ends before \throws FileError
  bool read(std::uint64_t place, std::span<std::byte> bytes) const {
    while (!bytes.empty()) {
      const ssize_t n = ::pread(m_descriptor, bytes.data(), bytes.size(), static_cast<off_t>(place));
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) fail(m_file, "cannot be read", errno);
      if (n == 0) return false;
      bytes = bytes.subspan(static_cast<std::size_t>(n));
      place += static_cast<std::uint64_t>(n);
    }
    return true;
  }

  /// Takes the room of the file on the disk, where its file system can do that: a full disk is found out before the
  /// work, and pages are cheaper to write. \throws FileError  the disk is full
  void take_room() const {
    const std::uint64_t bytes = size();
    int error = 0;
    do {
      error = bytes > 0 && ::fallocate(m_descriptor, 0, 0, static_cast<off_t>(bytes)) != 0 ? errno : 0;
    } while (error == EINTR);
    if (error == ENOSPC || error == EDQUOT || error == EFBIG) fail(m_file, "cannot be written", error);
  }

  /// Cuts the file off, or fills it up with zeros. \throws FileError
  void resize(std::uint64_t bytes) const {
    if (::ftruncate(m_descriptor, static_cast<off_t>(bytes)) != 0) fail(m_file, "cannot be written", errno);
  }

  /// Returns the number of bytes. \throws FileError
  std::uint64_t size() const {
    struct stat status {};
    if (::fstat(m_descriptor, &status) != 0) fail(m_file, "cannot be read", errno);
    return static_cast<std::uint64_t>(status.st_size);
  }

  /// Returns the path of the file.
  const std::filesystem::path& file() const { return m_file; }

 private:
  std::filesystem::path m_file;
  int m_descriptor = -1;
};

}  // namespace nbk::io
