// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/core/nearest_names.hpp"
#include "nbk/scene/crystal_system.hpp"
#include "nbk/scene/derivative_change.hpp"
#include "nbk/scene/named_changes.hpp"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nbk {

/// One parameter of derivatives.
struct DerivativeParameter {
  std::string name;                       ///< for results and messages, with its unit
  std::vector<DerivativeChange> changes;  ///< the parts of the experiment that it moves; their effects add up
};

/// List of the parameters by which an image is differentiated, made before any experiment is known.
/// \code
/// DerivativeParameters parameters{"crystal.misset_rad.x", "crystal.mosaicity.spread_rad", "scale"};
/// parameters.add_cell(CrystalSystem::tetragonal);
/// parameters.add("quadrant_0.shift_x_m", PanelMotion{{0, 1, 2, 3}, {1, 0, 0}, {}, {}});
/// \endcode
class DerivativeParameters {
 public:
  /// An empty list.
  DerivativeParameters() = default;
  /// Parameters by their names. \throws InvalidInput  an unknown name, or one that stands twice
  DerivativeParameters(std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) add(name);
  }

  /// Adds a parameter by its name: see named_changes(). \throws InvalidInput  an unknown name, or one of the list
  DerivativeParameters& add(std::string_view name) { return add(std::string(name), scene::change_named(name)); }

  /// Adds a parameter of one's own. \throws InvalidInput  a name of the list, or none
  DerivativeParameters& add(std::string name, DerivativeChange change) {
    return add(std::move(name), std::vector<DerivativeChange>{std::move(change)});
  }

  /// Adds a parameter that moves several parts of the experiment together, as panels that turn about axes of their own.
  /// \throws InvalidInput  a name of the list, or none; no part
  DerivativeParameters& add(std::string name, std::vector<DerivativeChange> changes) {
    require(!name.empty(), "name of a derivative's parameter", "\"\"", "must not be empty");
    require(std::ranges::find(m_list, name, &DerivativeParameter::name) == m_list.end(),
            "name of a derivative's parameter", name, "is in the list already");
    require(!changes.empty(), "parts that the parameter " + name + " moves", 0, "must be at least one");
    m_list.push_back({std::move(name), std::move(changes)});
    return *this;
  }

  /// Adds the parameters of the unit cell that a crystal system leaves free, as "crystal.cell.a_A".
  /// \throws InvalidInput  a name of the list
  DerivativeParameters& add_cell(CrystalSystem system) {
    for (const scene::FreeCellParameter& free : scene::free_cell_parameters(system))
      add(scene::cell_name(free.first), CellChange{free.moves, system});
    return *this;
  }

  /// Returns the place of a parameter in the list, and in results. \throws InvalidInput  a name that is not in it
  std::size_t index(std::string_view name) const {
    const auto found = std::ranges::find(m_list, name, &DerivativeParameter::name);
    if (found == m_list.end()) reject("parameter of a derivative", name, allowed_names(name, names(), "the list"));
    return static_cast<std::size_t>(found - m_list.begin());
  }

  /// Returns the number of parameters.
  std::size_t size() const { return m_list.size(); }
  /// Returns the first parameter.
  auto begin() const { return m_list.begin(); }
  /// Returns the place behind the last parameter.
  auto end() const { return m_list.end(); }

 private:
  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const DerivativeParameter& parameter : m_list) all.push_back(parameter.name);
    return all;
  }

  std::vector<DerivativeParameter> m_list;
};

}  // namespace nbk
