// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/core/vec3.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/model/beam.hpp"
#include "nbk/scene/sampling.hpp"

#include <cmath>
#include <optional>

/// \file
/// Checks of one number. Every function throws InvalidInput; `name` is the parameter's path.

namespace nbk::scene::check {

inline void finite(double value, const ParameterName& name) {
  require(std::isfinite(value), name, value, "must be a finite number");
}

inline void positive(double value, const ParameterName& name) {
  require(std::isfinite(value) && value > 0.0, name, value, "must be a finite number > 0");
}

/// A length in metres whose square neither vanishes nor overflows in any precision.
inline void length(double value_m, const ParameterName& name) {
  require(value_m >= 1e-9 && value_m <= 1e9, name, value_m, "must be 1e-9 to 1e9 m");
}

inline void not_negative(double value, const ParameterName& name) {
  require(std::isfinite(value) && value >= 0.0, name, value, "must be a finite number >= 0");
}

inline void not_negative(const std::optional<double>& value, const ParameterName& name) {
  if (value) not_negative(*value, name);
}

inline void finite(const std::optional<double>& value, const ParameterName& name) {
  if (value) finite(*value, name);
}

inline void count(const std::optional<int>& value, const ParameterName& name) {
  if (value) require(*value >= 0 && *value <= most_points, name, *value, "must be 0 (automatic) to 1e8");
}

inline void finite(const Vec3d& v, const ParameterName& name) {
  finite(v.x, name + ".x");
  finite(v.y, name + ".y");
  finite(v.z, name + ".z");
}

/// A vector whose length can be computed and divided by.
inline void direction(const Vec3d& v, const ParameterName& name) {
  finite(v, name);
  const double length = strict::magnitude(v);
  require(std::isnormal(length), name, length, "must have a length that is finite and not 0");
}

inline void sampling(const Sampling& sampling, const ParameterName& name) {
  not_negative(sampling.range, name + ".range");
  not_negative(sampling.step, name + ".step");
  count(sampling.count, name + ".count");
}

}  // namespace nbk::scene::check
