// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/crystfel_lines.hpp"
#include "nbk/io/crystfel_panel.hpp"
#include "nbk/io/crystfel_regions.hpp"
#include "nbk/io/dxtbx_frame.hpp"
#include "nbk/io/file.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/model/detector.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nbk::io {

/// Geometry of an experiment with CrystFEL.
struct CrystfelGeometry {
  Detector detector{};                   ///< its panels, in dxtbx's laboratory: the beam along -z
  std::optional<double> wavelength_m{};  ///< not given: it is in the data files
  std::vector<std::string> warnings{};   ///< "NAME: line N: ...": not simulated as the file has it
  std::vector<std::string> ignored{};    ///< keys without effect on a simulation, each once
};

namespace detail {

/// Reader of a geometry file.
class CrystfelReader {
 public:
  CrystfelReader(std::string_view text, const std::string& name, std::int64_t most_pixels)
      : m_name(name), m_lines(text, name), m_most_pixels(most_pixels) {}

  CrystfelGeometry read() {
    while (m_lines.next()) read_line();
    if (m_panels.empty()) fail(m_name, "has no panels; a panel has lines such as p0/min_fs = 0");
    std::int64_t pixels = 0;
    for (const CrystfelPanel& panel : m_panels) pixels += require_complete(panel);
    if (pixels > m_most_pixels) fail(m_name, "has more than " + std::to_string(m_most_pixels) + " pixels");
    std::vector<Panel>& panels = m_result.detector.panels;
    for (const CrystfelPanel& panel : m_panels) panels.push_back(placed(panel));
    for (std::size_t i = 0; i < m_panels.size(); ++i) mask_own(m_panels[i], panels[i]);
    for (const CrystfelRegion& region : m_regions) mask_region(region, m_name, m_panels, panels);
    return std::move(m_result);
  }

 private:
  void read_line() {
    const std::string_view key = m_lines.key();
    const std::size_t slash = key.find('/');
    const bool is_group = key.starts_with("group_") || key.starts_with("rigid_group");
    if (is_group) return ignore("group");
    if (slash == std::string_view::npos) return read_global(key);
    const std::string_view owner = key.substr(0, slash), member = key.substr(slash + 1);
    if (owner.starts_with("bad")) return read_crystfel_region_key(region(owner), member, m_lines);
    CrystfelPanel& of = panel(owner);
    if (member == "clen") {
      of.clen_m = length(member);
    } else if (is_crystfel_data_key(member)) {
      ignore(member);
    } else if (!read_crystfel_panel_key(of, member, m_lines)) {
      unknown(member);
    }
  }

  void read_global(std::string_view key) {
    if (key == "wavelength" || key == "photon_energy") {
      read_wavelength(key == "wavelength");
    } else if (key == "clen") {
      m_clen_m = length(key);
    } else if (key == "detector_shift_x") {
      m_shift_m.x = length(key);
    } else if (key == "detector_shift_y") {
      m_shift_m.y = length(key);
    } else if (key == "bandwidth") {
      if (m_lines.finite() != 0) warn("is not simulated; give -dispersion or --spectrum");
    } else if (key == "electron_voltage") {
      m_lines.fail("electron_voltage: X-rays are simulated; a file for them has photon_energy or wavelength");
    } else if (is_crystfel_data_key(key)) {
      ignore(key);
    } else if (!read_crystfel_panel_key(m_defaults, key, m_lines)) {
      unknown(key);
    }
  }

  /// Reads a wavelength in A or m, or an energy in eV or keV.
  void read_wavelength(bool is_wavelength) {
    constexpr double eV_m = 12398.419843320026e-10;  // Planck's constant times the speed of light, exact in SI
    const auto quantity = m_lines.quantity();
    if (!quantity) return warn("is in the data files, which are not read; give -lambda");
    const auto [value, unit] = *quantity;
    if (!(value > 0)) m_lines.fail_value("must be > 0");
    if (is_wavelength) {
      if (unit != "A" && unit != "m") m_lines.fail_value("must be in A or m");
      m_result.wavelength_m = unit == "A" ? value / 1e10 : value;
    } else {
      if (!unit.empty() && unit != "eV" && unit != "keV") m_lines.fail_value("must be in eV or keV");
      m_result.wavelength_m = eV_m / (unit == "keV" ? value * 1000 : value);
    }
    m_eV = eV_m / *m_result.wavelength_m;
  }

  /// Returns a length that has to be in the file itself.
  double length(std::string_view key) const {
    const auto value_m = crystfel_length_m(m_lines);
    if (!value_m) {
      m_lines.fail_value(std::string(key) + " in the data files is not read; write the length here, as " +
                         std::string(key) + " = 0.1 m");
    }
    return *value_m;
  }

  CrystfelRegion& region(std::string_view name) {
    const auto found = std::ranges::find(m_regions, name, &CrystfelRegion::name);
    if (found != m_regions.end()) return *found;
    CrystfelRegion& fresh = m_regions.emplace_back();
    fresh.name = name;
    fresh.line = m_lines.number();
    return fresh;
  }

  CrystfelPanel& panel(std::string_view name) {
    const auto found = std::ranges::find(m_panels, name, &CrystfelPanel::name);
    if (found != m_panels.end()) return *found;
    CrystfelPanel& fresh = m_panels.emplace_back(m_defaults);
    fresh.name = name;
    return fresh;
  }

