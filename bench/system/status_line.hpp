// SPDX-License-Identifier: MIT
#pragma once

#include "bench/system/stopwatch.hpp"

#include <string>
#include <string_view>

namespace nbk::bench::system {

/// One line on the terminal that is written over again and again. Does nothing where stderr is no terminal.
class StatusLine {
 public:
  StatusLine();
  ~StatusLine() { clear(); }
  StatusLine(const StatusLine&) = delete;
  StatusLine& operator=(const StatusLine&) = delete;

  bool on_terminal() const { return m_terminal; }
  void show(std::string_view text);
  /// Takes the line off the terminal, before something else is printed.
  void clear();

 private:
  bool m_terminal;
  bool m_shown = false;
};

/// "[#####     ]  50 %  3 s left". \param fraction  that is done, 0 to 1
std::string progress_text(double fraction, double elapsed_s);

/// Share of a long task that is done, and time that the rest will take; nothing in the first half second.
class ProgressBar {
 public:
  bool on_terminal() const { return m_line.on_terminal(); }
  void show(double fraction);
  void clear() { m_line.clear(); }

 private:
  StatusLine m_line;
  Stopwatch m_watch;
};

}  // namespace nbk::bench::system
