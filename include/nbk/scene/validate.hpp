// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/scene/check.hpp"
#include "nbk/scene/completed_cell.hpp"
#include "nbk/scene/shape_of.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <string>

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

inline void validate(const Source& source, const std::string& name) {
  check::direction(source.position, name + ".position");
  check::positive(source.wavelength_m, name + ".wavelength_m");
  check::not_negative(source.weight, name + ".weight");
  require(source.structure_factor_set == 0, name + ".structure_factor_set", source.structure_factor_set,
          "must be 0, the only set there is");
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
  double weights = 0;
  for (std::size_t i = 0; i < beam.sources.size(); ++i) {
    validate(beam.sources[i], "beam.sources[" + std::to_string(i) + "]");
    weights += beam.sources[i].weight;
  }
  require(beam.sources.empty() || (std::isfinite(weights) && weights > 0.0), "beam.sources weights, summed", weights,
          "must be a finite number > 0");
}

/// \param cell completed
inline void validate(const UnitCell& cell) {
  for (const double edge : {cell.a_A, cell.b_A, cell.c_A}) check::positive(edge, "crystal.cell edge, Angstrom");
  for (const double angle : {cell.alpha_rad, cell.beta_rad, cell.gamma_rad})
    require(std::isfinite(angle) && angle > 0.0 && angle < std::numbers::pi, "crystal.cell angle, radian", angle,
            "must be > 0 and < pi");
  constexpr double flattest = 1e-12;
  require(squared_skew(cell) > flattest, "crystal.cell angles, (V / 2abc)^2", squared_skew(cell),
          "must be > 0: each angle less than the sum of the others, all together less than 2 pi");
}

/// Checks that the columns span space. Their lengths and handedness may be any.
inline void validate_a_matrix(const Mat3d& m) {
  check::finite(m.row0, "crystal.a_matrix row 0");
  check::finite(m.row1, "crystal.a_matrix row 1");
  check::finite(m.row2, "crystal.a_matrix row 2");
  const Vec3d a{m.row0.x, m.row1.x, m.row2.x}, b{m.row0.y, m.row1.y, m.row2.y}, c{m.row0.z, m.row1.z, m.row2.z};
  for (const Vec3d& column : {a, b, c}) check::direction(column, "crystal.a_matrix column");
  const double skew = strict::dot(strict::unit(a), strict::cross(strict::unit(b), strict::unit(c)));
  require(std::fabs(skew) > 1e-6, "crystal.a_matrix determinant of its columns as unit vectors", skew, "must not be 0");
}

inline void validate(const Mosaicity& mosaicity) {
  check::not_negative(mosaicity.spread_rad, "crystal.mosaicity.spread_rad");
  check::count(mosaicity.domains, "crystal.mosaicity.domains");
}

inline void validate(const PhiScan& phi) {
  check::finite(phi.start_rad, "crystal.phi.start_rad");
  check::not_negative(phi.range_rad, "crystal.phi.range_rad");
  check::not_negative(phi.step_rad, "crystal.phi.step_rad");
  check::count(phi.steps, "crystal.phi.steps");
}

inline void validate(const Crystal& crystal) {
  require(crystal.cell || crystal.a_matrix, "crystal.cell", "none", "a unit cell or an A matrix must be given");
  if (crystal.cell) validate(completed(*crystal.cell));
  if (crystal.a_matrix) validate_a_matrix(*crystal.a_matrix);
  check::finite(crystal.misset_rad, "crystal.misset_rad");
  for (const double cells : crystal.cells)
    require(cells >= 1.0 && cells < 2147483648.0 && cells == std::floor(cells), "crystal.cells", cells,
            "must be a whole number >= 1 and < 2^31");
  check::not_negative(crystal.size_m.x, "crystal.size_m.x");
  check::not_negative(crystal.size_m.y, "crystal.size_m.y");
  check::not_negative(crystal.size_m.z, "crystal.size_m.z");
  with_shape(crystal.shape, [](auto) {});  // throws for a name that is none
  check::not_negative(crystal.fudge, "crystal.fudge");
  validate(crystal.mosaicity);
  validate(crystal.phi);
}

inline void validate(const Sensor& sensor) {
  check::not_negative(sensor.thickness_m, "detector.sensor.thickness_m");
  check::not_negative(sensor.attenuation_length_m, "detector.sensor.attenuation_length_m");
  check::count(sensor.layers, "detector.sensor.layers");
}

