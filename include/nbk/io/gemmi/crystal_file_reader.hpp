// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/format_number.hpp"
#include "nbk/io/crystal_file.hpp"
#include "nbk/io/file_kind.hpp"
#include "nbk/io/gemmi/cif_document.hpp"
#include "nbk/io/gemmi/cif_reflections.hpp"
#include "nbk/io/gemmi/coordinates_reader.hpp"
#include "nbk/io/gemmi/coordinates_to_f.hpp"
#include "nbk/io/gemmi/gemmi_symmetry.hpp"
#include "nbk/io/gemmi/mtz_reader.hpp"
#include "nbk/io/plain_crystal_file.hpp"

#include <cmath>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Structure factors from a file of any kind that is known. See io/gemmi/gemmi_symmetry.hpp for what that needs.

namespace nbk::io {

/// Returns the operations of the user's space group; none: not given. \throws FileError  it is unknown
inline std::vector<SymmetryOperation> given_operations(const CrystalFileOptions& options, const std::string& name) {
  if (options.space_group.empty()) return {};
  return operations_of(require_space_group(options.space_group, options.cell, name));
}

/// Computes one set of structure factors for each wavelength.
/// \throws FileError  no cell, no symmetry, another one than the user's, or what partial_structure_factors() throws
inline CrystalFile crystal_file_of(Coordinates atoms, const CrystalFileOptions& options, const std::string& name) {
  const std::vector<SymmetryOperation> given = given_operations(options, name);
  if (atoms.cell && options.cell) require_same_cell(*atoms.cell, *options.cell, name);
  MergedReflections list;
  list.space_group = atoms.space_group;
  list.operations = atoms.operations;
  require_same_group(list, given, options.space_group, name);
  complete_crystal(atoms, options.cell, options.space_group, name);
  if (atoms.cell) detail::require_cell_of_group(*atoms.cell, given, options.space_group, name);
  const std::optional<BulkSolvent> solvent = atoms.is_macromolecule ? options.solvent : std::nullopt;
  const PartialStructureFactors parts =
      partial_structure_factors(atoms, {.finest_A = options.resolution.finest_A, .solvent = solvent}, name);

  CrystalFile file{.cell = atoms.cell, .space_group = atoms.space_group};
  file.notes = std::move(atoms.notes);
  file.warnings = std::move(atoms.warnings);
  file.reflections = parts.unique.size();
  list.operations = atoms.operations;
  std::vector<std::optional<double>> wavelengths(options.wavelengths_A.begin(), options.wavelengths_A.end());
  if (wavelengths.empty()) wavelengths.emplace_back();
  ExpandedReflections expanded;
  for (const std::optional<double>& wavelength_A : wavelengths) {
    list.reflections = amplitudes_at(parts, wavelength_A);
    std::vector<double> no_phases;
    cut_resolution(list.reflections, no_phases, *atoms.cell, options.resolution);
    expanded = expand_to_p1(list, FriedelMates::copied, options.default_amplitude, name,
                            default_table_limit_bytes / wavelengths.size());
    file.sets.push_back(std::move(expanded.table));
  }
  file.notes.push_back(std::to_string(atoms.sites.size()) + " atoms, " +
                       (parts.by_transform ? "by Fourier transform" : "summed") + " to " +
                       format_g(options.resolution.finest_A) + " A");
  if (!options.wavelengths_A.empty()) {
    file.notes.push_back("f' and f'' at " + (wavelengths.size() == 1
                                                 ? format_g(options.wavelengths_A[0]) + " A"
                                                 : std::to_string(wavelengths.size()) + " wavelengths"));
  }
  if (atoms.is_macromolecule) {
    file.notes.push_back(solvent ? "bulk solvent of " + format_g(solvent->density_per_A3) + " electrons/A^3, B " +
                                       format_g(solvent->b_A2) + " A^2"
                                 : std::string("no bulk solvent"));
  }
  file.notes.push_back(detail::expansion_note(file.reflections, expanded, file.space_group));
  return file;
}

/// Reads structure factors, or atoms to compute them of, from a file of any kind that is known.
/// \param wants_atoms  true: a file of reflections is refused; false: one of atoms is
/// \throws FileError  naming file, place and remedy
inline CrystalFile read_crystal_file(const std::filesystem::path& path, bool wants_atoms,
                                     const CrystalFileOptions& options) {
  const std::string bytes = read_file(path), name = path.string();
  detail::require_no_utf16(bytes, name);
  const FileKind kind = recognise_file(bytes);
  const auto refuse_reflections = [&] {
    if (wants_atoms) fail(path, "holds reflections, not atoms; give it by --hkl");
  };
  switch (kind) {
    case FileKind::mtz:
      refuse_reflections();
      return crystal_file_of(parse_mtz(bytes, options.columns, name), given_operations(options, name), options, name);
    case FileKind::cif: {
      const gemmi::cif::Document document = parse_cif(bytes, name);
      const bool reflections = has_reflections(document), atoms = has_atoms(document);
      if (wants_atoms && atoms) return crystal_file_of(read_cif_coordinates(document, name), options, name);
      if (!wants_atoms && !reflections && atoms) fail(path, "holds atoms, not reflections; give it by --coordinates");
      if (reflections) refuse_reflections();
      if (wants_atoms) read_cif_coordinates(document, name);  // says what is missing
      return crystal_file_of(read_cif_reflections(document, options.columns, name), given_operations(options, name),
                             options, name);
    }
    case FileKind::pdb:
      if (!wants_atoms) fail(path, "holds atoms, not reflections; give it by --coordinates");
      return crystal_file_of(parse_pdb(bytes, name), options, name);
    case FileKind::shelx_hkl:
      refuse_reflections();
      return of_shelx_hkl(bytes, path, given_operations(options, name), options);
    case FileKind::hkl_text:
      refuse_reflections();
      return of_hkl_text(bytes, given_operations(options, name), options, name);
    default: fail(path, "is " + std::string(name_of(kind)) + ", which is not read; " + std::string(remedy_for(kind)));
  }
}

}  // namespace nbk::io
