// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/scene/check.hpp"
#include "nbk/scene/validate_crystal.hpp"
#include "nbk/scene/validate_detector.hpp"
#include "nbk/scene/validate_material.hpp"
#include "nbk/scene/validate_structure_factors.hpp"

#include <cmath>
#include <cstddef>
#include <vector>

/// \file
/// Checks of everything in an Experiment that can be told before anything is computed. Every function throws
/// InvalidInput for the first value that is not allowed.

namespace nbk::scene {

inline void validate(const Frame& frame, double two_theta_rad) {
  check::direction(frame.beam, "frame.beam");
  check::direction(frame.fast, "frame.fast");
  check::direction(frame.slow, "frame.slow");
  check::direction(frame.normal, "frame.normal");
  check::direction(frame.polarization, "frame.polarization");
  check::direction(frame.spindle, "frame.spindle");
  check::finite(frame.two_theta_axis, "frame.two_theta_axis");
  if (two_theta_rad != 0.0) check::direction(frame.two_theta_axis, "frame.two_theta_axis");
  const double sine = strict::magnitude(strict::cross(strict::unit(frame.fast), strict::unit(frame.slow)));
  require(sine > 1e-9, "frame.slow", sine, "must not be parallel to frame.fast (this is the sine of their angle)");
}

inline void validate(const Source& source, const ParameterName& name) {
  check::direction(source.position, name + ".position");
  check::positive(source.wavelength_m, name + ".wavelength_m");
  check::not_negative(source.weight, name + ".weight");
}

/// Checks a list whose weights may not all be 0.
template <class Item, class Check>
void validate_weighted(const std::vector<Item>& list, const ParameterName& name, const Check& check_item) {
  double weights = 0;
  for (std::size_t i = 0; i < list.size(); ++i) {
    check_item(list[i], name[i]);
    weights += list[i].weight;
  }
  require(list.empty() || (std::isfinite(weights) && weights > 0.0), name + " weights, summed", weights,
          "must be a finite number > 0");
}

inline void validate(const Beam& beam) {
  check::positive(beam.wavelength_m, "beam.wavelength_m");
  check::finite(beam.kahn_factor, "beam.kahn_factor");
  check::not_negative(beam.fluence_per_m2, "beam.fluence_per_m2");
  check::not_negative(beam.flux_per_s, "beam.flux_per_s");
  check::not_negative(beam.exposure_s, "beam.exposure_s");
  check::not_negative(beam.size_m, "beam.size_m");
  if (beam.flux_per_s > 0.0) {
    check::positive(beam.exposure_s, "beam.exposure_s (with a flux)");
    check::positive(beam.size_m, "beam.size_m (with a flux)");
  }
  check::sampling(beam.dispersion, "beam.dispersion");
  check::sampling(beam.horizontal_divergence, "beam.horizontal_divergence");
  check::sampling(beam.vertical_divergence, "beam.vertical_divergence");
  validate_weighted(beam.sources, "beam.sources",
                    [](const Source& source, const ParameterName& name) { validate(source, name); });
  validate_weighted(beam.spectrum.lines, "beam.spectrum.lines",
                    [](const SpectrumLine& line, const ParameterName& name) {
                      check::positive(line.wavelength_m, name + ".wavelength_m");
                      check::not_negative(line.weight, name + ".weight");
                    });
  validate_weighted(beam.directions, "beam.directions", [](const BeamDirection& item, const ParameterName& name) {
    check::direction(item.direction, name + ".direction");
    check::not_negative(item.weight, name + ".weight");
  });
}

/// Checks everything but the structure factors.
inline void validate_all_but_structure_factors(const Experiment& experiment) {
  validate(experiment.frame, experiment.detector.two_theta_rad);
  validate(experiment.beam);
  validate(experiment.crystal);
  validate(experiment.goniometer);
  validate(experiment.detector);
  check::not_negative(experiment.water_size_m, "water_size_m");
  check::not_negative(experiment.dmin_m, "dmin_m");
  validate_sets(experiment);
  validate(experiment.materials, experiment.policy);
}

/// Checks a whole experiment.
inline void validate(const Experiment& experiment) {
  validate_all_but_structure_factors(experiment);
  validate_structure_factors(experiment);
}

}  // namespace nbk::scene
