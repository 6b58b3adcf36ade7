// SPDX-License-Identifier: MIT
// Structure factors of atoms: against numbers of gemmi's Python module, and against its calculators in C++. Built where
// gemmi is.
#include "bench/system/files.hpp"
#include "nbk/io/gemmi/crystal_file_reader.hpp"
#include "support/places.hpp"

#include <doctest/doctest.h>

#include <gemmi/sfcalc.hpp>

#include <array>
#include <cmath>
#include <complex>
#include <string>
#include <vector>

namespace {

using namespace nbk;
using namespace nbk::io;

const std::string folder = std::string(nbk::testing::places::tests) + "/../docs/data/";
constexpr std::array wavelengths_A{1.0, 1.7395};  // far from and near the K edge of iron, 1.7433 A

/// |F| of h and -h at the first wavelength, then at the second.
struct Known {
  Miller index;
  std::array<double, 4> amplitude;
};

// By StructureFactorCalculatorX of python3-gemmi 0.5.7: f' as an addend, and i times what the addend f'' adds. Addends
// are single precision there.
const std::vector<Known> two_helices{{{1, 2, 3}, {28.2536457, 27.9885874, 41.2729862, 40.8339753}},
                                     {{0, 0, 2}, {175.523114, 175.523114, 179.13227, 179.13227}},
                                     {{5, 0, 1}, {153.86194, 153.86194, 151.362061, 151.362061}},
                                     {{4, 7, 2}, {145.698869, 148.05547, 144.505931, 150.440272}},
                                     {{9, 3, 11}, {71.4061804, 65.1877042, 73.9452513, 57.3963892}},
                                     {{2, 2, 2}, {434.516389, 434.813737, 433.934971, 434.724626}},
                                     {{12, 1, 1}, {43.4470348, 43.0354381, 45.888531, 44.8631443}},
                                     {{3, 10, 8}, {68.2562727, 68.882555, 62.6414125, 64.3645326}}};
const std::vector<Known> quartz{{{1, 0, 0}, {16.1523046, 16.1523046, 16.3235729, 16.3235729}},
                                {{1, 0, 1}, {25.7661356, 25.7661356, 26.0604619, 26.0604619}},
                                {{0, 1, 1}, {39.4590317, 39.4590317, 39.8896171, 39.8896171}},
                                {{1, 1, 0}, {17.6307453, 17.38458, 18.0403163, 17.3322059}},
                                {{2, 0, 3}, {31.1336903, 31.1336903, 31.6648599, 31.6648599}},
                                {{1, 2, 2}, {19.2976718, 19.3106254, 19.6622665, 19.6990501}},
                                {{0, 0, 3}, {9.62797275, 9.62797275, 9.96904889, 9.96904889}},
                                {{3, 1, 2}, {10.5592527, 10.3778097, 10.9326047, 10.4185896}}};

CrystalFile compute(const std::string& name, double finest_A, std::optional<BulkSolvent> solvent = std::nullopt) {
  CrystalFileOptions options;
  options.resolution.finest_A = finest_A;
  options.solvent = solvent;
  options.wavelengths_A.assign(wavelengths_A.begin(), wavelengths_A.end());
  return read_crystal_file(folder + name, true, options);
}

double amplitude(const StructureFactors& set, const Miller& index) {
  return set.amplitude[table_index(set, index[0], index[1], index[2])];
}

void check(const CrystalFile& file, const std::vector<Known>& known) {
  REQUIRE(file.sets.size() == 2);
  for (const auto& [index, expected] : known) {
    const Miller mate{-index[0], -index[1], -index[2]};
    for (std::size_t set = 0; set < 2; ++set) {
      CAPTURE(index);
      CHECK(amplitude(file.sets[set], index) == doctest::Approx(expected[2 * set]).epsilon(1e-6));
      CHECK(amplitude(file.sets[set], mate) == doctest::Approx(expected[2 * set + 1]).epsilon(1e-6));
    }
  }
}

Coordinates two_helices_atoms() {
  const std::string name = folder + "two_helices.pdb";
  Coordinates atoms = parse_pdb(read_file(name), name);
  complete_crystal(atoms, std::nullopt, "", name);
  return atoms;
}

/// Sum of differences over the sum of amplitudes.
double r_factor(const std::vector<Reflection>& some, const std::vector<Reflection>& exact) {
  double differences = 0, sum = 0;
  REQUIRE(some.size() == exact.size());
  for (std::size_t i = 0; i < some.size(); ++i) {
    differences += std::abs(some[i].amplitude - exact[i].amplitude);
    sum += exact[i].amplitude;
  }
  return differences / sum;
}

}  // namespace

