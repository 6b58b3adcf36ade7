// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/io/file.hpp"
#include "nbk/io/number_text.hpp"
#include "nbk/io/symmetry_operation.hpp"
#include "nbk/io/text_lines.hpp"
#include "nbk/model/crystal.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Cell and symmetry of a SHELX instruction file (.ins, .res). Atoms are not read.

namespace nbk::io {

/// Lines of an instruction file that say what a list of reflections means.
struct ShelxInstructions {
  UnitCell cell;                              ///< of CELL
  std::vector<SymmetryOperation> operations;  ///< of LATT and SYMM, all of the group
  int format = 4;                             ///< of HKLF: 3 for F, 4 for F^2
};

namespace detail {

/// Translations of a kind of lattice, in 24ths. Source: the manual of SHELXL, LATT. \return none for another number
inline std::vector<std::array<int, 3>> shelx_lattice(int kind) {
  switch (kind) {
    case 1: return {{0, 0, 0}};
    case 2: return {{0, 0, 0}, {12, 12, 12}};
    case 3: return {{0, 0, 0}, {16, 8, 8}, {8, 16, 16}};
    case 4: return {{0, 0, 0}, {0, 12, 12}, {12, 0, 12}, {12, 12, 0}};
    case 5: return {{0, 0, 0}, {0, 12, 12}};
    case 6: return {{0, 0, 0}, {12, 0, 12}};
    case 7: return {{0, 0, 0}, {12, 12, 0}};
    default: return {};
  }
}

/// Makes all operations of those of SYMM: with the identity, the centre of a positive LATT, and the lattice.
inline std::vector<SymmetryOperation> shelx_group(const std::vector<SymmetryOperation>& listed, bool has_centre,
                                                  const std::vector<std::array<int, 3>>& lattice) {
  std::vector<SymmetryOperation> group;
  const auto add = [&](SymmetryOperation operation) {
    for (int& shift : operation.translation) shift = (shift % 24 + 24) % 24;
    if (std::ranges::find(group, operation) == group.end()) group.push_back(operation);
  };
  for (std::size_t i = 0; i <= listed.size(); ++i) {
    const SymmetryOperation operation = i == 0 ? SymmetryOperation{} : listed[i - 1];
    for (const int sign : {1, -1}) {
      if (sign < 0 && !has_centre) continue;
      for (const std::array<int, 3>& translation : lattice) {
        SymmetryOperation next = operation;
        for (std::size_t row = 0; row < 3; ++row) {
          for (int& element : next.rotation[row]) element *= sign;
          next.translation[row] = sign * next.translation[row] + translation[row];
        }
        add(next);
      }
    }
  }
  return group;
}

inline bool is_instruction(std::string_view word, std::string_view instruction) {
  const auto upper = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; };
  return std::ranges::equal(word, instruction, {}, upper);
}

inline UnitCell shelx_cell(const TextLines& lines, const std::string& name) {
  lines.require_count(8, name, "CELL wavelength a b c alpha beta gamma");
  std::array<double, 6> values{};
  for (std::size_t i = 0; i < 6; ++i) {
    const auto value = to_number<double>(lines.fields()[i + 2]);
    if (!value || !(*value > 0) || *value > 1e4) {
      lines.fail(name, "a length or angle of CELL must be a number > 0, found " + shown(lines.fields()[i + 2]));
    }
    values[i] = *value;
  }
  constexpr double degree = constants::degree_rad;
  return {values[0], values[1], values[2], values[3] * degree, values[4] * degree, values[5] * degree};
}

inline int shelx_format(const TextLines& lines, const std::string& name) {
  const auto format = lines.count() > 1 ? to_number<int>(lines.fields()[1]) : std::optional(4);
  if (!format || (*format != 3 && *format != 4)) {
    lines.fail(
        name, "HKLF must be 3 (F) or 4 (F^2), found " + shown(lines.fields()[1]) + "; write the reflections by HKLF 4");
  }
  if (lines.count() > 3) {
    lines.fail(name, "HKLF has a matrix; write the reflections in the indices of CELL, by HKLF 4 without one");
  }
  return *format;
}

}  // namespace detail

/// Reads an instruction file in memory. \param name  the file's name for messages
/// \throws FileError  no CELL, or a CELL, LATT, SYMM or HKLF that cannot be used
inline ShelxInstructions parse_shelx_instructions(std::string_view text, const std::string& name) {
  constexpr std::size_t most_operations = 192;
  ShelxInstructions result;
  std::vector<SymmetryOperation> listed;
  std::vector<std::array<int, 3>> lattice = detail::shelx_lattice(1);
  bool has_cell = false, has_centre = true;  // SHELX takes LATT 1 where there is none
  for (TextLines lines(text); lines.next();) {
    const std::string_view first = lines.fields()[0];
    if (detail::is_instruction(first, "CELL")) {
      result.cell = detail::shelx_cell(lines, name);
      has_cell = true;
    } else if (detail::is_instruction(first, "LATT")) {
      const auto kind = lines.count() > 1 ? to_number<int>(lines.fields()[1]) : std::optional(1);
      if (!kind || *kind < -7 || *kind > 7 || *kind == 0) {
        lines.fail(name,
                   "LATT must be 1 to 7, or negative for a group without a centre, found " + shown(lines.fields()[1]));
      }
      has_centre = *kind > 0;
      lattice = detail::shelx_lattice(*kind > 0 ? *kind : -*kind);
    } else if (detail::is_instruction(first, "SYMM")) {
      const std::string_view rest = lines.line().substr(lines.line().find(first) + first.size());
      const auto operation = parse_symmetry_operation(rest);
      if (!operation) {
        lines.fail(name, shown(lines.line().substr(0, lines.line().find_last_not_of(white_space) + 1)) +
                             " is no symmetry operation; expected for example SYMM -X, 1/2+Y, -Z");
      }
      listed.push_back(*operation);
      if (listed.size() > most_operations) lines.fail(name, "has more than 192 SYMM");
    } else if (detail::is_instruction(first, "HKLF")) {
      result.format = detail::shelx_format(lines, name);
    }
  }
  if (!has_cell) fail(name, "has no CELL; write CELL wavelength a b c alpha beta gamma, in Angstrom and degrees");
  result.operations = detail::shelx_group(listed, has_centre, lattice);
  return result;
}

/// Finds the instruction file of a list of reflections: the same name with .ins, .res, .INS or .RES.
inline std::optional<std::filesystem::path> find_shelx_instructions(const std::filesystem::path& reflections) {
  for (const char* extension : {".ins", ".res", ".INS", ".RES"}) {
    std::filesystem::path file = reflections;
    file.replace_extension(extension);
    std::error_code ignored;
    if (std::filesystem::is_regular_file(file, ignored)) return file;
  }
  return std::nullopt;
}

}  // namespace nbk::io