/// Checks the number of pixels, and that a mask has as many.
inline void validate_mask(const Detector& detector, int pixels_fast, int pixels_slow) {
  const std::int64_t pixels = std::int64_t{pixels_fast} * pixels_slow;
  require(pixels <= std::numeric_limits<int>::max(), "detector pixels_fast * pixels_slow", pixels,
          "must be at most 2^31 - 1");
  require(detector.mask.empty() || std::int64_t(detector.mask.size()) == pixels, "detector.mask size",
          detector.mask.size(), "must be empty or have the detector's " + std::to_string(pixels) + " pixels");
}

inline void validate(const Detector& detector) {
  check::length(detector.pixel_size_m, "detector.pixel_size_m");
  for (const auto& pixels : {detector.pixels_fast, detector.pixels_slow})
    if (pixels) require(*pixels >= 1, "detector.pixels_fast or pixels_slow", *pixels, "must be >= 1");
  check::positive(detector.size_fast_m, "detector.size_fast_m");
  check::positive(detector.size_slow_m, "detector.size_slow_m");
  check::length(detector.distance_m, "detector.distance_m");
  if (detector.close_distance_m) check::length(*detector.close_distance_m, "detector.close_distance_m");
  check::finite(detector.beam_x_m, "detector.beam_x_m");
  check::finite(detector.beam_y_m, "detector.beam_y_m");
  check::finite(detector.close_x_m, "detector.close_x_m");
  check::finite(detector.close_y_m, "detector.close_y_m");
  check::finite(detector.org_x_px, "detector.org_x_px");
  check::finite(detector.org_y_px, "detector.org_y_px");
  if (detector.origin_m) check::finite(*detector.origin_m, "detector.origin_m");
  check::finite(detector.rotation_rad, "detector.rotation_rad");
  check::finite(detector.two_theta_rad, "detector.two_theta_rad");
  validate(detector.sensor);
}

/// Checks the ranges of a table, wherever its amplitudes are.
inline void validate_ranges(const StructureFactors& factors) {
  const auto axis = [](int low, int high, const char* name) {
    require(high >= low, std::string("structure_factors.") + name + "_max", high,
            "must be at least " + std::to_string(low) + ", the smallest index");
  };
  axis(factors.h_min, factors.h_max, "h");
  axis(factors.k_min, factors.k_max, "k");
  axis(factors.l_min, factors.l_max, "l");
}

inline void validate(const StructureFactors& factors) {
  check::finite(factors.default_amplitude, "structure_factors.default_amplitude");
  if (!factors.has_table()) {
    require(factors.default_amplitude != 0.0, "structure_factors.default_amplitude", factors.default_amplitude,
            "must not be 0 when there is no table of structure factors");
    return;
  }
  validate_ranges(factors);
  const auto planes = [](int low, int high) { return static_cast<double>(high) - static_cast<double>(low) + 1.0; };
  const double room = planes(factors.h_min, factors.h_max) * planes(factors.k_min, factors.k_max) *
                      planes(factors.l_min, factors.l_max);
  require(room == static_cast<double>(factors.amplitude.size()), "structure_factors.amplitude size",
          factors.amplitude.size(), "must be the number of indices in the ranges of h, k and l");
  const auto bad = std::find_if_not(factors.amplitude.begin(), factors.amplitude.end(),
                                    [](double amplitude) { return std::isfinite(amplitude); });
  if (bad != factors.amplitude.end()) reject("structure_factors.amplitude", *bad, "must be finite numbers");
}

/// Checks the structure factors of an experiment whose amplitudes a View gives.
inline void validate_without_amplitudes(const StructureFactors& factors) {
  check::finite(factors.default_amplitude, "structure_factors.default_amplitude");
  require(!factors.has_table(), "structure_factors.amplitude size", factors.amplitude.size(),
          "must be 0 where a View gives the amplitudes");
  validate_ranges(factors);
}

/// Checks everything but the structure factors.
inline void validate_all_but_structure_factors(const Experiment& experiment) {
  validate(experiment.frame, experiment.detector.two_theta_rad);
  validate(experiment.beam);
  validate(experiment.crystal);
  validate(experiment.detector);
  check::not_negative(experiment.water_size_m, "water_size_m");
  check::not_negative(experiment.dmin_m, "dmin_m");
}

/// Checks a whole experiment.
inline void validate(const Experiment& experiment) {
  validate_all_but_structure_factors(experiment);
  validate(experiment.structure_factors);
}

}  // namespace nbk::scene
