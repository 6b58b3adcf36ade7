// SPDX-License-Identifier: MIT
#include "bench/system/files.hpp"

#include "nbk/core/error.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace nbk::bench::system {
namespace {

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

[[noreturn]] void fail(const std::filesystem::path& path, std::string_view what) {
  throw FileError(fmt::format("{}: {}: {}", path.string(), what, std::strerror(errno)));
}

File open(const std::filesystem::path& path, const char* mode) {
  File file(std::fopen(path.c_str(), mode));
  if (!file) fail(path, *mode == 'r' ? "cannot be read" : "cannot be written");
  return file;
}

void write_bytes(const std::filesystem::path& path, const void* data, std::size_t size) {
  auto partial = path;
  partial += ".part";
  try {
    File file = open(partial, "wb");
    const bool written = std::fwrite(data, 1, size, file.get()) == size && std::fflush(file.get()) == 0;
    if (!written) fail(path, "cannot be written");
    if (std::fclose(file.release()) != 0) fail(path, "cannot be written");
    if (std::rename(partial.c_str(), path.c_str()) != 0) fail(path, "cannot be written");
  } catch (const FileError&) {
    std::remove(partial.c_str());
    throw;
  }
}

}  // namespace

TemporaryFolder::TemporaryFolder(std::string_view name) {
  std::error_code error;
  const auto base = std::filesystem::temp_directory_path(error);
  std::string pattern = ((error ? "/tmp" : base) / fmt::format("{}.XXXXXX", name)).string();
  if (::mkdtemp(pattern.data()) == nullptr) fail(pattern, "cannot be made");
  m_path = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(m_path, ignored);
}

std::string read_text(const std::filesystem::path& path) {
  const File file = open(path, "rb");
  std::string text;
  char buffer[65536];
  std::size_t got = 0;
  while ((got = std::fread(buffer, 1, sizeof buffer, file.get())) > 0) text.append(buffer, got);
  if (std::ferror(file.get()) != 0) fail(path, "cannot be read");
  return text;
}

std::string tail_of(const std::filesystem::path& path, std::size_t most) {
  const File file(std::fopen(path.c_str(), "rb"));
  if (!file) return "";
  std::fseek(file.get(), 0, SEEK_END);
  const long size = std::ftell(file.get());
  const long start = size > static_cast<long>(most) ? size - static_cast<long>(most) : 0;
  std::fseek(file.get(), start, SEEK_SET);
  std::string text(most, '\0');
  text.resize(std::fread(text.data(), 1, most, file.get()));
  return text;
}

void write_text(const std::filesystem::path& path, std::string_view text) {
  write_bytes(path, text.data(), text.size());
}

void write_floats(const std::filesystem::path& path, std::span<const float> values) {
  write_bytes(path, values.data(), values.size_bytes());
}

std::vector<float> read_floats(const std::filesystem::path& path, std::size_t count) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (error) throw FileError(path.string() + ": there is no such file");
  const auto wanted = count * sizeof(float);
  if (size != wanted) {
    throw FileError(
        fmt::format("{}: has {} bytes, an image of {} float32 pixels has {}", path.string(), size, count, wanted));
  }
  std::vector<float> values(count);
  const File file = open(path, "rb");
  if (std::fread(values.data(), sizeof(float), count, file.get()) != count) fail(path, "cannot be read");
  return values;
}

}  // namespace nbk::bench::system
