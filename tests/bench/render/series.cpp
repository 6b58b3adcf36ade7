// SPDX-License-Identifier: MIT
// Many images in one run: their files, what a run goes on with, and that order and restarts change nothing.
#include "bench/system/stopwatch.hpp"
#include "support/flag_samples.hpp"
#include "support/render_process.hpp"
#include "support/words.hpp"

#include <nlohmann/json.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace {

namespace fs = std::filesystem;
using nbk::testing::RenderProcess;
using nbk::testing::words_of;
using Lines = std::vector<std::string>;

// A PILATUS 100K, which every format can have. HDF5 is optional.
const std::string job =
    "-default_F 300 -cell 70 80 90 -lambda 1.5 -N 4 -gauss_xtal -distance 60 -detpixels_x 487 -detpixels_y 195 "
    "-pixel 0.172 -oversample 1 -seed 3 -fluence 1e27 --quiet";
#if NBK_TESTS_HDF5
const std::string outputs = " --nexus out.nxs";
const std::string whole_file = "out.nxs", manifest = "out.nxs.truth.jsonl";
#else
const std::string outputs = " --cbf out_###.cbf";
const std::string whole_file = "out_003.cbf", manifest = "images.truth.jsonl";
#endif

const Lines stills{"{\"misset_deg\": [1, 2, 3]}", "{\"misset_seed\": 5, \"wavelength_A\": 1.4}",
                   "{\"misset_deg\": [40, 2, 3], \"scale\": 0.5}", "{\"cell\": [75, 80, 90, 90, 95, 90], \"seed\": 8}",
                   "{\"wavelength_A\": 1.4, \"misset_deg\": [10, 20, 30]}"};

void write_list(const RenderProcess& render, const Lines& lines) {
  std::ofstream file(render.file("list"));
  for (const std::string& line : lines) file << line << "\n";
}

int run_list(RenderProcess& render, const std::string& more = "") {
  return render.run(words_of(job + " --images list" + outputs + more));
}

std::vector<nlohmann::json> truth(const RenderProcess& render) {
  std::vector<nlohmann::json> lines;
  std::istringstream text(render.bytes(manifest));
  for (std::string line; std::getline(text, line);) lines.push_back(nlohmann::json::parse(line));
  return lines;
}

/// The results of a list of stills without an interruption.
struct Uninterrupted {
  RenderProcess render;
  Uninterrupted() {
    write_list(render, stills);
    REQUIRE(run_list(render) == 0);
  }
};

void check_same(const RenderProcess& render, const RenderProcess& other) {
  CHECK(render.bytes(manifest) == other.bytes(manifest));
  for (const std::string& name : other.files()) {
    if (name == "list") continue;
    CAPTURE(name);
    const bool same = render.bytes(name) == other.bytes(name);
    CHECK(same);
  }
}

}  // namespace

TEST_CASE("series: a list gives its files and a manifest of truth, and not the usual files") {
  Uninterrupted whole;
  const auto lines = truth(whole.render);
  REQUIRE(lines.size() == stills.size());
  for (std::size_t i = 0; i < lines.size(); ++i) CHECK(lines[i]["slot"] == i);
  CHECK(lines[1]["wavelength_A"] == 1.4);
  CHECK(lines[0]["wavelength_A"] == 1.5);
  CHECK(lines[2]["scale"] == 0.5);
  CHECK(lines[3]["seed"] == 8);
  CHECK(lines[3]["cell"][4].get<double>() == doctest::Approx(95).epsilon(1e-9));
  CHECK(lines[0]["spots"].size() > 3);
  for (const auto& spot : lines[0]["spots"]) CHECK(spot.size() == 8);
  const auto names = whole.render.files();
  CHECK(std::ranges::find(names, "floatimage.bin") == names.end());
  for (const std::string& name : names) CHECK(name.find(".part") == std::string::npos);
}

TEST_CASE("series: lists of experiments and geometries that are asked for and not written are said") {
  RenderProcess render;
  write_list(render, {"{}"});
  CHECK(run_list(render, " --save-expt a.expt --strict") == 2);
  CHECK(render.printed().find("--save-expt: has no effect with many images") != std::string::npos);
  CHECK(run_list(render, " --save-geom a.geom --strict") == 2);
  CHECK(render.printed().find("--save-geom: has no effect with many images") != std::string::npos);
}

