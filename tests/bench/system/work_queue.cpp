// SPDX-License-Identifier: MIT
#include "bench/system/work_queue.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

using nbk::bench::system::WorkQueue;

TEST_CASE("work queue: everything that comes in is done once, by one thread or by several") {
  for (const std::size_t threads : {1U, 3U}) {
    std::atomic<int> sum = 0;
    WorkQueue<int> queue(threads, [&](int& item) { sum += item; });
    for (int i = 1; i <= 100; ++i) queue.add(i);
    queue.finish();
    CHECK(sum == 5050);
  }
}

TEST_CASE("work queue: the first failure ends the work and is thrown to who brings more") {
  std::atomic<int> done = 0;
  WorkQueue<int> queue(2, [&](int& item) {
    if (item == 3) throw std::runtime_error("three");
    ++done;
  });
  const auto bring = [&] {
    for (int i = 0; i < 1000; ++i) {
      queue.add(i);
      std::this_thread::sleep_for(std::chrono::microseconds(100));
    }
    queue.finish();
  };
  CHECK_THROWS_WITH_AS(bring(), "three", std::runtime_error);
  CHECK(done < 1000);
}
