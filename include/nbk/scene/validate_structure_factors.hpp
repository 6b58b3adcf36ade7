// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/concatenated.hpp"
#include "nbk/core/error.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/scene/check.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

/// \file
/// Checks of structure factors. Every function throws InvalidInput for the first value that is not allowed.

namespace nbk::scene {

/// Checks the ranges of a table, wherever its amplitudes are.
/// \param name  path of the set in messages
inline void validate_ranges(const StructureFactors& factors, const ParameterName& name) {
  const auto axis = [&](int low, int high, const char* member) {
    if (high < low)
      reject(name + member, high, concatenated({"must be at least ", std::to_string(low), ", the smallest index"}));
  };
  axis(factors.h_min, factors.h_max, ".h_max");
  axis(factors.k_min, factors.k_max, ".k_max");
  axis(factors.l_min, factors.l_max, ".l_max");
}

/// Checks one set.
/// \param name  path of the set in messages
inline void validate(const StructureFactors& factors, const ParameterName& name) {
  check::finite(factors.default_amplitude, name + ".default_amplitude");
  if (!factors.has_table()) {
    require(factors.default_amplitude != 0.0, name + ".default_amplitude", factors.default_amplitude,
            "must not be 0 when there is no table of structure factors");
    return;
  }
  validate_ranges(factors, name);
  const auto planes = [](int low, int high) { return static_cast<double>(high) - static_cast<double>(low) + 1.0; };
  const double room = planes(factors.h_min, factors.h_max) * planes(factors.k_min, factors.k_max) *
                      planes(factors.l_min, factors.l_max);
  require(room == static_cast<double>(factors.amplitude.size()), name + ".amplitude size", factors.amplitude.size(),
          "must be the number of indices in the ranges of h, k and l");
  const auto bad = std::find_if_not(factors.amplitude.begin(), factors.amplitude.end(),
                                    [](double amplitude) { return std::isfinite(amplitude); });
  if (bad != factors.amplitude.end()) reject(name + ".amplitude", *bad, "must be finite numbers");
}

/// Checks that a ray names a set that exists.
/// \param name  path of the ray in messages
inline void validate_set(int set, std::size_t sets, const ParameterName& name) {
  if (set >= 0 && static_cast<std::size_t>(set) < sets) return;
  reject(name + ".structure_factor_set", set,
         concatenated({"must be 0 to ", std::to_string(sets - 1), ", the last of the experiment's sets"}));
}

/// Checks that all rays name sets that exist.
inline void validate_sets(const Experiment& experiment) {
  const std::size_t sets = 1 + experiment.further_sets.size();
  const std::vector<Source>& sources = experiment.beam.sources;
  const ParameterName of_sources = "beam.sources", of_lines = "beam.spectrum.lines";
  for (std::size_t i = 0; i < sources.size(); ++i) validate_set(sources[i].structure_factor_set, sets, of_sources[i]);
  const std::vector<SpectrumLine>& lines = experiment.beam.spectrum.lines;
  for (std::size_t i = 0; i < lines.size(); ++i) validate_set(lines[i].structure_factor_set, sets, of_lines[i]);
}

/// Checks that the table of all sets, whose ranges hold those of every set, does not become too large.
inline void validate_common_ranges(const Experiment& experiment) {
  const StructureFactors& first = experiment.structure_factors;
  const auto span = [&](int StructureFactors::*min, int StructureFactors::*max) {
    double low = std::numeric_limits<double>::max(), high = std::numeric_limits<double>::lowest();
    const auto include = [&](const StructureFactors& set) {
      if (!set.has_table()) return;
      low = std::min(low, static_cast<double>(set.*min));
      high = std::max(high, static_cast<double>(set.*max));
    };
    include(first);
    for (const StructureFactors& further : experiment.further_sets) include(further);
    return std::max(0.0, high - low + 1);
  };
  const double reflections = span(&StructureFactors::h_min, &StructureFactors::h_max) *
                             span(&StructureFactors::k_min, &StructureFactors::k_max) *
                             span(&StructureFactors::l_min, &StructureFactors::l_max) *
                             static_cast<double>(1 + experiment.further_sets.size());
  require(reflections <= 2147483648.0, "further_sets, reflections of all sets in the ranges that hold them",
          reflections, "must be at most 2^31");
}

/// Checks all sets of an experiment.
inline void validate_structure_factors(const Experiment& experiment) {
  validate(experiment.structure_factors, "structure_factors");
  const ParameterName further = "further_sets";
  for (std::size_t i = 0; i < experiment.further_sets.size(); ++i) {
    const ParameterName name = further[i];
    validate(experiment.further_sets[i], name);
    require(experiment.further_sets[i].intensities == experiment.structure_factors.intensities, name + ".intensities",
            experiment.further_sets[i].intensities, "must be that of structure_factors");
  }
  if (!experiment.further_sets.empty()) validate_common_ranges(experiment);
}

/// Checks the structure factors of an experiment whose amplitudes a View gives.
inline void validate_without_amplitudes(const Experiment& experiment) {
  const StructureFactors& factors = experiment.structure_factors;
  check::finite(factors.default_amplitude, "structure_factors.default_amplitude");
  require(!factors.has_table(), "structure_factors.amplitude size", factors.amplitude.size(),
          "must be 0 where a View gives the amplitudes");
  require(experiment.further_sets.empty(), "further_sets", experiment.further_sets.size(),
          "must be 0 where a View gives the amplitudes");
  validate_ranges(factors, "structure_factors");
}

/// Returns true if an experiment has a table of structure factors. With several sets there is one for all of them.
inline bool has_table(const Experiment& experiment) {
  return experiment.structure_factors.has_table() || !experiment.further_sets.empty();
}

}  // namespace nbk::scene
