// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/model/crystal.hpp"
#include "nbk/physics/pixel_sums.hpp"
#include "nbk/scene/beam_turns.hpp"
#include "nbk/scene/derivative_coefficients.hpp"
#include "nbk/scene/derivative_parameters.hpp"
#include "nbk/scene/diffuse_coefficients.hpp"
#include "nbk/scene/domain_turns.hpp"
#include "nbk/scene/lattice_strain.hpp"
#include "nbk/scene/orientation_twists.hpp"
#include "nbk/scene/panel_coefficients.hpp"
#include "nbk/scene/require_differentiable.hpp"
#include "nbk/scene/scene.hpp"
#include "nbk/scene/spiral_domains.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace nbk {

namespace scene {

/// Fills the coefficients of one parameter after the other.
class CoefficientMaker {
 public:
  CoefficientMaker(const Scene& scene, const DerivativeSetting& setting) : m_scene(scene), m_setting(setting) {}

  /// Returns the coefficients of all parameters. \throws InvalidInput
  DerivativeCoefficients make(const DerivativeParameters& parameters) {
    require(m_setting.water_size_m == 0.0, "water_size_m", m_setting.water_size_m,
            "must be 0 for derivatives, which are of the crystal's image");
    for (const DerivativeParameter& parameter : parameters) m_result.names.push_back(parameter.name);
    m_result.panels = static_cast<int>(m_scene.panels.size());
    m_result.values.assign(m_scene.panels.size() * parameters.size() * Sums::count, 0.0);
    if (m_scene.diffuse) m_result.of_halos.assign(parameters.size() * physics::DiffuseSums::own, 0.0);
    m_parameter = 0;
    for (const DerivativeParameter& parameter : parameters) {
      m_name = parameter.name;
      for (const DerivativeChange& change : parameter.changes) std::visit(*this, change);
      ++m_parameter;
    }
    return std::move(m_result);
  }

  void operator()(const LatticeChange& change) { add_change(strain_of(m_scene.lattice, change.vectors_A)); }
  void operator()(const LatticeTurn& change) { add_strain(strain_of_turn(m_scene.lattice, change.axis)); }
  void operator()(const CrystalTurn& change) {
    add_strain(strain_of_turn(m_scene.lattice, direction_of(m_scene.lattice, change.axis)));
  }
  void operator()(const MissetTurn& change) {
    add_strain(strain_of_turn(m_scene.lattice, misset_axis(m_scene.misset_rad, change.axis)));
  }
  void operator()(const CellChange& change) {
    if (change.system) require_cell_of_system(m_name, m_scene.lattice, *change.system);
    add_change(strain_of_cell(m_scene.lattice, cell_frame(m_setting.crystal), change.moves));
  }
  void operator()(const CellsChange& change) {
    require_cells_that_exist(m_name, m_setting.crystal.shape, change.moves);
    for_each_panel([&](const ScenePanel&, double* coefficients) {
      for (std::size_t i = 0; i < change.moves.size(); ++i) coefficients[Sums::cells + i] += change.moves[i];
    });
  }
  void operator()(const DomainTurn& change) {
    require_parameter(change.rotations.size() == m_scene.domains.size(), m_name,
                      "must turn " + std::to_string(m_scene.domains.size()) + " mosaic domains, but has " +
                          std::to_string(change.rotations.size()) + " rotations");
    add_twist(twists_of_domains(m_scene, change.rotations));
  }
  void operator()(const NormalSpreadChange& change) {
    const Mosaicity& mosaicity = m_setting.crystal.mosaicity;
    require_normal_spread(m_name, mosaicity, change.axis);
    const DomainAxes domains = spiral_domains(static_cast<int>(m_scene.domains.size()), mosaicity.normal_spread_rad);
    (*this)(turn_by_spread(domains, static_cast<std::size_t>(change.axis.value_or(LabAxis::x))));
  }
  void operator()(const WavelengthChange& change) {
    require_no_materials(m_name, m_scene);
    for_each_panel([&](const ScenePanel&, double* coefficients) {
      coefficients[Sums::wavelength] -= change.shift_A;
      for (int i = 0; i < 3; ++i) coefficients[Sums::strain + 4 * i] -= change.factor;
    });
  }
  void operator()(const PanelMotion& change) {
    require_no_materials(m_name, m_scene);
    require_movable_panels(m_name, m_scene, change.panels);
    for (std::size_t panel = 0; panel < m_scene.panels.size(); ++panel) {
      const auto number = static_cast<int>(panel);
      const bool moves = change.panels.empty() || std::ranges::find(change.panels, number) != change.panels.end();
      if (moves) add_motion(m_scene.panels[panel].geometry, change, m_result.of(number, m_parameter));
    }
  }
  void operator()(const IncidentTurn& change) {
    require_no_materials(m_name, m_scene);
    require_parameter(m_result.beam_turns_used < Sums::most_beams, m_name,
                      "must be one of at most " + std::to_string(Sums::most_beams) + " turns of the beam");
    add(Sums::beam + m_result.beam_turns_used++, 1.0);
    append(m_result.beam_turns, beam_turns(m_scene, change.axis));
  }
  void operator()(const DiffuseChange& change) {
    require_parameter(m_scene.diffuse.has_value(), m_name, "must be of a crystal with diffuse scattering");
    add_diffuse_change(*m_scene.diffuse, change, m_result.halos_of(m_parameter));
  }
  void operator()(const SpindleTurn& change) { add_twist(twists_of_spindle(m_scene, change.axis)); }
  void operator()(PlainChange change) {
    require_plain_change_exists(m_name, m_scene, m_setting, change);
    switch (change) {
      case PlainChange::scale: return add(Sums::image, 1.0);
      case PlainChange::background: return add(Sums::constant, 1.0);
      case PlainChange::materials: return add(Sums::materials, 1.0);
      case PlainChange::fluence:
        add(Sums::materials, 1.0 / m_scene.fluence_per_m2);
        return add(Sums::image, 1.0 / m_scene.fluence_per_m2);
      case PlainChange::kahn_factor: return add(Sums::kahn, 1.0);
      case PlainChange::distance: return (*this)(PanelMotion{{}, m_scene.frame.beam, {}, {}});
      case PlainChange::thickness:
        return for_each_panel([](const ScenePanel& panel, double* c) { add_thickness(panel.layers, c); });
      case PlainChange::attenuation_length:
        return for_each_panel([](const ScenePanel& panel, double* c) { add_attenuation_length(panel.layers, c); });
      case PlainChange::fudge: return add_fudge();
      case PlainChange::mosaic_spread:
        return (*this)(turn_by_common_spread(m_scene.domains, m_setting.crystal.mosaicity.spread_rad));
      case PlainChange::phi_start: return add_twist(twists_of_phi_start(m_scene));
      case PlainChange::phi_range: return add_twist(twists_of_phi_range(m_scene));
    }
  }

