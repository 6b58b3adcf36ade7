// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace nbk::io {

namespace detail {

/// Returns the file that a path stands for in the end, whether that file exists or not. Links are followed, but not
/// those to open files of a process (/dev/stdout), which stand for themselves.
inline std::filesystem::path led_to(std::filesystem::path file) {
  constexpr int most_links = 40;  // as many as Linux follows
  std::error_code error;
  for (int i = 0; i < most_links && std::filesystem::is_symlink(file, error); ++i) {
    const std::filesystem::path target = std::filesystem::read_symlink(file, error);
    if (error || target.native().starts_with("/proc/") || file.native().starts_with("/proc/")) return file;
    file = target.is_absolute() ? target : file.parent_path() / target;
  }
  return file;
}

/// Copies all bytes of a file over another one, which keeps its inode and so all of its names. The room is taken first,
/// so that a full disk is found out before the old content is touched. \return 0, or an errno
inline int copy_over(const std::filesystem::path& from, const std::filesystem::path& to) {
  const FileHandle source(std::fopen(from.c_str(), "rb"));
  const FileHandle target(std::fopen(to.c_str(), "rb+"));
  struct stat status {};
  if (!source || !target || ::fstat(::fileno(source.get()), &status) != 0) return errno;
  if (status.st_size > 0) {
    const int full = ::posix_fallocate(::fileno(target.get()), 0, status.st_size);
    if (full != 0 && full != EOPNOTSUPP && full != EINVAL) return full;
  }
  char chunk[1 << 16];
  while (const std::size_t n = std::fread(chunk, 1, sizeof chunk, source.get())) {
    if (std::fwrite(chunk, 1, n, target.get()) != n) return errno;
  }
  if (std::ferror(source.get()) != 0 || std::fflush(target.get()) != 0) return errno;
  return ::ftruncate(::fileno(target.get()), status.st_size) == 0 ? 0 : errno;
}

}  // namespace detail

/// Writes a file so that its name never stands for half a file: under a temporary name in the same folder first,
/// renamed by commit(). A file that is replaced keeps its mode, its owner where that is allowed, its further names
/// (hard links), and the links that lead to it. Anything but a regular file (a device, a pipe) is written directly.
class AtomicFile {
 public:
  /// \throws FileError  the file or its folder cannot be written
  explicit AtomicFile(std::filesystem::path file) : m_shown(std::move(file)), m_target(detail::led_to(m_shown)) {
    if (m_shown.empty()) fail("\"\"", "is not a file name");
    struct stat old {};
    const bool exists = ::stat(m_target.c_str(), &old) == 0;
    if (exists && S_ISDIR(old.st_mode)) fail(m_shown, "is a folder, not a file");
    m_direct = (exists && !S_ISREG(old.st_mode)) || m_target.native().starts_with("/proc/") ||
               std::filesystem::is_symlink(m_target);
    if (exists && !m_direct && ::faccessat(AT_FDCWD, m_target.c_str(), W_OK, AT_EACCESS) != 0) {
      fail(m_shown, "cannot be written", errno);
    }
    m_has_more_names = exists && old.st_nlink > 1;
    m_written = m_direct ? m_target : temporary_name();
    m_handle.reset(std::fopen(m_written.c_str(), m_direct ? "wb" : "wbx"));
    if (!m_handle) fail(m_shown, "cannot be written", errno);
    if (exists && !m_direct) keep_mode(old);
    std::setvbuf(m_handle.get(), nullptr, _IONBF, 0);  // what is written here comes in large pieces
  }

  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  ~AtomicFile() {
    if (!m_handle) return;
    m_handle.reset();
    remove_temporary();
  }

  /// Appends bytes. \throws FileError  for example: the disk is full
  void write(const void* data, std::size_t bytes) {
    if (bytes != 0 && std::fwrite(data, 1, bytes, m_handle.get()) != bytes) fail(m_shown, "cannot be written", errno);
  }
  /// Appends text. \throws FileError
  void write(std::string_view text) { write(text.data(), text.size()); }

  /// Gives the file its name. Without this call nothing is left behind. \throws FileError
  void commit() {
    int error = std::fclose(m_handle.release()) == 0 ? 0 : errno;
    if (error == 0 && !m_direct) {
      if (m_has_more_names) {
        error = detail::copy_over(m_written, m_target);
        remove_temporary();
      } else if (std::rename(m_written.c_str(), m_target.c_str()) != 0) {
        error = errno;
      }
    }
    if (error == 0) return;
    remove_temporary();
    fail(m_shown, "cannot be written", error);
  }

 private:
  void keep_mode(const struct stat& old) const {
    struct stat now {};
    const int descriptor = ::fileno(m_handle.get());
    if (::fstat(descriptor, &now) != 0) return;
    // Who may not give a file away leaves it his own.
    if ((now.st_uid != old.st_uid || now.st_gid != old.st_gid) && ::fchown(descriptor, old.st_uid, old.st_gid) != 0) {
      errno = 0;
    }
    if (::fchmod(descriptor, old.st_mode & 07777) != 0) errno = 0;
  }

  void remove_temporary() const {
    std::error_code ignored;
    if (!m_direct) std::filesystem::remove(m_written, ignored);
  }

  /// Returns a name of its own length, because that of the file may be as long as a name can be.
  std::filesystem::path temporary_name() const {
    std::random_device random;
    return m_target.parent_path() / (".nbk.part-" + std::to_string(random()) + std::to_string(random()));
  }

  std::filesystem::path m_shown, m_target, m_written;
  bool m_direct = false, m_has_more_names = false;
  FileHandle m_handle;
};

}  // namespace nbk::io
