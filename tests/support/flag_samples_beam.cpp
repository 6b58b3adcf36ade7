// SPDX-License-Identifier: MIT
#include "support/flag_samples.hpp"

namespace nbk::testing {

namespace {

using bench::flags::Command;

bool is_wave(const Command& c) { return c.experiment.beam.wavelength_m == 6.2 / 1e10; }
const Beam& beam(const Command& c) { return c.experiment.beam; }

}  // namespace

std::vector<FlagSample> beam_samples() {
  return {
      {"-lambda 6.2", is_wave},
      {"-wave 6.2", is_wave},
      {"-wavelength 6.2", is_wave},
      {"-energy 9200", [](const Command& c) { return beam(c).wavelength_m == (12398.42 / 9200) / 1e10; }},
      {"-fluence 1e24", [](const Command& c) { return beam(c).fluence_per_m2 == 1e24; }},
      {"-flux 1e12", [](const Command& c) { return beam(c).flux_per_s == 1e12; }},
      {"-exposure 0.1", [](const Command& c) { return beam(c).exposure_s == 0.1; }},
      {"-beamsize 0.05", [](const Command& c) { return beam(c).size_m == 0.05 / 1000; }},
      {"-dispersion 2", [](const Command& c) { return beam(c).dispersion.range == 0.02; }},
      {"-dispsteps 7", [](const Command& c) { return beam(c).dispersion.count == 7 && !beam(c).dispersion.range; }},
      {"-divergence 3",
       [](const Command& c) {
         return beam(c).horizontal_divergence.range == 0.003 && beam(c).vertical_divergence.range == 0.003;
       }},
      {"-hdivrange 4",
       [](const Command& c) {
         return beam(c).horizontal_divergence.range == 0.004 && !beam(c).vertical_divergence.range;
       }},
      {"-vdivrange 4",
       [](const Command& c) {
         return beam(c).vertical_divergence.range == 0.004 && !beam(c).horizontal_divergence.range;
       }},
      {"-hdivrange -4", [](const Command& c) { return !beam(c).horizontal_divergence.range; }},
      {"-hdivstep 0.5", [](const Command& c) { return beam(c).horizontal_divergence.step == 0.0005; }},
      {"-vdivstep 0.5", [](const Command& c) { return beam(c).vertical_divergence.step == 0.0005; }},
      {"-hdivsteps 3",
       [](const Command& c) {
         return beam(c).horizontal_divergence.count == 3 && !beam(c).horizontal_divergence.step;
       }},
      {"-vdivsteps 5",
       [](const Command& c) { return beam(c).vertical_divergence.count == 5 && !beam(c).vertical_divergence.step; }},
      {"-divsteps 4",
       [](const Command& c) {
         return beam(c).horizontal_divergence.count == 4 && beam(c).vertical_divergence.count == 4;
       }},
      {"-square_div", [](const Command& c) { return !beam(c).round_divergence; }},
      {"-square_div -round_div", [](const Command& c) { return beam(c).round_divergence; }},
      {"-round_div", [](const Command& c) { return beam(c).round_divergence; }},
      {"-nopolar", [](const Command& c) { return !beam(c).polarized; }},
      {"-nopolar -polar 0.9", [](const Command& c) { return beam(c).polarized && beam(c).kahn_factor == 0.9; }},
      {"-polar 0.9", [](const Command& c) { return beam(c).kahn_factor == 0.9; }},
      {"-coherent", [](const Command& c) { return c.warnings.size() == 1; }},
      {"-water 5", [](const Command& c) { return c.experiment.water_size_m == 5 / 1e6; }},
      {"-default_F 12", [](const Command& c) { return c.experiment.structure_factors.default_amplitude == 12; }},
      {"-interpolate", [](const Command& c) { return c.experiment.structure_factors.interpolate == true; }},
      {"-nointerpolate", [](const Command& c) { return c.experiment.structure_factors.interpolate == false; }},
      {"-stolout x", [](const Command& c) { return c.warnings.size() == 1; }},
  };
}

}  // namespace nbk::testing
