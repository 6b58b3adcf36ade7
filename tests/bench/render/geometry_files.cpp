// SPDX-License-Identifier: MIT
// nbk-render as a process with the files of DIALS and CrystFEL.
#include "support/dxtbx_documents.hpp"
#include "support/flag_samples.hpp"
#include "support/render_process.hpp"
#include "support/words.hpp"

#include <nlohmann/json.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace {

using namespace nbk::testing;
using nbk::bench::system::write_text;
using Json = nlohmann::json;

std::vector<float> floats(const RenderProcess& render, std::size_t pixels) {
  return nbk::bench::system::read_floats(render.file("floatimage.bin"), pixels);
}

const std::string crystal = " -default_F 100 -N 5 -oversample 1 -nonoise -nopgm ";

/// Runs a line that ends with an error, and returns the error.
std::string error_of(RenderProcess& render, const std::string& line, int code) {
  INFO(line);
  CHECK(render.run(words_of(line + crystal)) == code);
  return render.printed();
}

const std::string geometry =
    "photon_energy = 8 keV\nclen = 60 mm\nres = 1000\nadu_per_photon = 2\ndata = /entry/data\n"
    "p/min_fs = 0\np/max_fs = 19\np/min_ss = 0\np/max_ss = 14\np/corner_x = 10\np/corner_y = 7.5\np/fs = -x\np/ss = "
    "-y\n";

}  // namespace

TEST_CASE("render expt: what was read is written again, and gives the same image") {
  RenderProcess render;
  write_text(render.file("a.expt"), dxtbx_sweep().dump());
  REQUIRE(render.run(words_of("--expt a.expt --image 4 --save-expt b.expt -intfile sweep_004.img" + crystal)) == 0);
  const std::vector<float> image = floats(render, 20 * 15);
  const Json list = Json::parse(nbk::bench::system::read_text(render.file("b.expt")));
  CHECK(list["scan"][0]["image_range"] == Json{1, 10});
  CHECK(list["imageset"][0]["template"] == "sweep_###.img");
  // It went through nbk's laboratory and back: two rotations in double.
  const std::array wanted{70.0, 1.0, 0.0};
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(list["crystal"][0]["real_space_a"][i].get<double>() == doctest::Approx(wanted[i]).epsilon(1e-14));
  }

  REQUIRE(render.run(words_of("--expt b.expt --image 4" + crystal)) == 0);
  const std::vector<float> again = floats(render, 20 * 15);
  float sum = 0;
  for (std::size_t i = 0; i < image.size(); ++i) {
    CHECK(again[i] == doctest::Approx(image[i]).epsilon(1e-5));
    sum += image[i];
  }
  CHECK(sum > 0);
  REQUIRE(render.run(words_of("--expt b.expt --image 5" + crystal)) == 0);
  CHECK(floats(render, 20 * 15) != image);

  // A name without the image's number stands for that image alone.
  REQUIRE(render.run(words_of("--expt a.expt --image 4 --save-expt c.expt" + crystal)) == 0);
  const Json alone = Json::parse(nbk::bench::system::read_text(render.file("c.expt")));
  CHECK(alone["scan"][0]["image_range"] == Json{4, 4});
  CHECK(alone["scan"][0]["oscillation"][0] == doctest::Approx(1.5));
  CHECK(alone["imageset"][0]["template"] == "intimage.img");
}

TEST_CASE("render expt: all crystals of an image are added up") {
  RenderProcess render;
  Json json = dxtbx_sweep();
  json["experiment"].push_back(json["experiment"][0]);
  json["experiment"][1]["crystal"] = 1;
  json["crystal"].push_back(
      {{"real_space_a", {0, 50, 1}}, {"real_space_b", {60, 0, 0}}, {"real_space_c", {0, 0, -70}}});
  write_text(render.file("both.expt"), json.dump());
  const Json experiments = json["experiment"];
  std::vector<float> sum(20 * 15);
  for (const std::size_t only : {0, 1}) {
    json["experiment"] = Json::array({experiments[only]});
    write_text(render.file("one.expt"), json.dump());
    REQUIRE(render.run(words_of("--expt one.expt" + crystal)) == 0);
    const std::vector<float> image = floats(render, sum.size());
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += image[i];
  }
  // The number of cells is that of both.
  REQUIRE(render.run(words_of("--expt both.expt" + crystal)) == 0);
  CHECK_FALSE(has(render.printed(), "changes only the first"));
  const std::vector<float> image = floats(render, sum.size());
  for (std::size_t i = 0; i < sum.size(); ++i) CHECK(image[i] == doctest::Approx(sum[i]).epsilon(1e-6));
  REQUIRE(render.run(words_of("--expt both.expt -misset 1 2 3" + crystal)) == 0);
  CHECK(has(render.printed(), "-misset: changes only the first of 2 crystals"));
}

