// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/model/experiment.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nbk::bench::background {

/// Files of a run of nbk-background. The names of outputs are those of nonBragg.
struct BackgroundFiles {
  std::string form_factor;  ///< input; empty: not given
  std::string image;        ///< SMV file that form factors are extracted from; empty: none
  std::string sources;      ///< rays; empty: none
  std::string extracted = "output.stol";
  std::string float_file = "floatimage.bin";
  std::string int_file = "intimage.img";
  std::string pgm_file = "image.pgm";
  std::string noise_file = "noiseimage.img";
  bool write_pgm = true;
};

/// The matter in the beam.
struct Sample {
  double thickness_m = 1e-4;  ///< along the beam
  double width_m = 1e-4, height_m = 1e-4;
  double density_g_per_m3 = 1e6;
  double molar_mass_g_per_mol = 18;
  double molecules = 0;  ///< 0: from the density
};

/// The panel, by nonBragg's rules. Members that are not given are derived by place_panel().
struct PanelFlags {
  double pixel_size_m = 0.1e-3;
  int pixels_fast = 0, pixels_slow = 0;  ///< 0: not given
  double size_fast_m = 102.4e-3, size_slow_m = 102.4e-3;
  double distance_m = 100e-3;
  std::optional<double> close_distance_m, beam_x_m, beam_y_m, close_x_m, close_y_m, org_x_px, org_y_px;
  Vec3d fast{0, 0, 1}, slow{0, -1, 0}, two_theta_axis{0, 1, 0};
  Vec3d rotation_rad;
  double two_theta_rad = 0;
  Pivot pivot = Pivot::beam;
  bool curved = false, point_pixel = false;
  std::array<int, 4> roi{-1, -1, -1, -1};  ///< fast from, to, slow from, to; negative: not given
  int oversample = 1;
};

/// The rays.
struct BeamFlags {
  Vec3d direction{1, 0, 0}, polarization{0, 0, 1};
  double wavelength_m = 1e-10;
  double fluence_per_m2 = constants::unit_fluence_per_m2;
  double flux_per_s = 0, exposure_s = 1, size_m = 1e-4;
  Sampling dispersion{0.0, std::nullopt, std::nullopt}, horizontal, vertical;
  bool round_divergence = true;
  double source_distance_m = 10;
  double kahn_factor = 0;
  bool polarized = true;
};

/// Everything that a command line of nbk-background says, in the units of its fields.
struct BackgroundOptions {
  BackgroundFiles files;
  Sample sample;
  PanelFlags panel;
  BeamFlags beam;
  PhiScan phi;  ///< for headers

  double stol_unit_per_m = 1e10;  ///< of the first column of the table
  bool map_form_factor = false;   ///< the image is F, not photons
  double offset_adu = 40, gain = 1;
  double int_scale = 0, pgm_scale = 0;  ///< <= 0: automatic
  bool add_noise = true;
  std::int64_t seed = -1;              ///< with the sign that makes the generator start anew
  std::vector<std::uint16_t> ignored;  ///< raw values of pixels that are left out of the extraction

  Policy policy = Policy::compat;
  int threads = 0;  ///< 0: as the environment says
  bool strict = false, quiet = false, help = false, help_markdown = false, version = false;
};

}  // namespace nbk::bench::background
