// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/dxtbx_document.hpp"
#include "nbk/io/json_place.hpp"
#include "nbk/math/matrix_algebra.hpp"
#include "nbk/math/rotation.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/scene/validate_crystal.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// \file
/// Beams, goniometers, scans and crystals of dxtbx from JSON. Keys that are not named here are ignored. Every function
/// throws FileError for the first value that cannot be.

namespace nbk::io {

namespace detail {

inline constexpr double radian_per_degree = std::numbers::pi / 180;

/// Returns the items of a list by a reader of one item; an empty list where there is none.
template <class Json, class Read>
auto list_of(const std::optional<JsonPlace<Json>>& list, const Read& read) {
  std::vector<decltype(read(*list))> items;
  for (std::size_t i = 0; list && i < list->size(); ++i) items.push_back(read((*list)[i]));
  return items;
}

/// Returns a matrix whose columns span space.
template <class Json>
Mat3d spanning(const JsonPlace<Json>& place, const Mat3d& columns) {
  try {
    scene::validate_columns(columns, "matrix");
  } catch (const InvalidInput&) {
    place.fail("must be three vectors that span space");
  }
  return columns;
}

/// Returns a rotation.
template <class Json>
Mat3d rotation_of(const JsonPlace<Json>& place) {
  const Mat3d matrix = place.matrix();
  try {
    scene::validate_rotation(matrix, "matrix");
  } catch (const InvalidInput&) {
    place.fail("must be a rotation: nine numbers, rows are unit vectors at right angles");
  }
  return matrix;
}

/// Returns the rotation about an axis.
inline Mat3d rotation_about(const Vec3d& axis, double angle_rad) {
  const Vec3d unit = strict::unit(axis);
  return from_columns(rotate_about({1, 0, 0}, unit, angle_rad), rotate_about({0, 1, 0}, unit, angle_rad),
                      rotate_about({0, 0, 1}, unit, angle_rad));
}

}  // namespace detail

/// Reads a beam. Its direction leads from the sample to the source in the file. The Kahn factor is 2 f - 1 of the
/// polarisation fraction f; the electric field is at right angles to the beam and to the polarisation normal.
template <class Json>
DxtbxBeam read_dxtbx_beam(const JsonPlace<Json>& place, std::vector<std::string>& warnings) {
  DxtbxBeam result;
  result.direction = -place.at("direction", "it leads from the sample to the source").direction();
  if (const auto range = place.find("wavelength_range")) {
    const auto [least, most] = range->template numbers<2>();
    if (!(least > 0) || !(most >= least)) range->fail("must be two wavelengths > 0 in Angstrom, the shorter one first");
    result.beam.wavelength_m = 0.5 * (least + most) / 1e10;
    warnings.push_back(range->message("a range is simulated as its middle; give --spectrum for more wavelengths"));
  } else {
    result.beam.wavelength_m = place.at("wavelength", "a beam needs its wavelength in Angstrom").positive() / 1e10;
  }
  Vec3d normal{0, 1, 0};
  double fraction = 0.999;  // the defaults of dxtbx
  if (const auto given = place.find("polarization_normal")) normal = given->direction();
  if (const auto given = place.find("polarization_fraction")) {
    fraction = given->number();
    if (fraction < 0 || fraction > 1) given->fail("must be 0 to 1");
  }
  result.beam.kahn_factor = 2 * fraction - 1;
  const Vec3d field = strict::cross(strict::unit(result.direction), strict::unit(normal));
  if (strict::magnitude(field) < 1e-6) place.fail("polarization_normal must not be parallel to direction");
  result.polarization = strict::unit(field);
  if (const auto flux = place.find("flux")) result.beam.flux_per_s = std::max(flux->number(), 0.0);
  if (const auto probe = place.find("probe"); probe && probe->text() != "x-ray") {
    warnings.push_back(probe->message("\"" + probe->text() + "\" is simulated as X-rays"));
  }
  result.s0_at_scan_points =
      detail::list_of(place.find("s0_at_scan_points"), [](const auto& item) { return item.direction(); });
  return result;
}

/// Reads a goniometer. One of several axes has rotations about those before the scan axis in its fixed rotation, and
/// about those after it in its setting; the first axis is nearest to the crystal.
template <class Json>
DxtbxGoniometer read_dxtbx_goniometer(const JsonPlace<Json>& place) {
  DxtbxGoniometer result;
  result.setting_at_scan_points = detail::list_of(place.find("setting_rotation_at_scan_points"),
                                                  [](const auto& item) { return detail::rotation_of(item); });
  const auto axes = place.find("axes"), angles = place.find("angles"), scan_axis = place.find("scan_axis");
  if (!axes || !angles || !scan_axis) {
    result.spindle = place.at("rotation_axis", "a goniometer has it, or axes, angles and scan_axis").direction();
    if (const auto fixed = place.find("fixed_rotation")) result.goniometer.fixed = detail::rotation_of(*fixed);
    if (const auto setting = place.find("setting_rotation")) result.goniometer.setting = detail::rotation_of(*setting);
    return result;
  }
  const std::size_t count = axes->size();
  if (angles->size() != count) angles->fail("must have as many angles as there are axes");
  const int scanned = scan_axis->integer();
  if (scanned < 0 || static_cast<std::size_t>(scanned) >= count) scan_axis->fail("must be the number of an axis");
  const auto middle = static_cast<std::size_t>(scanned);
  for (std::size_t i = 0; i < count; ++i) {
    const Vec3d axis = (*axes)[i].direction();
    const Mat3d turn = detail::rotation_about(axis, (*angles)[i].number() * detail::radian_per_degree);
    if (i == middle) result.spindle = axis;
    if (i < middle) result.goniometer.fixed = turn * result.goniometer.fixed;
    if (i > middle) result.goniometer.setting = turn * result.goniometer.setting;
  }
  return result;
}

/// Reads a scan, of DIALS 3.12 or with the table of properties that later ones have. Without angles it does not turn.
template <class Json>
DxtbxScan read_dxtbx_scan(const JsonPlace<Json>& place) {
  DxtbxScan result;
  const JsonPlace<Json> range = place.at("image_range", "a scan needs its first and its last image");
  if (range.size() != 2) range.fail("must be a list of 2 numbers");
  const std::int64_t first = range[0].integer(), last = range[1].integer();
  constexpr std::int64_t most_images = 100'000'000;
  if (last < first || last - first >= most_images) range.fail("must be first and last image, at most 1e8 images");
  result.scan.first_image = static_cast<int>(first);
  result.scan.images = static_cast<int>(last - first + 1);
  const auto images = static_cast<std::size_t>(result.scan.images);
  double start_deg = 0, width_deg = 0;
  const auto properties = place.find("properties");
  const JsonPlace<Json>& table = properties ? *properties : place;
  if (const auto oscillation = table.find("oscillation"); oscillation && properties) {
    if (oscillation->size() != images) oscillation->fail("must have the first angle of each image");
    start_deg = (*oscillation)[0].number();
    if (images > 1) width_deg = (*oscillation)[1].number() - start_deg;
    if (const auto width = table.find("oscillation_width"); width && images == 1) {
      if (width->size() != 1) width->fail("must be a list of 1 number");
      width_deg = (*width)[0].number();
    }
  } else if (oscillation) {
    const auto values = oscillation->template numbers<2>();
    start_deg = values[0];
    width_deg = values[1];
  }
  result.scan.start_rad = start_deg * detail::radian_per_degree;
  result.scan.oscillation_rad = width_deg * detail::radian_per_degree;
  result.exposure_s = detail::list_of(table.find("exposure_time"), [](const auto& item) { return item.number(); });
  std::vector<double>& exposure_s = result.exposure_s;
  if (!std::ranges::all_of(exposure_s, [](double seconds) { return seconds > 0; })) exposure_s.clear();
  return result;
}

/// Reads a crystal. Size and mosaicity are those of the model for stills where the file has it.
template <class Json>
DxtbxCrystal read_dxtbx_crystal(const JsonPlace<Json>& place) {
  DxtbxCrystal result;
  const auto edge = [&](const char* key) {
    return place.at(key, "a crystal needs three vectors in Angstrom").vector();
  };
  const std::array<Vec3d, 3> edges{edge("real_space_a"), edge("real_space_b"), edge("real_space_c")};
  result.crystal.real_space_A = detail::spanning(place, from_columns(edges[0], edges[1], edges[2]));
  if (const auto hall = place.find("space_group_hall_symbol")) result.hall_symbol = hall->text();
  result.a_at_scan_points = detail::list_of(place.find("A_at_scan_points"),
                                            [](const auto& item) { return detail::spanning(item, item.matrix()); });
  const auto domain_A = place.find("ML_domain_size_ang"), half_deg = place.find("ML_half_mosaicity_deg");
  for (std::size_t i = 0; domain_A && i < 3; ++i) {
    const double cells = std::round(domain_A->positive() / strict::magnitude(edges[i]));
    result.crystal.cells[i] = std::clamp(cells, 1.0, 1e9);
  }
  if (half_deg) {
    const double spread_deg = half_deg->number();
    if (spread_deg < 0 || spread_deg > 180) half_deg->fail("must be 0 to 180 degrees");
    result.crystal.mosaicity.spread_rad = spread_deg * detail::radian_per_degree;
  }
  return result;
}

}  // namespace nbk::io
