// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/io/gemmi/atomic_sites.hpp"
#include "nbk/io/gemmi/cif_document.hpp"
#include "nbk/io/gemmi/gemmi_symmetry.hpp"
#include "nbk/io/number_text.hpp"
#include "nbk/io/text_lines.hpp"
#include "nbk/math/matrix_algebra.hpp"

#include <gemmi/assembly.hpp>
#include <gemmi/mmcif.hpp>
#include <gemmi/pdb.hpp>
#include <gemmi/smcif.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <exception>
#include <string>
#include <string_view>

/// \file
/// Atoms of PDB and mmCIF files and of chemists' CIF files, by gemmi. See io/gemmi/gemmi_symmetry.hpp for what that
/// needs.

namespace nbk::io {

namespace detail {

inline Mat3d matrix_of(const gemmi::SMat33<double>& m) {
  return {{m.u11, m.u12, m.u13}, {m.u12, m.u22, m.u23}, {m.u13, m.u23, m.u33}};
}

inline Mat3d matrix_of(const gemmi::Mat33& m) {
  return {{m.a[0][0], m.a[0][1], m.a[0][2]}, {m.a[1][0], m.a[1][1], m.a[1][2]}, {m.a[2][0], m.a[2][1], m.a[2][2]}};
}

constexpr double two_pi_squared = 2 * constants::pi<double> * constants::pi<double>;

/// Fails for an element that scatters in no known way. X is gemmi's name of what it does not know.
inline void require_element(gemmi::El element, const std::string& atom, const std::string& name) {
  if (element == gemmi::El::X || (static_cast<int>(element) > 98 && element != gemmi::El::D)) {
    fail(name, "atom " + atom + ": its element is unknown or has no form factor; correct the element's symbol");
  }
}

/// Moves the atoms of the first model of a macromolecule into the list that sums use.
inline void list_sites(Coordinates& coordinates, const std::string& name) {
  gemmi::Structure& structure = coordinates.structure;
  const Mat3d to_fractional = matrix_of(structure.cell.frac.mat);
  for (const gemmi::Chain& chain : structure.models[0].chains) {
    for (const gemmi::Residue& residue : chain.residues) {
      for (const gemmi::Atom& atom : residue.atoms) {
        require_element(atom.element.elem, atom.name + " of residue " + residue.str() + " in chain " + chain.name,
                        name);
        const gemmi::Fractional at = structure.cell.fractionalize(atom.pos);
        AtomicSite site{.element = atom.element.elem,
                        .position = {at.x, at.y, at.z},
                        .occupancy = static_cast<double>(atom.occ),
                        .b_iso_A2 = static_cast<double>(atom.b_iso),
                        .displacement = std::nullopt};
        if (atom.aniso.nonzero()) {
          const gemmi::SMat33<double> u{atom.aniso.u11, atom.aniso.u22, atom.aniso.u33,
                                        atom.aniso.u12, atom.aniso.u13, atom.aniso.u23};
          site.displacement = two_pi_squared * (to_fractional * matrix_of(u) * transposed(to_fractional));
        }
        coordinates.sites.push_back(site);
      }
    }
  }
}

/// Fails for an atom of a PDB file whose position, occupancy or B is no number. gemmi takes what it begins with.
inline void require_pdb_numbers(std::string_view text, const std::string& name) {
  struct Field {
    std::size_t begin, width;
    const char* meaning;
    bool optional;
  };
  static constexpr std::array<Field, 5> fields{{{30, 8, "x", false},
                                                {38, 8, "y", false},
                                                {46, 8, "z", false},
                                                {54, 6, "the occupancy", true},
                                                {60, 6, "B", true}}};
  for (TextLines lines(text); lines.next();) {
    const std::string_view line = lines.line().substr(0, lines.line().find('\n'));
    if (!line.starts_with("ATOM  ") && !line.starts_with("HETATM")) continue;
    for (const Field& field : fields) {
      std::string_view word = line.substr(std::min(line.size(), field.begin), field.width);
      const std::size_t first = word.find_first_not_of(" +"), last = word.find_last_not_of(" \r");
      word = first < last + 1 ? word.substr(first, last + 1 - first) : std::string_view();
      const auto value = to_number<double>(word);
      if ((value && std::isfinite(*value)) || (field.optional && word.empty())) continue;
      lines.fail(name, "columns " + std::to_string(field.begin + 1) + " to " +
                           std::to_string(field.begin + field.width) + " must have " + field.meaning +
                           " of the atom as a number, found \"" + std::string(word) + "\"");
    }
  }
}

/// Fails for an atom of a CIF or mmCIF block whose position, occupancy, B or U is no number. A dummy atom of a small
/// molecule may have no position. \param separator  of category and item: . in mmCIF, _ in CIF
inline void require_cif_numbers(gemmi::cif::Block& block, char separator, const std::string& name) {
  const std::string category = std::string("_atom_site") + separator;
  const bool macromolecule = separator == '.';
  for (const char* axis : {"x", "y", "z"})
    require_numbers(block, category + (macromolecule ? "Cartn_" : "fract_") + axis, macromolecule, name);
  for (const char* item : {"occupancy", "B_iso_or_equiv", "U_iso_or_equiv"})
    require_numbers(block, category + item, false, name);
}

/// Takes over a macromolecule that gemmi read.
inline Coordinates of_structure(gemmi::Structure&& structure, const std::string& name) {
  Coordinates result;
  result.is_macromolecule = true;
  if (structure.models.empty()) fail(name, "has no atoms; give a file with coordinates");
  if (structure.models.size() > 1) {
    result.warnings.push_back("only the first of " + std::to_string(structure.models.size()) + " models is used");
    structure.models.erase(structure.models.begin() + 1, structure.models.end());
  }
  result.cell = cell_of(structure.cell);
  result.space_group = structure.spacegroup_hm;
  if (result.cell && !result.space_group.empty())
    result.operations = operations_of(require_space_group(result.space_group, result.cell, name));
  gemmi::expand_ncs(structure, gemmi::HowToNameCopiedChain::Short);
  result.structure = std::move(structure);
  return result;
}

/// Takes over the atoms of a block of a chemist's CIF.
inline Coordinates of_small_molecule(const gemmi::cif::Block& block, const std::string& name) {
  gemmi::SmallStructure small = gemmi::make_small_structure_from_block(block);
  Coordinates result;
  result.cell = cell_of(small.cell);
  if (!result.cell) fail(name, "block " + block.name + " has no unit cell (_cell_length_a and the like)");
  result.space_group = space_group_name(block);
  result.operations = operations_of(block, name);
  // The file gives each atom its chemical occupancy; one on a special position is its own image.
  small.cell.images.clear();
  for (const SymmetryOperation& operation : result.operations) {
    if (operation == SymmetryOperation{}) continue;
    gemmi::Transform transform;
    for (std::size_t row = 0; row < 3; ++row) {
      for (std::size_t column = 0; column < 3; ++column) transform.mat.a[row][column] = operation.rotation[row][column];
      transform.vec.at(static_cast<int>(row)) =
          static_cast<double>(operation.translation[row]) / SymmetryOperation::parts;
    }
    small.cell.images.push_back(gemmi::FTransform(transform));
  }
  small.change_occupancies_to_crystallographic();
  const double stars[3] = {small.cell.ar, small.cell.br, small.cell.cr};
  for (const gemmi::SmallStructure::Site& atom : small.sites) {
    if (!std::isfinite(atom.fract.x + atom.fract.y + atom.fract.z)) continue;  // a dummy without a place
    require_element(atom.element.elem, atom.label, name);
    AtomicSite site{.element = atom.element.elem,
                    .position = {atom.fract.x, atom.fract.y, atom.fract.z},
                    .occupancy = atom.occ,
                    .b_iso_A2 = 4 * two_pi_squared * atom.u_iso,
                    .displacement = std::nullopt};
    if (atom.aniso.nonzero()) {
      const Mat3d lengths{{stars[0], 0, 0}, {0, stars[1], 0}, {0, 0, stars[2]}};
      site.displacement = two_pi_squared * (lengths * matrix_of(atom.aniso) * lengths);
    }
    result.sites.push_back(site);
  }
  if (result.sites.empty()) fail(name, "block " + block.name + " has no atoms with coordinates");
  return result;
}

}  // namespace detail

/// Returns true if a document has atoms, of mmCIF or of CIF.
inline bool has_atoms(const gemmi::cif::Document& document) {
  for (const gemmi::cif::Block& block : document.blocks) {
    for (const char* tag : {"_atom_site.Cartn_x", "_atom_site_fract_x", "_atom_site.fract_x"}) {
      if (const_cast<gemmi::cif::Block&>(block).find_loop(tag)) return true;
    }
  }
  return false;
}

/// Reads atoms of a CIF or mmCIF document. \param name  the file's name for messages
/// \throws FileError  no atoms, an unknown element, a small molecule without a cell, not understood by gemmi
inline Coordinates read_cif_coordinates(const gemmi::cif::Document& document, const std::string& name) {
  try {
    for (const gemmi::cif::Block& block : document.blocks) {
      auto& changeable = const_cast<gemmi::cif::Block&>(block);
      if (changeable.find_loop("_atom_site.Cartn_x")) {
        detail::require_cif_numbers(changeable, '.', name);
        return detail::of_structure(gemmi::make_structure_from_block(block), name);
      }
      if (changeable.find_loop("_atom_site_fract_x")) {
        detail::require_cif_numbers(changeable, '_', name);
        return detail::of_small_molecule(block, name);
      }
    }
  } catch (const FileError&) {
    throw;
  } catch (const std::exception& error) {
    fail(name, std::string("its atoms cannot be read: ") + error.what());
  }
  fail(name, "has no atoms (a loop of _atom_site); give a file with coordinates");
}

/// Reads atoms of a PDB file in memory. \param name  the file's name for messages
/// \throws FileError  no atoms, an unknown element, not understood by gemmi
inline Coordinates parse_pdb(std::string_view text, const std::string& name) {
  gemmi::Structure structure;
  try {
    structure = gemmi::read_pdb_from_memory(text.data(), text.size(), name);
  } catch (const std::exception& error) {
    std::string reason = error.what();
    std::ranges::replace(reason, '\n', ' ');
    fail(name, "is no PDB file that can be read: " + reason);
  }
  detail::require_pdb_numbers(text, name);
  return detail::of_structure(std::move(structure), name);
}

/// Gives a crystal to atoms: what the user says counts where the file says nothing. Then the atoms are listed.
/// \throws FileError  no cell or no space group on either side
inline void complete_crystal(Coordinates& coordinates, const std::optional<UnitCell>& cell,
                             const std::string& space_group, const std::string& name) {
  if (!coordinates.cell) {
    if (!cell) fail(name, "has no unit cell; give -cell A B C ALPHA BETA GAMMA");
    coordinates.cell = cell;
    constexpr double degree = constants::degree_rad;
    coordinates.structure.cell.set(cell->a_A, cell->b_A, cell->c_A, cell->alpha_rad / degree, cell->beta_rad / degree,
                                   cell->gamma_rad / degree);
  }
  if (coordinates.operations.empty()) {
    const std::string& group = coordinates.space_group.empty() ? space_group : coordinates.space_group;
    if (group.empty()) fail(name, "has no space group; give --space-group NAME");
    const gemmi::SpaceGroup& found = require_space_group(group, coordinates.cell, name);
    coordinates.space_group = found.xhm();
    coordinates.operations = operations_of(found);
  }
  if (coordinates.is_macromolecule) {
    coordinates.structure.spacegroup_hm = coordinates.space_group;
    coordinates.structure.setup_cell_images();
    coordinates.sites.clear();
    detail::list_sites(coordinates, name);
    if (coordinates.sites.empty()) fail(name, "has no atoms; give a file with coordinates");
  }
}

}  // namespace nbk::io
