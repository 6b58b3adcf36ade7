// SPDX-License-Identifier: MIT
// Reflections of MTZ and CIF files: what is read, and what cannot be. Built where gemmi is.
#include "bench/system/files.hpp"
#include "nbk/io/gemmi/crystal_file_reader.hpp"
#include "support/mtz_bytes.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace {

using namespace nbk;
using namespace nbk::io;
using nbk::bench::system::TemporaryFolder;
using nbk::bench::system::write_text;
using nbk::testing::MtzBytes;

constexpr float missing = std::numeric_limits<float>::quiet_NaN();

MtzBytes example() {
  MtzBytes mtz;
  mtz.rows = {{1, 2, 3, 10, 1, 16, 25, 0, 90},
              {0, 2, 4, missing, missing, 4, missing, 1, 30},
              {5, 0, 0, 7, 1, -9, 36, 0, missing}};
  return mtz;
}

MergedReflections read(const MtzBytes& mtz, const std::vector<std::string>& labels) {
  return parse_mtz(mtz.bytes(), labels, "x.mtz");
}

void refused(const std::string& bytes, const char* problem) {
  CHECK_THROWS_WITH_AS(parse_mtz(bytes, {}, "x.mtz"), doctest::Contains(problem), FileError);
}

const std::string sf_head =
    "data_r1abcsf\n_cell.length_a 30\n_cell.length_b 40\n_cell.length_c 50\n_cell.angle_alpha 90\n"
    "_cell.angle_beta 90\n_cell.angle_gamma 90\n_symmetry.space_group_name_H-M 'P 2 2 2'\n";
const std::string sf_loop =
    "loop_\n_refln.index_h\n_refln.index_k\n_refln.index_l\n_refln.status\n_refln.F_meas_au\n_refln.F_meas_sigma_au\n"
    "_refln.pdbx_I_plus\n_refln.pdbx_I_minus\n";
const std::string sf_rows = "1 2 3 o 10 1 16 25\n0 2 4 f ? ? 4 .\n5 0 0 o 7(2) 1 -9 36\n";

MergedReflections read_cif(const std::string& text, const std::vector<std::string>& labels) {
  return read_cif_reflections(parse_cif(text, "x.cif"), labels, "x.cif");
}

CrystalFile read_file_of(const std::string& text, bool wants_atoms, const CrystalFileOptions& options = {}) {
  const TemporaryFolder scratch("nbk-test");
  write_text(scratch.path() / "x", text);
  return read_crystal_file(scratch.path() / "x", wants_atoms, options);
}

}  // namespace

TEST_CASE("MTZ: columns by label, missing values, cell and operations, both byte orders") {
  for (const bool big_endian : {false, true}) {
    MtzBytes mtz = example();
    mtz.big_endian = big_endian;
    MergedReflections list = read(mtz, {});
    CHECK(list.columns == "FP");
    REQUIRE(list.reflections.size() == 2);
    CHECK(list.reflections[1].h == 5);
    CHECK(list.reflections[1].amplitude == 7);
    REQUIRE(list.cell);
    CHECK(list.cell->c_A == 50);
    CHECK(list.operations.size() == 4);
    CHECK(list.space_group == "P 2 2 2");
    CHECK(list.notes[0] == "MTZ, column FP (--columns chooses others: I(+), I(-))");
    CHECK(list.notes[1] == "1 of 3 rows have no value; these reflections keep the default F");

    list = read(mtz, {"I(+)", "I(-)"});
    REQUIRE(list.reflections.size() == 5);
    CHECK(list.reflections[1].h == -1);
    CHECK(list.reflections[1].amplitude == 5);
    CHECK(list.reflections[3].amplitude == 0);
    CHECK(list.reflections[4].amplitude == 6);
    CHECK(list.notes.back() == "1 negative values are taken as 0");

    list = read(mtz, {"FP", "PHIC"});
    CHECK(list.phase_rad[0] == doctest::Approx(std::acos(0.0)));
  }
}