TEST_CASE("coordinates: amplitudes of both wavelengths and of Friedel mates, as gemmi's Python module has them") {
  check(compute("two_helices.pdb", 2.2), two_helices);
  check(compute("quartz.cif", 1.0), quartz);
}

TEST_CASE("coordinates: every amplitude of a macromolecule as gemmi's own calculator has it") {
  const Coordinates atoms = two_helices_atoms();
  const auto parts = partial_structure_factors(atoms, {.finest_A = 2.5}, "x");
  CHECK_FALSE(parts.by_transform);
  const std::vector<Reflection> list = amplitudes_at(parts, std::nullopt);
  gemmi::StructureFactorCalculator<gemmi::IT92<double>> calculator(atoms.structure.cell);
  double worst = 0;
  std::size_t compared = 0;
  for (const Reflection& r : list) {
    const double exact = std::abs(calculator.calculate_sf_from_model(atoms.structure.models[0], {{r.h, r.k, r.l}}));
    worst = std::max(worst, std::abs(r.amplitude - exact) / std::max(exact, 1.0));
    ++compared;
  }
  CHECK(compared > 3000);
  CHECK(worst < 1e-6);
}

TEST_CASE("coordinates: the Fourier transform of the density agrees with the sum, with anisotropic atoms, too") {
  Coordinates atoms = two_helices_atoms();
  gemmi::Atom& iron = atoms.structure.models[0].chains.back().residues.back().atoms[0];
  iron.aniso = {0.2f, 0.3f, 0.25f, 0.02f, -0.03f, 0.01f};
  complete_crystal(atoms, std::nullopt, "", "x");
  for (const double finest_A : {1.6, 3.0}) {
    const auto exact = partial_structure_factors(atoms, {.finest_A = finest_A, .method = AtomMethod::sum}, "x");
    const auto found = partial_structure_factors(atoms, {.finest_A = finest_A, .method = AtomMethod::transform}, "x");
    CHECK(found.by_transform);
    // Measured: 5e-5 and 2e-5.
    CHECK(r_factor(amplitudes_at(found, 1.7395), amplitudes_at(exact, 1.7395)) < 3e-4);
  }
}

TEST_CASE("coordinates: bulk solvent counts at low resolution and not at high") {
  const CrystalFile without = compute("two_helices.pdb", 2.5), with = compute("two_helices.pdb", 2.5, BulkSolvent{});
  const auto change = [&](double finest_A, double coarsest_A) {
    const ReciprocalLengths lengths(*with.cell);
    const ResolutionRange range{finest_A, coarsest_A};
    const StructureFactors& t = with.sets[0];
    double differences = 0, sum = 0;
    for (int h = t.h_min; h <= t.h_max; ++h) {
      for (int k = t.k_min; k <= t.k_max; ++k) {
        for (int l = t.l_min; l <= t.l_max; ++l) {
          if (!range.has(lengths.per_d2({h, k, l}))) continue;
          differences += std::abs(amplitude(t, {h, k, l}) - amplitude(without.sets[0], {h, k, l}));
          sum += amplitude(without.sets[0], {h, k, l});
        }
      }
    }
    return differences / sum;
  };
  CHECK(change(12, 100) > 0.3);
  CHECK(change(2.5, 3) < 0.05);
  CHECK(compute("two_helices.pdb", 2.5, BulkSolvent{0.0, 46}).sets[0].amplitude == without.sets[0].amplitude);
}

