// SPDX-License-Identifier: MIT
#include "bench/flags/flags.hpp"
#include "nbk/io/number_text.hpp"

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

namespace nbk::bench::flags {

namespace {

/// Takes a value apart at commas.
std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    parts.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

/// Returns the numbers of a value. \throws InvalidInput  one that is no number > 0 (or 0 where that is allowed)
std::vector<double> numbers_of(std::string_view flag, const std::string& text, double least, const char* allowed) {
  std::vector<double> numbers;
  for (const std::string& part : parts_of(text)) {
    const auto number = io::to_number<double>(part);
    if (!number || !std::isfinite(*number) || !(*number >= least)) reject(flag, text, allowed);
    numbers.push_back(*number);
  }
  return numbers;
}

void set_columns(Draft& draft, Values& values) {
  draft.files.crystal.columns = parts_of(values.text(0));
  for (const std::string& label : draft.files.crystal.columns) {
    require(!label.empty(), "--columns", values.text(0),
            "must be labels with commas between them, for example FP or F(+),F(-)");
  }
}

void set_resolution(Draft& draft, Values& values) {
  constexpr const char* allowed = "must be the finest spacing d > 0, or FINEST,COARSEST";
  const std::vector<double> range = numbers_of("--resolution-A", values.text(0), 1e-3, allowed);
  require(range.size() == 1 || (range.size() == 2 && range[0] < range[1]), "--resolution-A", values.text(0), allowed);
  draft.files.crystal.resolution_A = range;
}

void set_solvent(Draft& draft, Values& values) {
  if (values.text(0) == "none") {
    draft.files.crystal.solvent.emplace();
    return;
  }
  constexpr const char* allowed = "must be none, or K,B with K >= 0 in electrons/A^3 and B >= 0 in A^2";
  const std::vector<double> numbers = numbers_of("--bulk-solvent", values.text(0), 0, allowed);
  require(numbers.size() == 2, "--bulk-solvent", values.text(0), allowed);
  draft.files.crystal.solvent = numbers;
}

}  // namespace

std::vector<Flag> crystal_file_flags() {
  // One row, one paragraph.
  // clang-format off
  return {
      {.names = {"--hkl"}, .values = 1, .unit = "file", .fallback = "none",
       .help = "structure factors from MTZ, SF-mmCIF, CIF, a SHELX list with its .ins or .res beside it, or text: h k l "
               "F. The file's symmetry makes all of them; its cell is used where none is given, and must agree to 1 % "
               "with one that is", .sets = "structure_factors crystal.cell",
       .apply = [](Draft& draft, Values& values) { draft.files.crystal.reflections = values.file(0); }},
      {.names = {"--coordinates"}, .values = 1, .unit = "file", .fallback = "none",
       .help = "atoms from PDB, mmCIF or CIF, of which structure factors are computed, with f' and f'' at every "
               "wavelength of the spectrum; cell as with --hkl", .sets = "structure_factors crystal.cell",
       .apply = [](Draft& draft, Values& values) { draft.files.crystal.coordinates = values.file(0); }},
      {.names = {"--columns"}, .values = 1, .unit = "labels", .fallback = "the first amplitudes",
       .help = "columns of --hkl: F or I, perhaps that of Friedel mates after a comma, for example F(+),F(-)",
       .sets = "structure_factors", .apply = set_columns},
      {.names = {"--space-group"}, .values = 1, .unit = "name", .fallback = "the file's",
       .help = "space group of a file that has none, by name or number, for example P212121",
       .sets = "structure_factors",
       .apply = [](Draft& draft, Values& values) { draft.files.crystal.space_group = values.text(0); }},
      {.names = {"--resolution-A"}, .values = 1, .unit = "d[,d]", .fallback = "all; of atoms what the detector sees",
       .help = "finest and perhaps coarsest spacing of the reflections of --hkl or --coordinates",
       .sets = "structure_factors", .apply = set_resolution},
      {.names = {"--bulk-solvent"}, .values = 1, .unit = "none|K,B", .fallback = "0.35,46",
       .help = "disordered water around a macromolecule of --coordinates: electrons/A^3 and B in A^2",
       .sets = "structure_factors", .apply = set_solvent},
  };
  // clang-format on
}

}  // namespace nbk::bench::flags
