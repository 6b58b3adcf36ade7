// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/core/format_number.hpp"
#include "nbk/io/expand_to_p1.hpp"
#include "nbk/io/merged_reflections.hpp"
#include "nbk/io/resolution.hpp"
#include "nbk/math/matrix_algebra.hpp"
#include "nbk/model/structure_factors.hpp"
#include "nbk/scene/completed_cell.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// \file
/// A file that structure factors come from, of whatever kind: what a user may say about it, and what is made of it.

namespace nbk::io {

/// Disordered water between molecules, as a flat density: F gets k exp(-B s^2 / 4) times the transform of the space
/// that atoms leave, s = 1 / d. Source: Jiang and Bruenger (1994); the usual values are 0.35 electrons/A^3 and 46 A^2.
struct BulkSolvent {
  double density_per_A3 = 0.35;  ///< k, electrons/Angstrom^3
  double b_A2 = 46;              ///< B, Angstrom^2
};

/// A user's words about a file.
struct CrystalFileOptions {
  std::vector<std::string> columns{};    ///< labels, see choose_columns(); none: the first amplitudes
  ResolutionRange resolution{};          ///< reflections that are wanted; for atoms its finest d must be given
  std::optional<UnitCell> cell{};        ///< a file's own must agree with it; not given: the file's
  std::string space_group{};             ///< the same, by name; empty: the file's
  std::optional<BulkSolvent> solvent{};  ///< for macromolecules; not given: none
  std::vector<double> wavelengths_A{};   ///< of atoms: one set of F for each, with f' and f''; none: one set without
  double default_amplitude = 0;          ///< F of all reflections that the file does not give, electrons
};

/// Structure factors of a file, with cell and symmetry.
struct CrystalFile {
  std::optional<UnitCell> cell;                      ///< not given by the file, nor by the user: nothing
  std::string space_group;                           ///< its name; empty: P1, as the file has no symmetry
  std::vector<StructureFactors> sets{};              ///< one, or one for each wavelength
  std::size_t reflections = 0;                       ///< in the file, or unique ones of atoms
  std::vector<std::string> notes{};                  ///< "MTZ, column FP": for a person, without the file's name
  std::vector<std::string> warnings{};               ///< likely mistakes, without the file's name
  std::vector<std::filesystem::path> read_beside{};  ///< further files that were read
};

/// Returns a cell as a person writes it: "78.1 78.1 37.2 90 90 90".
inline std::string text_of(const UnitCell& cell) {
  const double degree = constants::degree_rad;
  std::string text;
  for (const double value :
       {cell.a_A, cell.b_A, cell.c_A, cell.alpha_rad / degree, cell.beta_rad / degree, cell.gamma_rad / degree}) {
    text += (text.empty() ? "" : " ") + format_g(value);
  }
  return text;
}

/// Fails unless two cells agree to 1 % in each edge and each angle.
/// \param name  the file's name
/// \throws FileError
inline void require_same_cell(const UnitCell& in_file, const UnitCell& given, const std::string& name) {
  constexpr double tolerance = 0.01;
  constexpr std::array<double UnitCell::*, 6> parts{&UnitCell::a_A,       &UnitCell::b_A,      &UnitCell::c_A,
                                                    &UnitCell::alpha_rad, &UnitCell::beta_rad, &UnitCell::gamma_rad};
  constexpr std::array<const char*, 6> names{"a", "b", "c", "alpha", "beta", "gamma"};
  const UnitCell completed = scene::completed(given);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const double share = std::abs(completed.*parts[i] / in_file.*parts[i] - 1);
    if (share <= tolerance) continue;
    fail(name, "its unit cell, " + text_of(in_file) + ", is not the given one, " + text_of(completed) + ": " +
                   names[i] + " differs by " + format_g(std::round(1000 * share) / 10) +
                   " %, more than 1 %; leave the given one out (nbk-render: -cell, -mat) or correct it");
  }
}

/// Fails unless the user's operations, if any, are those of the file.
/// \throws FileError
inline void require_same_group(const MergedReflections& list, const std::vector<SymmetryOperation>& given,
                               const std::string& given_name, const std::string& name) {
  if (given.empty() || list.operations.empty()) return;
  const auto has = [](const std::vector<SymmetryOperation>& group) {
    return [&](const SymmetryOperation& operation) { return std::ranges::find(group, operation) != group.end(); };
  };
  if (std::ranges::all_of(given, has(list.operations)) && std::ranges::all_of(list.operations, has(given))) return;
  fail(name, "its space group, " + (list.space_group.empty() ? "listed by operations" : list.space_group) +
                 ", is not the given one, " + given_name +
                 "; leave the given one out (nbk-render: --space-group) or correct it");
}

