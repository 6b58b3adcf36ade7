// SPDX-License-Identifier: MIT
// Files of structure factors that need no other library: kinds, columns, SHELX lists, text lists, cells and groups.
#include "bench/system/files.hpp"
#include "nbk/io/column_choice.hpp"
#include "nbk/io/crystal_energies.hpp"
#include "nbk/io/file_kind.hpp"
#include "nbk/io/plain_crystal_file.hpp"
#include "nbk/scene/cell_of_vectors.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <string>
#include <vector>

namespace {

using namespace nbk;
using namespace nbk::io;
using nbk::bench::system::TemporaryFolder;
using nbk::bench::system::write_text;

constexpr double degree = std::numbers::pi / 180;

const std::vector<FileColumn> columns{{"H", ColumnKind::other},
                                      {"FREE", ColumnKind::other},
                                      {"IMEAN", ColumnKind::intensity},
                                      {"I(+)", ColumnKind::intensity_plus},
                                      {"I(-)", ColumnKind::intensity_minus},
                                      {"FP", ColumnKind::amplitude},
                                      {"SIGFP", ColumnKind::other},
                                      {"FC", ColumnKind::amplitude},
                                      {"PHIC", ColumnKind::phase},
                                      {"F(+)", ColumnKind::amplitude_plus},
                                      {"F(-)", ColumnKind::amplitude_minus}};

ChosenColumns choose(const std::vector<std::string>& labels) { return choose_columns(columns, labels, "x.mtz"); }

const std::string instructions =
    "TITL a test\nCELL 0.71073 7.1 11.3 9.7 90 104.5 90\nZERR 4 0.001 0.001 0.001 0 0.01 0\nLATT 1\n"
    "SYMM -X, 0.5+Y, 0.5-Z\nSFAC C H N\nHKLF 4\nEND\n";
const std::string list =
    "   1   0   0  100.00    1.00\n   0   2   0   25.00    1.00   1\n  -1   2  -3   16.00    0.50\n"
    "   1   0   0  140.00    1.00\n   2   0   1   -3.00    1.00\n   0   0   0    0.00    0.00\n_computing 'x'\n";

double amplitude(const CrystalFile& file, int h, int k, int l) {
  return file.sets[0].amplitude[table_index(file.sets[0], h, k, l)];
}

}  // namespace

TEST_CASE("columns: the first amplitudes by default, or what the user names") {
  ChosenColumns chosen = choose({});
  CHECK(chosen.value == 5);
  CHECK_FALSE(chosen.intensities);
  CHECK(chosen.labels == "FP");
  CHECK(chosen.others == "IMEAN, I(+), I(-), FC, F(+), F(-)");
  chosen = choose({"F(+)", "F(-)"});
  CHECK(chosen.value == 9);
  CHECK(chosen.minus == 10u);
  chosen = choose({"FC", "PHIC"});
  CHECK(chosen.phase == 8u);
  CHECK(choose({"PHIC", "FC"}).phase == 8u);
  CHECK(choose({"IMEAN"}).intensities);
  CHECK(choose({"I(-)"}).value == 4);
  const std::vector<FileColumn> pairs(columns.begin() + 3, columns.begin() + 5);
  CHECK(choose_columns(pairs, {}, "x").minus == 1u);
}

TEST_CASE("columns: those that are not there or cannot be used are one error") {
  CHECK_THROWS_WITH_AS(choose({"FO"}),
                       "x.mtz: has no column 'FO'; it has H, FREE, IMEAN, I(+), I(-), FP, SIGFP, FC, PHIC, F(+), F(-)",
                       FileError);
  CHECK_THROWS_WITH_AS(choose({"FREE"}), doctest::Contains("x.mtz: column 'FREE' cannot be used"), FileError);
  CHECK_THROWS_WITH_AS(choose({"FP", "FC"}), doctest::Contains("column 'FC' cannot be used"), FileError);
  CHECK_THROWS_WITH_AS(choose({"F(+)", "I(-)"}), doctest::Contains("column 'I(-)' cannot be used"), FileError);
  CHECK_THROWS_WITH_AS(choose({"PHIC"}), doctest::Contains("column 'PHIC' has phases; name one of amplitudes"),
                       FileError);
  CHECK_THROWS_WITH_AS(
      choose_columns(std::span(columns).first(2), {}, "x.mtz"),
      "x.mtz: has no column of amplitudes or intensities; it has H, FREE; give a file with structure factors",
      FileError);
}

