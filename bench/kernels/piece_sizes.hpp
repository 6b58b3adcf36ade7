// SPDX-License-Identifier: MIT
#pragma once

#include <nbk/launch/tuning.hpp>
#include <nbk/scene/scene.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace nbk::bench {

/// Sizes for launch::Pieces: whole rows, enough work that waiting for the last thread costs next to nothing, and yet a
/// few pieces per second where that is possible.
class PieceSizes {
 public:
  PieceSizes(const PixelWindow& window, int threads)
      : m_row(window.fast_max - window.fast_min + 1),
        m_rows(window.slow_max - window.slow_min + 1),
        m_least(rows_for(threads)),
        m_rows_next(m_least) {}

  /// For all panels of a scene that are computed.
  PieceSizes(const Scene& scene, int threads) : PieceSizes(window_like(scene), threads) {}

  std::int64_t pixels() const { return m_row * m_rows; }

  /// The size of the next piece, in pixels, from the time that passed since this was asked last.
  std::int64_t next() {
    const auto now = Clock::now();
    if (m_asked) {
      const double seconds = std::chrono::duration<double>(now - m_last).count();
      const double wanted = static_cast<double>(m_rows_next) * piece_s / std::max(seconds, 1e-6);
      m_rows_next = std::clamp(static_cast<std::int64_t>(wanted), m_least, 4 * m_rows_next);
    }
    m_asked = true;
    m_last = now;
    return m_row * m_rows_next;
  }

 private:
  using Clock = std::chrono::steady_clock;

  /// A window as wide as the widest panel's and with as many pixels as all together, or nearly.
  static PixelWindow window_like(const Scene& scene) {
    std::int64_t row = 1, pixels = 1;
    for (const ScenePanel& panel : scene.panels) {
      if (!panel.reached) continue;
      const PixelWindow& w = panel.window;
      row = std::max<std::int64_t>(row, w.fast_max - w.fast_min + 1);
      pixels += std::int64_t{w.fast_max - w.fast_min + 1} * (w.slow_max - w.slow_min + 1);
    }
    return {0, static_cast<int>(row) - 1, 0, static_cast<int>(std::max<std::int64_t>(1, pixels / row)) - 1};
  }

  static constexpr double piece_s = 0.2;
  static constexpr std::int64_t tasks_per_thread = 16, most_pieces = 64;

  /// Rows that keep all threads busy to the end, but for one task in so many.
  std::int64_t rows_for(int threads) const {
    const std::int64_t tasks_per_row = (m_row + launch::segment_pixels - 1) / launch::segment_pixels;
    const std::int64_t busy = (tasks_per_thread * threads + tasks_per_row - 1) / tasks_per_row;
    return std::max({std::int64_t{1}, busy, m_rows / most_pieces});
  }

  std::int64_t m_row, m_rows, m_least, m_rows_next;
  bool m_asked = false;
  Clock::time_point m_last{};
};

}  // namespace nbk::bench
