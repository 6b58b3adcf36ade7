// SPDX-License-Identifier: MIT
#include "bench/render/solid_angle.hpp"

#include <array>
#include <cmath>
#include <numeric>
#include <optional>
#include <vector>

namespace nbk::bench::render {

namespace {

/// Solid angles of the points of one row of sub-pixels: p^2/R^2 cos, or 1/R^2 for point pixels.
class RowOfPoints {
 public:
  /// \param points per pixel
  RowOfPoints(const ScenePanel& panel, Policy policy, int points)
      : m_panel(panel.geometry),
        m_sub_m(m_panel.pixel_size_m / panel.oversample),
        m_narrows(m_panel.curved && policy == Policy::corrected && !m_panel.point_pixel) {
    m_step_m = m_panel.pixel_size_m / points;
    m_numerator = m_panel.point_pixel ? 1.0 : m_panel.pixel_size_m * m_panel.pixel_size_m * m_panel.close_distance_m;
  }

  /// The sum of `count` points of the row through (., slow_m, depth_m) without looking at each, where the row is so far
  /// away that it is exact to 1e-9: Euler and Maclaurin's formula, whose next term is 1e-9 of the sum at least for a
  /// hundred points to the distance. Nothing: the points have to be added up.
  std::optional<double> sum(int fast, double slow_m, double depth_m, std::size_t count) const {
    const PanelGeometry& p = m_panel;
    if (p.curved || p.point_pixel) return std::nullopt;
    const Vec3d start = p.point_m(p.pixel_size_m * (p.first_fast + fast) + 0.5 * m_sub_m, slow_m, depth_m);
    const Vec3d across = cross(start, p.fast);
    const double constant = dot(start, start), linear = 2.0 * dot(start, p.fast), square = dot(p.fast, p.fast);
    const double distance_sqr = dot(across, across);  // of the line from the sample, times |fast|^2
    if (!(1e4 * m_step_m * m_step_m * square * square < distance_sqr)) return std::nullopt;
    // g = (constant + linear x + square x^2)^(-3/2), its integral and its derivative
    const auto r_sqr = [&](double x) { return constant + x * (linear + x * square); };
    const auto integral = [&](double x) {
      return (2.0 * square * x + linear) / (2.0 * distance_sqr * std::sqrt(r_sqr(x)));
    };
    const auto slope = [&](double x) { return -1.5 * (2.0 * square * x + linear) * std::pow(r_sqr(x), -2.5); };
    const double begin = -0.5 * m_step_m, end = m_step_m * (static_cast<double>(count) - 0.5);
    return m_numerator * ((integral(end) - integral(begin)) / m_step_m - (slope(end) - slope(begin)) * m_step_m / 24.0);
  }

  /// Those points, beginning with the first of pixel `fast`.
  void fill(int fast, double slow_m, double depth_m, std::vector<float>& omega) const {
    const PanelGeometry& p = m_panel;
    const double begin_m = p.pixel_size_m * (p.first_fast + fast) + 0.5 * m_sub_m;
    const Vec3d start = p.point_m(begin_m, slow_m, depth_m);
    // |start + x fast|^2 as a polynomial in x.
    const double constant = p.curved ? dot(p.bend.start, p.bend.start) : dot(start, start);
    const double linear = p.curved ? 0.0 : 2.0 * dot(start, p.fast), square = p.curved ? 0.0 : dot(p.fast, p.fast);
    const auto numerator = static_cast<float>(m_numerator);
    const bool points = p.point_pixel;
    for (std::size_t i = 0; i < omega.size(); ++i) {
      const double x = m_step_m * static_cast<double>(static_cast<int>(i));
      const auto r_sqr = static_cast<float>(constant + x * (linear + x * square));
      omega[i] = numerator / (points ? r_sqr : r_sqr * std::sqrt(r_sqr));
    }
    if (!m_narrows) return;
    const auto per_m = static_cast<float>(dot(p.bend.first_per_m, p.fast) * m_step_m);
    const auto latitude = static_cast<float>(dot(p.bend.first_per_m, start));
    for (std::size_t i = 0; i < omega.size(); ++i) {
      omega[i] *= std::fabs(std::cos(latitude + per_m * static_cast<float>(static_cast<int>(i))));
    }
  }

 private:
  PanelGeometry m_panel;
  double m_sub_m, m_step_m = 0, m_numerator = 0;
  bool m_narrows;  ///< pixels do, towards the poles of the sphere they lie on
};

/// The sum in several strands, so that it can be done in vectors.
double sum_of(const std::vector<float>& values) {
  constexpr std::size_t strands = 16;
  std::array<double, strands> sums{};
  std::size_t i = 0;
  for (; i + strands <= values.size(); i += strands) {
    for (std::size_t j = 0; j < strands; ++j) sums[j] += static_cast<double>(values[i + j]);
  }
  for (; i < values.size(); ++i) sums[0] += static_cast<double>(values[i]);
  return std::accumulate(sums.begin(), sums.end(), 0.0);
}

}  // namespace

double printed_solid_angle_sr(const Scene& scene, const Experiment& experiment, const io::RenderedArea& area,
                              std::size_t panel) {
  const ScenePanel& of = scene.panels[panel];
  const Detector& detector = experiment.detector;
  const int points = detector.oversample_solid_angle ? of.oversample : 1;
  const int layers = detector.oversample_solid_angle ? of.layers.count : 1;
  const double sub_m = of.geometry.pixel_size_m / of.oversample;
  const RowOfPoints row(of, experiment.policy, points);
  const auto width = static_cast<std::size_t>(points);
  std::vector<float> omega(area.row_length() * width);

  double sum = 0;
  for (int layer = 0; layer < layers; ++layer) {
    for (int slow = area.window.slow_min; slow <= area.window.slow_max; ++slow) {
      for (int s = 0; s < points; ++s) {
        const double slow_m = sub_m * (static_cast<double>(of.geometry.first_slow + slow) * of.oversample + s + 0.5);
        const double depth_m = layer * of.layers.step_m;
        if (const auto at_once = row.sum(area.window.fast_min, slow_m, depth_m, omega.size());
            at_once && area.mask.empty()) {
          sum += *at_once;
          continue;
        }
        row.fill(area.window.fast_min, slow_m, depth_m, omega);
        for (std::size_t i = 0; i < omega.size() && !area.mask.empty(); ++i) {
          if (area.mask[area.row_begin(slow) + i / width] == 0) omega[i] = 0;
        }
        sum += sum_of(omega);
      }
    }
  }
  if (experiment.policy == Policy::corrected) return sum / (static_cast<double>(points) * points * layers);
  const double per_pixel = static_cast<double>(of.oversample) * of.oversample;
  // Without its flag the first sub-pixel's value stands for all of a pixel's.
  if (!detector.oversample_solid_angle) sum *= per_pixel * of.layers.count;
  const double orientations = static_cast<double>(scene.phi_rad.size()) * static_cast<double>(scene.domains.size());
  return sum / (static_cast<double>(scene.rays.size()) * orientations * per_pixel);
}

}  // namespace nbk::bench::render
