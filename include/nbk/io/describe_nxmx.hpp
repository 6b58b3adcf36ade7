// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/mat3.hpp"
#include "nbk/io/dxtbx_frame.hpp"
#include "nbk/io/nxmx_description.hpp"
#include "nbk/io/sensor_material.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/scene/image_extents.hpp"
#include "nbk/scene/make_panels.hpp"
#include "nbk/scene/scene.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// The geometry of a scene as an NXmx file has it.

namespace nbk::io {

/// A sensor as files of detectors describe it.
struct FileSensor {
  std::string material = "Si";  ///< Si, GaAs or CdTe
  double thickness_m = 1e-9;    ///< a nanometre, which no reader notices, where no depth was simulated

  /// Compares both.
  bool operator==(const FileSensor&) const = default;
};

/// Returns the sensor of a panel as readers have to take it: with the depth in which photons were absorbed, or with
/// next to none where all of them were at the surface. \param warnings  for a sensor whose material has no name
inline FileSensor file_sensor(const ScenePanel& panel, double wavelength_m, std::vector<std::string>& warnings) {
  const SensorLayers& layers = panel.layers;
  if (layers.thickness_m <= 0 || layers.count < 2 || layers.attenuation_per_m <= 0) return {};
  const auto material = sensor_material(layers.attenuation_per_m, wavelength_m);
  if (material) return {std::string(*material), layers.thickness_m};
  warnings.emplace_back(
      "the file has no sensor: at this wavelength the attenuation length is that of no material that readers know (Si, "
      "GaAs, CdTe), so that they cannot correct for its depth");
  return {};
}

namespace detail {

inline double length_of(const Vec3d& v) { return std::sqrt(dot(v, v)); }

/// Adds the panels, below each other.
inline void add_modules(const Scene& scene, const Mat3d& frame, NxmxDescription& file) {
  const ImageExtents extents = image_extents(scene);
  file.slow = extents.panels * extents.slow;
  file.fast = extents.fast;
  for (std::size_t i = 0; i < scene.panels.size(); ++i) {
    const PanelGeometry& panel = scene.panels[i].geometry;
    NxmxModule module;
    module.name = scene.panels.size() == 1 ? "module" : "module_" + std::to_string(i);
    module.slow = i * extents.slow;
    module.pixels_fast = panel.pixels_fast;
    module.pixels_slow = panel.pixels_slow;
    module.pixel_mm = 1000.0 * panel.pixel_size_m;
    module.corner_mm = mcstas_of_dxtbx(frame * (1000.0 * panel.point_of_pixel_m(0, 0)));
    module.fast_direction = mcstas_of_dxtbx(frame * panel.fast);
    module.slow_direction = mcstas_of_dxtbx(frame * panel.slow);
    file.modules.push_back(module);
  }
}

/// Marks the pixels that were not computed, and the padding of smaller panels.
inline void add_mask(const Scene& scene, const Detector& detector, NxmxDescription& file) {
  std::vector<std::uint32_t> mask(file.slow * file.fast, 1);
  std::size_t good = 0;
  for (std::size_t p = 0; p < scene.panels.size(); ++p) {
    const PixelWindow& window = scene.panels[p].window;
    const std::vector<std::uint16_t>& computed = mask_of(detector, p);
    const auto width = static_cast<std::size_t>(scene.panels[p].geometry.pixels_fast);
    for (int slow = window.slow_min; slow <= window.slow_max; ++slow) {
      for (int fast = window.fast_min; fast <= window.fast_max; ++fast) {
        const auto row = static_cast<std::size_t>(slow), column = static_cast<std::size_t>(fast);
        if (!computed.empty() && computed[row * width + column] == 0) continue;
        mask[(file.modules[p].slow + row) * file.fast + column] = 0;
        ++good;
      }
    }
  }
  if (good < mask.size()) file.mask = std::move(mask);
}

/// Narrows the trusted range to that of all panels, in counts.
inline void add_trusted_range(const Detector& detector, NxmxDescription& file) {
  std::optional<double> least, most;
  for (const Panel& panel : detector.panels) {
    if (panel.trusted.least) least = std::max(*panel.trusted.least, least.value_or(*panel.trusted.least));
    if (panel.trusted.most) most = std::min(*panel.trusted.most, most.value_or(*panel.trusted.most));
  }
  const auto in_file = [&](double photons) { return photons * file.gain + file.pedestal; };
  if (least) file.underload_value = std::max(in_file(*least), file.underload_value.value_or(in_file(*least)));
  if (most) file.saturation_value = std::min(in_file(*most), file.saturation_value.value_or(in_file(*most)));
  // The largest integer also stands for everything beyond it.
  if (file.pixels == PixelKind::photons) return;
  const double last = file.pixels == PixelKind::counts16 ? 65534.0 : 2147483646.0;
  file.saturation_value = std::min(file.saturation_value.value_or(last), last);
  if (!file.underload_value) file.underload_value = 0;
}

}  // namespace detail

/// Fills in what a scene knows: panels, sensor, mask, trusted range. The kind of pixels, gain and pedestal must be set,
/// and the range that the electronics has.
/// \param detector  of the scene
/// \param warnings  for what the format cannot say
inline void describe_detector(const Scene& scene, const Detector& detector, NxmxDescription& file,
                              std::vector<std::string>& warnings) {
  detail::add_modules(scene, dxtbx_frame(scene), file);
  detail::add_mask(scene, detector, file);
  detail::add_trusted_range(detector, file);
  FileSensor sensor = file_sensor(scene.panels.front(), scene.wavelength_m, warnings);
  for (const ScenePanel& panel : scene.panels) {
    std::vector<std::string> said;
    if (file_sensor(panel, scene.wavelength_m, said) == sensor) continue;
    warnings.emplace_back("the file has no sensor: its panels have different ones, and NXmx has one for all");
    sensor = FileSensor{};
    break;
  }
  file.sensor_material = sensor.material;
  file.sensor_thickness_m = sensor.thickness_m;
  if (scene.panels.front().geometry.curved)
    warnings.emplace_back("the file has a flat panel: NXmx cannot describe a curved detector");
}

/// Returns the axis about which a scene's crystal turns, as a unit vector in the laboratory of McStas.
inline Vec3d nxmx_axis(const Scene& scene) {
  const Vec3d axis = dxtbx_frame(scene) * (scene.goniometer.setting * scene.frame.spindle);
  return mcstas_of_dxtbx((1.0 / detail::length_of(axis)) * axis);
}

}  // namespace nbk::io
