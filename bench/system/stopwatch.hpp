// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

namespace nbk::bench::system {

/// Seconds since construction, by a clock that never jumps.
class Stopwatch {
 public:
  double elapsed_s() const { return std::chrono::duration<double>(Clock::now() - m_start).count(); }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point m_start = Clock::now();
};

/// Returns nanoseconds of the steady clock, which all processes of a machine share.
inline long long steady_now_ns() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

}  // namespace nbk::bench::system