TEST_CASE("coordinates: forbidden reflections are zero, and the table has no symmetry left to make") {
  const CrystalFile file = compute("two_helices.pdb", 3);
  for (const Miller& forbidden : {Miller{1, 0, 0}, {0, 3, 0}, {0, 0, 5}})
    CHECK(amplitude(file.sets[0], forbidden) == 0);
  CHECK(amplitude(file.sets[1], {1, 2, 3}) == amplitude(file.sets[1], {-1, -2, 3}));
  CHECK(amplitude(file.sets[1], {1, 2, 3}) != amplitude(file.sets[1], {-1, -2, -3}));
  CHECK(amplitude(file.sets[0], {0, 0, 0}) == 0);
  REQUIRE(file.cell);
  CHECK(file.cell->a_A == 31.4);
  CHECK(file.space_group == "P 21 21 21");
}

TEST_CASE("coordinates: mmCIF has the same atoms as PDB") {
  const std::string head =
      "data_x\n_cell.length_a 31.4\n_cell.length_b 36.7\n_cell.length_c 42.9\n_cell.angle_alpha 90\n_cell.angle_beta "
      "90\n"
      "_cell.angle_gamma 90\n_symmetry.space_group_name_H-M 'P 21 21 21'\nloop_\n_atom_site.group_PDB\n_atom_site.id\n"
      "_atom_site.type_symbol\n_atom_site.label_atom_id\n_atom_site.label_alt_id\n_atom_site.label_comp_id\n"
      "_atom_site.label_asym_id\n_atom_site.label_seq_id\n_atom_site.Cartn_x\n_atom_site.Cartn_y\n_atom_site.Cartn_z\n"
      "_atom_site.occupancy\n_atom_site.B_iso_or_equiv\n_atom_site.auth_seq_id\n_atom_site.auth_asym_id\n";
  const std::string row = "HETATM 1 FE FE . FE A . 11.2 9.4 16.5 1 15 100 A\n";
  const std::string pdb =
      "CRYST1   31.400   36.700   42.900  90.00  90.00  90.00 P 21 21 21    4\n"
      "HETATM    1 FE    FE A 100      11.200   9.400  16.500  1.00 15.00          FE\n";
  const auto table = [](Coordinates atoms) {
    complete_crystal(atoms, std::nullopt, "", "x");
    return amplitudes_at(partial_structure_factors(atoms, {.finest_A = 4}, "x"), 1.0);
  };
  const auto cif = table(read_cif_coordinates(parse_cif(head + row, "x.cif"), "x.cif"));
  const auto text = table(parse_pdb(pdb, "x.pdb"));
  REQUIRE(cif.size() == text.size());
  for (std::size_t i = 0; i < cif.size(); ++i) CHECK(cif[i].amplitude == doctest::Approx(text[i].amplitude));
}

TEST_CASE("coordinates: a number of CIF or mmCIF that is none is one error with its row; dummies need no place") {
  const auto refused = [](const std::string& text, const char* problem) {
    CHECK_THROWS_WITH_AS(read_cif_coordinates(parse_cif(text, "x.cif"), "x.cif"), problem, FileError);
  };
  const std::string head =
      "data_x\nloop_\n_atom_site.type_symbol\n_atom_site.Cartn_x\n_atom_site.Cartn_y\n"
      "_atom_site.Cartn_z\n_atom_site.occupancy\n_atom_site.B_iso_or_equiv\n";
  refused(head + "C 1 2 3 1 5\nC 1 2,5 3 1 5\n", "x.cif: row 2 of _atom_site.Cartn_y must be a number, found \"2,5\"");
  refused(head + "C 1 2 ? 1 5\n", "x.cif: row 1 of _atom_site.Cartn_z must be a number, found \"?\"");
  refused(head + "C 1 2 3 l 5\n", "x.cif: row 1 of _atom_site.occupancy must be a number, found \"l\"");
  refused(head + "C 1 2 3 'l 5\n", "x.cif: is no CIF that can be read: line 9:13: unterminated 'string'");
  const std::string small =
      "data_x\n_cell_length_a 7\n_cell_length_b 8\n_cell_length_c 9\n_cell_angle_alpha 90\n_cell_angle_beta 90\n"
      "_cell_angle_gamma 90\n_symmetry_space_group_name_H-M 'P 1'\nloop_\n_atom_site_label\n_atom_site_fract_x\n"
      "_atom_site_fract_y\n_atom_site_fract_z\n_atom_site_U_iso_or_equiv\nC1 0.1(2) 0.2 0.3 0.03(1)\nC2 ? ? ? .\n";
  CHECK(read_cif_coordinates(parse_cif(small, "x.cif"), "x.cif").sites.size() == 1);
  refused(small + "O1 0.4 x 0.6 .\n", "x.cif: row 3 of _atom_site_fract_y must be a number, found \"x\"");
}

