// SPDX-License-Identifier: MIT
// nbk-render as a process: its files, its words and its exit codes.
#include "nbk/io/smv_reader.hpp"
#include "support/flag_samples.hpp"
#include "support/places.hpp"
#include "support/render_process.hpp"
#include "support/words.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

namespace {

namespace fs = std::filesystem;
using nbk::bench::system::read_text;
using nbk::testing::has;
using nbk::testing::RenderProcess;
using nbk::testing::words_of;
using Names = std::vector<std::string>;

const fs::path golden = fs::path(nbk::testing::places::tests) / "golden/files";
const std::string small = "-default_F 100 -cell 70 80 90 -lambda 1.5 -N 3 -distance 60 -detpixels 24 -pixel 1 -seed 3";

/// The golden job, its list in the folder of the process.
Names golden_job(const RenderProcess& render) {
  fs::copy_file(golden / "list.hkl", render.file("list.hkl"));
  return nlohmann::json::parse(read_text(golden / "manifest.json"))["arguments"].get<Names>();
}

}  // namespace

TEST_CASE("render: writes what the C program writes, byte for byte") {
  RenderProcess render;
  REQUIRE(render.run(golden_job(render)) == 0);
  CHECK(render.files() ==
        Names{"Fdump.bin", "floatimage.bin", "image.pgm", "intimage.img", "list.hkl", "noiseimage.img"});
  for (const char* name : {"Fdump.bin", "image.pgm", "intimage.img", "noiseimage.img"}) {
    CHECK_MESSAGE(render.bytes(name) == read_text(golden / name), name);
  }
  const auto expected = nbk::bench::system::read_floats(golden / "floatimage.bin", 16 * 12);
  const auto image = nbk::bench::system::read_floats(render.file("floatimage.bin"), 16 * 12);
  for (std::size_t i = 0; i < image.size(); ++i) CHECK(image[i] == doctest::Approx(expected[i]).epsilon(1e-6));
}

TEST_CASE("render: prints the lines that people look for") {
  RenderProcess render;
  REQUIRE(render.run(golden_job(render)) == 0);
  const auto lines = nlohmann::json::parse(read_text(golden / "manifest.json"))["console"];
  CHECK(lines.size() >= 9);
  for (const auto& line : lines) {
    CHECK_MESSAGE(has(render.printed(), line.get<std::string>() + "\n"), line.get<std::string>());
  }
}

TEST_CASE("render: a second run finds the cache, says so, and gives the same image") {
  RenderProcess render;
  Names job = golden_job(render);
  REQUIRE(render.run(job) == 0);
  const std::string image = render.bytes("floatimage.bin");
  job.erase(job.begin(), job.begin() + 2);
  REQUIRE(job[0] == "-default_F");
  CHECK(render.run(job) == 0);
  CHECK(has(render.printed(), "Fdump.bin: found here and used"));
  CHECK(render.bytes("floatimage.bin") == image);
}

TEST_CASE("render: quiet prints one line of what may change the image, and nothing else") {
  RenderProcess render;
  CHECK(render.run(words_of(small + " --quiet -distance 60mm -lamda 2")) == 0);
  const std::string printed = render.printed();
  CHECK(std::ranges::count(printed, '\n') == 1);
  CHECK(printed.starts_with("WARNING: -distance = 60mm: not a number"));
  CHECK(has(printed, "; -lamda: unknown flag"));
}

TEST_CASE("render: quiet prints nothing, and only what is wanted is written") {
  RenderProcess render;
  CHECK(render.run(words_of(small + " -nonoise -nopgm -floatfile f -intfile i --quiet -Xclose 3")) == 0);
  CHECK(render.printed().empty());
  CHECK(render.files() == Names{"f", "i"});
}

TEST_CASE("render: every precision gives the image, and every thread count the same bits") {
  RenderProcess render;
  REQUIRE(render.run(words_of(small + " -floatfile f64")) == 0);
  const auto reference = nbk::bench::system::read_floats(render.file("f64"), 24 * 24);
  for (const std::string precision : {"float32", "mixed", "df64"}) {
    REQUIRE(render.run(words_of(small + " -floatfile other --precision " + precision)) == 0);
    const auto image = nbk::bench::system::read_floats(render.file("other"), 24 * 24);
    double sum = 0, expected = 0;
    for (std::size_t i = 0; i < image.size(); ++i) {
      sum += image[i];
      expected += reference[i];
    }
    CHECK(sum == doctest::Approx(expected).epsilon(1e-3));
  }
  for (const std::string threads : {"1", "2", "3"}) {
    REQUIRE(render.run(words_of(small + " -floatfile other --threads " + threads)) == 0);
    CHECK(render.bytes("other") == render.bytes("f64"));
  }
}

TEST_CASE("render: the parallel noise repeats by its seed") {
  RenderProcess render;
  CHECK(render.run(words_of(small + " --noise parallel -noisefile a")) == 0);
  CHECK(render.run(words_of(small + " --noise parallel -noisefile b --threads 1")) == 0);
  CHECK(render.run(words_of(small + " --noise parallel -noisefile c -seed 4")) == 0);
  CHECK(render.run(words_of(small + " -noisefile d")) == 0);
  CHECK(render.bytes("a") == render.bytes("b"));
  CHECK(render.bytes("a") != render.bytes("c"));
  CHECK(render.bytes("a") != render.bytes("d"));
  CHECK(render.bytes("a").substr(0, 512) == render.bytes("d").substr(0, 512));
}

