// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/concatenated.hpp"
#include "nbk/core/constants.hpp"
#include "nbk/core/format_number.hpp"
#include "nbk/core/parameter_name.hpp"
#include "nbk/core/warning.hpp"
#include "nbk/model/experiment.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Warnings about numbers that can be computed with, but that no X-ray experiment has: a wavelength of 1 m is one in
/// Angstrom without its 1e-10. The bounds are wide, so that they meet wrong units alone. A number that is 0 is not
/// given.

namespace nbk::scene {

/// Bounds of one kind of number, and the sentence about a number outside of them.
struct LikelyRange {
  double least = 0;         ///< of the magnitude, in the parameter's unit
  double most = 0;          ///< likewise
  double shown = 1;         ///< number of the sentence's unit in the parameter's
  std::string_view before;  ///< of the sentence, up to the number
  std::string_view after;   ///< of the sentence
  std::string_view unit;    ///< of the parameter

  /// Returns true for a number that may be meant, for 0 and for one that is none.
  bool has(double value) const {
    constexpr double rounding = 1e-12;  // of conversions between units
    const double magnitude = std::fabs(value);
    if (magnitude == 0.0 || std::isnan(magnitude)) return true;
    return magnitude >= least * (1 - rounding) && magnitude <= most * (1 + rounding);
  }
  /// Returns the sentence about a number.
  std::string sentence(double value) const { return concatenated({before, format_g(value * shown), after}); }
};

inline constexpr double full_turn_rad = 2 * constants::pi<double>;
inline constexpr double degrees_per_rad = 1 / constants::degree_rad;

inline constexpr LikelyRange likely_wavelength{1e-12, 2e-8, 1e10, "a wavelength of ", " A is no X-ray's", "metres"};
/// The shortest edge is less than any atom, the longest that of a crystal of colloids.
inline constexpr LikelyRange likely_edge{1, 1e6, 1, "a unit cell's edge of ", " A is no crystal's", "Angstrom"};
inline constexpr LikelyRange likely_pixel{1e-7, 0.02, 1e3, "a pixel of ", " mm is no detector's", "metres"};
/// Flight tubes of small-angle scattering have some 30 m.
inline constexpr LikelyRange likely_distance{1e-3, 40, 1e3, "a detector ", " mm from the sample is none", "metres"};
inline constexpr LikelyRange likely_sensor{0, 0.1, 1e3, "a sensor of ", " mm is no detector's", "metres"};
inline constexpr LikelyRange likely_attenuation{0,       10, 1e3, "an attenuation length of ", " mm is no sensor's",
                                                "metres"};
inline constexpr LikelyRange likely_extent{0, 10, 1e3, "", " mm is wider than any detector", "metres"};
inline constexpr LikelyRange likely_beam_size{1e-9, 0.1, 1e3, "a beam of ", " mm is no X-ray beam's", "metres"};
inline constexpr LikelyRange likely_divergence{0,       1, degrees_per_rad, "a divergence of ", " degrees is no beam's",
                                               "radian"};
inline constexpr LikelyRange likely_dispersion{
    0, 1, 100, "a dispersion of ", " % is wider than the wavelength itself", "a share of the wavelength"};
inline constexpr LikelyRange likely_crystal_size{0, 0.1, 1e3, "a crystal of ", " mm is no sample's", "metres"};
inline constexpr LikelyRange likely_thickness{0, 10, 1e3, "", " mm of matter let no X-rays through", "metres"};
inline constexpr LikelyRange likely_water{0, 0.1, 1e3, "", " mm of water let no X-rays through", "metres"};
inline constexpr LikelyRange likely_resolution{
    0, 1e-6, 1e10, "a finest resolution of ", " A leaves the whole image out", "metres"};
inline constexpr LikelyRange likely_spread{
    0, full_turn_rad / 2, degrees_per_rad, "a spread of ", " degrees is more than half a turn", "radian"};
inline constexpr LikelyRange likely_turn{
    0, full_turn_rad, degrees_per_rad, "an angle of ", " degrees is more than a turn", "radian"};

/// A number outside of its likely range.
struct UnlikelyNumber {
  std::string parameter;  ///< its path
  std::string sentence;   ///< about it, with its value in a usual unit
  std::string unit;       ///< of the parameter
};

/// Collector of unlikely numbers.
class UnlikelyNumbers {
 public:
  /// Looks at one number. Returns true for an unlikely one.
  [[gnu::cold, gnu::noinline]] bool look_at(double value, const LikelyRange& likely, const ParameterName& name) {
    if (likely.has(value)) return false;
    m_list.push_back({name.text(), likely.sentence(value), std::string(likely.unit)});
    return true;
  }
  /// Looks at a number that may be none.
  bool look_at(const std::optional<double>& value, const LikelyRange& likely, const ParameterName& name) {
    return value && look_at(*value, likely, name);
  }
  /// Looks at the longest part of a vector.
  bool look_at(const Vec3d& v, const LikelyRange& likely, const ParameterName& name) {
    return look_at(std::max({std::fabs(v.x), std::fabs(v.y), std::fabs(v.z)}), likely, name);
  }
  /// Looks at the length of a vector.
  bool look_at_length(const Vec3d& v, const LikelyRange& likely, const ParameterName& name) {
    return look_at(std::sqrt(dot(v, v)), likely, name);
  }

