// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/concatenated.hpp"
#include "nbk/core/concepts.hpp"
#include "nbk/core/number_traits.hpp"
#include "nbk/core/precision.hpp"
#include "nbk/core/warning.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/scene/compat/compounds.hpp"
#include "nbk/scene/make_scene.hpp"
#include "nbk/scene/scene.hpp"

#include <limits>
#include <string>
#include <string_view>

namespace nbk {

namespace scene {

/// Most periods that single precision resolves: the sum of an image stays within 1e-3 (docs/numerics/precision.md).
inline constexpr double most_periods_in_float = 2000;
/// The same for sums of two floats, with room to spare: at 1.6e9 periods the sum was off by 2e-5.
inline constexpr double most_periods_in_two_floats = 1e9;

/// Most periods that a precision resolves, by the significand of its geometry.
template <PrecisionLike P>
constexpr double most_periods() {
  using Geometry = typename P::Geometry;
  if (is_single<Geometry>) return most_periods_in_float;
  const bool as_double = NumberTraits<Geometry>::significand_bits >= NumberTraits<double>::significand_bits;
  return as_double ? std::numeric_limits<double>::max() : most_periods_in_two_floats;
}

}  // namespace scene

/// True if a precision resolves the phase, holds the sums, and finds the nearest reflections of a scene.
template <PrecisionLike P>
bool suffices(const Scene& scene) {
  return scene.need.phase_periods <= scene::most_periods<P>() &&
         (!scene.need.double_range || has_double_range<typename P::Accumulate>)&&(!scene.need.nearest_index ||
                                                                                  !is_single<typename P::Geometry>);
}

/// The same for an experiment. Its scene is made only where the phase can be too much for the precision.
/// \throws InvalidInput
template <PrecisionLike P>
bool suffices(const Experiment& experiment) {
  if (scene::compat::compounds(experiment) && !has_double_range<typename P::Accumulate>) return false;
  return scene::most_periods<P>() == std::numeric_limits<double>::max() || suffices<P>(make_scene(experiment));
}

/// Name of the fastest precision on a CPU that suffices for a scene: that of Fp32, Mixed or Fp64. On devices whose
/// double is slow, Df64 may do for Mixed: ask suffices<Df64>(scene).
inline std::string_view sufficient_precision(const Scene& scene) {
  return suffices<Fp32>(scene) ? Fp32::name : suffices<Mixed>(scene) ? Mixed::name : Fp64::name;
}

/// The same for the scene of an experiment.
/// \throws InvalidInput
inline std::string_view sufficient_precision(const Experiment& experiment) {
  return sufficient_precision(make_scene(experiment));
}

namespace scene {

/// Warns about spots that the numbers of a plan do not resolve.
template <PrecisionLike P>
void warn_of_precision(Scene& scene) {
  if (suffices<P>(scene)) return;
  add_warning(scene.warnings, Warning::Topic::insufficient_precision, "precision",
              concatenated({"the precision of the plan cannot resolve these spots or their nearest reflections, so "
                            "that the image is wrong: ",
                            sufficient_precision(scene), " suffices"}));
}

}  // namespace scene

}  // namespace nbk
