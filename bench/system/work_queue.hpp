// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace nbk::bench::system {

/// Work that a few threads do while new work comes in. There is room for a few items; whoever brings more
/// waits. The first failure ends the work, and is thrown where items are brought.
template <class Item>
class WorkQueue {
 public:
  /// \param work  called with one item by several threads
  WorkQueue(std::size_t threads, std::function<void(Item&)> work) : m_work(std::move(work)), m_room(threads + 2) {
    for (std::size_t i = 0; i < threads; ++i) m_threads.emplace_back([this] { serve(); });
  }
  WorkQueue(const WorkQueue&) = delete;
  WorkQueue& operator=(const WorkQueue&) = delete;
  ~WorkQueue() { end(); }

  /// Adds an item. \throws what the work has thrown
  void add(Item item) {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_items.size() < m_room || m_failure; });
    rethrow();
    m_items.push_back(std::move(item));
    m_changed.notify_all();
  }

  /// Waits until all items are done. \throws what the work has thrown
  void finish() {
    end();
    rethrow();
  }

 private:
  void end() {
    {
      const std::lock_guard lock(m_mutex);
      m_ended = true;
      m_changed.notify_all();
    }
    m_threads.clear();
  }

  void rethrow() const {
    if (m_failure) std::rethrow_exception(m_failure);
  }

  void serve() {
    std::unique_lock lock(m_mutex);
    while (true) {
      m_changed.wait(lock, [this] { return !m_items.empty() || m_ended || m_failure; });
      if (m_failure || m_items.empty()) return;
      Item item = std::move(m_items.front());
      m_items.pop_front();
      m_changed.notify_all();
      lock.unlock();
      std::exception_ptr failure;
      try {
        m_work(item);
      } catch (...) {
        failure = std::current_exception();
      }
      lock.lock();
      if (failure && !m_failure) {
        m_failure = failure;
        m_changed.notify_all();
      }
    }
  }

  std::function<void(Item&)> m_work;
  std::size_t m_room;
  std::mutex m_mutex;
  std::condition_variable m_changed;
  std::deque<Item> m_items;
  bool m_ended = false;
  std::exception_ptr m_failure;
  std::vector<std::jthread> m_threads;
};

}  // namespace nbk::bench::system
