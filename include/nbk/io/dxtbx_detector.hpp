// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/json_place.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/model/detector.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace nbk::io {

namespace detail {

/// Bounds of a trusted range that has none, as dxtbx has them for NXmx.
inline constexpr double no_least_trusted = -2147483648.0, no_most_trusted = 2147483647.0;

/// Axes and origin in which places of a group of panels are counted, mm.
struct DxtbxFrame {
  Vec3d fast{1, 0, 0}, slow{0, 1, 0}, origin_mm{0, 0, 0};

  Vec3d turned(const Vec3d& v) const { return v.x * fast + v.y * slow + v.z * strict::cross(fast, slow); }
};

/// Reader of one detector.
template <class Json>
class DxtbxDetectorReader {
 public:
  DxtbxDetectorReader(const JsonPlace<Json>& place, std::int64_t most_pixels, std::vector<std::string>& warnings)
      : m_place(place),
        m_panels(place.at("panels", "a detector needs panels")),
        m_warnings(warnings),
        m_most_pixels(most_pixels) {}

  Detector read() {
    const std::size_t count = m_panels.size();
    if (count == 0) m_panels.fail("must have a panel");
    m_detector.panels.resize(count);
    m_placed.assign(count, false);
    if (const auto root = m_place.find("hierarchy")) {
      place_group(*root, {}, 0);
    } else {
      for (std::size_t i = 0; i < count; ++i) place_panel(i, {});
    }
    const auto missed = std::ranges::find(m_placed, false);
    if (missed != m_placed.end())
      m_panels[static_cast<std::size_t>(missed - m_placed.begin())].fail("hierarchy must have the panel");
    for (std::size_t i = 0; i < count; ++i) read_panel(m_panels[i], m_detector.panels[i]);
    share_sensor();
    return std::move(m_detector);
  }

 private:
  /// Returns the frame of a group or a panel from where it is in its parent.
  static DxtbxFrame frame_of(const JsonPlace<Json>& place, const DxtbxFrame& parent) {
    const auto fast = place.find("fast_axis"), slow = place.find("slow_axis"), origin = place.find("origin");
    if (!fast || !slow || !origin) return parent;
    const Vec3d fast_axis = fast->direction(), slow_axis = slow->direction();
    constexpr double largest_cosine = 1e-3;
    if (std::fabs(dot(strict::unit(fast_axis), strict::unit(slow_axis))) > largest_cosine) {
      slow->fail("must be at a right angle to fast_axis");
    }
    return {parent.turned(unit(fast_axis)), parent.turned(unit(slow_axis)),
            parent.origin_mm + parent.turned(origin->vector())};
  }

  /// Returns a unit vector. One that is rounded keeps its bits.
  static Vec3d unit(const Vec3d& v) { return std::fabs(dot(v, v) - 1) < 1e-14 ? v : strict::unit(v); }

  void place_group(const JsonPlace<Json>& group, const DxtbxFrame& parent, int depth) {
    constexpr int deepest = 32;
    if (depth > deepest) group.fail("groups must be at most 32 deep");
    const DxtbxFrame frame = frame_of(group, parent);
    const auto children = group.find("children");
    for (std::size_t i = 0; children && i < children->size(); ++i) {
      const JsonPlace<Json> child = (*children)[i];
      const auto number = child.find("panel");
      if (!number) {
        place_group(child, frame, depth + 1);
        continue;
      }
      const int panel = number->integer();
      if (panel < 0 || static_cast<std::size_t>(panel) >= m_placed.size())
        number->fail("must be the number of a panel");
      if (m_placed[static_cast<std::size_t>(panel)]) number->fail("must not be there twice");
      place_panel(static_cast<std::size_t>(panel), frame);
    }
  }

  void place_panel(std::size_t i, const DxtbxFrame& parent) {
    const JsonPlace<Json> place = m_panels[i];
    for (const char* key : {"fast_axis", "slow_axis", "origin"}) place.at(key, "a panel needs it");
    const DxtbxFrame frame = frame_of(place, parent);
    Panel& panel = m_detector.panels[i];
    panel.fast = frame.fast;
    panel.slow = frame.slow;
    panel.origin_m = {frame.origin_mm.x / 1000, frame.origin_mm.y / 1000, frame.origin_mm.z / 1000};
    m_placed[i] = true;
  }

  void read_panel(const JsonPlace<Json>& place, Panel& panel) {
    if (const auto name = place.find("name")) panel.name = name->text();
    const auto pixel = place.at("pixel_size", "a panel needs it, in mm");
    const auto [fast_mm, slow_mm] = pixel.template numbers<2>();
    if (!(fast_mm >= 1e-6 && fast_mm <= 1e12)) pixel.fail("must be 1e-6 to 1e12 mm");
    if (std::fabs(fast_mm - slow_mm) > 1e-9 * fast_mm) pixel.fail("must be the same twice: pixels are square here");
    panel.pixel_size_m = fast_mm / 1000;
    const auto size = place.at("image_size", "a panel needs its pixels along fast and slow");
    if (size.size() != 2) size.fail("must be a list of 2 numbers");
    panel.pixels_fast = size[0].integer();
    panel.pixels_slow = size[1].integer();
    if (panel.pixels_fast < 1 || panel.pixels_slow < 1) size.fail("must be >= 1");
    m_pixels += std::int64_t{panel.pixels_fast} * panel.pixels_slow;
    if (m_pixels > m_most_pixels) {
      size.fail("all panels together must have at most " + std::to_string(m_most_pixels) + " pixels");
    }
    read_readout(place, panel);
    read_mask(place, panel);
    panel.sensor = sensor_of(place, panel.pixel_size_m);
  }