TEST_CASE("MTZ: truncated and contradictory files are one error each, with its place") {
  const std::string good = example().bytes();
  for (std::size_t length = 0; length < good.size(); ++length) {
    try {
      parse_mtz(std::string_view(good).substr(0, length), {}, "x.mtz");
      CHECK(length >= good.size() - 160);  // END and what follows it say nothing
    } catch (const FileError& error) {
      CHECK(std::string(error.what()).starts_with("x.mtz: "));
    }
  }
  refused(good.substr(0, 60), "x.mtz: is truncated: an MTZ file has at least 80 bytes, this one has 60");
  refused(good.substr(0, 150), "byte 5 says that the header begins at word 48, but the file ends at word 37");
  MtzBytes mtz = example();
  mtz.counts = "9 3 12";
  refused(mtz.bytes(), "its header cannot be read (BATCH header inconsistent with NCOL record.)");
  mtz.further = {"BATCH 1 2 3 4 5 6 7 8 9 10 11 12"};
  refused(mtz.bytes(), "its header (NCOL) says that it holds unmerged observations of 12 batches; merge them first");
  mtz.further.clear();
  mtz.counts = "9 3 -1";
  refused(mtz.bytes(), "its header cannot be read (Wrong NCOL header)");
  mtz.counts = "9 4000 0";
  refused(mtz.bytes(), "its header (NCOL) says that it holds 4000 reflections of 9 columns");
  mtz.counts = "9 2 0";
  refused(mtz.bytes(), "holds 2 reflections of 9 columns, but there are 27 numbers before it; write the file again");
  mtz.counts = "9 0 0";
  refused(mtz.bytes(), "x.mtz: has no reflections (NCOL); give a file with structure factors");
  mtz.counts = "9 -3 0";
  refused(mtz.bytes(), "its header (NCOL) says that it holds -3 reflections");
  mtz.counts = "8 3 0";
  refused(mtz.bytes(), "its header cannot be read (Number of COLU records inconsistent with NCOL record.)");
  mtz = example();
  mtz.columns[1] = "K F";
  refused(mtz.bytes(), "column 2, K, is not of the type H");
  mtz = example();
  mtz.rows[1][2] = missing;
  refused(mtz.bytes(), "reflection 2: a Miller index is no integer, nan");
  mtz = example();
  for (auto& row : mtz.rows) row[3] = missing;
  refused(mtz.bytes(), "x.mtz: has no value in column FP of its 3 reflections; give a file with structure factors");
  mtz = example();
  mtz.operations[1] = "X, Y, W";
  refused(mtz.bytes(), "its header cannot be read");
  mtz = example();
  mtz.operations.clear();
  mtz.group = "4 4 P 16 'P 2 2 9' PG222";
  refused(mtz.bytes(), "x.mtz: space group 'P 2 2 9' is unknown");
}

TEST_CASE("SF-mmCIF and chemists' CIF: the first loop of reflections, values that are not there, Friedel mates") {
  MergedReflections list = read_cif(sf_head + sf_loop + sf_rows, {});
  CHECK(list.columns == "F_meas_au");
  REQUIRE(list.reflections.size() == 2);
  CHECK(list.reflections[1].amplitude == 7);
  CHECK(list.operations.size() == 4);
  CHECK(list.notes[0] == "SF-mmCIF, column F_meas_au (--columns chooses others: pdbx_I_plus, pdbx_I_minus)");
  list = read_cif(sf_head + sf_loop + sf_rows, {"pdbx_I_plus", "pdbx_I_minus"});
  CHECK(list.reflections.size() == 5);

  // SHELXL's FCF: F^2, operations in place of a name.
  const std::string fcf =
      "data_x\n_cell_length_a 5\n_cell_length_b 6\n_cell_length_c 7\n_cell_angle_alpha 90\n_cell_angle_beta 100\n"
      "_cell_angle_gamma 90\nloop_\n_space_group_symop_operation_xyz\n'x, y, z'\n'-x, y+1/2, "
      "-z'\nloop_\n_refln_index_h\n"
      "_refln_index_k\n_refln_index_l\n_refln_F_squared_calc\n_refln_F_squared_meas\n1 0 0 9.0 16.0\n";
  list = read_cif(fcf, {});
  CHECK(list.columns == "F_squared_calc");
  CHECK(list.reflections[0].amplitude == 3);
  CHECK(read_cif(fcf, {"F_squared_meas"}).reflections[0].amplitude == 4);
  CHECK(list.operations[1] == *parse_symmetry_operation("-x,y+1/2,-z"));
  CHECK(list.cell->beta_rad == doctest::Approx(100 * constants::degree_rad));
}

