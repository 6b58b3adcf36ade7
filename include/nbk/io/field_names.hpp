// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/experiment.hpp"
#include "nbk/scene/shape_of.hpp"

#include <algorithm>
#include <array>
#include <string_view>

/// \file
/// Names of values that stand in files by name: enumerations and the shapes of crystals.

namespace nbk::io {

/// A value and its name.
template <class Value>
struct Name {
  std::string_view text;
  Value value;
};

inline constexpr std::array<Name<Convention>, 6> names_of(Convention) {
  return {{{"adxv", Convention::adxv},
           {"mosflm", Convention::mosflm},
           {"denzo", Convention::denzo},
           {"xds", Convention::xds},
           {"dials", Convention::dials},
           {"custom", Convention::custom}}};
}
inline constexpr std::array<Name<Pivot>, 2> names_of(Pivot) {
  return {{{"beam", Pivot::beam}, {"sample", Pivot::sample}}};
}
inline constexpr std::array<Name<Policy>, 2> names_of(Policy) {
  return {{{"compat", Policy::compat}, {"corrected", Policy::corrected}}};
}
inline constexpr std::array<Name<LaueGroup>, 14> names_of(LaueGroup) {
  return {{{"-1", LaueGroup::triclinic},
           {"112/m", LaueGroup::monoclinic_c},
           {"12/m1", LaueGroup::monoclinic_b},
           {"2/m11", LaueGroup::monoclinic_a},
           {"mmm", LaueGroup::orthorhombic},
           {"4/m", LaueGroup::tetragonal_low},
           {"4/mmm", LaueGroup::tetragonal_high},
           {"-3", LaueGroup::trigonal_low},
           {"-3m1", LaueGroup::trigonal_high_m1},
           {"-31m", LaueGroup::trigonal_high_1m},
           {"6/m", LaueGroup::hexagonal_low},
           {"6/mmm", LaueGroup::hexagonal_high},
           {"m-3", LaueGroup::cubic_low},
           {"m-3m", LaueGroup::cubic_high}}};
}
inline constexpr std::array<Name<DiffuseAxes>, 2> names_of(DiffuseAxes) {
  return {{{"crystal", DiffuseAxes::crystal}, {"laboratory", DiffuseAxes::laboratory}}};
}
inline constexpr std::array<Name<DiffuseNormalization>, 2> names_of(DiffuseNormalization) {
  return {{{"stencil", DiffuseNormalization::stencil}, {"volume", DiffuseNormalization::volume}}};
}
inline constexpr auto names_of(LatticeShape) {
  std::array<Name<LatticeShape>, physics::Shapes::size> names;
  std::ranges::transform(shapes_of<physics::Shapes>, names.begin(), [](LatticeShape shape) {
    return Name<LatticeShape>{shape.name(), shape};
  });
  return names;
}

/// True for types whose values have names: enumerations and LatticeShape.
template <class T>
concept Named = requires {
  names_of(T{});
};

/// The name of a value; empty for a value that has none.
template <Named Value>
constexpr std::string_view name_of(Value value) {
  for (const auto& [text, named] : names_of(Value{})) {
    if (named == value) return text;
  }
  return {};
}

}  // namespace nbk::io
