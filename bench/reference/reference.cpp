// SPDX-License-Identifier: MIT
#include "bench/reference/reference.hpp"

#include "bench/reference/order.hpp"

#include <algorithm>

namespace nbk::reference {

namespace {

/// Renders as a serial run of the C program. It carries a state from pixel to pixel, which is settled first; the other
/// pixels are independent.
void render_compat(const Resolved& r, Image& image, int threads) {
  RunState state{r.first_differs, r.interpolate, {}};
  std::size_t begin = render_first(r, image.size(), image, state);
  if (state.interpolate) begin = render_interpolated(r, {begin, image.size()}, threads, image) + 1;
  for_each_pixel(r, {std::min(begin, image.size()), image.size()}, threads, [&](int fast, int slow, std::size_t at) {
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
    for_each_pixel(r, {0, image.size()}, team, [&](int fast, int slow, std::size_t at) {
      image[at] = pixel_corrected(r, fast, slow);
      return true;
    });
  return image;
}

}  // namespace nbk::reference