TEST_CASE("kinds of files are recognised by their content") {
  const auto is = [](const char* text, FileKind kind) { CHECK(recognise_file(text) == kind); };
  is("MTZ \x01\x02", FileKind::mtz);
  is("# comment\n\n  data_1ABC\n", FileKind::cif);
  is("DATA_x\n", FileKind::cif);
  is("HEADER    HYDROLASE\n", FileKind::pdb);
  is("\nCRYST1   10.0\n", FileKind::pdb);
  is("ATOM      1  N\n", FileKind::pdb);
  is("   1   0   0  100.00    1.00\n", FileKind::shelx_hkl);
  is("   1   0   0  100.00    1.00   1\n", FileKind::shelx_hkl);
  is(" -10 -12  -312345.67    1.00\n", FileKind::shelx_hkl);
  is("1 0 0 100.0\n", FileKind::hkl_text);
  is("   1   0   0  100.00\n", FileKind::hkl_text);
  is("!FORMAT=XDS_ASCII    MERGE=FALSE\n", FileKind::xds_ascii);
  is("CrystFEL reflection list version 2.0\n", FileKind::stream);
  is("\x1f\x8b\x08", FileKind::compressed);
  is("\x89HDF\r\n", FileKind::hdf5);
  is("", FileKind::unknown);
  is("once upon a time", FileKind::unknown);
}

TEST_CASE("SHELX instructions: cell, operations of LATT and SYMM, format") {
  const ShelxInstructions read = parse_shelx_instructions(instructions, "x.ins");
  CHECK(read.cell.b_A == 11.3);
  CHECK(read.cell.beta_rad == doctest::Approx(104.5 * degree));
  CHECK(read.operations.size() == 4);
  CHECK(read.format == 4);
  const auto order = [](const std::string& lines) {
    return parse_shelx_instructions("CELL 1 5 5 5 90 90 90\n" + lines, "x.ins").operations.size();
  };
  CHECK(order("") == 2);
  CHECK(order("LATT -1\n") == 1);
  CHECK(order("LATT 2\n") == 4);
  CHECK(order("LATT -3\n") == 3);
  CHECK(order("latt -4\nsymm -x,-y,z\n") == 8);
  CHECK(order("LATT 7\nSYMM -X,Y,-Z\n") == 8);
  const auto refused = [](const std::string& text, const char* problem) {
    CHECK_THROWS_WITH_AS(parse_shelx_instructions(text, "x.ins"), doctest::Contains(problem), FileError);
  };
  refused("TITL\nLATT 1\n", "x.ins: has no CELL");
  refused("CELL 1 5 5 5 90 90\n", "x.ins: line 1: has 7 fields");
  refused("CELL 1 5 0 5 90 90 90\n", "line 1: a length or angle of CELL must be a number > 0, found \"0\"");
  refused("CELL 1 5 5 5 90 90 90\nLATT 8\n", "line 2: LATT must be 1 to 7");
  refused("CELL 1 5 5 5 90 90 90\nSYMM -X,Y\n", "line 2: \"SYMM -X,Y\" is no symmetry operation");
  refused("CELL 1 5 5 5 90 90 90\nHKLF 5\n", "line 2: HKLF must be 3 (F) or 4 (F^2), found \"5\"");
  refused("CELL 1 5 5 5 90 90 90\nHKLF 4 1 0 1 0 1 0 0 0 0 -1\n", "line 2: HKLF has a matrix");
}