  /// Returns the unlikely numbers.
  std::vector<UnlikelyNumber>&& list() && { return std::move(m_list); }

 private:
  std::vector<UnlikelyNumber> m_list;
};

/// Looks for unlikely numbers of a beam.
inline void add_unlikely(const Beam& beam, UnlikelyNumbers& numbers) {
  numbers.look_at(beam.wavelength_m, likely_wavelength, "beam.wavelength_m");
  const ParameterName lines = "beam.spectrum.lines", sources = "beam.sources";
  bool said = false;  // of a list whose unit is wrong all items are
  for (std::size_t i = 0; i < beam.spectrum.lines.size() && !said; ++i)
    said = numbers.look_at(beam.spectrum.lines[i].wavelength_m, likely_wavelength, lines[i] + ".wavelength_m");
  for (std::size_t i = 0; i < beam.sources.size() && !said; ++i)
    said = numbers.look_at(beam.sources[i].wavelength_m, likely_wavelength, sources[i] + ".wavelength_m");
  numbers.look_at(beam.size_m, likely_beam_size, "beam.size_m");
  numbers.look_at(beam.dispersion.range, likely_dispersion, "beam.dispersion.range");
  numbers.look_at(beam.horizontal_divergence.range, likely_divergence, "beam.horizontal_divergence.range");
  numbers.look_at(beam.vertical_divergence.range, likely_divergence, "beam.vertical_divergence.range");
}

/// Looks for unlikely numbers of a sensor. Returns true where there are any.
inline bool add_unlikely(const Sensor& sensor, const ParameterName& name, UnlikelyNumbers& numbers) {
  const bool thickness = numbers.look_at(sensor.thickness_m, likely_sensor, name + ".thickness_m");
  return numbers.look_at(sensor.attenuation_length_m, likely_attenuation, name + ".attenuation_length_m") || thickness;
}

/// Looks for unlikely numbers of a panel. Returns true where there are any.
inline bool add_unlikely(const Panel& panel, const ParameterName& name, UnlikelyNumbers& numbers) {
  const bool pixel = numbers.look_at(panel.pixel_size_m, likely_pixel, name + ".pixel_size_m");
  const bool place = numbers.look_at_length(panel.origin_m, likely_distance, name + ".origin_m");
  const bool sensor = panel.sensor && add_unlikely(*panel.sensor, name + ".sensor", numbers);
  return pixel || place || sensor;
}

/// Looks for unlikely numbers of a detector, of a list of panels about those of the first that has any.
inline void add_unlikely(const Detector& detector, UnlikelyNumbers& numbers) {
  add_unlikely(detector.sensor, "detector.sensor", numbers);
  const ParameterName panels = "detector.panels";
  for (std::size_t i = 0; i < detector.panels.size(); ++i)
    if (add_unlikely(detector.panels[i], panels[i], numbers)) break;
  if (!detector.panels.empty()) return;
  numbers.look_at(detector.pixel_size_m, likely_pixel, "detector.pixel_size_m");
  if (!detector.pixels_fast) numbers.look_at(detector.size_fast_m, likely_extent, "detector.size_fast_m");
  if (!detector.pixels_slow) numbers.look_at(detector.size_slow_m, likely_extent, "detector.size_slow_m");
  if (detector.close_distance_m) {
    numbers.look_at(*detector.close_distance_m, likely_distance, "detector.close_distance_m");
  } else {
    numbers.look_at(detector.distance_m, likely_distance, "detector.distance_m");
  }
  numbers.look_at(detector.beam_x_m, likely_extent, "detector.beam_x_m");
  numbers.look_at(detector.beam_y_m, likely_extent, "detector.beam_y_m");
  numbers.look_at(detector.close_x_m, likely_extent, "detector.close_x_m");
  numbers.look_at(detector.close_y_m, likely_extent, "detector.close_y_m");
  if (detector.origin_m) numbers.look_at_length(*detector.origin_m, likely_distance, "detector.origin_m");
  numbers.look_at(detector.rotation_rad, likely_turn, "detector.rotation_rad");
  numbers.look_at(detector.two_theta_rad, likely_turn, "detector.two_theta_rad");
}

/// Returns the unlikely numbers of everything but the crystal.
inline std::vector<UnlikelyNumber> unlikely_numbers(const Experiment& experiment) {
  UnlikelyNumbers numbers;
  add_unlikely(experiment.beam, numbers);
  add_unlikely(experiment.detector, numbers);
  const ParameterName materials = "materials";
  for (std::size_t i = 0; i < experiment.materials.size(); ++i)
    numbers.look_at(experiment.materials[i].thickness_m, likely_thickness, materials[i] + ".thickness_m");
  numbers.look_at(experiment.water_size_m, likely_water, "water_size_m");
  numbers.look_at(experiment.dmin_m, likely_resolution, "dmin_m");
  return std::move(numbers).list();
}

/// Returns the lengths of a matrix' columns.
inline std::array<double, 3> column_lengths(const Mat3d& m) {
  return {std::hypot(m.row0.x, m.row1.x, m.row2.x), std::hypot(m.row0.y, m.row1.y, m.row2.y),
          std::hypot(m.row0.z, m.row1.z, m.row2.z)};
}

/// Looks at a matrix whose columns are a cell's edges, Angstrom.
inline void add_unlikely_edges(const Mat3d& matrix, const ParameterName& name, UnlikelyNumbers& numbers) {
  for (const double length : column_lengths(matrix))
    if (numbers.look_at(length, likely_edge, name)) return;
}

/// Looks at a matrix whose columns are reciprocal vectors. An edge is at least as long as the inverse of its vector.
/// \param scale  of the columns: 1 for those in 1/Angstrom
inline void add_unlikely_inverses(const Mat3d& matrix, double scale, const ParameterName& name, std::string_view unit,
                                  UnlikelyNumbers& numbers) {
  LikelyRange likely = likely_edge;
  likely.unit = unit;
  for (const double length : column_lengths(matrix))
    if (numbers.look_at(scale / length, likely, name)) return;
}

/// Returns the unlikely numbers of a crystal. \param wavelength_m  of the beam, for the A matrix
inline std::vector<UnlikelyNumber> unlikely_numbers(const Crystal& crystal, double wavelength_m) {
  UnlikelyNumbers numbers;
  if (crystal.cell) {
    for (const double edge_A : {crystal.cell->a_A, crystal.cell->b_A, crystal.cell->c_A})
      if (numbers.look_at(edge_A, likely_edge, "crystal.cell edge")) break;
  }
  if (crystal.real_space_A) add_unlikely_edges(*crystal.real_space_A, "crystal.real_space_A", numbers);
  if (crystal.b_matrix) add_unlikely_inverses(*crystal.b_matrix, 1, "crystal.b_matrix", "1/Angstrom", numbers);
  if (crystal.a_matrix && likely_wavelength.has(wavelength_m)) {
    add_unlikely_inverses(*crystal.a_matrix, wavelength_m * constants::metres_to_A, "crystal.a_matrix",
                          "1/Angstrom times the wavelength in Angstrom", numbers);
  }
  numbers.look_at(crystal.size_m, likely_crystal_size, "crystal.size_m");
  numbers.look_at(crystal.mosaicity.spread_rad, likely_spread, "crystal.mosaicity.spread_rad");
  const ParameterName spreads = "crystal.mosaicity.normal_spread_rad";
  for (std::size_t i = 0; i < crystal.mosaicity.normal_spread_rad.size(); ++i)
    numbers.look_at(crystal.mosaicity.normal_spread_rad[i], likely_spread, spreads[i]);
  if (!crystal.random_misset_seed) numbers.look_at(crystal.misset_rad, likely_turn, "crystal.misset_rad");
  numbers.look_at(crystal.phi.range_rad, likely_turn, "crystal.phi.range_rad");
  return std::move(numbers).list();
}

/// Returns true for warnings about unlikely numbers.
constexpr bool is_unlikely(Warning::Topic topic) {
  return topic == Warning::Topic::unlikely_number || topic == Warning::Topic::unlikely_crystal;
}

/// Adds a warning for each unlikely number.
inline void warn_of_unlikely(const std::vector<UnlikelyNumber>& list, Warning::Topic topic,
                             std::vector<Warning>& warnings) {
  for (const UnlikelyNumber& number : list)
    add_warning(warnings, topic, number.parameter,
                concatenated({number.sentence, "; ", number.parameter, " is in ", number.unit}));
}

}  // namespace nbk::scene
