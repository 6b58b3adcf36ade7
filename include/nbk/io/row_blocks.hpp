// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/atomic_file.hpp"
#include "nbk/io/file.hpp"
#include "nbk/io/rendered_area.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

/// \file
/// Images that are made while they are written, a few rows at a time: a buffer that stays in the cache takes the place
/// of a second image.

namespace nbk::io {

/// Blocks of rows of an image. What is outside the window is 0.
template <class Pixel>
class RowBlocks {
 public:
  explicit RowBlocks(const RenderedArea& area)
      : m_area(area),
        m_width(static_cast<std::size_t>(area.pixels_fast)),
        m_rows(std::max(1, static_cast<int>((std::size_t{1} << 18) / (m_width * sizeof(Pixel))))) {}

  int count() const { return (m_area.pixels_slow + m_rows - 1) / m_rows; }

  /// \param make_row  called with (slow, pixels of that row inside the window)
  template <class MakeRow>
  void fill(int number, const MakeRow& make_row, std::vector<Pixel>& block) const {
    const int first = number * m_rows, end = std::min(first + m_rows, m_area.pixels_slow);
    block.resize(m_width * static_cast<std::size_t>(end - first));
    const PixelWindow& window = m_area.window;
    const bool all = m_area.row_length() == m_width && window.slow_min <= first && end <= window.slow_max + 1;
    if (!all) std::fill(block.begin(), block.end(), Pixel{});
    for (int slow = std::max(first, window.slow_min); slow < end && slow <= window.slow_max; ++slow) {
      const std::size_t begin =
          m_width * static_cast<std::size_t>(slow - first) + static_cast<std::size_t>(window.fast_min);
      make_row(slow, std::span(block).subspan(begin, m_area.row_length()));
    }
  }

 private:
  const RenderedArea& m_area;
  std::size_t m_width;
  int m_rows;
};

/// Writes an image row by row. \param make_row  called with (slow, pixels of that row inside the window), in order
template <class Pixel, class MakeRow>
void write_rows(AtomicFile& out, const RenderedArea& area, const MakeRow& make_row) {
  const RowBlocks<Pixel> blocks(area);
  std::vector<Pixel> block;
  for (int number = 0; number < blocks.count(); ++number) {
    blocks.fill(number, make_row, block);
    out.write(block.data(), block.size() * sizeof(Pixel));
  }
}

namespace detail {

/// Lets threads go on in the order of their numbers, until one of them has failed.
class TakeTurns {
 public:
  /// Calls act() when all smaller numbers have had their turn. \return false: another thread has failed
  template <class Act>
  bool in_turn(int number, const Act& act) {
    std::unique_lock lock(m_mutex);
    m_next_one.wait(lock, [&] { return m_turn == number || m_failure; });
    if (m_failure) return false;
    lock.unlock();
    act();
    lock.lock();
    ++m_turn;
    m_next_one.notify_all();
    return true;
  }

  void fail(std::exception_ptr failure) {
    const std::lock_guard lock(m_mutex);
    if (!m_failure) m_failure = std::move(failure);
    m_next_one.notify_all();
  }

  void rethrow() const {
    if (m_failure) std::rethrow_exception(m_failure);
  }

 private:
  std::mutex m_mutex;
  std::condition_variable m_next_one;
  int m_turn = 0;
  std::exception_ptr m_failure;
};

}  // namespace detail

/// The same by several threads, each of which makes blocks of rows while another one writes; the file grows in order.
/// \param make_row  called with (thread, slow, pixels of that row inside the window), rows in any order
template <class Pixel, class MakeRow>
void write_rows_in_parallel(AtomicFile& out, const RenderedArea& area, int threads, const MakeRow& make_row) {
  const RowBlocks<Pixel> blocks(area);
  detail::TakeTurns turns;
  std::atomic<int> next{0};
  const auto work = [&](int thread) {
    try {
      std::vector<Pixel> block;
      const auto make = [&](int slow, std::span<Pixel> pixels) { make_row(thread, slow, pixels); };
      for (int number = next++; number < blocks.count(); number = next++) {
        blocks.fill(number, make, block);
        if (!turns.in_turn(number, [&] { out.write(block.data(), block.size() * sizeof(Pixel)); })) return;
      }
    } catch (...) {
      turns.fail(std::current_exception());
    }
  };
  {
    std::vector<std::jthread> workers;
    for (int thread = 1; thread < threads; ++thread) workers.emplace_back(work, thread);
    work(0);
  }
  turns.rethrow();
}

}  // namespace nbk::io