TEST_CASE("SHELX lists: observations of one index are averaged, the symmetry makes all others") {
  const MergedReflections read = parse_shelx_hkl(list, 4, "x.hkl");
  CHECK(read.reflections.size() == 4);
  const TemporaryFolder scratch("nbk-test");
  write_text(scratch.path() / "x.hkl", list);
  CrystalFileOptions options;
  CHECK_THROWS_WITH_AS(of_shelx_hkl(list, scratch.path() / "x.hkl", {}, options),
                       doctest::Contains("needs a symmetry; put its .ins or .res file beside it"), FileError);
  write_text(scratch.path() / "x.res", instructions);
  const CrystalFile file = of_shelx_hkl(list, scratch.path() / "x.hkl", {}, options);
  CHECK(amplitude(file, 1, 0, 0) == doctest::Approx(std::sqrt(120.0)).epsilon(1e-15));
  CHECK(amplitude(file, -1, 0, 0) == amplitude(file, 1, 0, 0));
  CHECK(amplitude(file, 0, -2, 0) == 5);
  CHECK(amplitude(file, 1, 2, 3) == 4);  // by -x,1/2+y,1/2-z
  CHECK(amplitude(file, -1, -2, -3) == 4);
  CHECK(amplitude(file, 1, 2, -3) == 0);
  CHECK(amplitude(file, 2, 0, 1) == 0);
  REQUIRE(file.cell);
  CHECK(file.cell->c_A == 9.7);
  CHECK(file.notes[1] == "1 negative values are taken as 0");
  CHECK_THROWS_WITH_AS(parse_shelx_hkl("   1   0   0  100.00    1.00\n   1   0   x  100.00    1.00\n", 4, "x.hkl"),
                       doctest::Contains("x.hkl: line 2: \"   1   0   x  100.00    1.00\" is no line of a SHELX list"),
                       FileError);
  CHECK_THROWS_WITH_AS(parse_shelx_hkl("   0   0   0    0.00    0.00\n", 4, "x.hkl"), "x.hkl: holds no reflections",
                       FileError);
}

TEST_CASE("text lists: as they are without a space group, with a warning for one sign; expanded with one") {
  std::string text;
  std::size_t count = 0;
  for (int h = 0; h <= 7; ++h) {
    for (int k = 0; k <= 7; ++k) {
      for (int l = 0; l <= 7; ++l, ++count) {
        text += std::to_string(h) + " " + std::to_string(k) + " " + std::to_string(l) + " " +
                std::to_string(1 + h + 10 * k + 100 * l) + "\n";
      }
    }
  }
  CrystalFileOptions options{.default_amplitude = 9};
  CrystalFile file = of_hkl_text(text, {}, options, "x.hkl");
  CHECK(file.reflections == count);
  REQUIRE(file.warnings.size() == 1);
  CHECK(file.warnings[0].find("h from 0 to 7, k from 0 to 7, l from 0 to 7") != std::string::npos);
  CHECK(file.sets[0].h_min == 0);

  std::vector<SymmetryOperation> p222;
  for (const char* operation : {"x,y,z", "-x,-y,z", "-x,y,-z", "x,-y,-z"})
    p222.push_back(*parse_symmetry_operation(operation));
  options.space_group = "P 2 2 2";
  file = of_hkl_text(text, p222, options, "x.hkl");
  CHECK(file.warnings.empty());
  CHECK(amplitude(file, -3, 2, -7) == 1 + 3 + 20 + 700);
  CHECK(amplitude(file, -3, -2, -7) == 1 + 3 + 20 + 700);
  CHECK(file.sets[0].amplitude.size() == 15 * 15 * 15);

  options.resolution.finest_A = 2;
  CHECK_THROWS_WITH_AS(of_hkl_text(text, p222, options, "x.hkl"), doctest::Contains("has no unit cell"), FileError);
  options.cell = UnitCell{10, 10, 10, 0, 0, 0};
  file = of_hkl_text(text, p222, options, "x.hkl");
  CHECK(file.sets[0].h_max == 5);
  options.resolution = {11, 12};
  CHECK_THROWS_WITH_AS(of_hkl_text(text, p222, options, "x.hkl"), doctest::Contains("no reflection is inside"),
                       FileError);
}

TEST_CASE("text lists: labels of columns, and a cell that the space group cannot have, are one error each") {
  const std::string text = "1 2 3 10\n";
  CHECK_THROWS_WITH_AS(of_hkl_text(text, {}, {.columns = {"F"}}, "x.hkl"), doctest::Contains("a list without labels"),
                       FileError);
  std::vector<SymmetryOperation> tetragonal, trigonal;
  for (const char* operation : {"x,y,z", "-x,-y,z", "-y,x,z", "y,-x,z"})
    tetragonal.push_back(*parse_symmetry_operation(operation));
  for (const char* operation : {"x,y,z", "-y,x-y,z", "-x+y,-x,z"})
    trigonal.push_back(*parse_symmetry_operation(operation));
  CrystalFileOptions options{.cell = UnitCell{10, 10, 20, 0, 0, 0}, .space_group = "P 4"};
  CHECK_NOTHROW(of_hkl_text(text, tetragonal, options, "x.hkl"));
  CHECK_THROWS_WITH_AS(of_hkl_text(text, trigonal, options, "x.hkl"), doctest::Contains("cannot have the cell"),
                       FileError);
  options.cell = UnitCell{10, 10.1, 20, 0, 0, 0};  // cells of file and user may differ by 1 %
  CHECK_NOTHROW(of_hkl_text(text, tetragonal, options, "x.hkl"));
  options.cell = UnitCell{10, 11, 20, 0, 0, 0};
  CHECK_THROWS_WITH_AS(of_hkl_text(text, tetragonal, options, "x.hkl"),
                       "x.hkl: a crystal of P 4 cannot have the cell 10 11 20 90 90 90; correct one of the two "
                       "(nbk-render: --space-group, -cell)",
                       FileError);
  options.cell = UnitCell{10, 10, 20, 90 * degree, 90 * degree, 120 * degree};
  CHECK_NOTHROW(of_hkl_text(text, trigonal, options, "x.hkl"));
  CHECK_THROWS_AS(of_hkl_text(text, tetragonal, options, "x.hkl"), FileError);
}

