// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/core/nearest_names.hpp"
#include "nbk/scene/crystal_system.hpp"
#include "nbk/scene/derivative_change.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nbk {

/// A name and what it stands for.
struct NamedChange {
  std::string name;         ///< path of the number in an Experiment, with its unit
  DerivativeChange change;  ///< the part of the experiment that it moves
};

namespace scene {

/// Returns the name of one of the six parameters of the cell, "crystal.cell.a_A" and so on.
inline std::string cell_name(std::size_t parameter) {
  return "crystal.cell." + std::string(cell_parameter_names[parameter]);
}

/// Adds names of turns about the axes of the laboratory.
template <class Turn>
void add_turns(std::vector<NamedChange>& list, const std::string& name) {
  list.push_back({name + ".x", Turn{{1, 0, 0}}});
  list.push_back({name + ".y", Turn{{0, 1, 0}}});
  list.push_back({name + ".z", Turn{{0, 0, 1}}});
}

/// Adds names of the crystal: its orientation, cell, size and sweep.
inline void add_names_of_crystal(std::vector<NamedChange>& list) {
  constexpr std::array<std::string_view, 6> elements{"a", "b", "c", "ab", "bc", "ac"};
  list.push_back({"crystal.misset_rad.x", MissetTurn{LabAxis::x}});
  list.push_back({"crystal.misset_rad.y", MissetTurn{LabAxis::y}});
  list.push_back({"crystal.misset_rad.z", MissetTurn{LabAxis::z}});
  add_turns<LatticeTurn>(list, "crystal.turn_rad");
  list.push_back({"crystal.turn_rad.a", CrystalTurn{CrystalAxis::a}});
  list.push_back({"crystal.turn_rad.b", CrystalTurn{CrystalAxis::b}});
  list.push_back({"crystal.turn_rad.c", CrystalTurn{CrystalAxis::c}});
  for (std::size_t i = 0; i < cell_parameter_names.size(); ++i) {
    CellChange change;
    change.moves[i] = 1;
    list.push_back({cell_name(i), change});
  }
  list.push_back({"crystal.cells", CellsChange{{1, 1, 1, 0, 0, 0}}});
  for (std::size_t i = 0; i < elements.size(); ++i) {
    CellsChange change;
    change.moves[i] = 1;
    list.push_back({"crystal.cells." + std::string(elements[i]), change});
  }
  list.push_back({"crystal.fudge", PlainChange::fudge});
  list.push_back({"crystal.mosaicity.spread_rad", PlainChange::mosaic_spread});
  list.push_back({"crystal.mosaicity.normal_spread_rad", NormalSpreadChange{}});
  list.push_back({"crystal.mosaicity.normal_spread_rad.x", NormalSpreadChange{LabAxis::x}});
  list.push_back({"crystal.mosaicity.normal_spread_rad.y", NormalSpreadChange{LabAxis::y}});
  list.push_back({"crystal.mosaicity.normal_spread_rad.z", NormalSpreadChange{LabAxis::z}});
  list.push_back({"crystal.phi.start_rad", PlainChange::phi_start});
  list.push_back({"crystal.phi.range_rad", PlainChange::phi_range});
  const Vec3d none, all{1, 1, 1}, x{1, 0, 0}, y{0, 1, 0}, z{0, 0, 1};
  list.push_back({"crystal.diffuse.gamma_A", DiffuseChange{all, none}});
  list.push_back({"crystal.diffuse.gamma_A.x", DiffuseChange{x, none}});
  list.push_back({"crystal.diffuse.gamma_A.y", DiffuseChange{y, none}});
  list.push_back({"crystal.diffuse.gamma_A.z", DiffuseChange{z, none}});
  list.push_back({"crystal.diffuse.sigma_A", DiffuseChange{none, all}});
  list.push_back({"crystal.diffuse.sigma_A.x", DiffuseChange{none, x}});
  list.push_back({"crystal.diffuse.sigma_A.y", DiffuseChange{none, y}});
  list.push_back({"crystal.diffuse.sigma_A.z", DiffuseChange{none, z}});
  add_turns<SpindleTurn>(list, "frame.spindle.turn_rad");
}

/// Adds names of the beam.
inline void add_names_of_beam(std::vector<NamedChange>& list) {
  list.push_back({"beam.wavelength_factor", WavelengthChange{0.0, 1.0}});
  list.push_back({"beam.wavelength_shift_A", WavelengthChange{1.0, 0.0}});
  add_turns<IncidentTurn>(list, "beam.turn_rad");
  list.push_back({"beam.kahn_factor", PlainChange::kahn_factor});
  list.push_back({"beam.fluence_per_m2", PlainChange::fluence});
}

/// Adds names of the detector, all panels together, and of the image.
inline void add_names_of_detector(std::vector<NamedChange>& list) {
  list.push_back({"detector.distance_m", PlainChange::distance});
  list.push_back({"detector.shift_m.x", PanelMotion{{}, {1, 0, 0}, {}, {}}});
  list.push_back({"detector.shift_m.y", PanelMotion{{}, {0, 1, 0}, {}, {}}});
  list.push_back({"detector.shift_m.z", PanelMotion{{}, {0, 0, 1}, {}, {}}});
  list.push_back({"detector.turn_rad.x", PanelMotion{{}, {}, {1, 0, 0}, {}}});
  list.push_back({"detector.turn_rad.y", PanelMotion{{}, {}, {0, 1, 0}, {}}});
  list.push_back({"detector.turn_rad.z", PanelMotion{{}, {}, {0, 0, 1}, {}}});
  list.push_back({"detector.sensor.thickness_m", PlainChange::thickness});
  list.push_back({"detector.sensor.attenuation_length_m", PlainChange::attenuation_length});
  list.push_back({"scale", PlainChange::scale});
  list.push_back({"materials", PlainChange::materials});
  list.push_back({"background", PlainChange::background});
}

}  // namespace scene

/// Returns all parameters that have a name of their own. Turns of the detector are about the sample.
inline std::vector<NamedChange> named_changes() {
  std::vector<NamedChange> list;
  scene::add_names_of_crystal(list);
  scene::add_names_of_beam(list);
  scene::add_names_of_detector(list);
  return list;
}

namespace scene {

/// Returns the change of a name. \throws InvalidInput  an unknown name
inline DerivativeChange change_named(std::string_view name) {
  std::vector<std::string> names;
  for (NamedChange& known : named_changes()) {
    if (known.name == name) return std::move(known.change);
    names.push_back(std::move(known.name));
  }
  reject("parameter of a derivative", name, allowed_names(name, names, "named_changes()"));
}

}  // namespace scene
}  // namespace nbk
