// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/vec3.hpp"
#include "nbk/io/crystfel_lines.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace nbk::io {

/// One panel as a geometry file of CrystFEL says it, or the defaults of panels that come later. Lengths are in pixels
/// unless their names say otherwise.
struct CrystfelPanel {
  std::string name{};
  std::optional<int> min_fs{}, max_fs{}, min_ss{}, max_ss{};  ///< its part of the data block, bounds included
  std::optional<double> corner_x{}, corner_y{};               ///< outer corner of its first pixel
  std::optional<Vec3d> fs{}, ss{};                            ///< from pixel to pixel
  std::optional<double> res_per_m{};                          ///< pixels of a metre
  std::optional<double> clen_m{};                             ///< of old files, where each panel has its own
  double coffset_m = 0;                                       ///< added to the camera length
  std::optional<double> adu_per_photon{}, adu_per_eV{};       ///< gain
  std::optional<double> least_adu{}, most_adu{};              ///< bounds of counts that are good
  int edge_pixels = 0;                                        ///< border that is bad
  bool is_bad = false;                                        ///< true: all pixels are bad
};

namespace detail {

/// Returns a direction such as "-0.006x +0.99y z". \throws FileError
inline Vec3d crystfel_direction(const CrystfelLines& lines) {
  std::string text(lines.value());
  std::erase_if(text, [](char c) { return c == ' ' || c == '\t'; });
  std::string_view rest = text;
  Vec3d sum;
  while (!rest.empty()) {
    const std::size_t end = rest.find_first_of("xyz");
    if (end == std::string_view::npos) lines.fail_value("must be a sum of numbers times x, y, z");
    const std::string_view factor = rest.substr(0, end);
    const bool is_sign = factor.empty() || factor == "+" || factor == "-";
    const auto value = is_sign ? std::optional(factor == "-" ? -1.0 : 1.0) : to_number<double>(factor);
    if (!value || !std::isfinite(*value)) lines.fail_value("must be a sum of numbers times x, y, z");
    (rest[end] == 'x' ? sum.x : rest[end] == 'y' ? sum.y : sum.z) += *value;
    rest.remove_prefix(end + 1);
  }
  const double length_sqr = dot(sum, sum);
  if (!(length_sqr > 1e-12 && length_sqr < 1e12)) lines.fail_value("must have a length");
  return sum;
}

/// Returns a length in metres; nothing where the value is a place in the data files. \throws FileError
inline std::optional<double> crystfel_length_m(const CrystfelLines& lines) {
  const auto quantity = lines.quantity();
  if (!quantity) return std::nullopt;
  if (quantity->unit.empty() || quantity->unit == "m") return quantity->value;
  if (quantity->unit == "mm") return quantity->value / 1000;
  lines.fail_value("must be in m or mm");
}

/// Returns true for "true" and for numbers other than 0.
inline bool crystfel_flag(const CrystfelLines& lines) {
  if (lines.value() == "true") return true;
  if (lines.value() == "false") return false;
  return lines.finite() != 0;
}

/// Keys that say where data is in files.
inline bool is_crystfel_data_key(std::string_view key) {
  constexpr std::array<std::string_view, 13> names{
      "data",      "mask_file", "mask_good",      "mask_bad",  "saturation_map",   "saturation_map_file",
      "peak_list", "mask",      "peak_list_type", "dim_names", "badrow_direction", "peak_info_location",
      "flag_equal"};
  const auto numbered = [&](std::string_view stem) {
    return key.starts_with(stem) && key.size() > stem.size() && key[stem.size()] >= '0' && key[stem.size()] <= '9';
  };
  return std::ranges::find(names, key) != names.end() || numbered("dim") || numbered("mask");
}

/// Reads a key that a panel or the defaults may have. \return false  it is none of them \throws FileError
inline bool read_crystfel_panel_key(CrystfelPanel& panel, std::string_view key, const CrystfelLines& lines) {
  if (key == "min_fs") {
    panel.min_fs = lines.whole();
  } else if (key == "max_fs") {
    panel.max_fs = lines.whole();
  } else if (key == "min_ss") {
    panel.min_ss = lines.whole();
  } else if (key == "max_ss") {
    panel.max_ss = lines.whole();
  } else if (key == "corner_x") {
    panel.corner_x = lines.finite();
  } else if (key == "corner_y") {
    panel.corner_y = lines.finite();
  } else if (key == "fs") {
    panel.fs = crystfel_direction(lines);
  } else if (key == "ss") {
    panel.ss = crystfel_direction(lines);
  } else if (key == "res") {
    panel.res_per_m = lines.positive();
  } else if (key == "coffset") {
    panel.coffset_m = lines.finite();
  } else if (key == "adu_per_photon") {
    panel.adu_per_photon = lines.positive();
    panel.adu_per_eV.reset();
  } else if (key == "adu_per_eV") {
    panel.adu_per_eV = lines.positive();
    panel.adu_per_photon.reset();
  } else if (key == "max_adu" || key == "flag_morethan") {
    panel.most_adu = lines.finite();
  } else if (key == "flag_lessthan") {
    panel.least_adu = lines.finite();
  } else if (key == "mask_edge_pixels") {
    panel.edge_pixels = std::max(lines.whole(), 0);
  } else if (key == "no_index") {
    panel.is_bad = crystfel_flag(lines);
  } else {
    return false;
  }
  return true;
}

}  // namespace detail

}  // namespace nbk::io
