// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/experiment.hpp"
#include "nbk/scene/check.hpp"
#include "nbk/scene/compat/compounds.hpp"
#include "nbk/scene/compat/warn_of_quirks.hpp"
#include "nbk/scene/index_bounds.hpp"
#include "nbk/scene/is_reached.hpp"
#include "nbk/scene/make_materials.hpp"
#include "nbk/scene/make_panels.hpp"
#include "nbk/scene/make_rays.hpp"
#include "nbk/scene/normalised.hpp"
#include "nbk/scene/place_crystal.hpp"
#include "nbk/scene/scene.hpp"
#include "nbk/scene/unlikely_numbers.hpp"
#include "nbk/scene/validate.hpp"
#include "nbk/scene/validate_selection.hpp"
#include "nbk/scene/warn_of_oddities.hpp"

namespace nbk {

namespace scene {

/// Makes all parts of a scene that no crystal changes.
inline Scene make_crystal_free_scene(const Experiment& experiment) {
  const Detector& detector = experiment.detector;
  const Policy policy = experiment.policy;
  Scene scene;
  scene.frame = normalised(experiment.frame, policy, scene.warnings);
  scene.panels = make_panels(detector, scene.frame, policy, scene.warnings);
  scene.panels_listed = !detector.panels.empty();
  if (policy == Policy::compat) compat::warn_of_quirks(detector, scene.frame, scene.warnings);
  scene.goniometer = experiment.goniometer;
  scene.selection = experiment.selection;
  validate(scene.selection, scene);
  scene.wavelength_m = experiment.beam.wavelength_m;
  scene.fluence_per_m2 = resolve_fluence(experiment.beam);
  check::finite(scene.fluence_per_m2, "beam.flux_per_s * exposure_s / size_m^2");
  scene.rays = make_rays(experiment.beam, scene.frame);
  for (std::size_t i = 0; i < scene.panels.size(); ++i)
    scene.panels[i].reached = is_reached(scene.panels[i], mask_of(detector, i), scene.rays, experiment);
  scene.largest_q_per_m = largest_q_per_m(scene);
  scene.materials = make_materials(experiment);
  warn_of_form_factors(scene, policy);
  scene.need.double_range = compat::compounds(experiment);
  warn_of_oddities(scene, experiment.beam, policy);
  warn_of_unlikely(unlikely_numbers(experiment), Warning::Topic::unlikely_number, scene.warnings);
  return scene;
}

/// Makes the scene of an experiment that has been checked.
/// \param has_table  true for a table of structure factors, here or elsewhere
inline Scene make_scene_of_valid(const Experiment& experiment, bool has_table) {
  Scene scene = make_crystal_free_scene(experiment);
  place_crystal(scene, experiment.crystal, crystal_setting(experiment, has_table));
  return scene;
}

}  // namespace scene

/// Checks an experiment and makes every automatic choice. Products are rounded before they are added (math/strict.hpp),
/// so that the choices do not depend on the compiler.
///
/// docs/physics.md, "Setup", has the equations and what `corrected` does differently.
/// \throws InvalidInput naming the parameter, its value and what is allowed
inline Scene make_scene(const Experiment& experiment) {
  scene::validate(experiment);
  return scene::make_scene_of_valid(experiment, scene::has_table(experiment));
}

}  // namespace nbk
