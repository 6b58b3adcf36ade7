// SPDX-License-Identifier: MIT
#include "bench/reference/order.hpp"

#ifdef _OPENMP
#include <omp.h>
#endif

#include <atomic>

namespace nbk::reference {

namespace {

void lower(std::atomic<std::size_t>& value, std::size_t to) {
  std::size_t now = value.load();
  while (to < now && !value.compare_exchange_weak(now, to)) {}
}

}  // namespace

std::size_t place(const ResolvedPanel& panel, int fast, int slow) {
  return static_cast<std::size_t>(slow) * static_cast<std::size_t>(panel.plane.pixels_fast) +
         static_cast<std::size_t>(fast);
}

bool masked(const ResolvedPanel& panel, std::size_t at) { return !panel.mask->empty() && (*panel.mask)[at] == 0; }

int default_threads() {
#ifdef _OPENMP
  return omp_get_max_threads();
#else
  return 1;
#endif
}

void for_each_pixel(const ResolvedPanel& panel, const Places& places, [[maybe_unused]] int threads,
                    const std::function<bool(int, int, std::size_t)>& visit) {
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
  for (int slow = panel.window.slow_min; slow <= panel.window.slow_max; ++slow) {
    for (int fast = panel.window.fast_min; fast <= panel.window.fast_max; ++fast) {
      const std::size_t at = place(panel, fast, slow);
      if (at < places.begin || at >= places.end || masked(panel, at)) continue;
      if (!visit(fast, slow, at)) break;
    }
  }
}

std::size_t render_first(const Resolved& r, const ResolvedPanel& panel, std::size_t end, Image& image,
                         RunState& state) {
  for (int slow = panel.window.slow_min; slow <= panel.window.slow_max; ++slow) {
    for (int fast = panel.window.fast_min; fast <= panel.window.fast_max; ++fast) {
      const std::size_t at = place(panel, fast, slow);
      if (!state.first_evaluation || at >= end) return at;
      if (!masked(panel, at)) image[at] = pixel_compat(r, panel, fast, slow, state);
    }
  }
  return end;
}

std::size_t render_interpolated(const Resolved& r, const ResolvedPanel& panel, const Places& places, int threads,
                                Image& image) {
  std::atomic<std::size_t> miss{places.end};
  for_each_pixel(panel, places, threads, [&](int fast, int slow, std::size_t at) {
    if (at > miss.load()) return false;
    RunState state{false, true, {}};
    image[at] = pixel_compat(r, panel, fast, slow, state);
    if (!state.interpolate) lower(miss, at);
    return state.interpolate;
  });
  return miss.load();
}

}  // namespace nbk::reference