  /// Refuses a panel that lacks something. \return its number of pixels
  std::int64_t require_complete(const CrystfelPanel& panel) const {
    const auto refuse = [&](const std::string& problem) { fail(m_name, "panel " + panel.name + ": " + problem); };
    const auto need = [&](bool given, const std::string& key) {
      if (!given)
        refuse("has no " + key + "; write " + panel.name + "/" + key + " = ..., or " + key +
               " = ... before the panels");
    };
    need(panel.min_fs.has_value(), "min_fs");
    need(panel.max_fs.has_value(), "max_fs");
    need(panel.min_ss.has_value(), "min_ss");
    need(panel.max_ss.has_value(), "max_ss");
    need(panel.corner_x.has_value(), "corner_x");
    need(panel.corner_y.has_value(), "corner_y");
    need(panel.fs.has_value(), "fs");
    need(panel.ss.has_value(), "ss");
    need(panel.res_per_m.has_value(), "res");
    if (!m_clen_m && !panel.clen_m) fail(m_name, "has no clen; write the camera length, as clen = 0.1 m");
    if (*panel.max_fs < *panel.min_fs || *panel.max_ss < *panel.min_ss || *panel.min_fs < 0 || *panel.min_ss < 0) {
      refuse("must have 0 <= min_fs <= max_fs and 0 <= min_ss <= max_ss");
    }
    const double fast = strict::magnitude(*panel.fs), slow = strict::magnitude(*panel.ss);
    if (std::fabs(fast - slow) > 1e-3 * fast) refuse("fs and ss must have the same length: pixels are square here");
    if (std::fabs(dot(*panel.fs, *panel.ss)) > 1e-3 * fast * slow) refuse("fs and ss must be at right angles");
    const double pixel_m = 0.5 * (fast + slow) / *panel.res_per_m;
    if (!(pixel_m >= 1e-9 && pixel_m <= 1e9)) refuse("res must give pixels of 1e-9 to 1e9 m");
    return (std::int64_t{*panel.max_fs} - *panel.min_fs + 1) * (std::int64_t{*panel.max_ss} - *panel.min_ss + 1);
  }

  Panel placed(const CrystfelPanel& from) const {
    Panel panel;
    panel.name = from.name;
    panel.pixels_fast = *from.max_fs - *from.min_fs + 1;
    panel.pixels_slow = *from.max_ss - *from.min_ss + 1;
    const double width_m = 1 / *from.res_per_m;  // of a pixel that fs and ss count
    panel.pixel_size_m = 0.5 * (strict::magnitude(*from.fs) + strict::magnitude(*from.ss)) * width_m;
    panel.fast = mcstas_of_dxtbx(*from.fs);
    panel.slow = mcstas_of_dxtbx(*from.ss);
    const double z_m = (from.clen_m ? *from.clen_m : *m_clen_m) + from.coffset_m;
    panel.origin_m =
        mcstas_of_dxtbx({*from.corner_x * width_m + m_shift_m.x, *from.corner_y * width_m + m_shift_m.y, z_m});
    if (from.adu_per_photon) panel.readout.gain = *from.adu_per_photon;
    if (from.adu_per_eV && m_eV) panel.readout.gain = *from.adu_per_eV * *m_eV;
    if (from.least_adu) panel.trusted.least = *from.least_adu / panel.readout.gain;
    if (from.most_adu) panel.trusted.most = *from.most_adu / panel.readout.gain;
    return panel;
  }

  void ignore(std::string_view key) {
    std::vector<std::string>& ignored = m_result.ignored;
    if (std::ranges::find(ignored, key) == ignored.end()) ignored.emplace_back(key);
  }
  void warn(const std::string& text) {
    m_result.warnings.push_back(m_lines.message(std::string(m_lines.key()) + " " + text));
  }
  void unknown(std::string_view key) {
    if (std::ranges::find(m_unknown, key) != m_unknown.end()) return;
    m_unknown.emplace_back(key);
    warn("is no key that is known here; it is ignored");
  }

  const std::string& m_name;
  CrystfelLines m_lines;
  std::int64_t m_most_pixels;
  CrystfelPanel m_defaults;
  std::vector<CrystfelPanel> m_panels;
  std::vector<CrystfelRegion> m_regions;
  std::vector<std::string> m_unknown;
  std::optional<double> m_clen_m, m_eV;
  Vec3d m_shift_m{};
  CrystfelGeometry m_result;
};

}  // namespace detail

/// Reads a geometry file of CrystFEL: panels, bad regions, camera length, wavelength, gain and bounds of counts. Places
/// in data files are not looked at.
/// \param name         the file's name for messages
/// \param most_pixels  larger detectors are refused
/// \throws FileError  a line or a panel that cannot be, or a length that is in the data files only
inline CrystfelGeometry parse_crystfel_geometry(std::string_view text, const std::string& name,
                                                std::int64_t most_pixels = std::int64_t{1} << 28) {
  return detail::CrystfelReader(text, name, most_pixels).read();
}

/// Reads the same from a file. \throws FileError
inline CrystfelGeometry read_crystfel_geometry(const std::filesystem::path& file) {
  return parse_crystfel_geometry(read_file(file, std::uintmax_t{1} << 28), file.string());
}

}  // namespace nbk::io
