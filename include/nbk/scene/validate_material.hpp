// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/scene/check.hpp"

#include <cstddef>
#include <vector>

namespace nbk::scene {

/// Checks a curve of form factors: at least two points, all finite, in ascending order. `corrected` has no negative
/// intensities, so no negative F.
/// \param name  path of the curve in messages \throws InvalidInput
inline void validate_form_factor(const std::vector<FormFactorPoint>& points, const ParameterName& name, Policy policy) {
  require(points.size() >= 2, name + " size", points.size(), "must be at least 2: a curve has two points");
  for (std::size_t i = 0; i < points.size(); ++i) {
    const ParameterName point = name[i];
    check::not_negative(points[i].stol_per_A, point + ".stol_per_A");
    check::finite(points[i].amplitude, point + ".amplitude");
    require(policy == Policy::compat || points[i].amplitude >= 0, point + ".amplitude", points[i].amplitude,
            "must be >= 0, as Policy::corrected has no negative photons");
    require(i == 0 || points[i].stol_per_A > points[i - 1].stol_per_A, point + ".stol_per_A", points[i].stol_per_A,
            "must be more than that of the point before: sort the points, and give each angle once");
  }
}

/// Checks one material.
/// \param name  path of the material in messages \throws InvalidInput
inline void validate(const Material& material, const ParameterName& name, Policy policy) {
  validate_form_factor(material.form_factor, name + ".form_factor", policy);
  check::positive(material.density_g_per_cm3, name + ".density_g_per_cm3");
  check::positive(material.molar_mass_g_per_mol, name + ".molar_mass_g_per_mol");
  if (material.volume_m3) {
    check::positive(*material.volume_m3, name + ".volume_m3");
  } else {
    check::positive(material.thickness_m, name + ".thickness_m");
  }
  require(material.transmission >= 0 && material.transmission <= 1, name + ".transmission", material.transmission,
          "must be 0 to 1");
}

/// Checks the materials of an experiment. \throws InvalidInput
inline void validate(const std::vector<Material>& materials, Policy policy) {
  const ParameterName name = "materials";
  for (std::size_t i = 0; i < materials.size(); ++i) validate(materials[i], name[i], policy);
}

}  // namespace nbk::scene
