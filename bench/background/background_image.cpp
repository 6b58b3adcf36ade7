// SPDX-License-Identifier: MIT
#include "bench/background/background_image.hpp"

#include "bench/background/polarization_of_c.hpp"
#include "nbk/math/rotation.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/scene/make_rays.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <thread>

// This file is compiled without fused multiply-adds. The order of all operations is nonBragg's.

namespace nbk::bench::background {

namespace {

constexpr double electron_radius_sqr_m2 = constants::electron_radius_sqr_m2;

Vec3d unit_and_length(const Vec3d& v, double& length) {
  length = std::sqrt(v.x * v.x + v.y * v.y + v.z * v.z);
  return length != 0.0 ? Vec3d{v.x / length, v.y / length, v.z / length} : Vec3d{};
}

/// Computes pixels one after the other; what one leaves behind the next one finds.
class PixelWalk {
 public:
  PixelWalk(const BackgroundOptions& options, const BackgroundSetup& setup, const FormFactorTable& table)
      : m_options(options),
        m_setup(setup),
        m_panel(setup.panel),
        m_table(table),
        m_cursor(table),
        m_oversample(options.panel.oversample <= 0 ? 1 : options.panel.oversample),
        m_subpixel_m(setup.panel.pixel_size_m / m_oversample),
        m_kahn(options.beam.kahn_factor, setup.polarization) {
    for (const BackgroundRay& ray : setup.rays) {
      double length = 0;
      m_incident.push_back(unit_and_length({-ray.position.x, -ray.position.y, -ray.position.z}, length));
    }
  }

  /// Returns true once polarisation leaves nothing behind that another pixel could see.
  bool is_settled() const { return !m_options.beam.polarized || m_kahn.is_settled(); }

  float photons(int fast, int slow) {
    double sum = 0;
    for (int sub_slow = 0; sub_slow < m_oversample; ++sub_slow) {
      for (int sub_fast = 0; sub_fast < m_oversample; ++sub_fast) {
        sum = add_subpixel(m_subpixel_m * (fast * m_oversample + sub_fast) + m_subpixel_m / 2.0,
                           m_subpixel_m * (slow * m_oversample + sub_slow) + m_subpixel_m / 2.0, sum);
      }
    }
    if (m_options.map_form_factor) return static_cast<float>(m_amplitude);
    const int steps = static_cast<int>(m_setup.rays.size()) * m_oversample * m_oversample;
    return static_cast<float>(static_cast<double>(0.0F) +
                              sum * electron_radius_sqr_m2 * m_setup.fluence_per_m2 * m_setup.sample.molecules / steps);
  }

  const PixelFactors& factors() const { return m_factors; }
  double solid_angle_sr() const { return m_solid_angle_sr; }

 private:
  double add_subpixel(double fast_m, double slow_m, double sum) {
    double distance_m = 0;
    Vec3d diffracted = unit_and_length(point_m(fast_m, slow_m), distance_m);
    const double pixel_m = m_panel.pixel_size_m;
    double solid_angle_sr = pixel_m * pixel_m / distance_m / distance_m * m_panel.close_distance_m / distance_m;
    if (m_options.panel.point_pixel) solid_angle_sr = 1.0 / distance_m / distance_m;
    m_solid_angle_sr += solid_angle_sr;
    for (std::size_t i = 0; i < m_incident.size(); ++i) {
      const double wavelength_m = m_setup.rays[i].wavelength_m;
      const Vec3d& incident = m_incident[i];
      const Vec3d q{(diffracted.x - incident.x) / wavelength_m, (diffracted.y - incident.y) / wavelength_m,
                    (diffracted.z - incident.z) / wavelength_m};
      m_factors.stol_per_m = 0.5 * std::sqrt(q.x * q.x + q.y * q.y + q.z * q.z);
      m_amplitude = m_cursor.at(bounded(m_factors.stol_per_m));
      const double sign = m_amplitude < 0.0 ? -1.0 : 1.0;
      m_factors.polarization = m_options.beam.polarized ? m_kahn.factor(incident, diffracted) : 1.0;
      sum += sign * m_amplitude * m_amplitude * m_factors.polarization * solid_angle_sr * m_setup.rays[i].weight;
    }
    m_factors.solid_angle_sr = solid_angle_sr;
    m_factors.place = m_cursor.place();
    return sum;
  }

  /// Beyond the table `corrected` takes the value at its end.
  double bounded(double stol_per_m) const {
    if (m_options.policy == Policy::compat) return stol_per_m;
    return std::clamp(stol_per_m, m_table.first_per_m(), m_table.last_per_m());
  }

