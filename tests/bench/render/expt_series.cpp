// SPDX-License-Identifier: MIT
// Many images of an experiment list of DIALS: scans whose models change, and stills.
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
#include <sstream>
#include <string>
#include <vector>

namespace {

using namespace nbk::testing;
using nbk::bench::system::write_text;
using Json = nlohmann::json;

const std::string crystal = " -default_F 1000 -N 5 -oversample 1 -nonoise -nopgm --quiet ";

/// A sweep of three images on a PILATUS 100K, which every format can have.
Json short_sweep() {
  Json json = dxtbx_sweep();
  Json& panel = json["detector"][0]["panels"][0];
  panel["image_size"] = {487, 195};
  panel["pixel_size"] = {0.172, 0.172};
  panel["origin"] = {-41.882, 16.77, -60.0};
  json["scan"][0]["image_range"] = {3, 5};
  return json;
}

/// The same with a crystal, a beam and a setting that are others at each of the four scan points.
Json changing_sweep() {
  Json json = short_sweep();
  Json points = Json::array(), beams = Json::array(), settings = Json::array();
  for (int i = 0; i < 4; ++i) {
    const double turn = 0.01 * i, edge = 1 / (80.0 + i), c = std::cos(0.02 * i), s = std::sin(0.02 * i);
    points.push_back({1 / 70.0, 0.0, 0.0, 0.0, edge * std::cos(turn), -std::sin(turn) / 90, 0.0, edge * std::sin(turn),
                      std::cos(turn) / 90});
    beams.push_back({0.0, 0.0, -1 / (1.5 + 0.01 * i)});
    settings.push_back({c, -s, 0.0, s, c, 0.0, 0.0, 0.0, 1.0});
  }
  json["crystal"][0]["A_at_scan_points"] = points;
  json["beam"][0]["s0_at_scan_points"] = beams;
  json["goniometer"][0]["setting_rotation_at_scan_points"] = settings;
  return json;
}

/// Three stills with a beam and a crystal each; the second has a further lattice.
Json three_stills() {
  Json json = short_sweep();
  for (const char* list : {"scan", "goniometer", "crystal", "experiment", "imageset"}) json[list] = Json::array();
  const Json beam = json["beam"][0];
  json["beam"] = Json::array();
  for (int i = 0; i < 3; ++i) {
    json["beam"].push_back(beam);
    json["beam"].back()["wavelength"] = 1.4 + 0.1 * i;
    json["imageset"].push_back({{"__id__", "ImageSet"}, {"images", {"a.img"}}});
  }
  for (int i = 0; i < 4; ++i) {
    json["crystal"].push_back({{"real_space_a", {70.0 + i, 1.0, 0.0}},
                               {"real_space_b", {0.0, 80.0, 5.0 * i}},
                               {"real_space_c", {3.0, 0.0, 90.0}}});
  }
  const std::array<int, 4> images{0, 1, 1, 2};
  for (int i = 0; i < 4; ++i) {
    const int image = images[static_cast<std::size_t>(i)];
    json["experiment"].push_back({{"beam", image}, {"detector", 0}, {"crystal", i}, {"imageset", image}});
  }
  return json;
}

/// The pixels of a mini-CBF, after its header.
std::string pixels(const RenderProcess& render, const std::string& name) {
  const std::string bytes = render.bytes(name);
  const std::size_t begin = bytes.find("--CIF-BINARY-FORMAT-SECTION--");
  REQUIRE(begin != std::string::npos);
  return bytes.substr(begin);
}

std::vector<Json> truth(const RenderProcess& render, const std::string& name) {
  std::vector<Json> lines;
  std::istringstream text(render.bytes(name));
  for (std::string line; std::getline(text, line);) lines.push_back(Json::parse(line));
  return lines;
}

}  // namespace