  void read_readout(const JsonPlace<Json>& place, Panel& panel) const {
    if (const auto gain = place.find("gain")) panel.readout.gain = gain->positive();
    if (const auto pedestal = place.find("pedestal")) panel.readout.pedestal = pedestal->number();
    const auto range = place.find("trusted_range");
    if (!range) return;
    const auto [least, most] = range->template numbers<2>();
    if (most < least) range->fail("must be the smaller number first");
    if (least == most) return;  // not set: dxtbx has 0 twice
    const auto photons = [&](double counts) { return (counts - panel.readout.pedestal) / panel.readout.gain; };
    if (least > no_least_trusted) panel.trusted.least = photons(least);
    if (most < no_most_trusted) panel.trusted.most = photons(most);
  }

  /// Rectangles of a mask are [fast from, slow from, fast to, slow to], without the last column and row.
  void read_mask(const JsonPlace<Json>& place, Panel& panel) const {
    const auto rectangles = place.find("mask");
    for (std::size_t i = 0; rectangles && i < rectangles->size(); ++i) {
      const auto corners = (*rectangles)[i].template numbers<4>();
      const auto inside = [](double value, int most) { return static_cast<int>(std::clamp<double>(value, 0, most)); };
      const int fast_end = inside(corners[2], panel.pixels_fast), slow_end = inside(corners[3], panel.pixels_slow);
      const auto width = static_cast<std::size_t>(panel.pixels_fast);
      if (panel.mask.empty()) panel.mask.assign(width * static_cast<std::size_t>(panel.pixels_slow), 1);
      for (int slow = inside(corners[1], slow_end); slow < slow_end; ++slow) {
        const auto row = panel.mask.begin() + static_cast<std::ptrdiff_t>(width) * slow;
        std::fill(row + inside(corners[0], fast_end), row + fast_end, std::uint16_t{0});
      }
    }
  }

  /// Returns the sensor of a panel, in layers that are at most half a pixel apart, but at most 16 of them.
  Sensor sensor_of(const JsonPlace<Json>& place, double pixel_size_m) {
    Sensor sensor;
    if (const auto material = place.find("material")) sensor.material = material->text();
    const auto thickness = place.find("thickness"), mu = place.find("mu");
    const double thickness_mm = thickness ? thickness->number() : 0.0, mu_per_mm = mu ? mu->number() : 0.0;
    if (thickness_mm < 0) thickness->fail("must be >= 0");
    if (mu_per_mm < 0) mu->fail("must be >= 0");
    // NXmx files must have a sensor: a nanometre stands for none, and would absorb next to nothing.
    constexpr double thinnest_mm = 1e-5;
    if (thickness_mm < thinnest_mm) return sensor;
    if (mu_per_mm == 0) {
      warn_once(
          place,
          "has a thickness but no mu, so that no absorption is simulated; give -detector_abs and -detector_thick");
      return sensor;
    }
    sensor.thickness_m = thickness_mm / 1000;
    sensor.attenuation_length_m = 1 / (1000 * mu_per_mm);
    sensor.layers = static_cast<int>(std::clamp(std::ceil(2 * sensor.thickness_m / pixel_size_m), 1.0, 16.0));
    const auto strategy = place.find("px_mm_strategy");
    const auto type = strategy ? strategy->find("type") : strategy;
    if (!type || type->text().find("Parallax") == std::string::npos) {
      warn_once(place,
                "has a sensor, but DIALS did not correct for its depth; it is simulated, so that spots lie deeper than "
                "DIALS expects them; -detector_thick 0 leaves it out");
    }
    return sensor;
  }

  void warn_once(const JsonPlace<Json>& place, const std::string& text) {
    if (!std::exchange(m_warned, true)) m_warnings.push_back(place.message(text));
  }

  /// Makes a sensor that all panels have that of the detector, so that flags can change it.
  void share_sensor() {
    std::vector<Panel>& panels = m_detector.panels;
    const Sensor first = *panels.front().sensor;
    const auto same = [&](const Panel& panel) {
      const Sensor& sensor = *panel.sensor;
      return sensor.thickness_m == first.thickness_m && sensor.attenuation_length_m == first.attenuation_length_m &&
             sensor.layers == first.layers && sensor.material == first.material;
    };
    if (!std::ranges::all_of(panels, same)) return;
    m_detector.sensor = first;
    for (Panel& panel : panels) panel.sensor.reset();
  }

  JsonPlace<Json> m_place, m_panels;
  std::vector<std::string>& m_warnings;
  Detector m_detector;
  std::vector<bool> m_placed;
  std::int64_t m_most_pixels, m_pixels = 0;
  bool m_warned = false;
};

}  // namespace detail

/// Reads a detector: panels where their groups put them, pixels, masks, sensors, gain, pedestal and trusted range,
/// which are counts in the file and photons here.
/// \param most_pixels  larger detectors are refused
/// \throws FileError
template <class Json>
Detector read_dxtbx_detector(const JsonPlace<Json>& place, std::int64_t most_pixels,
                             std::vector<std::string>& warnings) {
  return detail::DxtbxDetectorReader<Json>(place, most_pixels, warnings).read();
}

}  // namespace nbk::io
