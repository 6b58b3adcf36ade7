// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/scene/make_derivative_coefficients.hpp"

#include "nbk/math/matrix_algebra.hpp"
#include "nbk/math/rotation.hpp"
#include "nbk/scene/make_lattice.hpp"
#include "nbk/scene/mosaic_domains.hpp"
#include "nbk/scene/spiral_domains.hpp"

#include "support/experiments.hpp"
#include "support/pixel_model.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <string>
#include <utility>
#include <vector>

/// \file
/// Coefficients of derivatives against differences of a plain model of a pixel.

namespace nbk::testing::derivatives {

/// Moves a model by this much of a parameter.
using Move = std::function<void(PixelModel&, double)>;

/// A parameter, the same by hand, and the step of differences.
struct Checked {
  std::string name;
  DerivativeChange change;
  Move move;
  double step = 1e-5;
};

/// A place on the panel, pixels.
using Place = std::pair<double, double>;

/// Returns places all over the panel. Some are near spots.
inline std::vector<Place> places() {
  std::vector<Place> all;
  for (double fast_px = 0.5; fast_px < 40; fast_px += 5)
    for (double slow_px = 0.5; slow_px < 40; slow_px += 5) all.emplace_back(fast_px, slow_px);
  return all;
}

/// Central difference of an image, with the error of second order removed.
inline double difference(const PixelModel& model, const Checked& checked, const Place& place) {
  const auto slope = [&](double step) {
    PixelModel more = model, less = model;
    checked.move(more, step);
    checked.move(less, -step);
    return (more.image(place.first, place.second) - less.image(place.first, place.second)) / (2 * step);
  };
  return (4 * slope(checked.step / 2) - slope(checked.step)) / 3;
}

inline double combination(const DerivativeCoefficients& coefficients,
                          const std::array<double, physics::PixelSums::count>& sums) {
  double total = 0;
  for (std::size_t i = 0; i < sums.size(); ++i) total += coefficients.of(0, 0)[i] * sums[i];
  return total;
}

/// Compares the derivative by the one parameter of a list with differences, at all places relative to the largest.
inline void check(const PixelModel& model, const DerivativeParameters& parameters, const Checked& checked,
                  double tolerance = 2e-8) {
  CAPTURE(checked.name);
  const auto coefficients = make_derivative_coefficients(model.scene, model.setting, parameters);
  double largest = 0, worst = 0;
  for (const Place& place : places()) {
    const double expected = difference(model, checked, place);
    const double derivative = combination(coefficients, model.sums(coefficients, place.first, place.second));
    largest = std::max(largest, std::fabs(expected));
    worst = std::max(worst, std::fabs(derivative - expected));
  }
  CHECK(largest > 0);
  CHECK(worst <= tolerance * largest);
}

/// Compares a parameter's derivative with differences.
inline void check(const PixelModel& model, const Checked& checked, double tolerance = 2e-8) {
  check(model, DerivativeParameters().add(checked.name, checked.change), checked, tolerance);
}

/// The change that a name stands for, with the same by hand.
inline Checked named(const std::string& name, Move move, double step = 1e-5) {
  return {name, scene::change_named(name), std::move(move), step};
}

inline Vec3d turned(const Vec3d& v, const Vec3d& axis, double angle_rad) { return rotate_about(v, axis, angle_rad); }

inline void turn_lattice(PixelModel& model, const Vec3d& axis, double angle_rad) {
  CellVectors& direct = model.scene.lattice.direct;
  for (Vec3d* v : {&direct.a_m, &direct.b_m, &direct.c_m}) *v = turned(*v, axis, angle_rad);
}

inline void set_lattice(PixelModel& model, const Mat3d& vectors_A) {
  const Mat3d columns = transposed(vectors_A);
  model.scene.lattice.direct = {1e-10 * columns.row0, 1e-10 * columns.row1, 1e-10 * columns.row2};
}

inline Mat3d lattice_of(const PixelModel& model) { return scene::lattice_vectors_A(model.scene.lattice); }

inline void move_panel(PixelModel& model, const Vec3d& shift_m, const Vec3d& axis, double angle_rad,
                       const Vec3d& fixed_m) {
  PanelGeometry& panel = model.scene.panels.front().geometry;
  for (Vec3d* v : {&panel.fast, &panel.slow, &panel.normal}) *v = turned(*v, axis, angle_rad);
  panel.origin_m = fixed_m + turned(panel.origin_m - fixed_m, axis, angle_rad) + shift_m;
}

inline constexpr std::array<Vec3d, 3> lab_axes{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
inline const std::array<std::string, 3> lab_names{"x", "y", "z"};

using Cell = std::array<double, 6>;

/// Vectors of a cell with a along x and b in the xy plane, columns.
inline Mat3d upright_vectors(const Cell& cell) {
  const double ca = std::cos(cell[3]), cb = std::cos(cell[4]), cg = std::cos(cell[5]), sg = std::sin(cell[5]);
  const double skew = std::sqrt(1 - ca * ca - cb * cb - cg * cg + 2 * ca * cb * cg);
  return {{cell[0], cell[1] * cg, cell[2] * cb},
          {0, cell[1] * sg, cell[2] * (ca - cb * cg) / sg},
          {0, 0, cell[2] * skew / sg}};
}

/// Vectors of a cell in nanoBragg's default orientation, columns.
inline Mat3d default_vectors(const Cell& cell) {
  const UnitCell unit_cell{cell[0], cell[1], cell[2], cell[3], cell[4], cell[5]};
  const auto lattice = scene::make_lattice(scene::default_orientation(unit_cell), unit_cell);
  return scene::lattice_vectors_A(lattice);
}

inline const Cell triclinic{42, 51, 63, 1.45, 1.69, 1.33};

/// A model with this cell in an orientation of its own.
inline Move cell_move(Mat3d (*vectors)(const Cell&), std::size_t parameter) {
  return [=](PixelModel& model, double step) {
    const Mat3d orientation = lattice_of(model) * inverse(vectors(triclinic));
    Cell cell = triclinic;
    cell[parameter] += step;
    set_lattice(model, orientation * vectors(cell));
  };
}

inline PixelModel model_of_cell(Mat3d (*vectors)(const Cell&)) {
  PixelModel model = full_pixel_model();
  set_lattice(model, vectors(triclinic));
  turn_lattice(model, {0.6, 0, 0.8}, 0.9);
  return model;
}

inline void check_cell(const PixelModel& model, Mat3d (*vectors)(const Cell&)) {
  for (std::size_t i = 0; i < 6; ++i)
    check(model, named(scene::cell_name(i), cell_move(vectors, i), i < 3 ? 1e-3 : 2e-5));
}

}  // namespace nbk::testing::derivatives
