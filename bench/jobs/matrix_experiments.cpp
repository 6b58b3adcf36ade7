// SPDX-License-Identifier: MIT
#include "bench/jobs/matrix_experiments.hpp"

#include "bench/jobs/suite_case.hpp"

#include <numbers>

namespace nbk::bench::jobs {
namespace {

constexpr double degree = std::numbers::pi / 180;

// A triclinic crystal in no special orientation.
Experiment base() {
  Experiment e;
  e.beam.wavelength_m = 1.5e-10;
  e.beam.kahn_factor = 0.5;
  e.crystal.cell = UnitCell{50, 55, 60, 75 * degree, 85 * degree, 95 * degree};
  e.crystal.misset_rad = {10 * degree, 20 * degree, 30 * degree};
  e.crystal.cells = {5, 6, 7};
  e.structure_factors.default_amplitude = 100;
  e.detector.pixels_fast = 93;
  e.detector.pixels_slow = 61;
  e.detector.pixel_size_m = 6e-4;
  e.detector.distance_m = 0.06;
  e.detector.oversample = 1;
  // Not in the middle of a pixel: there a round spot is hollow in double and in compat alone
  // (docs/numerics/precision.md).
  e.detector.beam_x_m = 0.0191;
  e.detector.beam_y_m = 0.0277;
  return e;
}

StructureFactors table(bool interpolate) {
  constexpr int most = 14;
  StructureFactors f{-most, most, -most, most, -most, most, {}, 50, interpolate};
  for (int h = -most; h <= most; ++h) {
    for (int k = -most; k <= most; ++k) {
      for (int l = -most; l <= most; ++l) f.amplitude.push_back(made_up_amplitude(h, k, l));
    }
  }
  return f;
}

Experiment with_domains(Experiment e, int domains) {
  e.crystal.mosaicity.spread_rad = 0.02;
  e.crystal.mosaicity.domains = domains;
  return e;
}

Experiment everything() {
  Experiment e = with_domains(base(), 3);
  e.beam.dispersion.range = 0.01;
  e.beam.dispersion.count = 2;
  e.beam.horizontal_divergence.range = 0.002;
  e.beam.horizontal_divergence.count = 2;
  e.crystal.phi = {0.1, 0.02, {}, 2};
  e.detector.sensor = {3e-4, 5e-4, 2};
  e.detector.oversample = 2;
  return e;
}

Experiment shaped(Experiment e, LatticeShape shape) {
  e.crystal.shape = shape;
  return e;
}

Experiment corrected(Experiment e, bool interpolate) {
  e.policy = Policy::corrected;
  e.structure_factors = table(interpolate);
  return e;
}

}  // namespace

std::vector<MatrixExperiment> matrix_experiments() {
  Experiment round = shaped(base(), LatticeShape("round"));
  round.structure_factors = table(false);
  return {{"square", "square crystal, one F; wavelengths, divergence, phi, domains, layers, sub-pixels", everything()},
          {"round", "round crystal, F of the nearest reflection", round},
          {"gauss", "Gaussian spots, F of the nearest reflection, corrected, 8 domains",
           corrected(with_domains(shaped(base(), LatticeShape("gauss")), 8), false)},
          {"tophat", "top-hat spots, one F, 8 domains", with_domains(shaped(base(), LatticeShape("tophat")), 8)},
          {"tricubic", "square crystal of few cells, F interpolated, corrected", [] {
             Experiment e = corrected(base(), true);
             e.crystal.cells = {2, 2, 2};
             return e;
           }()}};
}

}  // namespace nbk::bench::jobs
