// SPDX-License-Identifier: MIT
// Coefficients against central differences of a plain image, and errors.
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

using namespace nbk;
using nbk::testing::complaint;
using nbk::testing::full_pixel_model;
using nbk::testing::PixelModel;

namespace {

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
std::vector<Place> places() {
  std::vector<Place> all;
  for (double fast_px = 0.5; fast_px < 40; fast_px += 5)
    for (double slow_px = 0.5; slow_px < 40; slow_px += 5) all.emplace_back(fast_px, slow_px);
  return all;
}

/// Central difference of an image, with the error of second order removed.
double difference(const PixelModel& model, const Checked& checked, const Place& place) {
  const auto slope = [&](double step) {
    PixelModel more = model, less = model;
    checked.move(more, step);
    checked.move(less, -step);
    return (more.image(place.first, place.second) - less.image(place.first, place.second)) / (2 * step);
  };
  return (4 * slope(checked.step / 2) - slope(checked.step)) / 3;
}

double combination(const DerivativeCoefficients& coefficients,
                   const std::array<double, physics::PixelSums::count>& sums) {
  double total = 0;
  for (std::size_t i = 0; i < sums.size(); ++i) total += coefficients.of(0, 0)[i] * sums[i];
  return total;
}

/// Compares a parameter's derivative with differences, at all places relative to the largest.
void check(const PixelModel& model, const Checked& checked, double tolerance = 2e-8) {
  CAPTURE(checked.name);
  DerivativeParameters parameters;
  parameters.add(checked.name, checked.change);
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

/// The change that a name stands for, with the same by hand.
Checked named(const std::string& name, Move move, double step = 1e-5) {
  return {name, scene::change_named(name), std::move(move), step};
}

Vec3d turned(const Vec3d& v, const Vec3d& axis, double angle_rad) { return rotate_about(v, axis, angle_rad); }

void turn_lattice(PixelModel& model, const Vec3d& axis, double angle_rad) {
  CellVectors& direct = model.scene.lattice.direct;
  for (Vec3d* v : {&direct.a_m, &direct.b_m, &direct.c_m}) *v = turned(*v, axis, angle_rad);
}

void set_lattice(PixelModel& model, const Mat3d& vectors_A) {
  const Mat3d columns = transposed(vectors_A);
  model.scene.lattice.direct = {1e-10 * columns.row0, 1e-10 * columns.row1, 1e-10 * columns.row2};
}

Mat3d lattice_of(const PixelModel& model) { return scene::lattice_vectors_A(model.scene.lattice); }

void move_panel(PixelModel& model, const Vec3d& shift_m, const Vec3d& axis, double angle_rad, const Vec3d& fixed_m) {
  PanelGeometry& panel = model.scene.panels.front().geometry;
  for (Vec3d* v : {&panel.fast, &panel.slow, &panel.normal}) *v = turned(*v, axis, angle_rad);
  panel.origin_m = fixed_m + turned(panel.origin_m - fixed_m, axis, angle_rad) + shift_m;
}

constexpr std::array<Vec3d, 3> lab_axes{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
const std::array<std::string, 3> lab_names{"x", "y", "z"};

using Cell = std::array<double, 6>;

/// Vectors of a cell with a along x and b in the xy plane, columns.
Mat3d upright_vectors(const Cell& cell) {
  const double ca = std::cos(cell[3]), cb = std::cos(cell[4]), cg = std::cos(cell[5]), sg = std::sin(cell[5]);
  const double skew = std::sqrt(1 - ca * ca - cb * cb - cg * cg + 2 * ca * cb * cg);
  return {{cell[0], cell[1] * cg, cell[2] * cb},
          {0, cell[1] * sg, cell[2] * (ca - cb * cg) / sg},
          {0, 0, cell[2] * skew / sg}};
}

/// Vectors of a cell in nanoBragg's default orientation, columns.
Mat3d default_vectors(const Cell& cell) {
  const UnitCell unit_cell{cell[0], cell[1], cell[2], cell[3], cell[4], cell[5]};
  const auto lattice = scene::make_lattice(scene::default_orientation(unit_cell), unit_cell);
  return scene::lattice_vectors_A(lattice);
}

const Cell triclinic{42, 51, 63, 1.45, 1.69, 1.33};

/// A model with this cell in an orientation of its own.
Move cell_move(Mat3d (*vectors)(const Cell&), std::size_t parameter) {
  return [=](PixelModel& model, double step) {
    const Mat3d orientation = lattice_of(model) * inverse(vectors(triclinic));
    Cell cell = triclinic;
    cell[parameter] += step;
    set_lattice(model, orientation * vectors(cell));
  };
}

PixelModel model_of_cell(Mat3d (*vectors)(const Cell&)) {
  PixelModel model = full_pixel_model();
  set_lattice(model, vectors(triclinic));
  turn_lattice(model, {0.6, 0, 0.8}, 0.9);
  return model;
}

void check_cell(const PixelModel& model, Mat3d (*vectors)(const Cell&)) {
  for (std::size_t i = 0; i < 6; ++i)
    check(model, named(scene::cell_name(i), cell_move(vectors, i), i < 3 ? 1e-3 : 2e-5));
}

}  // namespace

TEST_CASE("derivative coefficients: turns of the lattice") {
  PixelModel model = full_pixel_model();
  for (std::size_t i = 0; i < 3; ++i) {
    check(model, named("crystal.turn_rad." + lab_names[i],
                       [i](PixelModel& m, double step) { turn_lattice(m, lab_axes[i], step); }));
    const std::array<std::string, 3> axes{"a", "b", "c"};
    check(model, named("crystal.turn_rad." + axes[i], [i](PixelModel& m, double step) {
            const Mat3d columns = transposed(lattice_of(m));
            const std::array<Vec3d, 3> vectors{columns.row0, columns.row1, columns.row2};
            turn_lattice(m, (1 / std::sqrt(dot(vectors[i], vectors[i]))) * vectors[i], step);
          }));
  }

  // Missetting angles other than 0, whose order shows.
  const CellVectors mounted = model.scene.lattice.direct;
  const auto misset = [mounted](PixelModel& m) {
    const auto place = [&](const Vec3d& v) { return rotate_xyz(v, m.scene.misset_rad); };
    m.scene.lattice.direct = {place(mounted.a_m), place(mounted.b_m), place(mounted.c_m)};
  };
  model.scene.misset_rad = {0.3, -0.4, 0.5};
  misset(model);
  constexpr std::array<double Vec3d::*, 3> parts{&Vec3d::x, &Vec3d::y, &Vec3d::z};
  for (std::size_t i = 0; i < 3; ++i) {
    check(model, named("crystal.misset_rad." + lab_names[i], [&, i](PixelModel& m, double step) {
            m.scene.misset_rad.*parts[i] += step;
            misset(m);
          }));
  }
}

TEST_CASE("derivative coefficients: the cell, in the frame of a and in that of a*") {
  PixelModel model = model_of_cell(upright_vectors);
  model.setting.crystal.real_space_A = lattice_of(model);
  check_cell(model, upright_vectors);

  model = model_of_cell(default_vectors);
  model.setting.crystal.cell = UnitCell{};
  check_cell(model, default_vectors);
}

TEST_CASE("derivative coefficients: a change of the lattice of one's own") {
  const Mat3d change{{1, 2, -3}, {0.5, -1, 2}, {-2, 1, 0.7}};
  check(full_pixel_model(), {"strain", LatticeChange{change},
                             [&](PixelModel& m, double step) { set_lattice(m, lattice_of(m) + step * change); }, 1e-3});
}

TEST_CASE("derivative coefficients: cells and fudge") {
  const PixelModel model = full_pixel_model();
  const auto add = [](PixelModel& m, const Mat3d& change) {
    m.scene.lattice.cells_matrix = *m.scene.lattice.cells_matrix + change;
  };
  const auto moved = [&](const std::string& name, const Mat3d& by) {
    check(model, named(
                     name, [=](PixelModel& m, double step) { add(m, step * by); }, 1e-3));
  };
  moved("crystal.cells.a", {{1, 0, 0}, {0, 0, 0}, {0, 0, 0}});
  moved("crystal.cells.b", {{0, 0, 0}, {0, 1, 0}, {0, 0, 0}});
  moved("crystal.cells.c", {{0, 0, 0}, {0, 0, 0}, {0, 0, 1}});
  moved("crystal.cells.ab", {{0, 1, 0}, {1, 0, 0}, {0, 0, 0}});
  moved("crystal.cells.bc", {{0, 0, 0}, {0, 0, 1}, {0, 1, 0}});
  moved("crystal.cells.ac", {{0, 0, 1}, {0, 0, 0}, {1, 0, 0}});
  moved("crystal.cells", Mat3d::identity());
  check(model, named("crystal.fudge", [](PixelModel& m, double step) { m.setting.crystal.fudge += step; }));
}

TEST_CASE("derivative coefficients: the mosaic spread") {
  PixelModel model = full_pixel_model();
  const std::vector<Vec3d> axes{{0.6, 0.8, 0}, {0, 0.6, -0.8}};
  const std::vector<double> multiples{0.7, -1.2};
  const auto domains = [&](const std::vector<double>& spread_rad) {
    std::vector<Mat3d> rotations;
    for (std::size_t i = 0; i < axes.size(); ++i) {
      const auto part = [&](double axis, std::size_t j) { return axis / spread_rad[spread_rad.size() == 1 ? 0 : j]; };
      const Vec3d share{part(axes[i].x, 0), part(axes[i].y, 1), part(axes[i].z, 2)};
      rotations.push_back(scene::axis_angle(axes[i], multiples[i] / std::sqrt(dot(share, share))));
    }
    return rotations;
  };
  const auto respread = [&](std::vector<double> spread_rad, std::size_t which) {
    return [=](PixelModel& m, double step) {
      std::vector<double> changed = spread_rad;
      changed[which] += step;
      m.scene.domains = domains(changed);
    };
  };

  model.scene.domains = domains({0.008});
  check(model, {"spread", turn_by_spread({axes, multiples, {0.008}}, 0), respread({0.008}, 0)});
  model.setting.crystal.mosaicity.spread_rad = 0.008;
  check(model, named("crystal.mosaicity.spread_rad", respread({0.008}, 0)));

  const std::vector<double> three{0.008, 0.005, 0.011};
  model.scene.domains = domains(three);
  for (std::size_t i = 0; i < 3; ++i)
    check(model, {"spread_" + lab_names[i], turn_by_spread({axes, multiples, three}, i), respread(three, i)});

  // Derivatives of the matrices by differences, good to 4e-10.
  std::vector<double> more = three, less = three;
  more[1] += 1e-7;
  less[1] -= 1e-7;
  std::vector<Mat3d> derivatives;
  for (std::size_t i = 0; i < axes.size(); ++i)
    derivatives.push_back((1 / 2e-7) * (domains(more)[i] + -1.0 * domains(less)[i]));
  check(model, {"spread_by_matrices", turn_by_matrices(model.scene.domains, derivatives), respread(three, 1)});
}

TEST_CASE("derivative coefficients: spreads of normally distributed domains") {
  PixelModel model = full_pixel_model();
  std::vector<double>& spread_rad = model.setting.crystal.mosaicity.normal_spread_rad;
  const auto respread = [](std::size_t which) {
    return [which](PixelModel& m, double step) {
      m.setting.crystal.mosaicity.normal_spread_rad[which] += step;
      m.scene.domains =
          scene::domain_rotations(scene::spiral_domains(4, m.setting.crystal.mosaicity.normal_spread_rad));
    };
  };
  spread_rad = {0.006};
  model.scene.domains = scene::domain_rotations(scene::spiral_domains(4, spread_rad));
  check(model, named("crystal.mosaicity.normal_spread_rad", respread(0)));
  spread_rad = {0.006, 0.004, 0.009};
  model.scene.domains = scene::domain_rotations(scene::spiral_domains(4, spread_rad));
  for (std::size_t i = 0; i < 3; ++i)
    check(model, named("crystal.mosaicity.normal_spread_rad." + lab_names[i], respread(i)));
}

TEST_CASE("derivative coefficients: phi and the spindle") {
  const PixelModel model = full_pixel_model();
  check(model, named("crystal.phi.start_rad", [](PixelModel& m, double step) {
          for (double& phi_rad : m.scene.phi_rad) phi_rad += step;
        }));
  check(model, named("crystal.phi.range_rad", [](PixelModel& m, double step) {
          for (std::size_t i = 0; i < 3; ++i) m.scene.phi_rad[i] += static_cast<double>(i) / 3 * step;
        }));
  for (std::size_t i = 0; i < 3; ++i) {
    check(model, named(
                     "frame.spindle.turn_rad." + lab_names[i],
                     [i](PixelModel& m, double step) {
                       m.scene.frame.spindle = turned(m.scene.frame.spindle, lab_axes[i], step);
                     },
                     1e-3));
  }
}

TEST_CASE("derivative coefficients: the beam") {
  const PixelModel model = full_pixel_model();
  const auto rays = [](auto&& change) {
    return [change](PixelModel& m, double step) {
      for (Ray& ray : m.scene.rays) change(ray, step);
    };
  };
  check(model, named("beam.wavelength_factor", rays([](Ray& ray, double step) { ray.wavelength_m *= 1 + step; })));
  check(model, named("beam.wavelength_shift_A", rays([](Ray& ray, double step) { ray.wavelength_m += step * 1e-10; })));
  // lambda = 0.02 A + 0.98 listed
  check(model, {"beam.wavelength_l1", WavelengthChange::by_factor(0.02, 0.98), rays([](Ray& ray, double step) {
                  const double listed_m = (ray.wavelength_m - 0.02e-10) / 0.98;
                  ray.wavelength_m = 0.02e-10 + (0.98 + step) * listed_m;
                })});
  for (std::size_t i = 0; i < 3; ++i) {
    check(model, named("beam.turn_rad." + lab_names[i],
                       rays([i](Ray& ray, double step) { ray.incident = turned(ray.incident, lab_axes[i], step); })));
  }
  check(model, named("beam.kahn_factor", [](PixelModel& m, double step) { m.kahn_factor += step; }));
}

TEST_CASE("derivative coefficients: panels and their sensors") {
  const PixelModel model = full_pixel_model();
  const Vec3d fixed_m{0.002, -0.004, -0.055};
  for (std::size_t i = 0; i < 3; ++i) {
    check(model, named(
                     "detector.shift_m." + lab_names[i],
                     [i](PixelModel& m, double step) {
                       move_panel(m, step * lab_axes[i], {1, 0, 0}, 0, {});
                     },
                     1e-6));
    check(model, named("detector.turn_rad." + lab_names[i],
                       [i](PixelModel& m, double step) { move_panel(m, {}, lab_axes[i], step, {}); }));
    check(model, {"about a point", PanelMotion{{0}, {}, lab_axes[i], fixed_m},
                  [=](PixelModel& m, double step) { move_panel(m, {}, lab_axes[i], step, fixed_m); }});
  }
  check(model, named(
                   "detector.distance_m",
                   [](PixelModel& m, double step) {
                     move_panel(m, step * m.scene.frame.beam, {1, 0, 0}, 0, {});
                   },
                   1e-6));
  check(model, named(
                   "detector.sensor.thickness_m",
                   [](PixelModel& m, double step) {
                     m.scene.panels.front().layers.step_m += step / m.scene.panels.front().layers.count;
                   },
                   1e-6));
  check(model, named(
                   "detector.sensor.attenuation_length_m",
                   [](PixelModel& m, double step) {
                     double& per_m = m.scene.panels.front().layers.attenuation_per_m;
                     per_m = 1 / (1 / per_m + step);
                   },
                   1e-6));
}

TEST_CASE("derivative coefficients: scale, fluence and background") {
  PixelModel model = full_pixel_model();
  check(model, named(
                   "scale", [](PixelModel& m, double step) { m.scale += step; }, 1e-2));
  check(model, named(
                   "beam.fluence_per_m2", [](PixelModel& m, double step) { m.scene.fluence_per_m2 += step; }, 1e3));
  check(model, named(
                   "background", [](PixelModel& m, double step) { m.background += step; }, 1));
}

TEST_CASE("derivative coefficients: panels outside of a group stay") {
  PixelModel model = full_pixel_model();
  model.scene.panels.resize(3, model.scene.panels.front());
  DerivativeParameters parameters;
  parameters.add("group", PanelMotion{{0, 2}, {1, 0, 0}, {}, {}});
  const auto coefficients = make_derivative_coefficients(model.scene, model.setting, parameters);
  REQUIRE(coefficients.panels == 3);
  CHECK(coefficients.of(0, 0)[physics::PixelSums::shift] == 1);
  CHECK(coefficients.of(1, 0)[physics::PixelSums::shift] == 0);
  CHECK(coefficients.of(2, 0)[physics::PixelSums::shift] == 1);
  CHECK(coefficients.of(1, 0)[physics::PixelSums::image] == 0);
  CHECK(coefficients.of(2, 0)[physics::PixelSums::image] != 0);
}

TEST_CASE("derivative coefficients: crystal systems tie parameters of the cell") {
  PixelModel model = full_pixel_model();
  set_lattice(model, {{50, -25, 0}, {0, 50 * std::sqrt(0.75), 0}, {0, 0, 80}});
  const auto make = [&](const DerivativeParameters& parameters) {
    return make_derivative_coefficients(model.scene, model.setting, parameters);
  };
  DerivativeParameters tied;
  tied.add_cell(CrystalSystem::hexagonal);
  const auto hexagonal = make(tied);
  CHECK(hexagonal.names == std::vector<std::string>{"crystal.cell.a_A", "crystal.cell.c_A"});
  const auto free = make({"crystal.cell.a_A", "crystal.cell.b_A"});
  for (int i = 0; i < physics::PixelSums::count; ++i)
    CHECK(hexagonal.of(0, 0)[i] == doctest::Approx(free.of(0, 0)[i] + free.of(0, 1)[i]).epsilon(1e-12));

  const auto sizes = [](CrystalSystem system) {
    DerivativeParameters parameters;
    return parameters.add_cell(system).size();
  };
  CHECK(sizes(CrystalSystem::triclinic) == 6);
  CHECK(sizes(CrystalSystem::monoclinic) == 4);
  CHECK(sizes(CrystalSystem::orthorhombic) == 3);
  CHECK(sizes(CrystalSystem::tetragonal) == 2);
  CHECK(sizes(CrystalSystem::rhombohedral) == 2);
  CHECK(sizes(CrystalSystem::cubic) == 1);

  DerivativeParameters wrong;
  wrong.add_cell(CrystalSystem::tetragonal);
  const std::string text = complaint([&] { make(wrong); });
  CHECK(text.find("crystal.cell.a_A") != std::string::npos);
  CHECK(text.find("gamma_rad") != std::string::npos);
}

TEST_CASE("derivative coefficients: the few sums that crystals need") {
  const PixelModel model = full_pixel_model();
  const auto alone = [&](const DerivativeParameters& parameters) {
    return make_derivative_coefficients(model.scene, model.setting, parameters).needs_crystal_alone();
  };
  CHECK(alone({"crystal.turn_rad.x", "crystal.cell.alpha_rad", "beam.wavelength_factor", "scale", "background"}));
  CHECK_FALSE(alone({"crystal.turn_rad.x", "crystal.cells.a"}));
  CHECK_FALSE(alone({"beam.wavelength_shift_A"}));
}

TEST_CASE("derivative coefficients: one error names the parameter") {
  PixelModel model = full_pixel_model();
  const auto refused = [&](const std::string& name) {
    const std::string text =
        complaint([&] { make_derivative_coefficients(model.scene, model.setting, DerivativeParameters{name}); });
    CAPTURE(text);
    return text.find("parameter of a derivative = " + name + ":") == 0;
  };
  CHECK(refused("crystal.cell.d_A"));
  CHECK(refused("crystal.mosaicity.spread_rad"));
  model.setting.crystal.mosaicity.spread_rad = 0.01;
  CHECK_FALSE(refused("crystal.mosaicity.spread_rad"));
  CHECK(refused("crystal.mosaicity.normal_spread_rad"));
  model.setting.crystal.mosaicity.normal_spread_rad = {0.01};
  CHECK_FALSE(refused("crystal.mosaicity.normal_spread_rad"));
  CHECK(refused("crystal.mosaicity.normal_spread_rad.x"));
  CHECK(refused("crystal.mosaicity.spread_rad"));
  model.setting.crystal.mosaicity.normal_spread_rad = {};
  model.setting.crystal.mosaicity.rotations = model.scene.domains;
  CHECK(refused("crystal.mosaicity.spread_rad"));
  model.setting.polarized = false;
  CHECK(refused("beam.kahn_factor"));
  model.setting.crystal.shape = LatticeShape("square");
  CHECK(refused("crystal.fudge"));
  CHECK(refused("crystal.cells.ab"));
  CHECK_FALSE(refused("crystal.cells.a"));
  model.scene.phi_rad = {0};
  CHECK(refused("crystal.phi.range_rad"));
  model.scene.panels.front().layers = {};
  CHECK(refused("detector.sensor.thickness_m"));
  CHECK(refused("detector.sensor.attenuation_length_m"));
  model.scene.panels.front().geometry.curved = true;
  CHECK(refused("detector.distance_m"));

  const auto add = [](auto&&... arguments) {
    return complaint([&] { DerivativeParameters{"scale"}.add(arguments...); });
  };
  CHECK(add("scale").find("scale: is in the list already") != std::string::npos);
  model.setting.water_size_m = 1e-5;
  CHECK(complaint([&] { make_derivative_coefficients(model.scene, model.setting, {"scale"}); }).find("water_size_m") ==
        0);
  model.setting.water_size_m = 0;
  CHECK(add("", LatticeTurn{{1, 0, 0}}).find("must not be empty") != std::string::npos);

  DerivativeParameters three{"beam.turn_rad.x", "beam.turn_rad.y", "beam.turn_rad.z"};
  CHECK(complaint([&] { make_derivative_coefficients(model.scene, model.setting, three); }).find("beam.turn_rad.z") !=
        std::string::npos);
  DerivativeParameters nowhere;
  nowhere.add("group", PanelMotion{{7}, {1, 0, 0}, {}, {}});
  model = full_pixel_model();
  CHECK(complaint([&] { make_derivative_coefficients(model.scene, model.setting, nowhere); }).find("panel 7") !=
        std::string::npos);
}
