// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/column_choice.hpp"
#include "nbk/io/gemmi/cif_document.hpp"
#include "nbk/io/merged_reflections.hpp"
#include "nbk/io/reflection_collector.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Merged reflections of SF-mmCIF files ("_refln.index_h") and of chemists' CIF and FCF files ("_refln_index_h").

namespace nbk::io {

namespace detail {

/// Content of a column by its tag without the category. Sources: the dictionaries mmcif_pdbx and cif_core.
inline ColumnKind cif_column_kind(std::string_view tag) {
  using enum ColumnKind;
  constexpr std::pair<std::string_view, ColumnKind> kinds[] = {{"F_meas_au", amplitude},
                                                               {"F_meas", amplitude},
                                                               {"F_calc_au", amplitude},
                                                               {"F_calc", amplitude},
                                                               {"F_meas_uncorrected", amplitude},
                                                               {"pdbx_F_calc_with_solvent", amplitude},
                                                               {"intensity_meas", intensity},
                                                               {"intensity_calc", intensity},
                                                               {"F_squared_meas", intensity},
                                                               {"F_squared_calc", intensity},
                                                               {"pdbx_F_plus", amplitude_plus},
                                                               {"pdbx_F_minus", amplitude_minus},
                                                               {"pdbx_I_plus", intensity_plus},
                                                               {"pdbx_I_minus", intensity_minus},
                                                               {"phase_calc", phase},
                                                               {"phase_meas", phase},
                                                               {"pdbx_phase_calc_with_solvent", phase}};
  for (const auto& [known, kind] : kinds) {
    if (known == tag) return kind;
  }
  return other;
}

/// A loop of reflections and its block.
struct RefinedLoop {
  const gemmi::cif::Block* block = nullptr;
  const gemmi::cif::Loop* loop = nullptr;
  std::size_t category_length = 0;  ///< characters of "_refln."
};

/// Finds the first loop of merged reflections.
inline RefinedLoop find_reflection_loop(const gemmi::cif::Document& document) {
  for (const std::string_view category : {"_refln.", "_refln_"}) {
    for (const gemmi::cif::Block& block : document.blocks) {
      const auto column = const_cast<gemmi::cif::Block&>(block).find_loop(std::string(category) + "index_h");
      if (const gemmi::cif::Loop* loop = column.get_loop()) return {&block, loop, category.size()};
    }
  }
  return {};
}

/// Returns the number of a value, NaN for "?" and ".". \throws FileError  for any other text
inline double cif_number(const std::string& value, const std::string& tag, std::size_t row, const std::string& name) {
  if (gemmi::cif::is_null(value)) return ReflectionRow::missing;
  const double number = gemmi::cif::as_number(value);
  if (!std::isfinite(number)) {
    fail(name, tag + ", reflection " + std::to_string(row + 1) + ": '" + value + "' is no number");
  }
  return number;
}

}  // namespace detail

/// Returns true if a document has a loop of merged reflections.
inline bool has_reflections(const gemmi::cif::Document& document) {
  return detail::find_reflection_loop(document).loop != nullptr;
}

/// Reads the first loop of merged reflections of a document.
/// \param labels  tags without their category that the user names, for example "F_meas_au", see choose_columns()
/// \param name  the file's name for messages
/// \throws FileError  no such loop, no indices, no usable columns, a value that is no number
inline MergedReflections read_cif_reflections(const gemmi::cif::Document& document, std::span<const std::string> labels,
                                              const std::string& name) {
  const auto [block, loop, category] = detail::find_reflection_loop(document);
  if (loop == nullptr) {
    fail(name, "has no loop of reflections (_refln.index_h in mmCIF, _refln_index_h in CIF)" +
                   std::string(document.blocks.empty() ? "" : "; its first block is " + document.blocks[0].name));
  }
  std::vector<FileColumn> columns;
  for (const std::string& tag : loop->tags) {
    const std::string label = tag.size() > category ? tag.substr(category) : tag;
    columns.push_back({label, detail::cif_column_kind(label)});
  }
  std::array<std::size_t, 3> indices{};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const std::string label = std::string("index_") + "hkl"[axis];
    const auto found = std::ranges::find(columns, label, &FileColumn::label);
    if (found == columns.end()) fail(name, "block " + block->name + ": its loop of reflections has no " + label);
    indices[axis] = static_cast<std::size_t>(found - columns.begin());
  }
  const ChosenColumns chosen = choose_columns(columns, labels, name);

  MergedReflections list;
  for (const gemmi::cif::Block& other : document.blocks) {  // the first block often speaks for all
    if (!list.cell) list.cell = cell_of(other);
    if (list.operations.empty()) list.operations = operations_of(other, name);
    if (list.space_group.empty()) list.space_group = space_group_name(other);
  }
  ReflectionCollector collector(chosen);
  const std::size_t width = loop->tags.size();
  for (std::size_t row = 0; row < loop->length(); ++row) {
    const auto number = [&](std::size_t column) {
      return detail::cif_number(loop->values[row * width + column], loop->tags[column], row, name);
    };
    const auto optional_number = [&](const std::optional<std::size_t>& column) {
      return column ? number(*column) : ReflectionRow::missing;
    };
    ReflectionRow next{.value = number(chosen.value),
                       .minus = optional_number(chosen.minus),
                       .phase_deg = optional_number(chosen.phase)};
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const double index = number(indices[axis]);
      if (!(std::abs(index) <= 1e6) || index != std::floor(index)) {
        fail(name, loop->tags[indices[axis]] + ", reflection " + std::to_string(row + 1) + ": '" +
                       loop->values[row * width + indices[axis]] + "' is no Miller index");
      }
      next.index[axis] = static_cast<int>(index);
    }
    collector.add(next);
  }
  collector.finish(list, category == 7 && loop->tags[0].find('.') != std::string::npos ? "SF-mmCIF" : "CIF", name);
  return list;
}

}  // namespace nbk::io
