// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

namespace nbk::bench::evidence {

/// "20240131T235959Z"
std::string utc_stamp(std::chrono::system_clock::time_point time);

/// The folder that keeps the evidence of one run: new, never one that exists. Until finish() or fail() it carries a
/// file INCOMPLETE and a summary.md that says so, so whatever kills the process leaves a folder nobody mistakes for a
/// result. Before that it has a hidden name.
class RunFolder {
 public:
  /// Makes DIR/<stamp>; two runs of one second get <stamp> and <stamp>-2.
  /// \throws InvalidInput where that is not possible
  RunFolder(const std::filesystem::path& outdir, std::chrono::system_clock::time_point start);

  const std::filesystem::path& path() const { return m_path; }
  /// The start, as in the folder's name but without a counter.
  const std::string& stamp() const { return m_stamp; }

  /// Folder of failed runs.
  std::filesystem::path failed_folder() const { return m_outdir / "failed"; }

  /// The run is complete and passed.
  void finish();
  /// Moves the folder to DIR/failed/. \param complete whether every record is there
  void fail(bool complete);
  /// The run ends early: the folder stays where it is, with the reason in its marker.
  void leave_incomplete(const std::string& reason);

 private:
  std::filesystem::path m_outdir, m_path;
  std::string m_stamp;
};

}  // namespace nbk::bench::evidence
