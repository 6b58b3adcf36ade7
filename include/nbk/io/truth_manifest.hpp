// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/atomic_file.hpp"
#include "nbk/io/random_access_file.hpp"

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace nbk::io {

/// The lines of a manifest, one JSON object for each image, in the making. They are in FILE.part in the order in which
/// they come, and in FILE in the order of the images when all are there. A run that is killed leaves all lines but
/// perhaps the last, and the next run goes on.
class TruthManifest {
 public:
  /// Goes on with FILE.part, or else with FILE.
  /// \throws FileError  it cannot be written, or another run is writing it
  explicit TruthManifest(std::filesystem::path file)
      : m_target(std::move(file)), m_part(m_target.string() + ".part"), m_file(m_part) {
    std::error_code ignored;
    if (m_file.size() == 0 && std::filesystem::is_regular_file(m_target, ignored)) {
      const std::string finished = read_file(m_target, most_bytes);
      m_file.write(0, std::as_bytes(std::span(finished)));
    }
    adopt(read_file(m_part, most_bytes));
    m_file.resize(m_end);
  }

  /// Returns true if there is a line about an image. \param fingerprint  of what the image is made from
  bool has(std::size_t slot, std::uint64_t fingerprint) const {
    const auto line = m_lines.find(slot);
    return line != m_lines.end() && line->second.fingerprint == fingerprint;
  }

  /// Adds the line of an image, in place of an earlier one. Several threads may add.
  /// \param rest  further members of the object: "\"key\": value, ..." \throws FileError
  void add(std::size_t slot, std::uint64_t fingerprint, const std::string& rest) {
    const std::string line = beginning(slot, fingerprint) + rest + "}\n";
    const std::lock_guard lock(m_mutex);
    m_file.write(m_end, std::as_bytes(std::span(line)));
    m_lines[slot] = {fingerprint, m_end, line.size()};
    m_end += line.size();
  }

  /// Makes FILE of the lines of the first images. \throws FileError
  void commit(std::size_t images) {
    AtomicFile out(m_target);
    for (const auto& [slot, line] : m_lines) {
      if (slot >= images) break;
      std::string text(line.bytes, '\0');
      if (!m_file.read(line.place, std::as_writable_bytes(std::span(text)))) fail(m_part, "ends inside a line");
      out.write(text);
    }
    out.commit();
    std::error_code ignored;
    std::filesystem::remove(m_part, ignored);
  }

 private:
  static constexpr std::uintmax_t most_bytes = std::uintmax_t{1} << 40;
  struct Line {
    std::uint64_t fingerprint = 0, place = 0;
    std::size_t bytes = 0;
  };

  static std::string beginning(std::size_t slot, std::uint64_t fingerprint) {
    char digits[17];
    for (int i = 0; i < 16; ++i) digits[i] = "0123456789abcdef"[fingerprint >> (60 - 4 * i) & 15U];
    return R"({"slot": )" + std::to_string(slot) + R"(, "fingerprint": ")" + std::string(digits, 16) + R"(", )";
  }

  /// Takes the whole lines of a text, up to the first that is none of ours.
  void adopt(std::string_view text) {
    for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
      const std::string_view line = text.substr(0, end + 1);
      std::size_t slot = 0;
      std::uint64_t fingerprint = 0;
      const std::size_t digits = line.find('"', 9) + 16;
      if (!line.starts_with("{\"slot\": ") || !line.ends_with("}\n") || digits >= line.size()) return;
      std::from_chars(line.data() + 9, line.data() + line.size(), slot);
      std::from_chars(line.data() + digits, line.data() + line.size(), fingerprint, 16);
      if (!line.starts_with(beginning(slot, fingerprint))) return;
      m_lines[slot] = {fingerprint, m_end, line.size()};
      m_end += line.size();
      text.remove_prefix(end + 1);
    }
  }

  std::filesystem::path m_target, m_part;
  RandomAccessFile m_file;
  std::uint64_t m_end = 0;
  std::map<std::size_t, Line> m_lines;
  std::mutex m_mutex;
};

}  // namespace nbk::io
