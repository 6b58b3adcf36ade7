// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/mat3.hpp"
#include "nbk/core/vec3.hpp"
#include "nbk/io/symmetry_operation.hpp"
#include "nbk/model/crystal.hpp"

#include <gemmi/elem.hpp>
#include <gemmi/model.hpp>

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace nbk::io {

/// One atom of the asymmetric unit.
struct AtomicSite {
  gemmi::El element = gemmi::El::X;   ///< chemical element; a charge is not looked at
  Vec3d position{0, 0, 0};            ///< fractional coordinates
  double occupancy = 1;               ///< with the share of an atom on a special position
  double b_iso_A2 = 0;                ///< isotropic displacement B, used where there is no tensor
  std::optional<Mat3d> displacement;  ///< beta: the amplitude falls by exp(-h.beta h), h the Miller indices
};

/// Atoms of a crystal, from a file of coordinates.
struct Coordinates {
  std::optional<UnitCell> cell;               ///< not given by the file: nothing
  std::string space_group;                    ///< its name; empty: not given by the file
  std::vector<SymmetryOperation> operations;  ///< of the whole group; empty: not given by the file
  std::vector<AtomicSite> sites;              ///< of the asymmetric unit
  bool is_macromolecule = false;              ///< of a PDB or mmCIF file, with solvent between molecules
  gemmi::Structure structure{};               ///< the same atoms for gemmi; empty for a small molecule
  std::vector<std::string> notes;             ///< choices that were made, without the file's name
  std::vector<std::string> warnings;          ///< likely mistakes, without the file's name
};

}  // namespace nbk::io
