// SPDX-License-Identifier: MIT
// Coefficients against central differences of a plain image, and errors.
#include "support/derivative_checks.hpp"

using namespace nbk;
using namespace nbk::testing::derivatives;
using nbk::testing::complaint;
using nbk::testing::full_pixel_model;
using nbk::testing::PixelModel;

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

TEST_CASE("derivative coefficients: a parameter that moves several parts together") {
  const Vec3d turn{0.3, -0.2, 0.1}, shift_m{0.01, 0.02, -0.03};
  const auto move = [=](PixelModel& m, double step) {
    const double length = std::sqrt(dot(turn, turn));
    turn_lattice(m, lab_axes[0], 2 * step);
    move_panel(m, step * shift_m, (1 / length) * turn, step * length, {0.001, 0, 0.1});
    m.scene.lattice.cells_matrix = *m.scene.lattice.cells_matrix + step * Mat3d{{1, 0, 0}, {0, 0, 2}, {0, 2, 0}};
    m.setting.crystal.fudge += step;
  };
  const LatticeTurn half{lab_axes[0]};
  const CellsChange first{{1, 0, 0, 0, 0, 0}}, second{{0, 0, 0, 0, 2, 0}};
  DerivativeParameters parameters;
  parameters.add("all",
                 {half, PanelMotion{{}, shift_m, turn, {0.001, 0, 0.1}}, first, half, PlainChange::fudge, second});
  check(full_pixel_model(), parameters, {"all", half, move, 1e-5});
  CHECK(complaint([] {
          DerivativeParameters().add("none", std::vector<DerivativeChange>{});
        }).find("must be at least one") != std::string::npos);
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
