// SPDX-License-Identifier: MIT
#include "bench/system/status_line.hpp"

#include "bench/system/terminal.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace nbk::bench::system {

namespace {

/// "12 s", "3 min 5 s", "2 h 7 min".
std::string duration_text(double seconds) {
  const auto s = static_cast<long>(std::ceil(std::min(seconds, 3.6e9)));
  if (s < 100) return fmt::format("{} s", s);
  if (s < 6000) return fmt::format("{} min {} s", s / 60, s % 60);
  return fmt::format("{} h {} min", s / 3600, s / 60 % 60);
}

}  // namespace

StatusLine::StatusLine() : m_terminal(::isatty(STDERR_FILENO) == 1) {}

void StatusLine::show(std::string_view text) {
  if (!m_terminal) return;
  say(stderr, "\r\033[K{}", text);
  std::fflush(stderr);
  m_shown = true;
}

void StatusLine::clear() {
  if (m_shown) say_text(stderr, "\r\033[K");
  m_shown = false;
}

std::string progress_text(double fraction, double elapsed_s) {
  constexpr int width = 40;
  const double done = std::clamp(fraction, 0.0, 1.0);
  const auto marks = static_cast<std::size_t>(width * done);
  std::string text = fmt::format("[{:<{}}] {:3.0f} %", std::string(marks, '#'), width, std::floor(100 * done));
  if (done > 0) text += fmt::format("  {} left", duration_text(elapsed_s / done * (1 - done)));
  return text;
}

void ProgressBar::show(double fraction) {
  constexpr double patience_s = 0.5;
  if (m_watch.elapsed_s() >= patience_s) m_line.show(progress_text(fraction, m_watch.elapsed_s()));
}

}  // namespace nbk::bench::system