TEST_CASE("CIF: what is missing or wrong is one error with its place") {
  const auto wrong = [](const std::string& text, const char* problem) {
    CHECK_THROWS_WITH_AS(read_cif(text, {}), doctest::Contains(problem), FileError);
  };
  wrong(
      sf_head,
      "x.cif: has no loop of reflections (_refln.index_h in mmCIF, _refln_index_h in CIF); its first block is r1abcsf");
  wrong(sf_head + "loop_\n_refln.index_h\n_refln.index_k\n_refln.F_meas_au\n1 2 3\n",
        "x.cif: block r1abcsf: its loop of reflections has no index_l");
  wrong(sf_head + sf_loop + "\n", "x.cif: has no reflections in its list; give a file with structure factors");
  wrong(sf_head + sf_loop + "1 2 3 o ? 1 16 25\n", "x.cif: has no value in column F_meas_au of its 1 reflections");
  wrong(sf_head + sf_loop + "1 2 3 o ten 1 16 25\n", "x.cif: _refln.F_meas_au, reflection 1: 'ten' is no number");
  wrong(sf_head + sf_loop + "1 2.5 3 o 10 1 16 25\n", "_refln.index_k, reflection 1: '2.5' is no Miller index");
  wrong(sf_head + sf_loop + "1 ? 3 o 10 1 16 25\n", "_refln.index_k, reflection 1: '?' is no Miller index");
  wrong(sf_head + sf_loop + "1 2 3 o 10 1\n",
        "x.cif: is no CIF that can be read: line 9:1: Wrong number of values in the loop");
  wrong("data_x\nloop_\n_a\n_b\n1 2 'open\n", "x.cif: is no CIF that can be read: line 5");
  wrong(sf_head + "loop_\n_symmetry_equiv_pos_as_xyz\nx,y,q\n" + sf_loop + sf_rows,
        "_symmetry_equiv_pos_as_xyz: 'x,y,q' is no symmetry operation");
  wrong("data_x\n_symmetry.space_group_name_H-M 'P 9'\n" + sf_loop + sf_rows, "space group 'P 9' is unknown");
}

TEST_CASE("a file of reflections: checked against the user's cell and group, cut, expanded") {
  const std::string bytes = example().bytes();
  CrystalFile file = read_file_of(bytes, false);
  CHECK(file.notes.back() == "2 reflections of P 2 2 2 are 10 in P1");
  CHECK(file.space_group == "P 2 2 2");
  CrystalFileOptions options;
  options.space_group = "16";
  options.cell = UnitCell{30.1, 40, 50, 0, 0, 0};
  options.resolution.finest_A = 7;
  file = read_file_of(bytes, false, options);
  CHECK(file.sets[0].h_max == 1);
  options.space_group = "P 21 21 21";
  CHECK_THROWS_WITH_AS(read_file_of(bytes, false, options),
                       doctest::Contains("its space group, P 2 2 2, is not the given one"), FileError);
  options.space_group = "nonsense";
  CHECK_THROWS_WITH_AS(read_file_of(bytes, false, options), doctest::Contains("space group 'nonsense' is unknown"),
                       FileError);
  options = {.cell = UnitCell{30.5, 40, 50, 0, 0, 0}};
  CHECK_THROWS_WITH_AS(read_file_of(bytes, false, options), doctest::Contains("a differs by 1.7 %"), FileError);
  CHECK_THROWS_WITH_AS(read_file_of(bytes, true), doctest::Contains("holds reflections, not atoms; give it by --hkl"),
                       FileError);
  CHECK_THROWS_WITH_AS(read_file_of(sf_head + sf_loop + sf_rows, true),
                       doctest::Contains("holds reflections, not atoms"), FileError);
  CHECK_THROWS_WITH_AS(read_file_of("data_x\n_a b\n", true), doctest::Contains("has no atoms"), FileError);
  CHECK_THROWS_WITH_AS(read_file_of("!FORMAT=XDS_ASCII\n", false),
                       doctest::Contains("is an XDS_ASCII file, which is not read; merge it with"), FileError);
  options = {.space_group = "P 2 2 2"};
  CHECK(read_file_of("1 2 3 4.0\n2 0 0 5\n", false, options).sets[0].amplitude.size() == 5 * 5 * 7);
}
