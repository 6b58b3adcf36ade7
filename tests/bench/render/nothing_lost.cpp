// SPDX-License-Identifier: MIT
// What a run of nbk-render must never do: destroy a file, stop at a terminal, hang or crash at a limit of Kokkos.
#include "support/flag_samples.hpp"
#include "support/places.hpp"
#include "support/render_process.hpp"
#include "support/words.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using nbk::bench::system::read_text;
using nbk::bench::system::write_text;
using nbk::testing::has;
using nbk::testing::RenderProcess;
using nbk::testing::words_of;
using Names = std::vector<std::string>;

const std::string inputs = std::string(nbk::testing::places::tests) + "/golden/parity/inputs/";
const std::string small = "-cell 70 80 90 90 90 90 -lambda 1.5 -N 3 -distance 60 -detpixels 16 -pixel 1 -seed 3";
const std::string fast = "-default_F 100 " + small;

}  // namespace

TEST_CASE("render: no output takes the name of an input, and the message has both flags") {
  RenderProcess render;
  write_text(render.file("my.hkl"), "0 0 1 100\n");
  write_text(render.file("A.mat"), "0.01 0 0\n0 0.01 0\n0 0 0.01\n");
  write_text(render.file("beam"), "-10 0 0 1 1e-10\n");
  write_text(render.file("curve"), "0 1\n");
  REQUIRE(render.run(words_of(fast + " -intfile i.img -floatfile f -nopgm -nonoise --save-experiment e.json")) == 0);
  fs::create_hard_link(render.file("my.hkl"), render.file("hard"));
  fs::create_symlink("my.hkl", render.file("soft"));
  const Names before = render.files();
  const std::pair<std::string, Names> lines[] = {
      {"-hkl my.hkl -floatfile my.hkl", {"-hkl", "-floatfile"}},
      {"-hkl my.hkl -floatfile ./my.hkl", {"-hkl", "-floatfile"}},
      {"-hkl my.hkl -floatfile hard", {"-hkl", "-floatfile"}},
      {"-hkl my.hkl --png soft", {"-hkl", "--png"}},
      {"-hkl soft -intfile my.hkl", {"-hkl", "-intfile"}},
      {"-hkl my.hkl -dump my.hkl", {"-hkl", "-dump"}},
      {"-default_F 1 -mat A.mat --trace A.mat", {"-mat", "--trace"}},
      {"-hkl my.hkl -mat A.mat -dump A.mat", {"-mat", "-dump"}},
      {"-default_F 1 -sourcefile beam -noisefile beam", {"-sourcefile", "-noisefile"}},
      {"-default_F 1 -stol curve -pgmfile curve", {"-stol", "-pgmfile"}},
      {"-default_F 1 -img i.img -intfile i.img", {"-img", "-intfile"}},
      {"-default_F 1 -mask i.img -noisefile i.img", {"-mask", "-noisefile"}},
      {"--experiment e.json --json e.json", {"--experiment", "--json"}},
      {"--experiment e.json --save-experiment e.json", {"--experiment", "--save-experiment"}},
      {"-default_F 1 -floatfile x -intfile x", {"-floatfile", "-intfile"}},
      {"-default_F 1 -pgmfile noiseimage.img", {"-pgmfile", "-noisefile (its default)"}},
      {"-default_F 1 --json x --trace x", {"--json", "--trace"}},
      {"-default_F 1 --json -", {"--json -", "./-"}},
  };
  for (const auto& [line, flags] : lines) {
    INFO(line);
    CHECK(render.run(words_of(small + " " + line)) == 2);
    for (const std::string& flag : flags) CHECK_MESSAGE(has(render.printed(), flag), render.printed());
    CHECK(render.files() == before);
  }
  CHECK(render.bytes("my.hkl") == "0 0 1 100\n");
  CHECK(render.run(words_of(small + " -hkl my.hkl -floatfile /dev/null -intfile /dev/null -nopgm -nonoise")) == 0);
}

TEST_CASE("render: no output takes the name of a file that lies beside an input and is read with it") {
  RenderProcess render;
  write_text(render.file("list.hkl"), "   1   0   0  100.00    1.00\n   0   2   0   25.00    1.00\n");
  const std::string instructions = "CELL 0.71073 7.1 11.3 9.7 90 104.5 90\nLATT 1\nSYMM -X, 0.5+Y, 0.5-Z\nHKLF 4\n";
  write_text(render.file("list.ins"), instructions);
  const std::string line = "--hkl list.hkl -lambda 1.5 -N 3 -distance 60 -detpixels 16 -pixel 1 -seed 3 --png list.ins";
  CHECK(render.run(words_of(line)) == 2);
  CHECK(has(render.printed(), "--png and --hkl, beside which it lies: list.ins would be read and replaced"));
  CHECK(render.bytes("list.ins") == instructions);
}