TEST_CASE("render: the record, the picture, the trace and the experiment") {
  RenderProcess render;
  REQUIRE(render.run(words_of(small + " --json r.json --png p.png --trace t.json --save-experiment e.json")) == 0);
  const auto record = nlohmann::json::parse(render.bytes("r.json"));
  CHECK(record["schema"] == "nbk-render-record");
  CHECK(record["simulated"]["pixels_fast"] == 24);
  CHECK(record["statistics"]["pixels_computed"] == 576);
  CHECK(record["statistics"]["max_photons"].get<double>() > 0);
  CHECK(record["files"]["noise_image"]["seed"] == 3);
  CHECK(record["arguments"] == words_of(small + " --json r.json --png p.png --trace t.json --save-experiment e.json"));
  CHECK(render.bytes("p.png").starts_with("\x89PNG\r\n\x1a\n"));
  CHECK(has(render.bytes("t.json"), "nbk::"));
  CHECK_NOTHROW(nlohmann::json::parse(render.bytes("t.json")));

  const std::string image = render.bytes("floatimage.bin");
  REQUIRE(render.run({"--experiment", "e.json"}) == 0);
  CHECK(render.bytes("floatimage.bin") == image);
}

TEST_CASE("render: an image's header gives the geometry, and flags that differ are said") {
  RenderProcess render;
  REQUIRE(render.run(words_of(small + " -intfile first.img")) == 0);
  const std::string image = render.bytes("floatimage.bin");
  REQUIRE(render.run(words_of("-default_F 100 -cell 70 80 90 -N 3 -img first.img -noisefile n")) == 0);
  CHECK_FALSE(has(render.printed(), "its header says"));
  CHECK(nbk::io::read_smv(render.file("n")).pixels_fast == 24);
  REQUIRE(render.run(words_of("-default_F 100 -cell 70 80 90 -N 3 -img first.img -lambda 2")) == 0);
  CHECK(has(render.printed(), "its header says WAVELENGTH = 1.5, but 2 is used"));
}

TEST_CASE("render: help, version, and what is wrong with a command line") {
  RenderProcess render;
  CHECK(render.run({"--help"}) == 0);
  CHECK(has(render.printed(), "-misset"));
  CHECK(render.run({"--version"}) == 0);
  CHECK(render.printed().starts_with("nbk-render "));
  for (const std::string& line :
       {std::string(""), std::string("-cell 10"), small + " --precision half", small + " --device none",
        small + " --strict -bogus", small + " -lambda 0", small + " -lambda nan", small + " -detpixels 0 -detsize -3",
        small + " -roi 30 40 0 3", small + " -point_pixel -oversample_omega -oversample 9",
        small + " -cell 10 10 10 170 10 10"}) {
    INFO(line);
    CHECK(render.run(words_of(line)) == 2);
    CHECK(has(render.printed(), "nbk-render: "));
    CHECK(render.files().empty());
  }
}

TEST_CASE("render: a misspelt flag is named beside what is missing because of it") {
  RenderProcess render;
  CHECK(render.run(words_of("-cell 10 -defaultF 100")) == 2);
  CHECK(has(render.printed(), "-hkl: no structure factors"));
  CHECK(has(render.printed(), "-defaultF: unknown flag, ignored; did you mean -default_F?"));
  CHECK(render.run(words_of("-default_F 1 -hkl none -cel 10 10 10")) == 2);
  CHECK(has(render.printed(), "did you mean -cell?"));
}

TEST_CASE("render: a beam centre without effect is said once, in the words of the flags") {
  RenderProcess render;
  CHECK(render.run(words_of(small + " -xds -Xbeam 3")) == 0);
  CHECK(has(render.printed(), "-Xbeam: has no effect in the xds convention"));
  CHECK_FALSE(has(render.printed(), "detector.beam_x_m"));
}

TEST_CASE("render: what cannot be written is found out before anything is computed or written") {
  RenderProcess render;
  for (const std::string flags :
       {"-noisefile none/f", "-pgmfile none/f", "--json none/f", "--png .", "-intfile none/f", "--nexus /dev/null"}) {
    INFO(flags);
    CHECK(render.run(words_of(small + " " + flags)) == 1);
    CHECK(has(render.printed(), "nbk-render: "));
    CHECK_FALSE(has(render.printed(), "crystal is"));
    CHECK(render.files().empty());
  }
}

TEST_CASE("render: an image without any photon is said") {
  RenderProcess render;
  CHECK(render.run(words_of(small + " -fluence 0")) == 0);
  CHECK(has(render.printed(), "WARNING: the image is 0 in every pixel"));
  CHECK(render.run(words_of(small)) == 0);
  CHECK_FALSE(has(render.printed(), "in every pixel"));
}

TEST_CASE("render: files that cannot be read or written are one error") {
  RenderProcess render;
  for (const std::string flags :
       {"-hkl none", "-mat none", "-sourcefile none", "-mask none", "-img none", "-stol none", "-hkl .",
        "--experiment none", "-floatfile none/f", "-intfile none/f", "-noisefile none/f", "-pgmfile none/f",
        "--json none/f", "--png none/f", "--save-experiment none/f", "--trace none/f"}) {
    INFO(flags);
    CHECK(render.run(words_of(small + " " + flags)) == 1);
    CHECK(has(render.printed(), "nbk-render: "));
  }
  for (const std::string& name : render.files()) CHECK_FALSE(has(name, ".part-"));
  CHECK(render.run(words_of("-default_F 1 -cell 9 -hkl list -detpixels 9")) == 1);
}
