// SPDX-License-Identifier: MIT
#include "src/solid_angle.hpp"

#include <cmath>

namespace nbk::bench {

namespace {

/// Solid angle of a pixel from its place: p^2/R^2 cos, or 1/R^2 for points (reference.md 1.7).
class PixelSolidAngle {
 public:
  explicit PixelSolidAngle(const Panel& panel) : m_panel(panel) {}

  double operator()(double fast_m, double slow_m, double depth_m) const {
    const Panel& p = m_panel;
    const double x = fast_m * p.fast.x + slow_m * p.slow.x + depth_m * p.normal.x + p.origin_m.x;
    const double y = fast_m * p.fast.y + slow_m * p.slow.y + depth_m * p.normal.y + p.origin_m.y;
    const double z = fast_m * p.fast.z + slow_m * p.slow.z + depth_m * p.normal.z + p.origin_m.z;
    const double r_sqr = p.curved ? p.distance_m * p.distance_m : x * x + y * y + z * z;
    if (p.point_pixel) return 1.0 / r_sqr;
    return p.pixel_size_m * p.pixel_size_m * p.close_distance_m / (r_sqr * std::sqrt(r_sqr));
  }

 private:
  Panel m_panel;
};

}  // namespace

double printed_solid_angle_sr(const Scene& scene, const Detector& detector, const io::RenderedArea& area) {
  const PixelSolidAngle omega(scene.panel);
  const int subpixels = detector.oversample_solid_angle ? scene.oversample : 1;
  const int layers = detector.oversample_solid_angle ? scene.layers.count : 1;
  const double sub_m = scene.panel.pixel_size_m / scene.oversample;
  const auto masked = [&](int fast, int slow) { return !area.mask.empty() && area.mask[area.index(fast, slow)] == 0; };

  double sum = 0;
  for (int layer = 0; layer < layers; ++layer) {
    const double depth_m = layer * scene.layers.step_m;
    for (int slow = area.window.slow_min; slow <= area.window.slow_max; ++slow) {
      for (int s = 0; s < subpixels; ++s) {
        const double slow_m = sub_m * (static_cast<double>(slow) * scene.oversample + s + 0.5);
        double row = 0;
        for (int fast = area.window.fast_min; fast <= area.window.fast_max; ++fast) {
          double pixel = 0;
          for (int f = 0; f < subpixels; ++f) {
            pixel += omega(sub_m * (static_cast<double>(fast) * scene.oversample + f + 0.5), slow_m, depth_m);
          }
          row += masked(fast, slow) ? 0.0 : pixel;
        }
        sum += row;
      }
    }
  }
  const double per_pixel = static_cast<double>(scene.oversample) * scene.oversample;
  // Without its flag the first sub-pixel's value stands for all of a pixel's.
  if (!detector.oversample_solid_angle) sum *= per_pixel * scene.layers.count;
  const double orientations = static_cast<double>(scene.phi_rad.size()) * static_cast<double>(scene.domains.size());
  return sum / (static_cast<double>(scene.rays.size()) * orientations * per_pixel);
}

}  // namespace nbk::bench
