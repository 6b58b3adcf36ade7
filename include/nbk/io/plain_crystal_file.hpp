// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/crystal_file.hpp"
#include "nbk/io/file.hpp"
#include "nbk/io/file_kind.hpp"
#include "nbk/io/hkl_text.hpp"
#include "nbk/io/one_sided_list.hpp"
#include "nbk/io/reflection_table.hpp"
#include "nbk/io/shelx_hkl.hpp"
#include "nbk/io/shelx_instructions.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Structure factors of text lists, which need no other library: "h k l F", and SHELX's with its instruction file.

namespace nbk::io {

namespace detail {

/// Throws FileError if columns are asked for by their labels.
inline void refuse_labels(const CrystalFileOptions& options, const std::string& name) {
  if (!options.columns.empty()) {
    fail(name,
         "is a list without labels, which the columns that are asked for need; leave them out "
         "(nbk-render: --columns)");
  }
}

}  // namespace detail

/// Makes the table of a list "h k l F". With a space group it is expanded; without, it stands for itself.
/// \param given  operations of the user's space group; none: not given
/// \throws FileError
inline CrystalFile of_hkl_text(std::string_view text, const std::vector<SymmetryOperation>& given,
                               const CrystalFileOptions& options, const std::string& name) {
  detail::refuse_labels(options, name);
  HklText read = parse_hkl_text(text, name);
  MergedReflections list;
  list.reflections = std::move(read.reflections);
  list.columns = "F";
  CrystalFile file;
  if (given.empty()) {
    file.cell = options.cell;
    if (options.resolution.is_limited()) {
      if (!options.cell) fail(name, "a limit of resolution needs a unit cell; give it (nbk-render: -cell)");
      cut_resolution(list.reflections, list.phase_rad, *options.cell, options.resolution);
    }
    if (list.reflections.empty()) fail(name, "no reflection is inside of the resolution that is asked for");
    file.reflections = list.reflections.size();
    file.sets.push_back(make_table(list.reflections, options.default_amplitude, name));
    file.notes.emplace_back("a list h k l F, taken as it is");
    if (const auto problem = one_sided_axis(file.sets[0], file.reflections)) file.warnings.push_back(*problem);
  } else {
    list.notes.emplace_back("a list h k l F");
    file = crystal_file_of(std::move(list), given, options, name);
  }
  for (const std::string& warning : read.warnings)  // they begin with the name, which the caller adds
    file.warnings.push_back(warning.starts_with(name + ": ") ? warning.substr(name.size() + 2) : warning);
  return file;
}

/// Makes the table of a SHELX list. Cell and symmetry are those of the instruction file beside it, else the user's.
/// \throws FileError
inline CrystalFile of_shelx_hkl(std::string_view text, const std::filesystem::path& path,
                                const std::vector<SymmetryOperation>& given, const CrystalFileOptions& options) {
  detail::refuse_labels(options, path.string());
  const auto beside = find_shelx_instructions(path);
  if (!beside && given.empty()) {
    fail(path,
         "is a SHELX list, which needs a symmetry; put its .ins or .res file beside it, or give its space group "
         "(nbk-render: --space-group)");
  }
  int format = 4;
  std::optional<ShelxInstructions> instructions;
  if (beside) {
    instructions = parse_shelx_instructions(read_file(*beside), beside->string());
    format = instructions->format;
  }
  MergedReflections list = parse_shelx_hkl(text, format, path.string());
  if (instructions) {
    take_symmetry(*instructions, list);
    list.notes.push_back("cell and symmetry from " + beside->string());
  }
  CrystalFile file = crystal_file_of(std::move(list), given, options, path.string());
  if (beside) file.read_beside.push_back(*beside);
  return file;
}

}  // namespace nbk::io
