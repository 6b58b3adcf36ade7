// SPDX-License-Identifier: MIT
#include "bench/reference/reference.hpp"

#include "bench/reference/order.hpp"

#include <algorithm>

namespace nbk::reference {

namespace {

/// Renders as a serial run of the C program. It carries a state from pixel to pixel, which is settled first; the other
/// pixels are independent.
void render_compat(const Resolved& r, const ResolvedPanel& panel, Image& image, int threads) {
  RunState state{r.first_differs, r.interpolate, {}};
  std::size_t begin = render_first(r, panel, image.size(), image, state);
  if (state.interpolate) begin = render_interpolated(r, panel, {begin, image.size()}, threads, image) + 1;
  for_each_pixel(panel, {std::min(begin, image.size()), image.size()}, threads,
                 [&](int fast, int slow, std::size_t at) {
                   RunState rest{false, false, {}};
                   image[at] = pixel_compat(r, panel, fast, slow, rest);
                   return true;
                 });
}

/// Renders one panel.
Image render_panel(const Resolved& r, const ResolvedPanel& panel, int threads) {
  Image image(static_cast<std::size_t>(panel.plane.pixels_fast) * static_cast<std::size_t>(panel.plane.pixels_slow));
  if (r.experiment.policy == Policy::compat) {
    render_compat(r, panel, image, threads);
  } else {
    for_each_pixel(panel, {0, image.size()}, threads, [&](int fast, int slow, std::size_t at) {
      image[at] = pixel_corrected(r, panel, fast, slow);
      return true;
    });
  }
  return image;
}

/// Renders all panels, each padded to the largest.
std::vector<double> render_panels(const Resolved& r, int threads) {
  int rows = 0, columns = 0;
  for (const ResolvedPanel& panel : r.panels) {
    rows = std::max(rows, panel.plane.pixels_slow);
    columns = std::max(columns, panel.plane.pixels_fast);
  }
  std::vector<double> all(r.panels.size() * static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns));
  auto to = all.begin();
  for (const ResolvedPanel& panel : r.panels) {
    const Image image = render_panel(r, panel, threads);
    auto from = image.begin();
    for (int slow = 0; slow < rows; ++slow, to += columns) {
      if (slow >= panel.plane.pixels_slow) continue;
      std::copy(from, from + panel.plane.pixels_fast, to);
      from += panel.plane.pixels_fast;
    }
  }
  return all;
}

/// Renders the pixels of the selection's runs. Those of `compat` depend on all before them, so that whole panels are
/// rendered.
std::vector<double> render_runs(const Resolved& r, int threads) {
  const bool in_order = r.experiment.policy == Policy::compat;
  std::vector<Image> images(r.panels.size());
  std::vector<double> pixels;
  for (const PixelRun& run : r.experiment.selection.runs) {
    const auto number = static_cast<std::size_t>(run.panel);
    const ResolvedPanel& panel = r.panels[number];
    const Window& w = panel.window;
    if (in_order && images[number].empty()) images[number] = render_panel(r, panel, threads);
    for (int fast = run.first_fast; fast < run.first_fast + run.count; ++fast) {
      const std::size_t at = place(panel, fast, run.slow);
      const bool wanted = w.fast_min <= fast && fast <= w.fast_max && w.slow_min <= run.slow &&
                          run.slow <= w.slow_max && !masked(panel, at);
      if (in_order)
        pixels.push_back(images[number][at]);
      else
        pixels.push_back(wanted ? pixel_corrected(r, panel, fast, run.slow) : 0);
    }
  }
  return pixels;
}

}  // namespace

std::vector<double> render_in_double(const Experiment& experiment, int threads) {
  const Resolved r = resolve(experiment);
  const int team = threads > 0 ? threads : default_threads();
  return experiment.selection.runs.empty() ? render_panels(r, team) : render_runs(r, team);
}

std::vector<float> render(const Experiment& experiment, int threads) {
  const std::vector<double> image = render_in_double(experiment, threads);
  std::vector<float> rounded(image.size());
  std::transform(image.begin(), image.end(), rounded.begin(),
                 [](double photons) { return static_cast<float>(photons); });
  return rounded;
}

}  // namespace nbk::reference
