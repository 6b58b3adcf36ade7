// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/dxtbx_frame.hpp"
#include "nbk/io/mask_rectangles.hpp"
#include "nbk/model/detector.hpp"
#include "nbk/scene/image_extents.hpp"
#include "nbk/scene/make_panels.hpp"
#include "nbk/scene/scene.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>

namespace nbk::io {

/// Place of pixels in the data file that a geometry file of CrystFEL belongs to: one slab [slow][fast] for each image,
/// in which panels lie below each other, each in as many rows as the largest has. NXmx files of nbk are so.
struct CrystfelData {
  std::string place = "/entry/data/data";  ///< of the pixels, [image][slow][fast]
};

namespace detail {

/// Returns a factor of a direction with its sign and without an exponent, which CrystFEL does not read.
inline std::string crystfel_factor_text(double value) {
  constexpr int digits = 15;
  std::array<char, 40> text{};
  const auto end = std::to_chars(text.begin(), text.end(), value, std::chars_format::fixed, digits).ptr;
  return (std::signbit(value) ? "" : "+") + std::string(text.begin(), end);
}

inline std::string crystfel_direction_text(const Vec3d& v) {
  return crystfel_factor_text(v.x) + "x " + crystfel_factor_text(v.y) + "y " + crystfel_factor_text(v.z) + "z";
}

/// Writer of a geometry file.
class CrystfelWriter {
 public:
  CrystfelWriter(const Scene& scene, const Detector& detector)
      : m_scene(scene), m_detector(detector), m_frame(dxtbx_frame(scene)), m_extents(image_extents(scene)) {}

  std::string write(const CrystfelData& data) {
    m_text = "; Geometry of images that nbk simulated\n";
    m_clen_m = corner_m(0).z;
    line("wavelength", number(m_scene.wavelength_m * 1e10) + " A");
    line("clen", number(m_clen_m) + " m");
    line("data", data.place);
    line("dim0", "%");
    line("dim1", "ss");
    line("dim2", "fs");
    for (std::size_t i = 0; i < m_scene.panels.size(); ++i) add_panel(i);
    for (std::size_t i = 0; i < m_scene.panels.size(); ++i) add_bad_regions(i);
    return std::move(m_text);
  }

 private:
  /// Shortest text from which the same number is read.
  static std::string number(double value) {
    std::array<char, 40> text{};
    return {text.begin(), std::to_chars(text.begin(), text.end(), value).ptr};
  }
  static std::string name(std::size_t panel) { return "p" + std::to_string(panel); }
  static std::string whole(std::size_t value) { return std::to_string(value); }

  void line(std::string_view key, std::string_view value) {
    m_text += std::string(key) + " = " + std::string(value) + "\n";
  }

  /// Outer corner of the first pixel, in the laboratory of CrystFEL.
  Vec3d corner_m(std::size_t panel) const {
    return mcstas_of_dxtbx(m_frame * m_scene.panels[panel].geometry.point_of_pixel_m(0, 0));
  }
  std::size_t first_row(std::size_t panel) const { return panel * m_extents.slow; }

  void add_panel(std::size_t panel) {
    const PanelGeometry& geometry = m_scene.panels[panel].geometry;
    const Readout readout = panel < m_detector.panels.size() ? m_detector.panels[panel].readout : Readout{};
    const Vec3d corner = corner_m(panel);
    const std::string owner = name(panel) + "/";
    const auto rows = static_cast<std::size_t>(geometry.pixels_slow),
               columns = static_cast<std::size_t>(geometry.pixels_fast);
    m_text += "\n";
    line(owner + "min_fs", "0");
    line(owner + "max_fs", whole(columns - 1));
    line(owner + "min_ss", whole(first_row(panel)));
    line(owner + "max_ss", whole(first_row(panel) + rows - 1));
    line(owner + "res", number(1 / geometry.pixel_size_m));
    line(owner + "adu_per_photon", number(readout.gain));
    line(owner + "corner_x", number(corner.x / geometry.pixel_size_m));
    line(owner + "corner_y", number(corner.y / geometry.pixel_size_m));
    line(owner + "coffset", number(corner.z - m_clen_m));
    line(owner + "fs", crystfel_direction_text(mcstas_of_dxtbx(m_frame * geometry.fast)));
    line(owner + "ss", crystfel_direction_text(mcstas_of_dxtbx(m_frame * geometry.slow)));
  }

  void add_bad_regions(std::size_t panel) {
    const RenderedArea area = rendered_area(m_scene, mask_of(m_detector, panel), panel);
    std::size_t count = 0;
    for (const MaskRectangle& rectangle : masked_rectangles(area)) {
      const std::string owner = "bad_" + name(panel) + "_" + whole(count++) + "/";
      const auto row = [&](int slow) { return whole(first_row(panel) + static_cast<std::size_t>(slow)); };
      m_text += "\n";
      line(owner + "panel", name(panel));
      line(owner + "min_fs", std::to_string(rectangle.fast_begin));
      line(owner + "max_fs", std::to_string(rectangle.fast_end - 1));
      line(owner + "min_ss", row(rectangle.slow_begin));
      line(owner + "max_ss", row(rectangle.slow_end - 1));
    }
  }

  const Scene& m_scene;
  const Detector& m_detector;
  Mat3d m_frame;
  ImageExtents m_extents;
  double m_clen_m = 0;
  std::string m_text;
};

}  // namespace detail

/// Returns the geometry file of CrystFEL for the images of a scene: panels, bad pixels, wavelength, gain. A curved
/// panel is written flat. CrystFEL knows no depth of a sensor and no offset of counts.
/// \param detector  of the scene
inline std::string crystfel_geometry_text(const Scene& scene, const Detector& detector, const CrystfelData& data = {}) {
  return detail::CrystfelWriter(scene, detector).write(data);
}

}  // namespace nbk::io