TEST_CASE("render: a mini-CBF file without a number at the end of its name is warned of") {
  RenderProcess render;
  write_text(render.file("s.expt"), short_sweep().dump());
  const std::string flags = "--expt s.expt --image 4 -default_F 1000 -N 5 -oversample 1 -nonoise -nopgm --cbf ";
  REQUIRE(render.run(words_of(flags + "s_0004.cbf")) == 0);
  CHECK_FALSE(has(render.printed(), "a number ends its name"));
  REQUIRE(render.run(words_of(flags + "4s.cbf")) == 0);
  CHECK(has(render.printed(),
            "--cbf 4s.cbf: DIALS imports such a file only if a number ends its name, as in 4s_00001.cbf"));
}

TEST_CASE("render expt series: each image of a scan whose models change is the one that --image computes") {
  RenderProcess render;
  write_text(render.file("v.expt"), changing_sweep().dump());
  REQUIRE(render.run(words_of("--expt v.expt --cbf s_###.cbf --manifest m" + crystal)) == 0);
  const std::vector<Json> lines = truth(render, "m");
  REQUIRE(lines.size() == 3);
  for (const int image : {3, 4, 5}) {
    CAPTURE(image);
    RenderProcess alone;
    write_text(alone.file("v.expt"), changing_sweep().dump());
    REQUIRE(alone.run(words_of("--expt v.expt --cbf one.cbf --image " + std::to_string(image) + crystal)) == 0);
    const bool same = pixels(alone, "one.cbf") == pixels(render, "s_00" + std::to_string(image) + ".cbf");
    CHECK(same);
    const Json& line = lines[static_cast<std::size_t>(image - 3)];
    // In the middle between two scan points.
    CHECK(line["wavelength_A"].get<double>() == doctest::Approx(1.5 + 0.01 * (image - 2.5)).epsilon(1e-5));
    CHECK(line["cell"][1].get<double>() == doctest::Approx(80 + (image - 2.5)).epsilon(1e-3));
    CHECK(line["phi_deg"].get<double>() == doctest::Approx(0.5 * (image - 3)).epsilon(1e-9).scale(1));
  }
  CHECK(pixels(render, "s_003.cbf") != pixels(render, "s_005.cbf"));
  // A flag replaces what the file says, for every image.
  REQUIRE(render.run(words_of("--expt v.expt -lambda 1.6 --cbf s_###.cbf --manifest m" + crystal)) == 0);
  for (const Json& line : truth(render, "m")) CHECK(line["wavelength_A"] == 1.6);
}

TEST_CASE("render expt series: a lattice of some images of a scan is in these") {
  Json json = short_sweep();
  json["scan"].push_back(json["scan"][0]);
  json["scan"][0]["image_range"] = {3, 4};
  json["scan"][1]["image_range"] = {4, 6};
  json["scan"][1]["oscillation"] = {0.5, 0.5};
  json["crystal"].push_back(
      {{"real_space_a", {0.0, 50.0, 1.0}}, {"real_space_b", {60.0, 0.0, 0.0}}, {"real_space_c", {0.0, 0.0, -70.0}}});
  json["experiment"].push_back(json["experiment"][0]);
  json["experiment"][1]["crystal"] = json["experiment"][1]["scan"] = 1;
  RenderProcess render;
  write_text(render.file("two.expt"), json.dump());
  REQUIRE(render.run(words_of("--expt two.expt --cbf s_###.cbf --manifest m" + crystal)) == 0);
  CHECK(truth(render, "m").size() == 4);
  for (const int image : {3, 4, 6}) {
    CAPTURE(image);
    RenderProcess alone;
    write_text(alone.file("two.expt"), json.dump());
    REQUIRE(alone.run(words_of("--expt two.expt --cbf one.cbf --image " + std::to_string(image) + crystal)) == 0);
    const bool same = pixels(alone, "one.cbf") == pixels(render, "s_00" + std::to_string(image) + ".cbf");
    CHECK(same);
  }
}

