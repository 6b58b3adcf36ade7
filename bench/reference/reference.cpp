// SPDX-License-Identifier: MIT
#include "reference/reference.hpp"

#include "reference/pixel.hpp"

#ifdef _OPENMP
#include <omp.h>
#endif

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <functional>

namespace nbk::reference {

namespace {

using Image = std::vector<float>;

int default_threads() {
#ifdef _OPENMP
  return omp_get_max_threads();
#else
  return 1;
#endif
}

/// Index of a pixel in the image; growing in the order in which the C program visits them.
std::size_t place(const Resolved& r, int fast, int slow) {
  return static_cast<std::size_t>(slow) * static_cast<std::size_t>(r.plane.pixels_fast) +
         static_cast<std::size_t>(fast);
}

bool masked(const Resolved& r, std::size_t at) {
  const auto& mask = r.experiment.detector.mask;
  return !mask.empty() && mask[at] == 0;
}

/// Calls visit(fast, slow, place) for every wanted pixel from `begin` on, rows spread over threads. A visit that
/// returns false ends its row.
void for_each_pixel(const Resolved& r, std::size_t begin, [[maybe_unused]] int threads,
                    const std::function<bool(int, int, std::size_t)>& visit) {
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
  for (int slow = r.window.slow_min; slow <= r.window.slow_max; ++slow) {
    for (int fast = r.window.fast_min; fast <= r.window.fast_max; ++fast) {
      const std::size_t at = place(r, fast, slow);
      if (at < begin || masked(r, at)) continue;
      if (!visit(fast, slow, at)) break;
    }
  }
}

/// Pixels in order, one by one, up to and including the one that has the run's first evaluation. \return the next
std::size_t render_first(const Resolved& r, Image& image, RunState& state) {
  for (int slow = r.window.slow_min; slow <= r.window.slow_max; ++slow) {
    for (int fast = r.window.fast_min; fast <= r.window.fast_max; ++fast) {
      const std::size_t at = place(r, fast, slow);
      if (!state.first_evaluation) return at;
      if (!masked(r, at)) image[at] = pixel_compat(r, fast, slow, state);
    }
  }
  return image.size();
}

void lower(std::atomic<std::size_t>& value, std::size_t to) {
  std::size_t now = value.load();
  while (to < now && !value.compare_exchange_weak(now, to)) {}
}

/// Pixels from `begin` on, with interpolation until its first miss. \return the pixel after the one that has the miss
std::size_t render_interpolated(const Resolved& r, Image& image, std::size_t begin, int threads) {
  std::atomic<std::size_t> miss{image.size()};
  for_each_pixel(r, begin, threads, [&](int fast, int slow, std::size_t at) {
    if (at > miss.load()) return false;
    RunState state{false, true};
    image[at] = pixel_compat(r, fast, slow, state);
    if (!state.interpolate) lower(miss, at);
    return state.interpolate;
  });
  return std::min(miss.load() + 1, image.size());
}

/// What is left over from pixel to pixel of a serial run is settled first; after that pixels are independent.
void render_compat(const Resolved& r, Image& image, int threads) {
  RunState state{r.first_differs, r.interpolate};
  std::size_t begin = render_first(r, image, state);
  if (state.interpolate) begin = render_interpolated(r, image, begin, threads);
  for_each_pixel(r, begin, threads, [&](int fast, int slow, std::size_t at) {
    RunState rest{};
    image[at] = pixel_compat(r, fast, slow, rest);
    return true;
  });
}

}  // namespace

std::vector<float> render(const Experiment& experiment, int threads) {
  const Resolved r = resolve(experiment);
  const int team = threads > 0 ? threads : default_threads();
  Image image(static_cast<std::size_t>(r.plane.pixels_fast) * static_cast<std::size_t>(r.plane.pixels_slow));
  if (experiment.policy == Policy::compat)
    render_compat(r, image, team);
  else
    for_each_pixel(r, 0, team, [&](int fast, int slow, std::size_t at) {
      image[at] = pixel_corrected(r, fast, slow);
      return true;
    });
  return image;
}

}  // namespace nbk::reference
