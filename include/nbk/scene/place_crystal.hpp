// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/concatenated.hpp"
#include "nbk/core/error.hpp"
#include "nbk/core/warning.hpp"
#include "nbk/math/ran1.hpp"
#include "nbk/model/crystal.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/scene/compat/warn_of_water.hpp"
#include "nbk/scene/index_bounds.hpp"
#include "nbk/scene/mosaic_domains.hpp"
#include "nbk/scene/orient_lattice.hpp"
#include "nbk/scene/place_diffuse.hpp"
#include "nbk/scene/require_computable.hpp"
#include "nbk/scene/resolve_cells.hpp"
#include "nbk/scene/resolve_oversample.hpp"
#include "nbk/scene/sampling.hpp"
#include "nbk/scene/scene.hpp"
#include "nbk/scene/shape_of.hpp"
#include "nbk/scene/spiral_domains.hpp"
#include "nbk/scene/unlikely_numbers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

namespace nbk::scene {

/// Parts of an experiment that place a crystal, besides the crystal itself.
struct CrystalSetting {
  Policy policy = Policy::compat;
  double beam_size_m = 0;           ///< clips the crystal
  int oversample = 0;               ///< see Detector
  bool has_table = false;           ///< of structure factors
  std::optional<bool> interpolate;  ///< see StructureFactors
  double water_size_m = 0;          ///< see Experiment
};

/// Returns the setting of an experiment's crystal.
/// \param has_table  true for a table of structure factors, here or elsewhere
inline CrystalSetting crystal_setting(const Experiment& e, bool has_table) {
  return {e.policy, e.beam.size_m, e.detector.oversample, has_table, e.structure_factors.interpolate, e.water_size_m};
}

/// Returns true if structure factors of a table are interpolated: as the user says, else for a crystal of at most two
/// cells along any axis.
inline bool resolve_interpolation(const std::optional<bool>& wanted, const std::array<double, 3>& cells) {
  return wanted.value_or(*std::min_element(cells.begin(), cells.end()) <= 2.0);
}

/// Returns true if the F of the nearest reflection jumps where a pixel shows it. Halfway between two reflections the
/// intensity of N cells is up to 1/N^2 of that in the spot. In single precision 21 of 10^6 pixels of a crystal of one
/// cell had the neighbour's F, off by up to 87 % of the brightest pixel; with 3 cells 1.6 %, 5 0.5 %, 7 0.2 %, and from
/// 9 cells on less than 0.1 %, as much as single precision is off elsewhere.
inline bool shows_nearest_index(const std::array<double, 3>& cells) {
  constexpr double most_cells = 8;
  return *std::min_element(cells.begin(), cells.end()) <= most_cells;
}

/// Checks that a matrix of cells stands where it means something.
/// \throws InvalidInput
inline void require_matrix_of_cells_used(const Crystal& crystal, Policy policy) {
  if (!crystal.cells_matrix) return;
  require(policy == Policy::corrected, "crystal.cells_matrix", "given", "must stand with the corrected policy");
  require(crystal.shape == LatticeShape("gauss"), "crystal.shape", crystal.shape.name(),
          "must be gauss where crystal.cells_matrix is given");
}

/// Checks that cells are whole where they count the slits of a grating, and in `compat`. Spots of other shapes are as
/// wide and as high as any number says, so that a fit can follow it.
/// \throws InvalidInput
inline void require_whole_cells(const Crystal& crystal, Policy policy) {
  if (policy == Policy::corrected && crystal.shape != LatticeShape("square")) return;
  for (const double cells : crystal.cells)
    require(cells == std::floor(cells), "crystal.cells", cells,
            "must be a whole number, but for round, gauss and tophat in the corrected policy");
}

/// Checks that a cut stands where it means something: `compat` leaves nothing out, and the side maxima of square and
/// round crystals have no end. \throws InvalidInput
inline void require_cut_used(const Crystal& crystal, Policy policy) {
  if (crystal.intensity_cut == 0) return;
  require(policy == Policy::corrected, "crystal.intensity_cut", crystal.intensity_cut,
          "must be 0 in the compat policy");
  bool compact = false;
  with_shape(crystal.shape, [&](auto shape) { compact = decltype(shape)::compact; });
  if (!compact) {
    reject("crystal.intensity_cut", crystal.intensity_cut,
           concatenated({"must be 0 for the shape ", crystal.shape.name(), ": its spots have no end"}));
  }
}

/// Checks that diffuse scattering stands where it means something: `compat` has none.
/// \throws InvalidInput
inline void require_diffuse_used(const Crystal& crystal, Policy policy) {
  if (!crystal.diffuse) return;
  require(policy == Policy::corrected, "crystal.diffuse", "given", "must stand with the corrected policy");
  require(crystal.diffuse->normalization != DiffuseNormalization::volume || crystal.fudge > 0, "crystal.fudge",
          crystal.fudge, "must be > 0 where crystal.diffuse.normalization is volume");
}

/// Puts a crystal into a scene, in the place of the one that may be there.
/// \throws InvalidInput, with the scene half changed
inline void place_crystal(Scene& scene, const Crystal& crystal, const CrystalSetting& setting) {
  std::erase_if(scene.warnings, [](const Warning& warning) { return depends_on_crystal(warning.topic); });
  scene.generator = Ran1();
  scene.phi_rad = phi_angles(resolve_phi(crystal.phi));

  // The draws come in this order, because they share one table.
  scene.misset_rad =
      crystal.random_misset_seed ? random_misset(*crystal.random_misset_seed, scene.generator) : crystal.misset_rad;
  if (crystal.mosaicity.rotations.empty() && !crystal.mosaicity.normal_spread_rad.empty()) {
    constexpr int usual = 10;
    scene.domains = domain_rotations(
        spiral_domains(crystal.mosaicity.domains.value_or(usual), crystal.mosaicity.normal_spread_rad));
    scene.mosaic_rotations = true;
  } else if (crystal.mosaicity.rotations.empty()) {
    const int domains = resolve_domains(crystal.mosaicity, scene.warnings);
    scene.domains = mosaic_domains(crystal.mosaicity, domains, scene.generator);
    scene.mosaic_rotations = crystal.mosaicity.spread_rad > 0.0;
  } else {
    scene.domains = crystal.mosaicity.rotations;
    scene.mosaic_rotations = true;
  }

  scene.lattice = orient_lattice(crystal, scene.wavelength_m, setting.policy, scene.misset_rad);
  require_matrix_of_cells_used(crystal, setting.policy);
  require_whole_cells(crystal, setting.policy);
  require_cut_used(crystal, setting.policy);
  require_diffuse_used(crystal, setting.policy);
  scene.diffuse = place_diffuse(crystal, scene.lattice, scene.misset_rad);
  scene.lattice.cells_matrix = crystal.cells_matrix;
  scene.lattice.cells = resolve_cells(crystal, scene.lattice.direct, setting.beam_size_m, scene.warnings);
  const bool by_final_size = setting.policy == Policy::corrected;
  scene.interpolate = setting.has_table &&
                      resolve_interpolation(setting.interpolate, by_final_size ? scene.lattice.cells : crystal.cells);
  scene.need.phase_periods = phase_periods(scene, crystal.shape, setting.policy);
  scene.need.nearest_index = setting.has_table && !scene.interpolate && shows_nearest_index(scene.lattice.cells);
  resolve_oversample(scene, setting.oversample, setting.policy);
  if (setting.policy == Policy::compat) compat::warn_of_water(scene, setting.water_size_m);
  warn_of_unlikely(unlikely_numbers(crystal, scene.wavelength_m), Warning::Topic::unlikely_crystal, scene.warnings);
  require_countable(scene);
  for (std::size_t i = 0; i < scene.panels.size(); ++i) require_away_from_sample(scene.panels[i], panel_name(scene, i));
}

}  // namespace nbk::scene