TEST_CASE("render expt: the noise image has the gain and the pedestal of the list, and says so") {
  Json json = dxtbx_sweep();
  const auto counts_of = [&](double gain) {
    RenderProcess render;
    json["detector"][0]["panels"][0]["gain"] = gain;
    json["detector"][0]["panels"][0]["pedestal"] = 10.0;
    write_text(render.file("a.expt"), json.dump());
    REQUIRE(render.run(words_of("--expt a.expt -default_F 10 -N 5 -oversample 1 -seed 3 --noise parallel")) == 0);
    const std::string bytes = render.bytes("noiseimage.img"), header = bytes.substr(0, bytes.find('}'));
    CHECK(has(header, "GAIN=2.5;") == (gain == 2.5));
    CHECK(has(header, "ADC_OFFSET=10;"));
    CHECK_FALSE(has(render.bytes("intimage.img").substr(0, 1024), "GAIN"));
    std::vector<std::uint16_t> counts(20 * 15);
    std::memcpy(counts.data(), bytes.data() + bytes.size() - 2 * counts.size(), 2 * counts.size());
    return counts;
  };
  const std::vector<std::uint16_t> photons = counts_of(1), counts = counts_of(2.5);
  int lit = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    CHECK(counts[i] == std::round(2.5 * (photons[i] - 10)) + 10);
    lit += photons[i] > 10;
  }
  CHECK(lit > 10);
}

TEST_CASE("render expt: one error with the file, the place and the remedy, before any work") {
  RenderProcess render;
  Json json = dxtbx_sweep();
  write_text(render.file("good.expt"), json.dump());
  json["experiment"][0].erase("beam");
  write_text(render.file("bad.expt"), json.dump());
  write_text(render.file("cut.expt"), dxtbx_sweep().dump().substr(0, 300));
  CHECK(has(error_of(render, "--expt bad.expt", 1),
            "bad.expt: /experiment/0/beam: is missing; an experiment needs a beam"));
  CHECK(has(error_of(render, "--expt cut.expt", 1), "cut.expt: "));
  CHECK(has(error_of(render, "--expt none.expt", 1), "none.expt: cannot be opened"));
  CHECK(has(error_of(render, "--expt good.expt --image 11", 1), "has no image 11; its images are 1 to 10"));
  CHECK(has(error_of(render, "--expt good.expt --series 1", 2), "--series = 1: must be 0 to 0"));
  CHECK(has(error_of(render, "--series 0 -cell 50", 2), "--series = 0: needs an --expt"));
  CHECK(has(error_of(render, "--expt good.expt --save-expt good.expt", 2), "good.expt"));
  CHECK_FALSE(std::filesystem::exists(render.file("floatimage.bin")));
}

TEST_CASE("render geom: a geometry and a cell of CrystFEL, in and out") {
  RenderProcess render;
  write_text(render.file("d.geom"), geometry);
  write_text(
      render.file("x.cell"),
      "CrystFEL unit cell file version 1.0\na = 70 A\nb = 8 nm\nc = 90 A\nal = 90 deg\nbe = 90 deg\nga = 90 deg\n");
  const std::string line =
      "--geom d.geom --cell x.cell -misset 10 20 30 --save-geom e.geom --save-expt e.expt" + crystal;
  REQUIRE(render.run(words_of(line)) == 0);
  CHECK(has(render.printed(), "d.geom: keys without effect here: data"));
  const std::vector<float> image = floats(render, 20 * 15);
  const Json list = Json::parse(nbk::bench::system::read_text(render.file("e.expt")));
  CHECK(list["detector"][0]["panels"][0]["fast_axis"] == Json{1.0, 0.0, 0.0});
  CHECK(list["detector"][0]["panels"][0]["origin"][2] == doctest::Approx(-60));
  CHECK(list["detector"][0]["panels"][0]["gain"] == 2.0);
  CHECK(list["beam"][0]["wavelength"] == doctest::Approx(12.398419843320026 / 8));
  REQUIRE(render.run(words_of("--geom e.geom --cell x.cell -misset 10 20 30" + crystal)) == 0);
  const std::vector<float> again = floats(render, 20 * 15);
  for (std::size_t i = 0; i < image.size(); ++i) CHECK(again[i] == doctest::Approx(image[i]).epsilon(1e-5));

  write_text(render.file("bad.geom"), geometry + "q/fs = x\n");
  CHECK(has(error_of(render, "--geom bad.geom -cell 50", 1), "bad.geom: panel q: has no min_fs; write q/min_fs = ..."));
  write_text(render.file("bad.cell"), "a = 70 A\n");
  CHECK(has(error_of(render, "--geom d.geom --cell bad.cell", 1), "bad.cell: line 1: must be"));
}
