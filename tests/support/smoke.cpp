// SPDX-License-Identifier: MIT
#include "support/smoke.hpp"

#include "bench/flags/command.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace nbk::testing {

namespace {

constexpr std::size_t width = 32;

/// F = 50 + ((7h + 13k + 29l) mod 17), -30..30 each.
void add_table(StructureFactors& f) {
  f.default_amplitude = 0;
  f.h_min = f.k_min = f.l_min = -30;
  f.h_max = f.k_max = f.l_max = 30;
  for (int h = -30; h <= 30; ++h)
    for (int k = -30; k <= 30; ++k)
      for (int l = -30; l <= 30; ++l) f.amplitude.push_back(50 + ((7 * h + 13 * k + 29 * l) % 17 + 17) % 17);
}

double relative_error(double value, double expected) {
  return expected == 0 ? std::fabs(value) : std::fabs(value / expected - 1);
}

}  // namespace

Experiment SmokeCase::experiment() const {
  std::istringstream line(
      "-lambda 1.5 -cell 70 80 90 75 85 95 -misset 10 20 30 -default_F 100 -N 5 -detpixels 32 "
      "-pixel 1 -distance 60 -oversample 1 " +
      flags);
  std::vector<std::string> args;
  for (std::string word; line >> word;) args.push_back(word);
  Experiment e = bench::flags::parse(args).experiment;
  if (name == "S24") add_table(e.structure_factors);
  if (name == "S25") e.beam.sources = {{{-10, 0, 0}, 1.0, 1.5e-10, 0}, {{-10, 0.05, 0}, 0.2, 1.45e-10, 0}};
  return e;
}

std::vector<SmokeCase> smoke_cases() {
  return {
      {"S1", "", 322735.55, 29040.543, 4, 25, 4.0103865},
      {"S2", "-xds", 331408.109, 35401.523, 5, 3, 0.9031598},
      {"S3", "-adxv", 306631.17, 43402.777, 16, 16, 0.089104027},
      {"S4", "-denzo", 319384.451, 43402.777, 16, 16, 58.601135},
      {"S5", "-dials", 331408.109, 35401.523, 5, 3, 0.9031598},
      {"S6", "-detector_rotx 5 -detector_roty 3 -detector_rotz 2 -twotheta 15", 196195.319, 34892.539, 11, 29,
       3.6147645},
      {"S7", "-xds -detector_rotx 5 -detector_roty 3 -detector_rotz 2 -twotheta 15 -ORGX 10 -ORGY 20", 276561.19,
       26825.658, 19, 22, 280.50903},
      {"S8", "-round_xtal", 277454.725, 16913.553, 4, 25, 62.738163},
      {"S9", "-gauss_xtal", 8305025.3, 39367.781, 21, 16, 7761.4116},
      {"S10", "-tophat_spots", 10021603.5, 43198.574, 19, 15, 0},
      {"S11", "-mosaic 1 -mosaic_domains 5", 347022.552, 24050.699, 8, 18, 309.11703},
      {"S12", "-phi 5 -osc 4 -phisteps 4", 346318.543, 23764.273, 29, 12, 11.372112},
      {"S13", "-phi 0 -osc 4 -phisteps 4", 256055.591, 17529.275, 3, 22, 67.643829},
      {"S14", "-detector_abs 500 -detector_thick 450 -thicksteps 5", 129925.599, 13585.491, 4, 25, 0.43465626},
      {"S15", "-hdivrange 20 -vdivrange 20 -hdivsteps 3 -vdivsteps 3 -polar 0.9", 307095.915, 7891.6553, 23, 5,
       14.402589},
      {"S16", "-dispersion 2 -dispsteps 5", 310797.713, 17841.867, 4, 25, 21.515556},
      {"S17", "-water 5 -fluence 1e24", 455.026616, 0.65859449, 4, 25, 0.43888211},
      {"S18", "-point_pixel -nopolar", 3.36468092e+11, 3.0869197e+10, 4, 25, 4210203},
      {"S19", "-curved_det -nonoise", 372427.498, 25671.338, 18, 26, 61.179173},
      {"S20", "-oversample 3", 320432.361, 4492.8047, 14, 10, 28.295033},
      {"S21", "-oversample 3 -oversample_omega", 44620.6055, 4361.1431, 24, 16, 1.3701898},
      {"S22", "-oversample 2 -oversample_polar -polar 0.5", 273771.588, 8695.667, 8, 24, 2.8577878},
      {"S23", "-dmin 3 -roi 3 20 5 25", 153117.606, 29040.543, 4, 25, 4.0103865},
      {"S24", "-N 2 -interpolate", 7038.14884, 66.203209, 21, 16, 5.3683972},
      {"S25", "", 286374.201, 14598.725, 4, 25, 2.0079441},
      {"S26", "-misset_seed 12345 -misset random", 249828.364, 34681.523, 23, 19, 0.018483067},
      {"S27", "-fdet_vector 0 0 1 -twotheta 10 -close_distance 60", 248870.005, 31811.021, 24, 20, 93.891304},
      {"S28", "-Na 3 -Nb 1 -Nc 8", 63837.5181, 1450.2786, 5, 22, 12.800364},
  };
}

SmokeErrors smoke_errors(const SmokeCase& expected, std::span<const float> image) {
  double sum = 0;
  std::size_t brightest = 0;
  for (std::size_t i = 0; i < image.size(); ++i) {
    sum += static_cast<double>(image[i]);
    if (image[i] > image[brightest]) brightest = i;
  }
  return {relative_error(sum, expected.sum), relative_error(static_cast<double>(image[brightest]), expected.max),
          relative_error(static_cast<double>(image[7 * width + 7]), expected.pixel_7_7),
          brightest == expected.max_slow * width + expected.max_fast};
}

}  // namespace nbk::testing
