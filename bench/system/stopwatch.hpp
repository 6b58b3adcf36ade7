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

}  // namespace nbk::bench::system