TEST_CASE("render expt series: all stills of a list are images, each with its beam and its lattices") {
  RenderProcess render;
  write_text(render.file("s.expt"), three_stills().dump());
  REQUIRE(render.run(words_of("--expt s.expt --cbf s_###.cbf --manifest m" + crystal)) == 0);
  const std::vector<Json> lines = truth(render, "m");
  REQUIRE(lines.size() == 3);
  for (const int still : {0, 1, 2}) {
    CAPTURE(still);
    const Json& line = lines[static_cast<std::size_t>(still)];
    CHECK(line["wavelength_A"].get<double>() == doctest::Approx(1.4 + 0.1 * still).epsilon(1e-12));
    CHECK(line["osc_deg"] == 0);
    RenderProcess alone;
    write_text(alone.file("s.expt"), three_stills().dump());
    REQUIRE(alone.run(words_of("--expt s.expt --cbf one.cbf --series " + std::to_string(still) + crystal)) == 0);
    const bool same = pixels(alone, "one.cbf") == pixels(render, "s_00" + std::to_string(still) + ".cbf");
    CHECK(same);
  }
  // The third has one lattice after one with two: water counts once in each.
  REQUIRE(render.run(words_of("--expt s.expt --cbf w_###.cbf --manifest w -water 100" + crystal)) == 0);
  RenderProcess alone;
  write_text(alone.file("s.expt"), three_stills().dump());
  REQUIRE(alone.run(words_of("--expt s.expt --cbf one.cbf --series 2 -water 100" + crystal)) == 0);
  const bool same = pixels(alone, "one.cbf") == pixels(render, "w_002.cbf");
  CHECK(same);
  CHECK(pixels(render, "w_002.cbf") != pixels(render, "s_002.cbf"));
}

TEST_CASE("render expt series: stills that cannot be in one file are one error that says which") {
  RenderProcess render;
  Json json = three_stills();
  json["experiment"][3].erase("crystal");
  write_text(render.file("s.expt"), json.dump());
  CHECK(render.run(words_of("--expt s.expt --cbf s_###.cbf" + crystal)) == 1);
  CHECK_MESSAGE(has(render.printed(), "s.expt: still 2: has no crystal, and still 0 has one; give --series"),
                render.printed());
  json = three_stills();
  json["detector"].push_back(json["detector"][0]);
  json["experiment"][3]["detector"] = 1;
  write_text(render.file("same.expt"), json.dump());
  CHECK(render.run(words_of("--expt same.expt --cbf s_###.cbf --manifest m" + crystal)) == 0);
  json["detector"][1]["panels"][0]["origin"][2] = -61.0;
  write_text(render.file("s.expt"), json.dump());
  CHECK(render.run(words_of("--expt s.expt --cbf t_###.cbf" + crystal)) == 1);
  CHECK_MESSAGE(has(render.printed(), "s.expt: still 2: has another detector than still 0"), render.printed());
  CHECK_FALSE(std::filesystem::exists(render.file("t_000.cbf")));
}

TEST_CASE("render expt series: --image with --nexus is one image, and its pixels are in the file" *
          doctest::skip(NBK_TESTS_HDF5 == 0)) {
  RenderProcess render;
  write_text(render.file("v.expt"), changing_sweep().dump());
  REQUIRE(render.run(words_of("--expt v.expt --image 4 --nexus one.nxs" + crystal)) == 0);
  const auto photons = nbk::bench::system::read_floats(render.file("floatimage.bin"), 487 * 195);
  std::vector<std::int32_t> counts;
  for (const float mean : photons) counts.push_back(static_cast<std::int32_t>(std::nearbyint(mean)));
  std::string wanted(counts.size() * sizeof counts[0], '\0');
  std::memcpy(wanted.data(), counts.data(), wanted.size());
  CHECK(has(render.bytes("one.nxs"), wanted));
  CHECK_FALSE(std::filesystem::exists(render.file("one.nxs.truth.jsonl")));
  // It is the second image of the whole scan.
  REQUIRE(render.run(words_of("--expt v.expt --nexus all.nxs" + crystal)) == 0);
  const std::string all = render.bytes("all.nxs");
  CHECK(has(all, wanted));
  CHECK(all.size() > 3 * wanted.size());
  CHECK(truth(render, "all.nxs.truth.jsonl").size() == 3);
}