TEST_CASE("series: the manifest's orientation is the image's") {
  Uninterrupted whole;
  const auto lines = truth(whole.render);
  RenderProcess again;
  Lines given;
  for (const auto& line : lines) {
    given.push_back(nlohmann::json{
        {"real_space_A", line["real_space_A"]},
        {"wavelength_A", line["wavelength_A"]},
        {"seed", line["seed"]},
        {"scale",
         line["scale"]}}.dump());
  }
  write_list(again, given);
  REQUIRE(run_list(again) == 0);
  const auto other = truth(again);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    CHECK(other[i]["photons"].get<double>() == doctest::Approx(lines[i]["photons"].get<double>()).epsilon(1e-6));
    CHECK(other[i]["spots"].size() == lines[i]["spots"].size());
  }
}

TEST_CASE("series: the order of the lines changes no image, with a slot for each") {
  Uninterrupted whole;
  RenderProcess other;
  Lines shuffled;
  for (const std::size_t i : {3U, 1U, 4U, 0U, 2U}) {
    shuffled.push_back("{\"slot\": " + std::to_string(i) + ", " + stills[i].substr(1));
  }
  write_list(other, shuffled);
  REQUIRE(run_list(other) == 0);
  check_same(other, whole.render);
}

TEST_CASE("series: images are the same, whichever threads write them") {
  // One thread of simulation leaves processors to threads that write, where there are several. As many threads as
  // processors write themselves, rows in any order.
  const std::string all = std::to_string(std::max(2U, std::thread::hardware_concurrency()));
  for (const std::string& more : Lines{"", " --pixels photons", " --pixels counts16 --cbf image_###.cbf"}) {
#if !NBK_TESTS_HDF5
    if (!more.empty()) continue;
#endif
    RenderProcess one, several;
    for (RenderProcess* const render : {&one, &several}) {
      write_list(*render, stills);
      REQUIRE(run_list(*render, more + " --threads " + (render == &one ? "1" : all)) == 0);
    }
    check_same(several, one);
    check_same(one, several);
  }
}

TEST_CASE("series: a changed line is computed again, a finished list is not") {
  Uninterrupted whole;
  RenderProcess render;
  Lines lines = stills;
  lines[2] = "{\"misset_deg\": [41, 2, 3], \"scale\": 0.5}";
  write_list(render, lines);
  REQUIRE(run_list(render) == 0);
  write_list(render, stills);
  REQUIRE(run_list(render) == 0);
  check_same(render, whole.render);
  const auto before = fs::last_write_time(render.file(whole_file));
  REQUIRE(run_list(render) == 0);
  CHECK(fs::last_write_time(render.file(whole_file)) == before);
  check_same(render, whole.render);
}

TEST_CASE("series: killed at random moments it goes on, and the result is that of an undisturbed run") {
  Lines many;
  for (int i = 0; i < 40; ++i) many.push_back("{\"misset_seed\": " + std::to_string(i) + "}");
  for (const std::string& compressed : Lines{"", " --gzip 1"}) {
    RenderProcess whole;
    write_list(whole, many);
    const nbk::bench::system::Stopwatch watch;
    REQUIRE(run_list(whole, compressed) == 0);
    const double run_s = watch.elapsed_s();
    RenderProcess render;
    write_list(render, many);
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    std::minstd_rand random(seed);
    for (int i = 0; i < 5; ++i) {
      const double delay_s = std::uniform_real_distribution<>(0, 0.5 * run_s)(random);
      const int code = render.run_in_shell("exec timeout --foreground -s KILL " + std::to_string(delay_s) +
                                           " \"$RENDER\" " + job + " --images list" + outputs + compressed);
      CHECK_MESSAGE((code == 0 || code == -1 || code == 128 + 9 || code == 124), code, ": ", render.printed());
    }
    REQUIRE(run_list(render, compressed) == 0);
    check_same(render, whole);
  }
}

TEST_CASE("series: what cannot be is one error, before anything is written") {
  const auto check_refused = [](const Lines& lines, const std::string& more, const std::string& expected) {
    RenderProcess render;
    write_list(render, lines);
    CHECK(run_list(render, more) == 2);
    CHECK_MESSAGE(render.printed().find(expected) != std::string::npos, render.printed());
    CHECK(render.files() == Lines{"list"});
  };
  check_refused({"{}", "{\"cell\": [70, 80, 90, 30, 30, 170]}"}, "", "list: line 2: crystal.cell");
  check_refused({"{}"}, " -misset random", "give -misset_seed NUMBER");
  check_refused({"{\"scale\": 2}"}, " -water 10", "list: line 1: scale = 2: must be 1 with -water");
  RenderProcess render;
  write_list(render, {"{}"});
  CHECK(render.run(words_of(job + " --images list")) == 2);
  CHECK(render.printed().find("give --nexus FILE or --cbf") != std::string::npos);
  CHECK(render.run(words_of(job + " --images list --cbf a.cbf")) == 2);
  CHECK(render.printed().find("must have #####") != std::string::npos);
  write_list(render, {"{}", "{\"misst_deg\": [1, 2, 3]}"});
  CHECK(run_list(render) == 1);
  CHECK(render.printed().find("list: line 2: /misst_deg: is not a key of an image") != std::string::npos);
}

