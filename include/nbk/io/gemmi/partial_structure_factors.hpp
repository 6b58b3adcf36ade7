// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/format_number.hpp"
#include "nbk/io/file.hpp"
#include "nbk/io/reflection_table.hpp"
#include "nbk/io/resolution.hpp"
#include "nbk/io/symmetry_operation.hpp"
#include "nbk/model/crystal.hpp"

#include <gemmi/elem.hpp>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <span>
#include <string>
#include <tuple>
#include <vector>

namespace nbk::io {

/// One reflection of each set of equivalent ones and their Friedel mates.
struct UniqueReflection {
  Miller index{};           ///< the largest of the set, by l, then k, then h, so l >= 0
  double stol2_per_A2 = 0;  ///< (sin(theta)/lambda)^2
  bool centric = false;     ///< true: an operation maps it to its Friedel mate
  bool forbidden = false;   ///< true: the symmetry makes it zero
};

/// Part of the structure factors that the atoms of one element make, per unit of their form factor.
struct ElementPart {
  gemmi::El element = gemmi::El::X;            ///< the element
  std::vector<std::complex<double>> geometry;  ///< sum of occupancy * displacement * exp(2 pi i h.x)
};

/// Parts of structure factors that do not depend on energy.
struct PartialStructureFactors {
  std::vector<UniqueReflection> unique;       ///< the reflections
  std::vector<ElementPart> elements;          ///< one for each element of the crystal
  std::vector<std::complex<double>> solvent;  ///< of bulk solvent, electrons; empty: none
  bool by_transform = false;                  ///< true: by a density and its Fourier transform, which is not exact
};

/// Lists the unique reflections of a crystal but 0 0 0, which is the direct beam.
/// \param finest_A  the least d, > 0
/// \param name  the file's name for messages
/// \throws FileError  more reflections than a table may hold, or none
inline std::vector<UniqueReflection> unique_reflections(const UnitCell& cell,
                                                        std::span<const SymmetryOperation> operations, double finest_A,
                                                        const std::string& name) {
  const ReciprocalLengths lengths(cell);
  const double per_d2 = 1 / (finest_A * finest_A);
  const Miller most{static_cast<int>(std::min(1e6, cell.a_A / finest_A)),
                    static_cast<int>(std::min(1e6, cell.b_A / finest_A)),
                    static_cast<int>(std::min(1e6, cell.c_A / finest_A))};
  const double entries = (2.0 * most[0] + 1) * (2.0 * most[1] + 1) * (2.0 * most[2] + 1);
  if (entries * sizeof(double) > static_cast<double>(default_table_limit_bytes)) {
    fail(name, "its reflections to " + format_g(finest_A) + " A need more than " +
                   std::to_string(default_table_limit_bytes >> 20) +
                   " MiB; give a coarser resolution (nbk-render: --resolution-A)");
  }

  const auto is_larger = [](const Miller& a, const Miller& b) {
    return std::tuple(a[2], a[1], a[0]) > std::tuple(b[2], b[1], b[0]);
  };
  std::vector<UniqueReflection> unique;
  for (int h = -most[0]; h <= most[0]; ++h) {
    for (int k = -most[1]; k <= most[1]; ++k) {
      for (int l = 0; l <= most[2]; ++l) {
        const Miller index{h, k, l};
        const double q2 = lengths.per_d2(index);
        if (index == Miller{} || q2 > per_d2 || is_larger({-h, -k, -l}, index)) continue;
        UniqueReflection next{.index = index, .stol2_per_A2 = q2 / 4};
        bool is_largest = true;
        for (const SymmetryOperation& operation : operations) {
          const Miller other = equivalent_index(operation, index), mate{-other[0], -other[1], -other[2]};
          is_largest = is_largest && !is_larger(other, index) && !is_larger(mate, index);
          next.centric = next.centric || mate == index;
          next.forbidden = next.forbidden || forbids(operation, index);
        }
        if (is_largest) unique.push_back(next);
      }
    }
  }
  if (unique.empty()) {
    fail(name, "no reflection has a spacing of " + format_g(finest_A) + " A or more");
  }
  return unique;
}

}  // namespace nbk::io
