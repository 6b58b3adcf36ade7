// SPDX-License-Identifier: MIT
#include "bench/render/panels_report.hpp"

#include "nbk/scene/validate_selection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

namespace nbk::bench::render {

namespace {

constexpr std::size_t most_panels = 1000;

std::string vector_text(const Vec3d& v) { return fmt::format("{:g} {:g} {:g}", v.x, v.y, v.z); }

std::string name_text(const Experiment& experiment, std::size_t panel) {
  const std::vector<Panel>& panels = experiment.detector.panels;
  const std::string name = panel < panels.size() ? panels[panel].name : std::string();
  return name.empty() ? fmt::format("panel {}", panel) : fmt::format("panel {} ({})", panel, name);
}

/// A pixel and its panel.
struct PixelOfPanel {
  std::size_t panel = 0;
  int fast = 0, slow = 0;
};

/// The pixel at a place of the list.
PixelOfPanel listed_pixel(const Selection& selection, int place) {
  for (const PixelRun& run : selection.runs) {
    if (place < run.count) return {static_cast<std::size_t>(run.panel), run.first_fast + place, run.slow};
    place -= run.count;
  }
  return {};
}

}  // namespace

std::int64_t pixels_of(const Scene& scene) {
  if (!scene.selection.runs.empty()) return scene::listed_pixels(scene.selection);
  std::int64_t pixels = 0;
  for (const ScenePanel& panel : scene.panels)
    pixels += std::int64_t{panel.geometry.pixels_fast} * panel.geometry.pixels_slow;
  return pixels;
}

std::string panels_text(const Experiment& experiment, const Scene& scene) {
  std::string text = fmt::format("  {} panels, {} pixels\n", scene.panels.size(), pixels_of(scene));
  for (std::size_t i = 0; i < std::min(scene.panels.size(), most_panels); ++i) {
    const ScenePanel& panel = scene.panels[i];
    const PanelGeometry& g = panel.geometry;
    text += fmt::format("  {}: {}x{} pixels of {:g} m, corner at {} m, rows along {}, then {}; {}x{} sub-pixels{}\n",
                        name_text(experiment, i), g.pixels_fast, g.pixels_slow, g.pixel_size_m,
                        vector_text(g.point_of_pixel_m(0, 0)), vector_text(g.fast), vector_text(g.slow),
                        panel.oversample, panel.oversample, panel.reached ? "" : "; no ray reaches it");
  }
  if (scene.panels.size() > most_panels) text += fmt::format("  ... {} more\n", scene.panels.size() - most_panels);
  return text;
}

std::string listed_text(const Scene& scene) {
  if (scene.selection.runs.empty()) return {};
  return fmt::format("  {} listed pixels in {} runs\n", pixels_of(scene), scene.selection.runs.size());
}

std::string brightest_text(const io::ImageStatistics& s, const Experiment& experiment, const Scene& scene) {
  const bool dark = !(s.max > 0);
  const bool listed = !scene.selection.runs.empty();
  if (!listed && scene.panels.size() == 1) {
    // The place of a pixel is that of its last sub-pixel.
    const ScenePanel& panel = scene.panels.front();
    const double sub_m = panel.geometry.pixel_size_m / panel.oversample;
    const auto place_m = [&](int pixel) { return sub_m * (static_cast<double>(pixel + 1) * panel.oversample - 0.5); };
    return fmt::format("max_I = {:g}  at {:g} {:g}\n", s.max, dark ? 0.0 : place_m(s.max_fast),
                       dark ? 0.0 : place_m(s.max_slow));
  }
  if (dark) return "max_I = 0\n";
  const PixelOfPanel pixel =
      listed ? listed_pixel(scene.selection, s.max_fast) : PixelOfPanel{s.max_panel, s.max_fast, s.max_slow};
  return fmt::format("max_I = {:g}  at pixel {} {} of {}\n", s.max, pixel.fast, pixel.slow,
                     name_text(experiment, pixel.panel));
}

}  // namespace nbk::bench::render
