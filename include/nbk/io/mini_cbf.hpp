// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/atomic_file.hpp"
#include "nbk/io/byte_offset.hpp"
#include "nbk/io/cbf_detector.hpp"
#include "nbk/io/describe_nxmx.hpp"
#include "nbk/io/dxtbx_frame.hpp"
#include "nbk/scene/sampling.hpp"
#include "nbk/scene/scene.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <numbers>
#include <span>
#include <string>
#include <vector>

namespace nbk::io {

/// Header of a mini-CBF file: what it says, and remarks on what it cannot say.
struct MiniCbfHeader {
  std::string detector{};               ///< name that readers know
  std::string text{};                   ///< lines that begin with #
  std::vector<std::string> warnings{};  ///< the format has no word for them
};

namespace detail {

/// Returns a number with 12 digits.
inline std::string with_12_digits(double number) {
  char text[40];
  const auto [end, error] = std::to_chars(text, text + sizeof text, number, std::chars_format::general, 12);
  return error == std::errc() ? std::string(text, end) : std::string("nan");
}

/// Notes a geometry that readers do not expect: they take a panel at a right angle to the beam, rows along x, columns
/// along -y, and a spindle along x.
inline void compare_with_expected(const Scene& scene, std::vector<std::string>& warnings) {
  const Mat3d frame = dxtbx_frame(scene);
  const PanelGeometry& panel = scene.panels.front().geometry;
  const auto is_near = [](const Vec3d& a, const Vec3d& b) { return length_of(a - b) < 1e-4; };
  if (!is_near(frame * panel.fast, {1, 0, 0}) || !is_near(frame * panel.slow, {0, -1, 0})) {
    warnings.emplace_back(
        "mini-CBF has a beam centre and a distance and no axes: readers take rows along x and columns along -y at a "
        "right angle to the beam, but this panel stands otherwise; --nexus keeps its place");
  }
  const Vec3d spindle = frame * (scene.goniometer.setting * scene.frame.spindle);
  if (scene.phi_rad.size() > 1 && !is_near((1.0 / length_of(spindle)) * spindle, {1, 0, 0})) {
    warnings.emplace_back(
        "mini-CBF has no axis of rotation: readers take x, but this spindle stands otherwise; --nexus keeps it");
  }
}

}  // namespace detail

/// Makes the header of an image of one panel.
/// \param phi         of the image \param exposure_s  of the image
/// \throws InvalidInput  for several panels, or one of a size that readers do not know
inline MiniCbfHeader mini_cbf_header(const Scene& scene, const PhiScan& phi, double exposure_s) {
  require(scene.panels.size() == 1, "panels of a mini-CBF", scene.panels.size(), "must be 1; --nexus takes any number");
  const PanelGeometry& panel = scene.panels.front().geometry;
  MiniCbfHeader header;
  header.detector = require_cbf_detector(panel.pixels_fast, panel.pixels_slow);
  detail::compare_with_expected(scene, header.warnings);
  const FileSensor sensor = file_sensor(scene.panels.front(), scene.wavelength_m, header.warnings);
  const Vec3d beam = scene.frame.beam, corner = panel.point_of_pixel_m(0, 0);
  const Vec3d normal = cross(panel.fast, panel.slow);
  const Vec3d met = dot(corner, normal) / dot(beam, normal) * beam - corner;
  const double fast_px = dot(met, panel.fast) / panel.pixel_size_m, slow_px = dot(met, panel.slow) / panel.pixel_size_m;
  const scene::PhiSteps steps = scene::resolve_phi(phi);
  constexpr double degrees = 180.0 * std::numbers::inv_pi;  // in a radian
  const auto number = detail::with_12_digits;
  const auto line = [&](const std::string& text) { header.text += "# " + text + "\r\n"; };
  line("Detector: " + header.detector + ", S/N 00-0000, simulated");
  line("1970-01-01T00:00:00.000");
  line("Pixel_size " + number(panel.pixel_size_m) + " m x " + number(panel.pixel_size_m) + " m");
  line((sensor.material == "Si" ? "Silicon" : sensor.material) + " sensor, thickness " + number(sensor.thickness_m) +
       " m");
  line("Exposure_time " + number(exposure_s) + " s");
  line("Exposure_period " + number(exposure_s) + " s");
  line("Tau = 0 s");
  line("Count_cutoff 2147483646 counts");
  line("Wavelength " + number(scene.wavelength_m * 1e10) + " A");
  line("Detector_distance " + number(std::abs(dot(corner, normal))) + " m");
  line("Beam_xy (" + number(fast_px) + ", " + number(slow_px) + ") pixels");
  line("Start_angle " + number(steps.start_rad * degrees) + " deg.");
  line("Angle_increment " + number(steps.range_rad * degrees) + " deg.");
  return header;
}

/// Writes an image of counts as a mini-CBF file in byte-offset compression.
/// \param counts  [slow][fast] of the panel of the header
/// \throws FileError; InvalidInput for another number of pixels
inline void write_mini_cbf(const std::filesystem::path& file, const MiniCbfHeader& header,
                           std::span<const std::int32_t> counts, int pixels_fast, int pixels_slow) {
  const auto pixels = static_cast<std::size_t>(pixels_fast) * static_cast<std::size_t>(pixels_slow);
  require(counts.size() == pixels, "number of pixels of the image", counts.size(), "must be " + std::to_string(pixels));
  const std::string packed = compress_byte_offset(counts);
  constexpr std::size_t padding = 4095;
  AtomicFile out(file);
  out.write("###CBF: VERSION 1.5, nbk\r\n\r\ndata_" + file.stem().string() +
            "\r\n\r\n_array_data.header_convention \"PILATUS_1.2\"\r\n_array_data.header_contents\r\n;\r\n" +
            header.text + ";\r\n\r\n_array_data.data\r\n;\r\n--CIF-BINARY-FORMAT-SECTION--\r\n" +
            "Content-Type: application/octet-stream;\r\n     conversions=\"x-CBF_BYTE_OFFSET\"\r\n" +
            "Content-Transfer-Encoding: BINARY\r\nX-Binary-Size: " + std::to_string(packed.size()) +
            "\r\nX-Binary-ID: 1\r\nX-Binary-Element-Type: \"signed 32-bit integer\"\r\n" +
            "X-Binary-Element-Byte-Order: LITTLE_ENDIAN\r\nX-Binary-Number-of-Elements: " + std::to_string(pixels) +
            "\r\nX-Binary-Size-Fastest-Dimension: " + std::to_string(pixels_fast) +
            "\r\nX-Binary-Size-Second-Dimension: " + std::to_string(pixels_slow) +
            "\r\nX-Binary-Size-Padding: " + std::to_string(padding) + "\r\n\r\n\x0c\x1a\x04\xd5");
  out.write(packed);
  out.write(std::string(padding, '\0') + "\r\n--CIF-BINARY-FORMAT-SECTION----\r\n;\r\n");
  out.commit();
}

}  // namespace nbk::io