TEST_CASE("series: no file of an image is an input or another output, however it gets its name") {
  RenderProcess render;
  write_list(render, {"{\"name\": \"A\"}", "{\"name\": \"B\"}"});
  fs::copy_file(render.file("list"), render.file("1"));
  fs::copy_file(render.file("list"), render.file("images.truth.jsonl"));
  fs::copy_file(render.file("list"), render.file("out.nxs.part"));
  nbk::bench::system::write_text(render.file("A.mat"), "0.01 0 0\n0 0.01 0\n0 0 0.01\n");
  fs::create_symlink("A.mat", render.file("x_1.cbf"));
  nbk::bench::system::write_text(render.file("beam"), "1.5 1\n1.51 1\n");
  nbk::bench::system::write_text(render.file("of_file"), "{\"spectrum\": {\"file\": \"beam\"}}\n");
  const Lines before = render.files();
  const std::string crystal = job.substr(0, job.find("-cell")) + job.substr(job.find("-lambda"));
  const std::pair<std::string, Lines> lines[] = {
      {"-mat A.mat --images list --cbf @.mat", {"--cbf and -mat: A.mat", "would be read and replaced"}},
      {"-mat A.mat --images list --cbf x_#.cbf", {"--cbf and -mat: x_1.cbf", "would be read and replaced"}},
      {"-cell 70 80 90 --images 1 --cbf #", {"--cbf and --images: 1", "would be read and replaced"}},
      {"-cell 70 80 90 --images list --cbf o_# --manifest o_1", {"--cbf and --manifest: o_1", "written twice"}},
      {"-cell 70 80 90 --images images.truth.jsonl --cbf o_#", {"--images and --manifest (its default)"}},
      {"-cell 70 80 90 --images out.nxs.part --nexus out.nxs", {"--images and --nexus", "read and replaced"}},
      {"-cell 70 80 90 --images of_file --cbf o_# --manifest beam", {"--manifest and --images, which names it: beam"}},
  };
  for (const auto& [line, said] : lines) {
    INFO(line);
    CHECK(render.run(words_of(crystal + " " + line)) == 2);
    for (const std::string& part : said) CHECK_MESSAGE(render.printed().find(part) < 500, render.printed());
    CHECK(render.files() == before);
  }
  CHECK(render.bytes("A.mat").starts_with("0.01 0 0"));
}

TEST_CASE("series: CBF files by number and by name; a single one of an image") {
  RenderProcess render;
  write_list(render, {"{\"name\": \"first\"}", "{\"name\": \"second\", \"misset_deg\": [1, 2, 3]}"});
  REQUIRE(render.run(words_of(job + " --images list --cbf @.cbf --manifest m")) == 0);
  CHECK(render.files() == Lines{"first.cbf", "list", "m", "second.cbf"});
  REQUIRE(render.run(words_of(job + " --images list --cbf a_####.cbf --manifest m")) == 0);
  CHECK(fs::exists(render.file("a_0000.cbf")));
  CHECK(render.bytes("first.cbf").substr(60) != render.bytes("second.cbf").substr(60));
  RenderProcess one;
  REQUIRE(one.run(words_of(job + " --cbf one.cbf")) == 0);
  CHECK(one.bytes("one.cbf").starts_with("###CBF: VERSION"));
  RenderProcess other;
  CHECK(other.run(words_of("-default_F 1 -cell 70 80 90 -detpixels 100 --cbf one.cbf --quiet")) == 2);
  CHECK(other.printed().find("= 100 x 100: must be those of a PILATUS") != std::string::npos);
  CHECK(other.files().empty());
}

TEST_CASE("series: without HDF5 one sentence says how to get it, else an image and a list have one file") {
  RenderProcess render;
  const int code = render.run(words_of(job + " --nexus one.nxs"));
#if NBK_TESTS_HDF5
  CHECK(code == 0);
  CHECK(fs::exists(render.file("one.nxs")));
  CHECK(fs::exists(render.file("floatimage.bin")));
#else
  CHECK(code == 2);
  CHECK(render.printed().find("was built without HDF5; install it (Debian: libhdf5-dev)") != std::string::npos);
  CHECK(render.files().empty());
#endif
}