 private:
  using Sums = physics::PixelSums;

  template <class Element>
  static void append(std::vector<Element>& list, const std::vector<Element>& more) {
    list.insert(list.end(), more.begin(), more.end());
  }

  template <class Function>
  void for_each_panel(Function&& fill) {
    for (int panel = 0; panel < m_result.panels; ++panel)
      fill(m_scene.panels[static_cast<std::size_t>(panel)], m_result.of(panel, m_parameter));
  }
  void add(int sum, double value) {
    for_each_panel([&](const ScenePanel&, double* coefficients) { coefficients[sum] += value; });
  }
  void add_strain(const Mat3d& strain) {
    for_each_panel([&](const ScenePanel&, double* coefficients) {
      add_vector(coefficients, Sums::strain, strain.row0);
      add_vector(coefficients, Sums::strain + 3, strain.row1);
      add_vector(coefficients, Sums::strain + 6, strain.row2);
    });
  }
  /// Adds a change of the lattice that is no turn: the axes of diffuse scattering follow.
  void add_change(const Mat3d& strain) {
    add_strain(strain);
    if (!m_scene.diffuse) return;
    const SceneDiffuse& diffuse = *m_scene.diffuse;
    add_strain_of_axes(diffuse, strain_of_axes(m_scene.lattice, diffuse.axes, strain), m_result.halos_of(m_parameter));
  }
  void add_twist(const std::vector<Vec3d>& vectors) {
    require_parameter(m_result.twists < Sums::most_twists, m_name,
                      "must be one of at most " + std::to_string(Sums::most_twists) +
                          " parameters that turn orientations by different angles");
    add(Sums::twist + m_result.twists++, -1.0);
    append(m_result.twist_vectors, vectors);
  }
  /// Adds the fudge factor f of a shape (det N)^2 g(f |N delta|^2): a common factor of N changes the radius as f does,
  /// and the height besides, so that 2 f dI/df = sum N dI/dN - 6 I.
  void add_fudge() {
    const auto& cells = m_scene.lattice.cells;
    std::array<double, 6> numbers{cells[0], cells[1], cells[2], 0, 0, 0};
    if (const auto& matrix = m_scene.lattice.cells_matrix)
      numbers = {matrix->row0.x, matrix->row1.y, matrix->row2.z, matrix->row0.y, matrix->row1.z, matrix->row0.z};
    const double per_fudge = 0.5 / m_setting.crystal.fudge;
    for (int i = 0; i < 6; ++i) add(Sums::cells + i, per_fudge * numbers[static_cast<std::size_t>(i)]);
    add(Sums::image, -6.0 * per_fudge);
    if (!m_scene.diffuse) return;
    // Halos know no radius; their normalisation by volume falls as f^(-3/2).
    const bool by_volume = m_scene.diffuse->normalization == DiffuseNormalization::volume;
    m_result.halos_of(m_parameter)[0] += 6.0 * per_fudge - (by_volume ? 3.0 * per_fudge : 0.0);
  }

  const Scene& m_scene;
  const DerivativeSetting& m_setting;
  DerivativeCoefficients m_result;
  int m_parameter = 0;
  std::string_view m_name;
};

}  // namespace scene

/// Returns the coefficients of the derivatives of a scene's image by a list of parameters. docs/physics.md has an
/// equation for each.
/// \throws InvalidInput  a parameter of something that the experiment does not have, which the message names; water
inline DerivativeCoefficients make_derivative_coefficients(const Scene& scene, const DerivativeSetting& setting,
                                                           const DerivativeParameters& parameters) {
  return scene::CoefficientMaker(scene, setting).make(parameters);
}

}  // namespace nbk
