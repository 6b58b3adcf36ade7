// SPDX-License-Identifier: MIT
#include "bench/render/image_parts.hpp"

#include <Kokkos_Core.hpp>

#include <exception>
#include <mutex>

namespace nbk::bench::render {

void do_one_by_one(std::size_t parts, const std::function<void(std::size_t)>& part) {
  for (std::size_t i = 0; i < parts; ++i) part(i);
}

void do_side_by_side(std::size_t parts, const std::function<void(std::size_t)>& part) {
  using Exec = Kokkos::DefaultHostExecutionSpace;
  using Policy = Kokkos::RangePolicy<Exec, Kokkos::Schedule<Kokkos::Dynamic>, Kokkos::IndexType<std::size_t>>;
  std::mutex mutex;
  std::exception_ptr failure;
  const Exec exec;
  Kokkos::parallel_for("nbk-render::parts", Policy(exec, 0, parts, Kokkos::ChunkSize(1)), [&](std::size_t i) {
    try {
      part(i);
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
    }
  });
  exec.fence("nbk-render: all parts are done");
  if (failure) std::rethrow_exception(failure);
}

}  // namespace nbk::bench::render
