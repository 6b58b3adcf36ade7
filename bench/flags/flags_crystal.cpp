// SPDX-License-Identifier: MIT
#include "bench/flags/flags.hpp"
#include "bench/flags/units.hpp"

namespace nbk::bench::flags {

namespace {

/// -cell takes up to six values and stops before one that begins with a minus sign.
std::optional<int> count_cell(std::span<const std::string> rest) {
  if (rest.empty()) return std::nullopt;
  int n = 0;
  while (n < 6 && static_cast<std::size_t>(n) < rest.size() && !rest[static_cast<std::size_t>(n)].starts_with('-')) ++n;
  return n;
}

void set_cell(Draft& draft, Values& values) {
  UnitCell cell = draft.cell.value_or(UnitCell{});
  double UnitCell::*const fields[] = {&UnitCell::a_A,       &UnitCell::b_A,      &UnitCell::c_A,
                                      &UnitCell::alpha_rad, &UnitCell::beta_rad, &UnitCell::gamma_rad};
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double value = values.number(i);
    if (value <= 0 && i > 0) {
      values.remark(Severity::problem, std::string(values.flag()) + ": its value " + std::to_string(i + 1) + ", " +
                                           values.text(i) + ", is taken as " +
                                           (i < 3 ? "the first edge" : "90 degrees") + ", as the C program does");
    }
    cell.*fields[i] = i < 3 ? value : deg(value);
  }
  draft.cell = cell;
  if (values.size() < 6) draft.stop = true;
}

bool asks_for_random(const std::string& word) { return word.find("rand") != std::string::npos; }

std::optional<int> count_misset(std::span<const std::string> rest) {
  if (!rest.empty() && asks_for_random(rest[0])) return 1;
  if (rest.size() >= 3) return 3;
  return std::nullopt;
}

void set_misset(Draft& draft, Values& values) {
  if (asks_for_random(values.text(0))) {
    draft.misset = Draft::Misset::random;
    draft.stop = true;
    return;
  }
  draft.misset = Draft::Misset::angles;
  draft.experiment.crystal.misset_rad = {deg(values.number(0)), deg(values.number(1)), deg(values.number(2))};
}

void set_all_cells(Draft& draft, Values& values) {
  const double n = values.integer(0);
  draft.experiment.crystal.cells = {n, n, n};
}

void set_all_sizes(Draft& draft, Values& values) {
  const double size = mm(values.number(0));
  draft.experiment.crystal.size_m = {size, size, size};
}

template <std::size_t Axis>
void set_cells(Draft& draft, Values& values) {
  draft.experiment.crystal.cells[Axis] = values.integer(0);
}

template <double Vec3d::*Axis>
void set_size(Draft& draft, Values& values) {
  draft.experiment.crystal.size_m.*Axis = mm(values.number(0));
}

void ignore(Draft&, Values& values) { values.number(0); }

}  // namespace

std::vector<Flag> crystal_flags() {
  constexpr std::string_view cells_field = "crystal.cells", size_field = "crystal.size_m";
  // One row, one paragraph.
  // clang-format off
  return {
      {.names = {"-Na"}, .values = 1, .unit = "cells", .fallback = "1", .help = "unit cells along a",
       .sets = cells_field, .apply = set_cells<0>, .ends_word = true},
      {.names = {"-Nb"}, .values = 1, .unit = "cells", .fallback = "1", .help = "unit cells along b",
       .sets = cells_field, .apply = set_cells<1>, .ends_word = true},
      {.names = {"-Nc"}, .values = 1, .unit = "cells", .fallback = "1", .help = "unit cells along c",
       .sets = cells_field, .apply = set_cells<2>, .ends_word = true},
      {.names = {"-N"}, .patterns = {exact("-N")}, .values = 1, .unit = "cells", .fallback = "1",
       .help = "unit cells along all three axes", .sets = cells_field, .apply = set_all_cells, .ends_word = true},
      {.names = {"-cell"}, .values = 6, .unit = "A A A deg deg deg", .fallback = "none",
       .help = "unit cell; missing edges equal the first, missing angles are 90", .sets = "crystal.cell",
       .apply = set_cell, .count = count_cell},
      {.names = {"-misset"}, .values = 3, .unit = "deg deg deg | random", .fallback = "0 0 0",
       .help = "rotations of the crystal about lab x, then y, then z; or a random orientation",
       .sets = "crystal.misset_rad", .apply = set_misset, .count = count_misset,
       .trap = "the crystal is turned by that flag's value and the two words after it; to choose a seed only, give "
               "-misset_seed before -misset, or last on the line"},
      {.names = {"-samplesize", "-sample_size"}, .values = 1, .unit = "mm", .fallback = "none",
       .help = "full width of the crystal along a, b and c, instead of -N", .sets = size_field, .apply = set_all_sizes},
      {.names = {"-sample_thick", "-sample_x"}, .values = 1, .unit = "mm", .fallback = "none",
       .help = "full width of the crystal along a", .sets = size_field, .apply = set_size<&Vec3d::x>},
      {.names = {"-sample_width", "-sample_y", "-width"}, .values = 1, .unit = "mm", .fallback = "none",
       .help = "full width of the crystal along b", .sets = size_field, .apply = set_size<&Vec3d::y>},
      {.names = {"-sample_height", "-sample_z", "-height"}, .patterns = {{"-sample_heigh"}, {"-sample_z"}, {"-heigh"}},
       .values = 1, .unit = "mm", .fallback = "none", .help = "full width of the crystal along c", .sets = size_field,
       .apply = set_size<&Vec3d::z>},
      {.names = {"-xtalsize", "-xtal_size"}, .values = 1, .unit = "mm", .fallback = "none",
       .help = "same as -samplesize", .sets = size_field, .apply = set_all_sizes},
      {.names = {"-xtal_thick", "-xtal_x"}, .values = 1, .unit = "mm", .fallback = "none", .help = "same as -sample_x",
       .sets = size_field, .apply = set_size<&Vec3d::x>},
      {.names = {"-xtal_width", "-xtal_y", "-width"}, .values = 1, .unit = "mm", .fallback = "none",
       .help = "same as -sample_y", .sets = size_field, .apply = set_size<&Vec3d::y>},
      {.names = {"-xtal_height", "-xtal_z", "-height"}, .patterns = {{"-xtal_heigh"}, {"-xtal_z"}, {"-heigh"}},
       .values = 1, .unit = "mm", .fallback = "none", .help = "same as -sample_z", .sets = size_field,
       .apply = set_size<&Vec3d::z>},
      {.names = {"-density", "-sample_density"}, .patterns = {{"-density"}, {"-sample_den"}}, .values = 1,
       .unit = "g/cm^3", .fallback = "1", .help = "read and not used", .apply = ignore,
       .remark = "has no effect on the image"},
      {.names = {"-MW", "-molecular_weight"}, .patterns = {exact("-MW"), {"-molec"}}, .values = 1, .unit = "g/mol",
       .fallback = "18", .help = "read and not used", .apply = ignore, .remark = "has no effect on the image"},
  };
  // clang-format on
}

}  // namespace nbk::bench::flags
