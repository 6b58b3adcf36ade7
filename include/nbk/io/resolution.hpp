// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/vec3.hpp"
#include "nbk/io/symmetry_operation.hpp"
#include "nbk/model/crystal.hpp"
#include "nbk/model/structure_factors.hpp"
#include "nbk/scene/completed_cell.hpp"
#include "nbk/scene/reciprocal_vectors.hpp"

#include <limits>
#include <vector>

namespace nbk::io {

/// Lengths of scattering vectors of a cell.
class ReciprocalLengths {
 public:
  /// \param cell  edges and angles that close to a cell
  explicit ReciprocalLengths(const UnitCell& cell) : m_vectors(scene::default_orientation(scene::completed(cell))) {}

  /// Returns 1 / d^2 of a reflection, 1/Angstrom^2.
  double per_d2(const Miller& index) const {
    const Vec3d q = static_cast<double>(index[0]) * m_vectors.a + static_cast<double>(index[1]) * m_vectors.b +
                    static_cast<double>(index[2]) * m_vectors.c;
    return dot(q, q);
  }

 private:
  scene::ReciprocalVectors m_vectors;
};

/// Range of resolution, both ends included.
struct ResolutionRange {
  double finest_A = 0;                                          ///< the least d; 0: no limit
  double coarsest_A = std::numeric_limits<double>::infinity();  ///< the largest d

  /// True if there is a limit.
  bool is_limited() const { return finest_A > 0 || coarsest_A < std::numeric_limits<double>::infinity(); }

  /// Returns true for a reflection of this range, with a margin of 1e-9 for rounding.
  bool has(double per_d2) const {
    constexpr double margin = 1e-9;
    const bool fine_enough = !(finest_A > 0) || per_d2 * finest_A * finest_A <= 1 + margin;
    const bool coarse_enough =
        !(coarsest_A < std::numeric_limits<double>::infinity()) || per_d2 * coarsest_A * coarsest_A >= 1 - margin;
    return fine_enough && coarse_enough;
  }
};

/// Removes the reflections outside of a range of resolution.
/// \param phase_rad  of each reflection, or empty
/// \return the number of those removed
inline std::size_t cut_resolution(std::vector<Reflection>& reflections, std::vector<double>& phase_rad,
                                  const UnitCell& cell, const ResolutionRange& range) {
  const ReciprocalLengths lengths(cell);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < reflections.size(); ++i) {
    const Reflection& r = reflections[i];
    if (!range.has(lengths.per_d2({r.h, r.k, r.l}))) continue;
    reflections[kept] = r;
    if (!phase_rad.empty()) phase_rad[kept] = phase_rad[i];
    ++kept;
  }
  const std::size_t removed = reflections.size() - kept;
  reflections.resize(kept);
  if (!phase_rad.empty()) phase_rad.resize(kept);
  return removed;
}

}  // namespace nbk::io