TEST_CASE("cells of file and user must agree to 1 %") {
  const UnitCell in_file{78, 78, 37, 90 * degree, 90 * degree, 90 * degree};
  CHECK_NOTHROW(require_same_cell(in_file, {78.7, 77.3, 37.3, 90.8 * degree, 0, 0}, "x.mtz"));
  CHECK_NOTHROW(require_same_cell({50, 50, 50, degree * 90, degree * 90, degree * 90}, {50, 0, 0, 0, 0, 0}, "x.mtz"));
  CHECK_THROWS_WITH_AS(require_same_cell(in_file, {78, 78, 38, 0, 0, 0}, "x.mtz"),
                       "x.mtz: its unit cell, 78 78 37 90 90 90, is not the given one, 78 78 38 90 90 90: c differs by "
                       "2.7 %, more than 1 %; leave the given one out (nbk-render: -cell, -mat) or correct it",
                       FileError);
  CHECK_THROWS_WITH_AS(require_same_cell(in_file, {78, 78, 37, 90 * degree, 90 * degree, 120 * degree}, "x.mtz"),
                       doctest::Contains("gamma differs by 33.3 %"), FileError);
}

TEST_CASE("cells of vectors and matrices are those of their edges and angles") {
  const UnitCell cell{31, 37, 43, 1.5, 1.7, 1.9};
  const auto check = [&](const Crystal& crystal) {
    const auto found = scene::cell_of(crystal, 1.3e-10);
    REQUIRE(found);
    for (double UnitCell::*part : {&UnitCell::a_A, &UnitCell::b_A, &UnitCell::c_A, &UnitCell::alpha_rad,
                                   &UnitCell::beta_rad, &UnitCell::gamma_rad})
      CHECK((*found).*part == doctest::Approx(cell.*part).epsilon(1e-12));
  };
  Crystal by_cell;
  by_cell.cell = cell;
  check(by_cell);
  const Mat3d direct = scene::real_space_of(cell);
  Crystal by_vectors, by_matrix, by_b;
  by_vectors.real_space_A = direct;
  check(by_vectors);
  const Mat3d reciprocal = transposed(inverse(direct));
  by_matrix.a_matrix = 1.3 * reciprocal;
  check(by_matrix);
  by_b.b_matrix = reciprocal;
  check(by_b);
  CHECK_FALSE(scene::cell_of(Crystal{}, 1e-10));
}

TEST_CASE("wavelengths of a beam: different ones once, and each line names its set") {
  Beam beam;
  beam.wavelength_m = 1.1e-10;
  CHECK(wavelengths_A(beam) == std::vector{1.1e-10 * 1e10});
  beam.spectrum.lines = {{1.0e-10, 1, 0}, {1.2e-10, 2, 0}, {1.0e-10, 1, 5}};
  const auto wavelengths = wavelengths_A(beam);
  REQUIRE(wavelengths.size() == 2);
  name_sets(beam, wavelengths);
  CHECK(beam.spectrum.lines[0].structure_factor_set == 0);
  CHECK(beam.spectrum.lines[1].structure_factor_set == 1);
  CHECK(beam.spectrum.lines[2].structure_factor_set == 0);
  beam.sources = {{.wavelength_m = 2e-10}, {.wavelength_m = 3e-10}};
  name_sets(beam, wavelengths_A(beam));
  CHECK(beam.sources[1].structure_factor_set == 1);
}