TEST_CASE("render: mode, links and long names of outputs") {
  RenderProcess render;
  write_text(render.file("f"), "old");
  fs::permissions(render.file("f"), fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink("not yet there", render.file("i"));
  const std::string name(255, 'n');
  REQUIRE(render.run(words_of(fast + " -floatfile f -intfile i -nopgm -noisefile " + name)) == 0);
  CHECK(fs::status(render.file("f")).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
  CHECK(render.files() == Names{"f", "i", name, "not yet there"});
  CHECK(fs::is_symlink(render.file("i")));
}

TEST_CASE("render: a terminal that takes nothing does not stop the work, and exit codes stay right") {
  for (const std::string streams :
       {"2>&-", ">&- 2>&-", "<&- >&- 2>&-", "2>/dev/full", ">/dev/full 2>/dev/full", "2>&1 | :"}) {
    if (has(streams, "full") && !fs::exists("/dev/full")) continue;
    INFO(streams);
    RenderProcess plain, render;
    REQUIRE(plain.run(words_of(fast + " -Xclose 3 -lamda 3")) == 0);
    CHECK(render.run_in_shell("\"$RENDER\" " + fast + " -Xclose 3 -lamda 3 " + streams) == 0);
    CHECK(render.files() == plain.files());
    for (const std::string& name : plain.files()) CHECK_MESSAGE(render.bytes(name) == plain.bytes(name), name);
    if (has(streams, "|")) continue;
    CHECK(render.run_in_shell("\"$RENDER\" -bogus " + streams) == 2);
    CHECK(render.run_in_shell("\"$RENDER\" " + fast + " -hkl none " + streams) == 1);
  }
}

TEST_CASE("render: more threads than Kokkos takes are refused before it starts") {
  RenderProcess render;
  for (const std::string& line :
       {"\"$RENDER\" " + fast + " --threads 513", "\"$RENDER\" " + fast + " --threads 520",
        "OMP_NUM_THREADS=1000 \"$RENDER\" " + fast, "OMP_NUM_THREADS= KOKKOS_NUM_THREADS=513 \"$RENDER\" " + fast}) {
    INFO(line);
    CHECK(render.run_in_shell(line) == 2);
    CHECK(has(render.printed(), "512"));
    CHECK(render.files().empty());
  }
  CHECK(render.run_in_shell("OMP_NUM_THREADS=1000 \"$RENDER\" " + fast + " --threads 2 -floatfile f") == 0);
}

TEST_CASE("render: a cache that happens to be here is an error under strict") {
  RenderProcess render;
  fs::copy_file(inputs + "small.hkl", render.file("small.hkl"));
  REQUIRE(render.run(words_of(small + " -hkl small.hkl")) == 0);
  CHECK(render.run(words_of(fast + " --strict")) == 2);
  CHECK(has(render.printed(), "Fdump.bin: found here and used"));
  CHECK(render.run(words_of(fast + " --quiet")) == 0);
  CHECK(has(render.printed(), "Fdump.bin: found here and used"));
  CHECK(render.run(words_of(fast + " --strict -dump none")) == 0);
}

TEST_CASE("render: ADC_OFFSET stands in the headers where it is wanted, and never in those of compat by itself") {
  RenderProcess render;
  const auto header = [&](const std::string& flags) {
    REQUIRE(render.run(words_of(fast + " -intfile i -noisefile n " + flags)) == 0);
    CHECK(render.bytes("i").substr(0, 512) == render.bytes("n").substr(0, 512));
    return render.bytes("i").substr(0, 1024);
  };
  CHECK_FALSE(has(header(""), "ADC_OFFSET"));
  CHECK_FALSE(has(header("--policy corrected --smv-header compat"), "ADC_OFFSET"));
  CHECK(has(header("--policy corrected"), "ADC_OFFSET=40;\n"));
  CHECK(has(header("--smv-header adc-offset -adc 7.5"), "ADC_OFFSET=7.5;\n"));
  CHECK(has(header("--smv-header adc-offset"), "HEADER_BYTES=512;\n"));
}