TEST_CASE("coordinates: what is missing is one error with what to do") {
  const auto refused = [](const std::string& text, const char* problem, const CrystalFileOptions& options) {
    const bench::system::TemporaryFolder scratch("nbk-test");
    bench::system::write_text(scratch.path() / "x.pdb", text);
    CHECK_THROWS_WITH_AS(read_crystal_file(scratch.path() / "x.pdb", true, options), doctest::Contains(problem),
                         FileError);
  };
  const std::string cell = "CRYST1   31.400   36.700   42.900  90.00  90.00  90.00 P 21 21 21    4\n";
  const std::string atom = "HETATM    1 FE    FE A 100      11.200   9.400  16.500  1.00 15.00          FE\n";
  CrystalFileOptions options;
  options.resolution.finest_A = 3;
  refused(atom, "has no unit cell; give -cell", options);
  refused("CRYST1    1.000    1.000    1.000  90.00  90.00  90.00 P 1           1\n" + atom, "has no unit cell",
          options);
  refused(cell.substr(0, 54) + "\n" + atom, "has no space group; give --space-group", options);
  refused(cell.substr(0, 55) + "P 21 99\n" + atom, "space group 'P 21 99' is unknown", options);
  refused(cell, "has no atoms; give a file with coordinates", options);
  refused(cell + atom.substr(0, 40) + "x" + atom.substr(41),
          "x.pdb: line 2: columns 39 to 46 must have y of the atom as a number, found \"x9.400\"", options);
  refused(cell + atom.substr(0, 32) + "11.2.0" + atom.substr(38), "line 2: columns 31 to 38 must have x of the atom",
          options);
  refused(cell + atom.substr(0, 46) + "     nan" + atom.substr(54), "line 2: columns 47 to 54 must have z of the atom",
          options);
  refused(cell + atom + atom.substr(0, 54) + "  1.OO" + atom.substr(60),
          "line 3: columns 55 to 60 must have the occupancy of the atom as a number, found \"1.OO\"", options);
  refused(cell + atom.substr(0, 20) + "\n", "x.pdb: is no PDB file that can be read: Problem in line 2: ", options);
  refused(cell + "HETATM    1  Q1  UNK A 100      11.200   9.400  16.500  1.00 15.00           X\n",
          "atom Q1 of residue 100(UNK) in chain A: its element is unknown", options);
  options.resolution.finest_A = 0.01;
  refused(cell + atom, "need more than 4096 MiB; give a coarser resolution", options);
  options.resolution.finest_A = 100;
  refused(cell + atom, "no reflection has a spacing of 100", options);
  options.resolution.finest_A = 3;
  options.cell = UnitCell{31.4, 36.7, 45, 0, 0, 0};
  refused(cell + atom, "c differs by 4.9 %", options);
  options.cell = UnitCell{31.4, 36.7, 42.9, 0, 0, 0};
  options.space_group = "P 21 21 21";
  const bench::system::TemporaryFolder scratch("nbk-test");
  bench::system::write_text(scratch.path() / "x.pdb", atom);
  CHECK(read_crystal_file(scratch.path() / "x.pdb", true, options).space_group == "P 21 21 21");
}
