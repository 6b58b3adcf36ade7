// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/format_number.hpp"
#include "nbk/io/stol_table.hpp"
#include "nbk/model/material.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace nbk::io {

/// Makes a form factor of a curve that a file holds: sorts its points.
/// \param stol_per_unit_A  sin(theta) / lambda, 1/Angstrom, of one unit of the first column: 1, 1/4 for
///                         4 sin(theta) / lambda, 1/(4 pi) for the length of the scattering vector
/// \param name  the file's name for messages \throws FileError  two points at one angle, or a negative angle
inline std::vector<FormFactorPoint> to_form_factor(const std::vector<StolPoint>& points, double stol_per_unit_A,
                                                   const std::string& name) {
  std::vector<FormFactorPoint> curve;
  curve.reserve(points.size());
  for (const StolPoint& point : points) {
    if (point.stol < 0) fail(name, "the angle " + format_g(point.stol) + " is negative");
    curve.push_back({point.stol * stol_per_unit_A, point.amplitude});
  }
  std::ranges::sort(curve, {}, &FormFactorPoint::stol_per_A);
  const auto equal = std::ranges::adjacent_find(curve, {}, &FormFactorPoint::stol_per_A);
  if (equal != curve.end())
    fail(name, "two points at sin(theta)/lambda = " + format_g(equal->stol_per_A) + " 1/A: give each angle once");
  return curve;
}

/// Reads a form factor from a file of lines "stol F"; '#' begins a comment. \throws FileError
inline std::vector<FormFactorPoint> read_form_factor(const std::filesystem::path& file, double stol_per_unit_A = 1) {
  return to_form_factor(read_stol_table(file), stol_per_unit_A, file.string());
}

}  // namespace nbk::io
