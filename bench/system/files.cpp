// SPDX-License-Identifier: MIT
#include "bench/system/files.hpp"

#include "nbk/io/atomic_file.hpp"
#include "nbk/io/file.hpp"
#include "nbk/io/float_image.hpp"

#include <fmt/format.h>

#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp is POSIX'

#include <algorithm>
#include <cerrno>

namespace nbk::bench::system {

TemporaryFolder::TemporaryFolder(std::string_view name) {
  std::error_code error;
  const auto base = std::filesystem::temp_directory_path(error);
  std::string pattern = ((error ? "/tmp" : base) / fmt::format("{}.XXXXXX", name)).string();
  if (::mkdtemp(pattern.data()) == nullptr) io::fail(pattern, "cannot be made", errno);
  m_path = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(m_path, ignored);
}

std::string tail_of(const std::filesystem::path& path, std::size_t most) {
  try {
    const auto text = io::read_file(path);
    return text.substr(text.size() - std::min(most, text.size()));
  } catch (const FileError&) {
    return "";
  }
}

void write_text(const std::filesystem::path& path, std::string_view text) {
  io::AtomicFile file(path);
  file.write(text);
  file.commit();
}

std::vector<float> read_floats(const std::filesystem::path& path, std::size_t count) {
  std::error_code error;
  const auto bytes = std::filesystem::file_size(path, error);
  if (error) io::fail(path, "there is no such file");
  if (bytes != count * sizeof(float)) {
    io::fail(path,
             fmt::format("has {} bytes, an image of {} float32 pixels has {}", bytes, count, count * sizeof(float)));
  }
  return io::read_float_image(path);
}

}  // namespace nbk::bench::system
