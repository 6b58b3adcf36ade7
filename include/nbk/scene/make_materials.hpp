// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/concatenated.hpp"
#include "nbk/core/format_number.hpp"
#include "nbk/core/warning.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/physics/material_scattering.hpp"
#include "nbk/scene/check.hpp"
#include "nbk/scene/is_reached.hpp"
#include "nbk/scene/scene.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace nbk::scene {

/// Counts the molecules of every material that the beam meets.
inline std::vector<SceneMaterial> make_materials(const Experiment& experiment) {
  const double area_m2 = experiment.beam.size_m * experiment.beam.size_m;
  const ParameterName name = "materials";
  std::vector<SceneMaterial> materials;
  for (const Material& material : experiment.materials) {
    const double volume_m3 = material.volume_m3.value_or(material.thickness_m * area_m2);
    const double molecules =
        physics::molecules_in(volume_m3, material.density_g_per_cm3, material.molar_mass_g_per_mol);
    check::finite(molecules, name[materials.size()] + " molecules");
    materials.push_back({material, molecules * material.transmission});
  }
  return materials;
}

/// Smallest and largest sin(theta) / lambda, 1/Angstrom.
struct StolRange {
  double least_per_A = 0, most_per_A = 0;
};

/// Bounds of sin(theta) / lambda over all panels and rays.
inline StolRange stol_range(const Scene& scene) {
  constexpr double half_per_A = 0.5 * 1e-10;  // of q in 1/m
  double least = std::numeric_limits<double>::max();
  for (const ScenePanel& panel : scene.panels) least = std::min(least, smallest_q_per_m(panel, scene.rays));
  return {std::max(0.0, least * half_per_A), scene.largest_q_per_m * half_per_A};
}

/// Warns about materials whose form factor ends before the panels do.
inline void warn_of_form_factors(Scene& scene, Policy policy) {
  if (scene.materials.empty()) return;
  const StolRange range = stol_range(scene);
  constexpr double tolerance = 1e-6;  // of the bounds, which are rounded
  for (std::size_t i = 0; i < scene.materials.size(); ++i) {
    const std::vector<FormFactorPoint>& points = scene.materials[i].material.form_factor;
    const double first = points.front().stol_per_A, last = points.back().stol_per_A;
    const bool before = range.least_per_A<first - tolerance, after = range.most_per_A> last + tolerance;
    if (!before && !after) continue;
    const std::string parameter = concatenated({"materials[", std::to_string(i), "].form_factor"});
    const char* const done =
        policy == Policy::compat ? "a straight line through its end goes on" : "the value at its end holds";
    add_warning(scene.warnings, Warning::Topic::beyond_form_factor, parameter,
                concatenated({parameter, ": is given from ", format_g(first), " to ", format_g(last),
                              " 1/A, but the image reaches from ", format_g(range.least_per_A), " to ",
                              format_g(range.most_per_A), "; beyond it ", done}));
  }
}

}  // namespace nbk::scene