namespace detail {

/// Fails unless the user's operations leave a cell as it is, to 3 % of the edges' products.
/// \throws FileError
inline void require_cell_of_group(const UnitCell& cell, const std::vector<SymmetryOperation>& given,
                                  const std::string& given_name, const std::string& name) {
  constexpr double tolerance = 0.03;
  const UnitCell c = scene::completed(cell);
  const double ab = c.a_A * c.b_A * std::cos(c.gamma_rad), ac = c.a_A * c.c_A * std::cos(c.beta_rad),
               bc = c.b_A * c.c_A * std::cos(c.alpha_rad);
  const Mat3d metric{{c.a_A * c.a_A, ab, ac}, {ab, c.b_A * c.b_A, bc}, {ac, bc, c.c_A * c.c_A}};
  const auto is_kept = [&](const Vec3d& change, double edge_A) {  // of the products of one edge with all three
    return std::abs(change.x) <= tolerance * edge_A * c.a_A && std::abs(change.y) <= tolerance * edge_A * c.b_A &&
           std::abs(change.z) <= tolerance * edge_A * c.c_A;
  };
  for (const SymmetryOperation& operation : given) {
    const auto row = [&](std::size_t i) {
      const auto& r = operation.rotation[i];
      return Vec3d{double(r[0]), double(r[1]), double(r[2])};
    };
    const Mat3d rotation{row(0), row(1), row(2)};
    const Mat3d turned = transposed(rotation) * metric * rotation;  // products of the images of two edges
    if (is_kept(turned.row0 - metric.row0, c.a_A) && is_kept(turned.row1 - metric.row1, c.b_A) &&
        is_kept(turned.row2 - metric.row2, c.c_A))
      continue;
    fail(name, "a crystal of " + given_name + " cannot have the cell " + text_of(c) +
                   "; correct one of the two (nbk-render: --space-group, -cell)");
  }
}

/// A sentence about the expansion.
inline std::string expansion_note(std::size_t merged, const ExpandedReflections& expanded,
                                  const std::string& space_group) {
  std::string note = std::to_string(merged) + " reflections";
  if (!space_group.empty()) note += " of " + space_group;
  note += " are " + std::to_string(expanded.reflections) + " in P1";
  if (expanded.averaged > 0)
    note += ", " + std::to_string(expanded.averaged) + " of them means of several equivalent ones";
  return note;
}

}  // namespace detail

/// Makes the table of a file's list of merged reflections: checks it against what the user says, cuts the resolution,
/// expands.
/// \param given  operations of the user's space group; none: not given
/// \param name  the file's name for messages
/// \throws FileError  another cell or group than the user's, no symmetry, nothing left
inline CrystalFile crystal_file_of(MergedReflections list, const std::vector<SymmetryOperation>& given,
                                   const CrystalFileOptions& options, const std::string& name) {
  if (list.cell && options.cell) require_same_cell(*list.cell, *options.cell, name);
  require_same_group(list, given, options.space_group, name);
  if (list.operations.empty()) {
    list.operations = given;
    list.space_group = options.space_group;
  }
  if (list.operations.empty()) fail(name, "has no symmetry; give its space group (nbk-render: --space-group)");
  if (!list.cell) list.cell = options.cell;
  if (list.cell) detail::require_cell_of_group(*list.cell, given, options.space_group, name);

  CrystalFile file{.cell = list.cell, .space_group = list.space_group};
  file.notes = std::move(list.notes);
  file.warnings = std::move(list.warnings);
  if (options.resolution.is_limited()) {
    if (!list.cell) fail(name, "has no unit cell, which a limit of resolution needs; give it (nbk-render: -cell)");
    const std::size_t cut = cut_resolution(list.reflections, list.phase_rad, *list.cell, options.resolution);
    file.notes.push_back(std::to_string(cut) + " reflections are outside of the resolution");
    if (list.reflections.empty()) fail(name, "no reflection is inside of the resolution that is asked for");
  }
  file.reflections = list.reflections.size();
  ExpandedReflections expanded = expand_to_p1(list, FriedelMates::copied, options.default_amplitude, name);
  file.notes.push_back(detail::expansion_note(file.reflections, expanded, file.space_group));
  file.sets.push_back(std::move(expanded.table));
  return file;
}

}  // namespace nbk::io
