// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <stdexcept>

namespace nbk::bench::system {

/// Somebody asked this process to end.
class Interrupted : public std::runtime_error {
 public:
  explicit Interrupted(int signal_number);
  int signal() const { return m_signal; }

 private:
  int m_signal;
};

/// While one lives, SIGINT, SIGTERM and SIGHUP only leave a note, which check() turns into an exception at the next
/// good moment; the second one ends the process. One per process: signal handlers have no other place for their note.
class InterruptWatch {
 public:
  InterruptWatch();
  ~InterruptWatch();
  InterruptWatch(const InterruptWatch&) = delete;
  InterruptWatch& operator=(const InterruptWatch&) = delete;

  /// The signal that came, 0 for none.
  static int pending();
  /// \throws Interrupted where one came
  static void check();
};

/// While one lives, a crash (SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT) first writes the reason to summary.md in
/// `folder` and moves the folder into `failed`, then ends the process as the signal does. One per process.
class CrashWatch {
 public:
  CrashWatch(const std::filesystem::path& folder, const std::filesystem::path& failed);
  ~CrashWatch();
  CrashWatch(const CrashWatch&) = delete;
  CrashWatch& operator=(const CrashWatch&) = delete;
};

}  // namespace nbk::bench::system
