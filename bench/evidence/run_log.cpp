// SPDX-License-Identifier: MIT
#include "bench/evidence/run_log.hpp"

#include "nbk/core/error.hpp"

#include <fmt/format.h>

namespace nbk::bench::evidence {

RunLog::RunLog(const std::filesystem::path& file) : m_file(file), m_path(file) {
  if (!m_file) throw FileError(file.string() + ": cannot be written");
}

void RunLog::note(std::string_view text) {
  // Flushed line by line: after a crash the last line says how far the run came.
  m_file << fmt::format("{:10.3f} s  {}", m_run.elapsed_s(), text) << std::endl;
  if (!m_file) throw FileError(m_path.string() + ": cannot be written");
}

void RunLog::step(std::string_view text, double fraction) {
  note(text);
  m_current = text;
  m_fraction = fraction;
  m_step = system::Stopwatch();
  show(m_current);
}

void RunLog::tick() { show(fmt::format("{}  {:.0f} s", m_current, m_step.elapsed_s())); }

void RunLog::show(std::string_view text) { m_line.show(fmt::format("[{:3.0f} %] {}", 100 * m_fraction, text)); }

}  // namespace nbk::bench::evidence
