// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/file.hpp"
#include "nbk/io/gemmi/gemmi_symmetry.hpp"

#include <gemmi/cif.hpp>
#include <gemmi/numb.hpp>

#include <array>
#include <cmath>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// CIF and mmCIF documents, by gemmi. See io/gemmi/gemmi_symmetry.hpp for what that needs.

namespace nbk::io {

/// Reads a CIF document. \param name  the file's name for messages
/// \throws FileError  with the line, where the text is no CIF
inline gemmi::cif::Document parse_cif(std::string_view text, const std::string& name) {
  try {
    return gemmi::cif::read_memory(text.data(), text.size(), name.c_str());
  } catch (const std::exception& error) {
    // gemmi's text begins with the name and the line.
    std::string problem = error.what();
    if (problem.starts_with(name + ":")) problem.erase(0, name.size() + 1);
    problem.erase(problem.find_last_not_of(" \n") + 1);
    fail(name, "is no CIF that can be read: line " + problem);
  }
}

namespace detail {

/// Returns the value of the first tag that a block has and that says something.
inline std::optional<std::string> first_value(const gemmi::cif::Block& block, std::initializer_list<const char*> tags) {
  for (const char* tag : tags) {
    const std::string* value = block.find_value(tag);
    if (value != nullptr && !gemmi::cif::is_null(*value)) return gemmi::cif::as_string(*value);
  }
  return std::nullopt;
}

/// Fails where a column of a block has a word that is no number.
/// \param required  true: a missing value, ? or ., is no number \param name  the file's name for messages
inline void require_numbers(gemmi::cif::Block& block, const std::string& tag, bool required, const std::string& name) {
  const gemmi::cif::Column column = block.find_loop(tag);
  for (int i = 0; i < column.length(); ++i) {
    const std::string& word = column.at(i);
    if (gemmi::cif::is_null(word) ? !required : std::isfinite(gemmi::cif::as_number(word))) continue;
    fail(name, "row " + std::to_string(i + 1) + " of " + tag + " must be a number, found \"" + word + "\"");
  }
}

}  // namespace detail

/// Returns the cell of a block, in mmCIF's or CIF's words; nothing where a part is missing.
inline std::optional<UnitCell> cell_of(const gemmi::cif::Block& block) {
  constexpr std::array<const char*, 6> parts{"length_a",    "length_b",   "length_c",
                                             "angle_alpha", "angle_beta", "angle_gamma"};
  std::array<double, 6> values{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto value = detail::first_value(
        block, {(std::string("_cell.") + parts[i]).c_str(), (std::string("_cell_") + parts[i]).c_str()});
    values[i] = value ? gemmi::cif::as_number(*value, 0.0) : 0.0;
    if (!(values[i] > 0)) return std::nullopt;
  }
  return cell_of(gemmi::UnitCell(values[0], values[1], values[2], values[3], values[4], values[5]));
}

/// Returns the name of the space group of a block, in mmCIF's or CIF's words; empty where there is none.
inline std::string space_group_name(const gemmi::cif::Block& block) {
  return detail::first_value(
             block, {"_symmetry.space_group_name_H-M", "_space_group.name_H-M_alt", "_symmetry_space_group_name_H-M",
                     "_space_group_name_H-M_alt", "_symmetry.Int_Tables_number", "_space_group.IT_number",
                     "_symmetry_Int_Tables_number", "_space_group_IT_number"})
      .value_or("");
}

/// Returns the operations that a block lists. \throws FileError  one that is not understood
inline std::vector<SymmetryOperation> listed_operations(const gemmi::cif::Block& block, const std::string& name) {
  std::vector<SymmetryOperation> operations;
  for (const char* tag : {"_space_group_symop_operation_xyz", "_symmetry_equiv_pos_as_xyz",
                          "_space_group_symop.operation_xyz", "_symmetry_equiv.pos_as_xyz"}) {
    for (const std::string& text : const_cast<gemmi::cif::Block&>(block).find_values(tag)) {
      const std::string triplet = gemmi::cif::as_string(text);
      const auto operation = parse_symmetry_operation(triplet);
      if (!operation) {
        fail(name, "block " + block.name + ", " + tag + ": '" + triplet +
                       "' is no symmetry operation; expected for "
                       "example 'x, 1/2-y, z'");
      }
      operations.push_back(*operation);
    }
    if (!operations.empty()) break;
  }
  return operations;
}

/// Returns the operations of a block: those listed, else those of the space group's name; none where it has neither.
/// \throws FileError
inline std::vector<SymmetryOperation> operations_of(const gemmi::cif::Block& block, const std::string& name) {
  std::vector<SymmetryOperation> operations = listed_operations(block, name);
  const std::string group = space_group_name(block);
  if (operations.empty() && !group.empty())
    operations = operations_of(require_space_group(group, cell_of(block), name));
  return operations;
}

}  // namespace nbk::io