  Vec3d point_m(double fast_m, double slow_m) const {
    const Vec3d &f = m_panel.fast, &s = m_panel.slow, &o = m_panel.origin_m;
    const Vec3d flat{fast_m * f.x + slow_m * s.x + o.x, fast_m * f.y + slow_m * s.y + o.y,
                     fast_m * f.z + slow_m * s.z + o.z};
    if (!m_options.panel.curved) return flat;
    const Vec3d forward = strict::scaled(m_panel.distance_m, m_setup.beam);
    return rotate_about(rotate_about(forward, s, flat.y / m_panel.distance_m), f, flat.z / m_panel.distance_m);
  }

  const BackgroundOptions& m_options;
  const BackgroundSetup& m_setup;
  const PlacedPanel& m_panel;
  const FormFactorTable& m_table;
  FormFactorCursor m_cursor;
  int m_oversample;
  double m_subpixel_m;
  std::vector<Vec3d> m_incident;
  PolarizationOfC m_kahn;
  PixelFactors m_factors;
  double m_amplitude = 0, m_solid_angle_sr = 0;
};

/// Threads for the rows of an image.
int row_threads(const BackgroundOptions& options, const FormFactorTable& table, int rows) {
  if (options.policy == Policy::compat && !table.ascending) return 1;
  const int wanted = options.threads > 0 ? options.threads : static_cast<int>(std::thread::hardware_concurrency());
  return std::clamp(wanted, 1, rows);
}

void count_oddities(const BackgroundOptions& options, const PlacedPanel& panel, BackgroundImage& image) {
  for (int slow = panel.slow_min; slow <= panel.slow_max; ++slow) {
    for (int fast = panel.fast_min; fast <= panel.fast_max; ++fast) {
      const float pixel = image.photons[static_cast<std::size_t>(slow) * static_cast<std::size_t>(panel.pixels_fast) +
                                        static_cast<std::size_t>(fast)];
      image.negative += pixel < 0.0F && !options.map_form_factor;
      image.not_numbers += !std::isfinite(pixel);
    }
  }
}

}  // namespace

BackgroundImage make_image(const BackgroundOptions& options, const BackgroundSetup& setup, const FormFactorTable& table,
                           ImageContent content) {
  const PlacedPanel& panel = setup.panel;
  BackgroundImage image;
  const std::size_t pixels = static_cast<std::size_t>(panel.pixels_fast) * static_cast<std::size_t>(panel.pixels_slow);
  image.photons.resize(pixels);
  if (content == ImageContent::photons_and_factors) image.factors.resize(pixels);
  std::vector<std::size_t> beyond(static_cast<std::size_t>(panel.pixels_slow));
  const auto compute_row = [&](PixelWalk& walk, int slow) {
    std::size_t at = static_cast<std::size_t>(slow) * static_cast<std::size_t>(panel.pixels_fast) +
                     static_cast<std::size_t>(panel.fast_min);
    for (int fast = panel.fast_min; fast <= panel.fast_max; ++fast, ++at) {
      image.photons[at] = walk.photons(fast, slow);
      const double stol_per_m = walk.factors().stol_per_m;
      beyond[static_cast<std::size_t>(slow)] += stol_per_m < table.first_per_m() || stol_per_m > table.last_per_m();
      if (!image.factors.empty()) image.factors[at] = walk.factors();
    }
  };
  PixelWalk first_walk(options, setup, table);
  compute_row(first_walk, panel.slow_min);
  const int rows = panel.slow_max - panel.slow_min;  // that are left
  const int threads = rows > 0 && first_walk.is_settled() ? row_threads(options, table, rows) : 1;
  std::atomic<int> next{panel.slow_min + 1};
  std::vector<double> solid_angles(static_cast<std::size_t>(threads));
  const auto work = [&](std::size_t thread) {
    PixelWalk walk = first_walk;
    for (int slow = next++; slow <= panel.slow_max; slow = next++) compute_row(walk, slow);
    solid_angles[thread] = walk.solid_angle_sr() - first_walk.solid_angle_sr();
  };
  std::vector<std::jthread> others;
  for (int i = 1; i < threads; ++i) others.emplace_back(work, static_cast<std::size_t>(i));
  work(0);
  others.clear();  // waits for them
  image.solid_angle_sr = first_walk.solid_angle_sr();
  for (const double part : solid_angles) image.solid_angle_sr += part;
  for (const std::size_t count : beyond) image.beyond += count;
  count_oddities(options, panel, image);
  return image;
}

}  // namespace nbk::bench::background
