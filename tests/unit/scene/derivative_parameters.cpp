// SPDX-License-Identifier: MIT
// What parameters may be named, and how crystal systems tie them.
#include "support/derivative_checks.hpp"

using namespace nbk;
using namespace nbk::testing::derivatives;
using nbk::testing::complaint;
using nbk::testing::full_pixel_model;
using nbk::testing::PixelModel;

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

TEST_CASE("derivative parameters: a typo is answered by the names most like it, not by all of them") {
  const auto answer = [](const std::string& name) { return complaint([&] { DerivativeParameters{name}; }); };
  const std::string all = "must be one of named_changes(), which has " + std::to_string(named_changes().size());
  CHECK(answer("crystal.cell.a") == "parameter of a derivative = crystal.cell.a: " + all +
                                        "; did you mean crystal.cell.a_A, crystal.cell.alpha_rad or crystal.cells.a?");
  CHECK(answer("detector.distance") ==
        "parameter of a derivative = detector.distance: " + all + "; did you mean detector.distance_m?");
  CHECK(answer("nothing like it") == "parameter of a derivative = nothing like it: " + all);

  DerivativeParameters few{"scale", "background"};
  CHECK(complaint([&] { few.index("scales"); }) ==
        "parameter of a derivative = scales: must be one of the list: scale, background");
  DerivativeParameters many;
  for (int i = 0; i < 30; ++i) many.add("panel_" + std::to_string(i), PanelMotion{{i}, {1, 0, 0}, {}, {}});
  CHECK(complaint([&] { many.index("panel_7x"); }) ==
        "parameter of a derivative = panel_7x: must be one of the list, which has 30; did you mean panel_7, panel_0 "
        "or panel_1?");
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
