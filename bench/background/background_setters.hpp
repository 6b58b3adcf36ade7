// SPDX-License-Identifier: MIT
#pragma once

#include "bench/background/background_options.hpp"
#include "bench/flags/drop_in_setters.hpp"
#include "nbk/response/integer_rule.hpp"

#include <numbers>
#include <optional>
#include <string>

/// \file
/// Functions of the rows of nbk-background's table of flags: each puts the values of a flag into the options.

namespace nbk::bench::background::setters {

using flags::Values;
using Options = BackgroundOptions;

inline constexpr double degrees_per_radian = 180.0 * std::numbers::inv_pi;

inline double mm(Values& values, std::size_t i = 0) { return values.number(i) / 1000.0; }
inline double degrees(Values& values) { return values.number(0) / degrees_per_radian; }

// nonBragg marks what is not given by a negative number, a step by 0 and a count by one below 1; so does a user who
// types one.
inline std::optional<double> range_or_nothing(double value) { return value < 0 ? std::nullopt : std::optional(value); }
inline std::optional<double> step_or_nothing(double value) { return value > 0 ? std::optional(value) : std::nullopt; }
inline std::optional<int> count_or_nothing(int value) { return value > 0 ? std::optional(value) : std::nullopt; }

/// A member of the panel in mm, which also says what stays fixed when the panel turns.
template <std::optional<double> PanelFlags::*Field, Pivot Fixed>
void set_centre(Options& options, Values& values) {
  options.panel.*Field = mm(values);
  options.panel.pivot = Fixed;
}

template <std::optional<double> PanelFlags::*Field>
void set_org(Options& options, Values& values) {
  options.panel.*Field = values.number(0);
  options.panel.pivot = Pivot::sample;
}

template <double Vec3d::*Axis>
void set_rotation(Options& options, Values& values) {
  options.panel.rotation_rad.*Axis = degrees(values);
}

template <bool Fast, bool Slow>
void set_size(Options& options, Values& values) {
  if (Fast) options.panel.size_fast_m = mm(values);
  if (Slow) options.panel.size_slow_m = mm(values);
}

template <bool Fast, bool Slow>
void set_pixels(Options& options, Values& values) {
  const int pixels = values.integer(0);
  if (Fast) options.panel.pixels_fast = pixels;
  if (Slow) options.panel.pixels_slow = pixels;
}

template <bool Horizontal, bool Vertical>
void set_range(Options& options, Values& values) {
  const auto range_rad = range_or_nothing(values.number(0) / 1000.0);
  if (Horizontal) options.beam.horizontal.range = range_rad;
  if (Vertical) options.beam.vertical.range = range_rad;
}

template <Sampling BeamFlags::*Axis>
void set_step(Options& options, Values& values) {
  (options.beam.*Axis).step = step_or_nothing(values.number(0) / 1000.0);
}

template <bool Horizontal, bool Vertical>
void set_count(Options& options, Values& values) {
  const auto count = count_or_nothing(values.integer(0));
  if (Horizontal) options.beam.horizontal.count = count;
  if (Vertical) options.beam.vertical.count = count;
}

inline void set_pivot(Options& options, Values& values) {
  if (values.text(0).find("sample") != std::string::npos) options.panel.pivot = Pivot::sample;
  if (values.text(0).find("beam") != std::string::npos) options.panel.pivot = Pivot::beam;
}

inline void set_energy(Options& options, Values& values) {
  const double energy_eV = values.number(0);
  require(energy_eV > 0, values.flag(), values.text(0), "must be > 0 eV");
  options.beam.wavelength_m = constants::energy_wavelength_eV_A / energy_eV / 1.0e10;
}

/// The table's unit comes with the flag that names the file. The last table counts, as in nonBragg.
template <int UnitsPerStol>
void set_table(Options& options, Values& values) {
  const std::string& before = options.files.form_factor;
  if (!before.empty()) {
    values.remark(flags::Severity::problem, std::string(values.flag()) + " " + values.text(0) +
                                                ": takes the place of " + before +
                                                ", which is not read; a sample has one table");
  }
  options.files.form_factor = values.file(0);
  options.stol_unit_per_m = UnitsPerStol == 1 ? 1e10 : UnitsPerStol == 4 ? 1e10 / 4 : 1e10 / std::numbers::pi / 4;
}

inline void set_ignored(Options& options, Values& values) {
  options.ignored.push_back(to_integer<std::uint16_t>(values.number(0), {Rounding::truncation, Overflow::wrap}));
}

}  // namespace nbk::bench::background::setters
