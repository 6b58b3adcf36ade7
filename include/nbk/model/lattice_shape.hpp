// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace nbk {

/// Choice of the crystal's shape (or that of its spots), whose Fourier transform is the lattice factor, by the shape's
/// name. The shapes are listed in physics/shape/shapes.hpp; shape_of() has the choice of a type of that list. A name
/// that is none of theirs is refused with the experiment.
class LatticeShape {
 public:
  /// A parallelepiped of unit cells.
  constexpr LatticeShape() = default;

  /// \param name  known when the program is compiled, so that it lives as long as the program
  consteval explicit LatticeShape(std::string_view name) : m_name(name) {}

  /// Name of the shape.
  constexpr std::string_view name() const { return m_name; }

  /// True if the names are the same.
  friend constexpr bool operator==(const LatticeShape&, const LatticeShape&) = default;

 private:
  std::string_view m_name = "square";
};

}  // namespace nbk
