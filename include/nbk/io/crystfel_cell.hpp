// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/crystfel_lines.hpp"
#include "nbk/io/file.hpp"
#include "nbk/io/text_lines.hpp"
#include "nbk/model/crystal.hpp"

#include <array>
#include <cstddef>
#include <filesystem>
#include <numbers>
#include <string>
#include <string_view>

namespace nbk::io {

namespace detail {

/// A parameter of a cell by its key.
struct CrystfelEdge {
  std::string_view key;
  double UnitCell::*member;
  bool is_angle;
};

inline constexpr std::array<CrystfelEdge, 6> crystfel_edges{{{"a", &UnitCell::a_A, false},
                                                             {"b", &UnitCell::b_A, false},
                                                             {"c", &UnitCell::c_A, false},
                                                             {"al", &UnitCell::alpha_rad, true},
                                                             {"be", &UnitCell::beta_rad, true},
                                                             {"ga", &UnitCell::gamma_rad, true}}};

/// Returns an edge in Angstrom, or an angle in radian.
inline double crystfel_edge(const CrystfelLines& lines, bool is_angle) {
  const auto quantity = lines.quantity();
  if (!quantity || !(quantity->value > 0)) lines.fail_value("must be a number > 0 and its unit");
  const auto [value, unit] = *quantity;
  if (is_angle && unit == "deg") return value * std::numbers::pi / 180;
  if (is_angle && unit == "rad") return value;
  if (!is_angle && unit == "A") return value;
  if (!is_angle && unit == "nm") return value * 10;
  lines.fail_value(is_angle ? "must be in deg or rad" : "must be in A or nm");
}

}  // namespace detail

/// Reads a unit cell file of CrystFEL. Lattice type, centring and unique axis are not needed here: the structure
/// factors say which reflections there are.
/// \param name  the file's name for messages
/// \throws FileError  another kind of file, a parameter that is missing or cannot be
inline UnitCell parse_crystfel_cell(std::string_view text, const std::string& name) {
  constexpr std::string_view first_line = "CrystFEL unit cell file version 1.0";
  text = detail::utf8_text(text, name);
  if (!text.starts_with(first_line)) fail(name, "line 1: must be \"" + std::string(first_line) + "\"");
  UnitCell cell;
  CrystfelLines lines(text.substr(first_line.size()), name);
  while (lines.next()) {
    for (const auto& [key, member, is_angle] : detail::crystfel_edges) {
      if (lines.key() != key) continue;
      if (cell.*member != 0) lines.fail(std::string(key) + " is there twice");
      cell.*member = detail::crystfel_edge(lines, is_angle);
    }
  }
  for (const auto& edge : detail::crystfel_edges) {
    if (cell.*edge.member == 0) {
      fail(name, "has no " + std::string(edge.key) + "; a cell needs a, b, c, al, be and ga");
    }
  }
  return cell;
}

/// Reads the same from a file. \throws FileError
inline UnitCell read_crystfel_cell(const std::filesystem::path& file) {
  return parse_crystfel_cell(read_file(file, 1 << 20), file.string());
}

}  // namespace nbk::io
