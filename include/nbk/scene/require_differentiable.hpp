// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/core/error.hpp"
#include "nbk/core/format_number.hpp"
#include "nbk/model/crystal.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/model/lattice_shape.hpp"
#include "nbk/scene/crystal_system.hpp"
#include "nbk/scene/derivative_change.hpp"
#include "nbk/scene/lattice_strain.hpp"
#include "nbk/scene/scene.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nbk {

/// Parts of an experiment that derivatives need besides its scene.
struct DerivativeSetting {
  Crystal crystal;          ///< the one that the scene was made of
  bool polarized = true;    ///< see Beam
  double water_size_m = 0;  ///< see Experiment; there must be none

  /// Returns that of an experiment.
  static DerivativeSetting of(const Experiment& experiment) {
    return {experiment.crystal, experiment.beam.polarized, experiment.water_size_m};
  }
};

namespace scene {

/// Rejects a parameter unless `good`. \throws InvalidInput
inline void require_parameter(bool good, std::string_view name, const std::string& allowed) {
  require(good, "parameter of a derivative", name, allowed);
}

/// Rejects a parameter of the cell if the cell is none of the crystal system. Equal lengths may differ by 1e-6, angles
/// by 1e-6 radian. \throws InvalidInput
inline void require_cell_of_system(std::string_view name, const Lattice& lattice, CrystalSystem system) {
  constexpr double tolerance = 1e-6;
  const CellShape cell = cell_shape(lattice.direct);
  const auto angle = [](double sine, double cosine) { return std::atan2(sine, cosine); };
  const std::array<double, 6> values{cell.lengths_A.x,
                                     cell.lengths_A.y,
                                     cell.lengths_A.z,
                                     angle(cell.sines.x, cell.cosines.x),
                                     angle(cell.sines.y, cell.cosines.y),
                                     angle(cell.sines.z, cell.cosines.z)};
  const CellTies ties = cell_ties(system);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const bool fixed = ties[i] < 0;
    const double wanted =
        fixed ? fixed_angle_degree(system, i) * constants::degree_rad : values[static_cast<std::size_t>(ties[i])];
    const std::string_view tie =
        fixed ? "the crystal system's" : cell_parameter_names[static_cast<std::size_t>(ties[i])];
    require_parameter(std::fabs(values[i] - wanted) <= tolerance * (i < 3 ? wanted : 1.0), name,
                      "must be of a cell whose " + std::string(cell_parameter_names[i]) + ", " + format_g(values[i]) +
                          ", is " + std::string(tie) + ", " + format_g(wanted));
  }
}

/// Rejects off-diagonal elements of N for shapes that have none. \throws InvalidInput
inline void require_cells_that_exist(std::string_view name, LatticeShape shape, const std::array<double, 6>& moves) {
  const bool diagonal = std::all_of(moves.begin() + 3, moves.end(), [](double moved) { return moved == 0.0; });
  require_parameter(diagonal || shape == LatticeShape("gauss"), name,
                    "must be of a crystal of the shape gauss, but its shape is " + std::string(shape.name()));
}

/// Rejects panels that do not exist or cannot be moved. \throws InvalidInput
inline void require_movable_panels(std::string_view name, const Scene& scene, const std::vector<int>& panels) {
  const auto count = static_cast<int>(scene.panels.size());
  for (const int panel : panels)
    require_parameter(
        panel >= 0 && panel < count, name,
        "must move panels 0 to " + std::to_string(count - 1) + ", but has panel " + std::to_string(panel));
  const bool curved = std::ranges::any_of(scene.panels, [](const ScenePanel& p) { return p.geometry.curved; });
  require_parameter(!curved, name, "must be of flat panels, but the detector is curved");
}

/// Rejects a spread that a crystal's normally distributed domains do not have. \throws InvalidInput
inline void require_normal_spread(std::string_view name, const Mosaicity& mosaicity,
                                  const std::optional<LabAxis>& axis) {
  const std::size_t wanted = axis ? 3 : 1;
  require_parameter(mosaicity.rotations.empty() && mosaicity.normal_spread_rad.size() == wanted, name,
                    "must be of a crystal of normally distributed domains with " + std::to_string(wanted) +
                        (axis ? " spreads" : " spread"));
}

/// Rejects a parameter that changes what materials scatter in a way that no derivative knows. \throws InvalidInput
inline void require_no_materials(std::string_view name, const Scene& scene) {
  require_parameter(scene.materials.empty(), name,
                    "must be of an experiment without materials, since it moves what they scatter, too: compute that "
                    "with simulate_materials(), and take it from the data");
}

/// Rejects a number that has no effect on this experiment. \throws InvalidInput
inline void require_plain_change_exists(std::string_view name, const Scene& scene, const DerivativeSetting& setting,
                                        PlainChange change) {
  const auto some_layers = [&](auto&& good) {
    return std::ranges::any_of(scene.panels, [&](const ScenePanel& panel) { return good(panel.layers); });
  };
  switch (change) {
    case PlainChange::materials:
      return require_parameter(!scene.materials.empty(), name, "must be of an experiment with materials");
    case PlainChange::kahn_factor:
      require_no_materials(name, scene);
      return require_parameter(setting.polarized, name, "must be of a beam whose polarisation counts");
    case PlainChange::thickness:
      require_no_materials(name, scene);
      return require_parameter(some_layers([](const SensorLayers& layers) { return layers.thickness_m > 0.0; }), name,
                               "must be of a sensor with a thickness");
    case PlainChange::attenuation_length:
      require_no_materials(name, scene);
      return require_parameter(some_layers([](const SensorLayers& layers) {
                                 return layers.thickness_m > 0.0 && layers.attenuation_per_m > 0.0;
                               }),
                               name, "must be of a sensor with a thickness that absorbs");
    case PlainChange::fudge:
      return require_parameter(setting.crystal.shape != LatticeShape("square"), name,
                               "must be of a shape with a radius, but that of square crystals is none");
    case PlainChange::mosaic_spread:
      return require_parameter(
          setting.crystal.mosaicity.rotations.empty() && setting.crystal.mosaicity.normal_spread_rad.empty() &&
              setting.crystal.mosaicity.spread_rad > 0.0,
          name, "must be of a crystal with a mosaic spread; for rotations of one's own use DomainTurn");
    case PlainChange::phi_range:
      return require_parameter(scene.phi_rad.size() > 1, name, "must be of a sweep of at least two phi steps");
    case PlainChange::scale:
    case PlainChange::background:
    case PlainChange::fluence:
    case PlainChange::distance:
    case PlainChange::phi_start: break;
  }
}

}  // namespace scene
}  // namespace nbk
