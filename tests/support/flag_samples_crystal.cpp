// SPDX-License-Identifier: MIT
#include "support/flag_samples.hpp"

#include <numbers>

namespace nbk::testing {

namespace {

using bench::flags::Command;

constexpr double degrees = 180.0 * std::numbers::inv_pi;  // in a radian, rounded as the C program has it

bool is_cells(const Command& c, double a, double b, double k) {
  return c.experiment.crystal.cells == std::array<double, 3>{a, b, k};
}

bool is_size(const Command& c, const Vec3d& mm) {
  return c.experiment.crystal.size_m == Vec3d{mm.x / 1000, mm.y / 1000, mm.z / 1000};
}

bool is_spread(const Command& c) { return c.experiment.crystal.mosaicity.spread_rad == 0.7 / degrees; }
bool is_ignored(const Command& c) { return c.warnings.size() == 1 && c.warnings[0].find("no effect") < 100; }

bool is_triclinic(const Command& c) {
  const UnitCell& cell = c.experiment.crystal.cell.value();
  return cell.a_A == 70 && cell.b_A == 80 && cell.c_A == 90 && cell.alpha_rad == 75 / degrees &&
         cell.beta_rad == 85 / degrees && cell.gamma_rad == 95 / degrees;
}

/// Missing angles are exactly right, not 90 degrees converted.
bool is_cubic(const Command& c) {
  const UnitCell& cell = c.experiment.crystal.cell.value();
  constexpr double right = std::numbers::pi / 2;
  return cell.a_A == 50 && cell.b_A == 50 && cell.c_A == 50 && cell.alpha_rad == right && cell.beta_rad == right &&
         cell.gamma_rad == right;
}

bool is_shape(const Command& c, LatticeShape shape) { return c.experiment.crystal.shape == shape; }
bool is_tophat(const Command& c) { return is_shape(c, LatticeShape("tophat")); }

}  // namespace

std::vector<FlagSample> crystal_samples() {
  const auto x = [](const Command& c) { return is_size(c, {0.3, 0, 0}); };
  const auto y = [](const Command& c) { return is_size(c, {0, 0.3, 0}); };
  const auto z = [](const Command& c) { return is_size(c, {0, 0, 0.3}); };
  const auto xyz = [](const Command& c) { return is_size(c, {0.3, 0.3, 0.3}); };
  return {
      {"-Na 3", [](const Command& c) { return is_cells(c, 3, 1, 1); }},
      {"-Nb 4", [](const Command& c) { return is_cells(c, 1, 4, 1); }},
      {"-Nc 5", [](const Command& c) { return is_cells(c, 1, 1, 5); }},
      {"-N 6", [](const Command& c) { return is_cells(c, 6, 6, 6); }},
      {"-N 6.9", [](const Command& c) { return is_cells(c, 6, 6, 6); }},
      {"-cell 70 80 90 75 85 95", is_triclinic},
      {"-cell 50 -N 2", is_cubic},
      {"-misset 10 -20 30",
       [](const Command& c) {
         return c.experiment.crystal.misset_rad == Vec3d{10 / degrees, -20 / degrees, 30 / degrees} &&
                !c.experiment.crystal.random_misset_seed;
       }},
      {"-misset_seed 7 -misset random", [](const Command& c) { return c.experiment.crystal.random_misset_seed == -7; }},
      {"-misset random -misset_seed 7", [](const Command& c) { return c.experiment.crystal.random_misset_seed == -7; }},
      {"-samplesize 0.3", xyz},
      {"-sample_size 0.3", xyz},
      {"-xtalsize 0.3", xyz},
      {"-xtal_size 0.3", xyz},
      {"-sample_thick 0.3", x},
      {"-sample_x 0.3", x},
      {"-xtal_thick 0.3", x},
      {"-xtal_x 0.3", x},
      {"-sample_width 0.3", y},
      {"-sample_y 0.3", y},
      {"-width 0.3", y},
      {"-xtal_width 0.3", y},
      {"-xtal_y 0.3", y},
      {"-sample_height 0.3", z},
      {"-sample_z 0.3", z},
      {"-height 0.3", z},
      {"-xtal_height 0.3", z},
      {"-xtal_z 0.3", z},
      {"-density 1.2", is_ignored},
      {"-sample_density 1.2", is_ignored},
      {"-MW 20", is_ignored},
      {"-molecular_weight 20", is_ignored},
      {"-mosaic 0.7", is_spread},
      {"-mosaicity 0.7", is_spread},
      {"-mosaic_spread 0.7", is_spread},
      {"-mosaic -1", [](const Command& c) { return c.experiment.crystal.mosaicity.spread_rad == 0; }},
      {"-mosaic_dom 9", [](const Command& c) { return c.experiment.crystal.mosaicity.domains == 9; }},
      {"-mosaic_domains 9", [](const Command& c) { return c.experiment.crystal.mosaicity.domains == 9; }},
      {"-mosaic_dom -9", [](const Command& c) { return !c.experiment.crystal.mosaicity.domains; }},
      {"-mosaic_seed -4242", [](const Command& c) { return c.experiment.crystal.mosaicity.seed == 4242; }},
      {"-square_xtal", [](const Command& c) { return is_shape(c, LatticeShape("square")); }},
      {"-round_xtal", [](const Command& c) { return is_shape(c, LatticeShape("round")); }},
      {"-gauss_xtal", [](const Command& c) { return is_shape(c, LatticeShape("gauss")); }},
      {"-binary_spots", is_tophat},
      {"-tophat_spots", is_tophat},
      {"-fudge 0.6", [](const Command& c) { return c.experiment.crystal.fudge == 0.6; }},
      {"--intensity-cut 2e-9", [](const Command& c) { return c.experiment.crystal.intensity_cut == 2e-9; }},
      {"-phi 12", [](const Command& c) { return c.experiment.crystal.phi.start_rad == 12 / degrees; }},
      {"-osc 1.5", [](const Command& c) { return c.experiment.crystal.phi.range_rad == 1.5 / degrees; }},
      {"-osc -1", [](const Command& c) { return !c.experiment.crystal.phi.range_rad; }},
      {"-phistep 0.25", [](const Command& c) { return c.experiment.crystal.phi.step_rad == 0.25 / degrees; }},
      {"-phisteps 4", [](const Command& c) { return c.experiment.crystal.phi.steps == 4; }},
      {"-spindle_axis 0 1 1",
       [](const Command& c) {
         return c.experiment.frame.spindle == Vec3d{0, 1, 1} && c.experiment.frame.convention == Convention::custom;
       }},
  };
}

}  // namespace nbk::testing
