// SPDX-License-Identifier: MIT
// Flags about files of structure factors: --hkl, --coordinates and what goes with them.
#include "bench/crystals/crystal_files.hpp"
#include "bench/system/files.hpp"
#include "nbk/core/error.hpp"
#include "nbk/io/reflection_table.hpp"
#include "support/flag_samples.hpp"
#include "support/mtz_bytes.hpp"
#include "support/places.hpp"
#include "support/words.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

namespace {

using namespace nbk::testing;
using nbk::bench::crystals::has_gemmi;
using nbk::bench::flags::Command;
using nbk::bench::system::TemporaryFolder;
using nbk::bench::system::write_text;

const std::string data = std::string(nbk::testing::places::tests) + "/../docs/data/";
const std::string inputs = std::string(nbk::testing::places::tests) + "/golden/parity/inputs/";

Command parse(const std::string& line) { return nbk::bench::flags::parse(words_of("-dump none -distance 80 " + line)); }

bool warns(const Command& command, const std::string& text) {
  return std::ranges::any_of(command.warnings, [&](const std::string& w) { return w.find(text) != std::string::npos; });
}

void refused(const std::string& line, const char* problem) {
  CAPTURE(line);
  CHECK_THROWS_WITH(parse(line), doctest::Contains(problem));
}

}  // namespace

TEST_CASE("crystal files: a list that --hkl reads is the one that -hkl reads, without a cache") {
  const Command mine = parse("-cell 10 --hkl " + inputs + "small.hkl -default_F 3");
  const Command of_c = parse("-cell 10 -hkl " + inputs + "small.hkl -default_F 3");
  CHECK(mine.experiment.structure_factors.amplitude == of_c.experiment.structure_factors.amplitude);
  CHECK(mine.experiment.structure_factors.default_amplitude == 3);
  CHECK_FALSE(mine.output.write_cache);
  CHECK(mine.loaded[0].find("a list h k l F, taken as it is") != std::string::npos);
}

TEST_CASE("crystal files: flags that contradict each other or have no effect") {
  refused("-cell 10 -hkl a --hkl b", "--hkl: -hkl gives the structure factors already; leave one of the two out");
  refused("-cell 10 --coordinates a --hkl b", "--coordinates: --hkl gives the structure factors already");
  refused("-cell 10 --hkl x --resolution-A 0", "--resolution-A = 0: must be the finest spacing d > 0");
  refused("-cell 10 --hkl x --resolution-A 3,2", "--resolution-A = 3,2: must be");
  refused("-cell 10 --hkl x --resolution-A 2,", "--resolution-A = 2,: must be");
  refused("-cell 10 --hkl x --columns F,,G", "--columns = F,,G: must be labels");
  refused("-cell 10 --coordinates x --bulk-solvent 1", "--bulk-solvent = 1: must be none, or K,B");
  refused("-cell 10 --hkl /no/such/file", "/no/such/file: cannot be opened");
  refused("--hkl " + inputs + "small.hkl", "small.hkl has no unit cell; give -cell");
  CHECK(warns(parse("-cell 10 -default_F 1 --columns F"), "--columns: has no effect without --hkl"));
  CHECK(warns(parse("-cell 10 --hkl " + inputs + "small.hkl --bulk-solvent none"), "no effect without --coordinates"));
}

TEST_CASE("crystal files: -hkl of another format says what to do, a merged list is warned of") {
  const TemporaryFolder scratch("nbk-test");
  const std::string file = (scratch.path() / "x").string();
  MtzBytes mtz;
  mtz.rows = {{1, 2, 3, 10, 1, 16, 25, 0, 90}};
  write_text(file, mtz.bytes());
  refused("-cell 10 -hkl " + file, "is an MTZ file, not a list h k l F; nbk-render reads it by --hkl");
  std::string merged;
  for (int i = 0; i < 300; ++i)
    merged += std::to_string(i % 10 - 5) + " " + std::to_string(i / 10 % 6 - 3) + " " + std::to_string(i / 60) + " 4\n";
  write_text(file, merged);
  CHECK(warns(parse("-cell 10 -hkl " + file), "has indices of one sign only (l from 0 to 4)"));
  CHECK(warns(parse("-cell 10 --hkl " + file), "has indices of one sign only (l from 0 to 4)"));
  CHECK_FALSE(warns(parse("-cell 10 -hkl " + inputs + "small.hkl"), "of one sign only"));
}

TEST_CASE("crystal files: without gemmi one sentence says what is missing and how to get it" *
          doctest::skip(has_gemmi())) {
  refused("--coordinates " + data + "two_helices.pdb",
          "is a PDB file, which this program was built without gemmi to read");
  refused("-cell 10 --space-group P21 --hkl " + inputs + "small.hkl",
          "install gemmi (Debian: gemmi-dev and tao-pegtl-dev)");
}

TEST_CASE("crystal files: cell and symmetry of the file, and what is said about it" * doctest::skip(!has_gemmi())) {
  const Command command = parse("-lambda 1 -detpixels 64 -pixel 2 --coordinates " + data + "two_helices.pdb");
  REQUIRE(command.experiment.crystal.cell);
  CHECK(command.experiment.crystal.cell->b_A == 36.7);
  CHECK(command.experiment.further_sets.empty());
  const std::string& said = command.loaded[0];
  for (const char* part : {"171 atoms, summed to", "f' and f'' at 1 A", "bulk solvent of 0.35 electrons/A^3, B 46 A^2",
                           "of P 21 21 21 are", "; cell 31.4 36.7 42.9 90 90 90"})
    CHECK(said.find(part) != std::string::npos);
  refused("-cell 31.4 36.7 44 --coordinates " + data + "two_helices.pdb", "c differs by 2.6 %, more than 1 %");
  refused("--hkl " + data + "two_helices.pdb", "holds atoms, not reflections; give it by --coordinates");

  const Command given = parse("-cell 31.5 36.7 42.9 --resolution-A 3 --coordinates " + data + "two_helices.pdb");
  CHECK(given.experiment.crystal.cell->a_A == 31.5);
  CHECK(given.experiment.structure_factors.h_max == 10);
}

TEST_CASE("crystal files: atoms give one set of structure factors for each wavelength of a spectrum" *
          doctest::skip(!has_gemmi())) {
  const TemporaryFolder scratch("nbk-test");
  write_text(scratch.path() / "spectrum", "1.7380 1\n1.7395 2\n1.7410 1\n1.7380 3\n");
  const Command command = parse("--resolution-A 3 --bulk-solvent none --coordinates " + data +
                                "two_helices.pdb --spectrum " + (scratch.path() / "spectrum").string());
  REQUIRE(command.experiment.further_sets.size() == 2);
  const auto& lines = command.experiment.beam.spectrum.lines;
  CHECK(lines[1].structure_factor_set == 1);
  CHECK(lines[2].structure_factor_set == 2);
  CHECK(lines[3].structure_factor_set == 0);
  const auto amplitude = [](const nbk::StructureFactors& set) {
    return set.amplitude[nbk::io::table_index(set, 4, 7, 2)];
  };
  CHECK(amplitude(command.experiment.further_sets[0]) == doctest::Approx(144.505931).epsilon(1e-6));
  CHECK(amplitude(command.experiment.structure_factors) != amplitude(command.experiment.further_sets[0]));
}
