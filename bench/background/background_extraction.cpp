// SPDX-License-Identifier: MIT
#include "bench/background/background_extraction.hpp"

#include "nbk/core/format_number.hpp"

#include <algorithm>
#include <cmath>

// This file is compiled without fused multiply-adds. The order of all operations is nonBragg's.

namespace nbk::bench::background {

namespace {

/// The form factor of one pixel, rounded to float at nonBragg's places.
float form_factor_of(std::uint16_t raw, const PixelFactors& factors, const BackgroundOptions& options,
                     const BackgroundSetup& setup) {
  const int oversample = std::max(1, options.panel.oversample);
  const int steps = static_cast<int>(setup.rays.size()) * oversample * oversample;
  const auto photons =
      static_cast<float>((static_cast<double>(static_cast<float>(raw)) - options.offset_adu) / options.gain);
  const float sign = photons < 0.0F ? -1.0F : 1.0F;
  const auto size = static_cast<double>(std::fabs(photons));
  return static_cast<float>(static_cast<double>(sign) *
                            std::sqrt(size / factors.polarization / factors.solid_angle_sr / setup.fluence_per_m2 /
                                      constants::electron_radius_sqr_m2 / setup.sample.molecules * steps));
}

/// Returns the middle value, or the mean of the two middle ones. Changes the order.
float median_of(std::vector<float>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return 0.5F * (*middle + *std::max_element(values.begin(), middle));
}

ExtractedPoint point_of(double stol, std::vector<float>& values) {
  ExtractedPoint point{.stol = stol, .pixels = values.size()};
  const auto count = static_cast<float>(static_cast<int>(values.size()));
  float sum = 0, squares = 0;
  for (const float value : values) sum += value;
  point.mean = sum / count;
  for (const float value : values) {
    const float deviation = std::fabs(value - point.mean);
    squares += deviation * deviation;
  }
  point.rms = static_cast<float>(std::sqrt(static_cast<double>(squares / count)));
  point.median = median_of(values);
  for (float& value : values) value = std::fabs(value - point.median);
  point.deviation = median_of(values);
  return point;
}

}  // namespace

std::vector<ExtractedPoint> extract_form_factor(const BackgroundOptions& options, const BackgroundSetup& setup,
                                                const FormFactorTable& table, const BackgroundImage& image,
                                                std::span<const std::uint16_t> raw) {
  const std::vector<double>& s = table.stol_per_m;
  std::vector<std::vector<float>> bins(s.size());
  const PlacedPanel& panel = setup.panel;
  for (int slow = panel.slow_min; slow <= panel.slow_max; ++slow) {
    for (int fast = panel.fast_min; fast <= panel.fast_max; ++fast) {
      const std::size_t at =
          static_cast<std::size_t>(slow) * static_cast<std::size_t>(panel.pixels_fast) + static_cast<std::size_t>(fast);
      if (std::ranges::find(options.ignored, raw[at]) != options.ignored.end()) continue;
      const PixelFactors& factors = image.factors[at];
      const std::size_t next = std::min(factors.place + 1, s.size() - 1);
      const bool upper = factors.stol_per_m > (s[factors.place] + s[next]) / 2.0;
      bins[upper ? next : factors.place].push_back(form_factor_of(raw[at], factors, options, setup));
    }
  }
  std::vector<ExtractedPoint> points;
  for (std::size_t bin = 2; bin + 2 < s.size(); ++bin) {
    if (bins[bin].size() > fewest_pixels_of_point)
      points.push_back(point_of(s[bin] / options.stol_unit_per_m, bins[bin]));
  }
  return points;
}

std::string extraction_text(std::span<const ExtractedPoint> points) {
  std::string text;
  const auto g = [](float number) { return format_g(static_cast<double>(number)); };
  for (const ExtractedPoint& point : points) {
    text += format_g(point.stol) + " " + g(point.mean) + " " + g(point.rms) + "   " + g(point.median) + " " +
            g(point.deviation) + "  " + std::to_string(point.pixels) + "\n";
  }
  return text;
}

}  // namespace nbk::bench::background
