// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/math/ran1.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/scene/orient_lattice.hpp"
#include "nbk/scene/mosaic_domains.hpp"
#include "nbk/scene/place_panel.hpp"
#include "nbk/scene/make_rays.hpp"
#include "nbk/scene/sampling.hpp"
#include "nbk/scene/scene.hpp"
#include "nbk/scene/validate.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <string>

namespace nbk {

namespace scene {

/// Whether structure factors of a table are interpolated: as the user says, else for a crystal of at most two cells
/// along any axis.
inline bool resolve_interpolation(const std::optional<bool>& wanted, const std::array<double, 3>& cells) {
  return wanted.value_or(*std::min_element(cells.begin(), cells.end()) <= 2.0);
}

/// Sub-pixels per axis that sample the spots three times: 3 L / (lambda d / p) with L the crystal's longest edge.
/// What no int can hold counts as 1, as the C program's conversion has it.
/// \param reach_m distance over which the spots spread
inline int recommended_oversample(const Lattice& lattice, const Panel& panel, double wavelength_m, double reach_m) {
  const double longest_m = std::max({strict::magnitude(lattice.direct.a_m) * lattice.cells[0],
                                     strict::magnitude(lattice.direct.b_m) * lattice.cells[1],
                                     strict::magnitude(lattice.direct.c_m) * lattice.cells[2]});
  const double spot_m = wavelength_m * reach_m / panel.pixel_size_m;
  if (spot_m == 0.0) return 1;
  const double subpixels = std::ceil(3.0 * longest_m / spot_m);
  return subpixels >= 1.0 && subpixels <= std::numeric_limits<int>::max() ? static_cast<int>(subpixels) : 1;
}

/// Sets the scene's oversampling.
/// \param wanted <= 0: the recommended one
inline void resolve_oversample(Scene& scene, int wanted, Policy policy) {
  const Panel& panel = scene.panel;
  // Swung past a right angle a panel has no distance along the beam; then its nearest point says more.
  const bool meets_beam = policy == Policy::compat || panel.distance_m > 0.0;
  const double reach_m = meets_beam ? panel.distance_m : std::fabs(panel.close_distance_m);
  scene.recommended_oversample = recommended_oversample(scene.lattice, panel, scene.wavelength_m, reach_m);
  scene.oversample = wanted > 0 ? wanted : scene.recommended_oversample;
  if (scene.oversample < scene.recommended_oversample)
    scene.warnings.emplace_back("the intensity may vary a lot within a pixel: an oversampling of " +
                                std::to_string(scene.recommended_oversample) + " is recommended");
}

/// Rejects a sensor seen from behind: what its layers capture of a ray that leaves through the front has no meaning,
/// and the exponentials would overflow. (On a flat panel the cosine to the normal has the sign of the close distance.)
inline void require_facing_sensor(const Scene& scene, Policy policy) {
  if (scene.layers.thickness_m == 0.0) return;
  if (scene.panel.curved && policy == Policy::compat) {
    const double turn_rad = widest_turn_rad(scene.panel);
    require(turn_rad < constants::pi<double> / 2, "angle between a curved detector's rays and its normal, radian",
            turn_rad, "must be less than pi / 2 for a sensor with a thickness");
  }
  require(scene.panel.close_distance_m > 0.0, "detector.sensor.thickness_m", scene.layers.thickness_m,
          "must be 0 where the panel is seen from behind or edge-on (close distance <= 0)");
}

/// Rejects a panel that has a sample point where the sample is: the solid angle there is no number.
inline void require_away_from_sample(const Scene& scene) {
  const Panel& p = scene.panel;
  const double sub_m = p.pixel_size_m / scene.oversample;
  const auto nearest_m = [&](double wanted_m, int first, int last) {  // middle of a sub-pixel of the window
    const double lowest = double(first) * scene.oversample, highest = (double(last) + 1) * scene.oversample - 1;
    return (std::clamp(std::floor(wanted_m / sub_m), lowest, highest) + 0.5) * sub_m;
  };
  const PixelWindow& w = scene.window;
  const Vec3d at = p.curved ? p.bend.start
                            : p.point_m(nearest_m(-strict::dot(p.origin_m, p.fast), w.fast_min, w.fast_max),
                                        nearest_m(-strict::dot(p.origin_m, p.slow), w.slow_min, w.slow_max));
  const double r_m = strict::magnitude(at);
  require(r_m >= 1e-12, "distance from the sample to a pixel, m", r_m,
          "must be at least 1e-12: the panel goes through the sample");
}

/// Rejects what would overflow the counters and indices of the kernel.
inline void require_countable(const Scene& scene) {
  const double limit = std::numeric_limits<int>::max();
  const double subpixels = double(std::max(scene.panel.pixels_fast, scene.panel.pixels_slow)) * scene.oversample;
  require(subpixels <= limit, "detector.oversample", scene.oversample, "must leave less than 2^31 sub-pixels in a row");
  const double orientations = double(scene.phi_rad.size()) * double(scene.domains.size());
  require(orientations <= most_points, "crystal.phi.steps * crystal.mosaicity.domains", orientations, "must be <= 1e8");
  const double steps = orientations * double(scene.rays.size()) * scene.oversample * scene.oversample;
  require(steps < 9.0e18, "evaluations per pixel (sources, phi steps, domains, sub-pixels)", steps,
          "must fit in 64 bits");

  // |h| <= |a| |q| and |q| <= 2 / lambda.
  const CellVectors& cell = scene.lattice.direct;
  const double edge_m =
      std::max({strict::magnitude(cell.a_m), strict::magnitude(cell.b_m), strict::magnitude(cell.c_m)});
  double shortest_m = scene.wavelength_m;
  for (const Ray& ray : scene.rays) shortest_m = std::min(shortest_m, ray.wavelength_m);
  require(2.0 * edge_m / shortest_m <= limit, "cell edge * 2 / wavelength", 2.0 * edge_m / shortest_m,
          "must be less than 2^31, as the Miller indices that it bounds");
}

/// What can be computed but is probably not meant.
inline void warn_of_oddities(Scene& scene, const Beam& beam, Policy policy) {
  if (scene.panel.curved && policy == Policy::corrected && overlaps_itself(scene.panel))
    scene.warnings.emplace_back("the curved detector reaches round the sample further than once");
  if (scene.panel.close_distance_m <= 0.0)
    scene.warnings.emplace_back(
        "the panel's plane is not in front of the sample: its pixels count as dark or negative");
  if (std::fabs(beam.kahn_factor) > 1.0)
    scene.warnings.emplace_back("beam.kahn_factor is outside -1 to 1: some pixels become negative");
}

/// What places a crystal besides itself.
struct CrystalSetting {
  Policy policy = Policy::compat;
  double beam_size_m = 0;           ///< clips the crystal
  int oversample = 0;               ///< as in Detector
  bool has_table = false;           ///< of structure factors
  std::optional<bool> interpolate;  ///< as in StructureFactors
};

/// \param has_table  whether there is a table of structure factors, here or elsewhere
inline CrystalSetting crystal_setting(const Experiment& e, bool has_table) {
  return {e.policy, e.beam.size_m, e.detector.oversample, has_table, e.structure_factors.interpolate};
}

/// All of a scene that no crystal changes.
inline Scene make_crystal_free_scene(const Experiment& experiment) {
  const Detector& detector = experiment.detector;
  const Policy policy = experiment.policy;
  Scene scene;
  scene.frame = normalised(experiment.frame, policy, scene.warnings);
  const PlacedPanel placed = place_panel(detector, scene.frame, policy);
  scene.panel = placed.panel;
  scene.centre = placed.centre;
  warn_of_ignored(detector, scene.frame, policy, scene.warnings);
  validate_mask(detector, scene.panel.pixels_fast, scene.panel.pixels_slow);
  scene.window = resolve_window(detector.roi, scene.panel);
  scene.layers = resolve_layers(detector.sensor, policy, scene.warnings);
  require_facing_sensor(scene, policy);
  scene.wavelength_m = experiment.beam.wavelength_m;
  scene.fluence_per_m2 = resolve_fluence(experiment.beam);
  check::finite(scene.fluence_per_m2, "beam.flux_per_s * exposure_s / size_m^2");
  scene.rays = make_rays(experiment.beam, scene.frame);
  warn_of_oddities(scene, experiment.beam, policy);
  scene.crystal_free_warnings = scene.warnings.size();
  return scene;
}

/// Puts a crystal into a scene, in the place of the one that may be there.
/// \throws InvalidInput, with the scene half changed
inline void place_crystal(Scene& scene, const Crystal& crystal, const CrystalSetting& setting) {
  scene.warnings.resize(scene.crystal_free_warnings);
  scene.generator = Ran1();
  scene.phi_rad = phi_angles(resolve_phi(crystal.phi));

  // The draws come in this order, because they share one table.
  scene.misset_rad =
      crystal.random_misset_seed ? random_misset(*crystal.random_misset_seed, scene.generator) : crystal.misset_rad;
  const int domains = resolve_domains(crystal.mosaicity, scene.warnings);
  scene.domains = mosaic_domains(crystal.mosaicity, domains, scene.generator);
  scene.mosaic_rotations = crystal.mosaicity.spread_rad > 0.0;

  scene.lattice = orient_lattice(crystal, scene.wavelength_m, setting.policy, scene.misset_rad);
  scene.lattice.cells = resolve_cells(crystal, scene.lattice.direct, setting.beam_size_m, scene.warnings);
  const bool by_final_size = setting.policy == Policy::corrected;
  scene.interpolate = setting.has_table &&
                      resolve_interpolation(setting.interpolate, by_final_size ? scene.lattice.cells : crystal.cells);
  resolve_oversample(scene, setting.oversample, setting.policy);
  require_countable(scene);
  require_away_from_sample(scene);
}

/// The scene of an experiment that has been checked.
/// \param has_table  whether there is a table of structure factors, here or elsewhere
inline Scene make_scene_of_valid(const Experiment& experiment, bool has_table) {
  Scene scene = make_crystal_free_scene(experiment);
  place_crystal(scene, experiment.crystal, crystal_setting(experiment, has_table));
  return scene;
}

}  // namespace scene

/// Checks an experiment and makes every automatic choice, in the C program's arithmetic.
///
/// docs/physics.md, "Setup", has the equations and what `corrected` does differently.
/// \throws InvalidInput naming the parameter, its value and what is allowed
inline Scene make_scene(const Experiment& experiment) {
  scene::validate(experiment);
  return scene::make_scene_of_valid(experiment, experiment.structure_factors.has_table());
}

}  // namespace nbk
