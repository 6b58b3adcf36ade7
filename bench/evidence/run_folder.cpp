// SPDX-License-Identifier: MIT
#include "bench/evidence/run_folder.hpp"

#include "bench/system/files.hpp"
#include "nbk/core/error.hpp"

#include <fmt/chrono.h>

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace nbk::bench::evidence {
namespace {

namespace fs = std::filesystem;

constexpr const char* marker = "INCOMPLETE";
constexpr int most_names = 10000;

std::string numbered(const std::string& stamp, int number) {
  return number == 1 ? stamp : fmt::format("{}-{}", stamp, number);
}

// Until it has its marker the folder has a name that nobody takes for a run's.
fs::path make_hidden(const fs::path& outdir, const std::string& stamp) {
  for (int number = 1; number < most_names; ++number) {
    auto path = outdir / fmt::format(".incomplete-{}-{}-{}", stamp, ::getpid(), number);
    if (::mkdir(path.c_str(), 0777) == 0) return path;
    require(errno == EEXIST, "--outdir", outdir.string(),
            std::string("must be a writable folder: ") + std::strerror(errno));
  }
  reject("--outdir", outdir.string(), "has too many runs of this second");
}

void write_markers(const fs::path& folder, const fs::path& outdir) {
  try {
    system::write_text(folder / marker, "This run has not finished, or was killed before it could say why.\n");
    system::write_text(folder / "summary.md", "# nbk-bench: INCOMPLETE\n\nThis run has not finished, or was killed.\n");
  } catch (const FileError& file_error) {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
    reject("--outdir", outdir.string(), std::string("must be a writable folder: ") + file_error.what());
  }
}

// rename never replaces a folder with something in it, and every run's folder has its marker when it gets its name: no
// other run can come between.
fs::path give_name(const fs::path& hidden, const fs::path& outdir, const std::string& stamp) {
  for (int number = 1; number < most_names; ++number) {
    auto path = outdir / numbered(stamp, number);
    if (fs::exists(outdir / "failed" / numbered(stamp, number)) || fs::exists(path)) continue;
    if (std::rename(hidden.c_str(), path.c_str()) == 0) return path;
    require(errno == EEXIST || errno == ENOTEMPTY, "--outdir", outdir.string(),
            std::string("must be a writable folder: ") + std::strerror(errno));
  }
  reject("--outdir", outdir.string(), "has too many runs of this second");
}

}  // namespace

std::string utc_stamp(std::chrono::system_clock::time_point time) {
  return fmt::format("{:%Y%m%dT%H%M%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

RunFolder::RunFolder(const fs::path& outdir, std::chrono::system_clock::time_point start)
    : m_outdir(fs::absolute(outdir)), m_stamp(utc_stamp(start)) {
  std::error_code error;
  fs::create_directories(m_outdir, error);
  require(!error, "--outdir", outdir.string(), "must be a writable folder: " + error.message());
  const auto hidden = make_hidden(m_outdir, m_stamp);
  write_markers(hidden, outdir);
  m_path = give_name(hidden, m_outdir, m_stamp);
}

void RunFolder::finish() { fs::remove(m_path / marker); }

void RunFolder::fail(bool complete) {
  std::error_code ignored;
  if (complete) fs::remove(m_path / marker, ignored);
  const auto failed = failed_folder();
  fs::create_directories(failed, ignored);
  for (int number = 1; number < most_names; ++number) {
    const auto target = failed / numbered(m_path.filename().string(), number);
    // rename would replace an empty folder that exists; mkdir makes sure that it is ours.
    if (::mkdir(target.c_str(), 0777) != 0) {
      if (errno == EEXIST) continue;
      break;
    }
    if (std::rename(m_path.c_str(), target.c_str()) == 0) {
      m_path = target;
      return;
    }
    break;
  }
  throw FileError(m_path.string() + ": cannot be moved to " + failed.string() + ": " + std::strerror(errno));
}

void RunFolder::leave_incomplete(const std::string& reason) {
  system::write_text(m_path / marker, reason + "\n");
  system::write_text(m_path / "summary.md", "# nbk-bench: INCOMPLETE\n\n" + reason + "\n");
}

}  // namespace nbk::bench::evidence
