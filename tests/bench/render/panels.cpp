// SPDX-License-Identifier: MIT
// nbk-render as a process with experiments that the C program does not have: panels, listed pixels, spectra, several
// crystals.
#include "nbk/io/smv_reader.hpp"
#include "support/flag_samples.hpp"
#include "support/render_process.hpp"
#include "support/words.hpp"

#include <nlohmann/json.hpp>

#include <doctest/doctest.h>

#include <algorithm>

namespace {

using nbk::bench::system::write_text;
using nbk::testing::RenderProcess;
using nbk::testing::words_of;
using nbk::testing::has;
using Json = nlohmann::json;
using Names = std::vector<std::string>;

Json panel(const char* name, double right_m, int pixels_fast, int pixels_slow) {
  return {
      {"name", name},         {"origin_m", {0.06, 0.012, right_m}}, {"fast", {0, 0, 1}},          {"slow", {0, -1, 0}},
      {"pixel_size_m", 1e-3}, {"pixels_fast", pixels_fast},         {"pixels_slow", pixels_slow}, {"oversample", 1}};
}

Json crystal(double misset_rad) {
  return {{"cell", {{"a_A", 70}, {"b_A", 80}, {"c_A", 90}}}, {"cells", {3, 3, 3}}, {"misset_rad", {misset_rad, 0, 0}}};
}

/// Two panels of 14 x 24 and 10 x 24 pixels, side by side.
Json of_two_panels() {
  return {{"schema", "nbk-experiment"},
          {"schema_version", 2},
          {"policy", "corrected"},
          {"beam", {{"wavelength_m", 1.5e-10}}},
          {"crystal", crystal(0.1)},
          {"structure_factors", {{"default_amplitude", 100}, {"interpolate", false}}},
          {"detector", {{"panels", {panel("left", -0.012, 14, 24), panel("right", 0.002, 10, 24)}}}}};
}

std::vector<float> floats(const RenderProcess& render, const std::string& name, std::size_t pixels) {
  return nbk::bench::system::read_floats(render.file(name), pixels);
}

/// Renders an experiment, and returns its float image.
std::vector<float> rendered(RenderProcess& render, const Json& experiment, std::size_t pixels) {
  write_text(render.file("e.json"), experiment.dump());
  const int code = render.run(words_of("--experiment e.json -seed 1"));
  INFO(render.printed());
  REQUIRE(code == 0);
  return floats(render, "floatimage.bin", pixels);
}

const std::size_t all = 24 * 24;

}  // namespace

TEST_CASE("render panels: the float image has them behind each other, other images are a file each") {
  RenderProcess render;
  const std::vector<float> image = rendered(render, of_two_panels(), all);
  CHECK(render.files() == Names{"e.json", "floatimage.bin", "image_000.pgm", "image_001.pgm", "intimage_000.img",
                                "intimage_001.img", "noiseimage_000.img", "noiseimage_001.img"});
  CHECK(has(render.printed(), "2 panels, 576 pixels"));
  CHECK(has(render.printed(), "panel 1 (right): 10x24 pixels"));
  CHECK(has(render.printed(), "writing intimage_000.img to intimage_001.img as 2-byte integers"));

  // One panel of 24 x 24 pixels has the same photons.
  Json whole = of_two_panels();
  whole["detector"]["panels"] = {panel("whole", -0.012, 24, 24)};
  const std::vector<float> expected = rendered(render, whole, all);
  CHECK(*std::ranges::max_element(expected) > 0);
  for (std::size_t slow = 0; slow < 24; ++slow) {
    for (std::size_t fast = 0; fast < 24; ++fast) {
      const std::size_t at = fast < 14 ? slow * 14 + fast : 14 * 24 + slow * 10 + fast - 14;
      CHECK(image[at] == doctest::Approx(expected[slow * 24 + fast]).epsilon(1e-5));
    }
  }
  const auto right = nbk::io::read_smv(render.file("intimage_001.img"));
  CHECK(right.pixels_fast == 10);
  CHECK(right.pixels_slow == 24);
  CHECK(right.value_of("XDS_ORGX") == doctest::Approx(-2 + 0.5));
  const auto both = nbk::io::read_smv(render.file("intimage.img"));
  // One scale for all panels: their counts are those of the whole.
  CHECK(right.pixels[3 * 10 + 4] == both.pixels[3 * 24 + 18]);
}

TEST_CASE("render panels: noise differs from panel to panel and repeats") {
  RenderProcess render;
  Json experiment = of_two_panels();
  experiment["detector"]["panels"][1] = experiment["detector"]["panels"][0];
  experiment["water_size_m"] = 1e-6;
  experiment["beam"]["fluence_per_m2"] = 1e24;
  for (const std::string noise : {"compat", "parallel"}) {
    write_text(render.file("e.json"), experiment.dump());
    REQUIRE(render.run(words_of("--experiment e.json -seed 1 --noise " + noise)) == 0);
    const std::string first = render.bytes("noiseimage_000.img"), second = render.bytes("noiseimage_001.img");
    CHECK((first != second));
    CHECK(render.bytes("intimage_000.img") == render.bytes("intimage_001.img"));
    REQUIRE(render.run(words_of("--experiment e.json -seed 1 --noise " + noise)) == 0);
    CHECK(render.bytes("noiseimage_001.img") == second);
  }
}

TEST_CASE("render panels: listed pixels are the float image") {
  RenderProcess render;
  const std::vector<float> image = rendered(render, of_two_panels(), all);
  RenderProcess lists;
  Json experiment = of_two_panels();
  experiment["selection"]["runs"] = {{{"panel", 1}, {"slow", 5}, {"first_fast", 2}, {"count", 4}},
                                     {{"panel", 0}, {"slow", 20}, {"first_fast", 0}, {"count", 14}}};
  write_text(lists.file("e.json"), experiment.dump());
  REQUIRE(lists.run(words_of("--experiment e.json --png p.png --json r.json -intfile i")) == 0);
  CHECK(lists.files() == Names{"e.json", "floatimage.bin", "p.png", "r.json"});
  CHECK(has(lists.printed(), "-intfile: is not written; the experiment lists pixels"));
  const std::vector<float> listed = floats(lists, "floatimage.bin", 18);
  for (std::size_t i = 0; i < 4; ++i) CHECK(listed[i] == image[14 * 24 + 5 * 10 + 2 + i]);
  for (std::size_t i = 0; i < 14; ++i) CHECK(listed[4 + i] == image[20 * 14 + i]);
  const Json record = Json::parse(lists.bytes("r.json"));
  CHECK(record["simulated"]["pixels"] == 18);
  CHECK(record["simulated"]["pixels_listed"] == true);
  CHECK(record["statistics"]["solid_angle_sr"].is_null());
  CHECK(record["files"].size() == 1);
}

TEST_CASE("render panels: images of several crystals add up, and water counts once") {
  RenderProcess render;
  Json first = of_two_panels(), second = first;
  first["water_size_m"] = 1e-6;
  second["crystal"] = crystal(0.4);
  const std::vector<float> a = rendered(render, first, all), b = rendered(render, second, all);
  Json both = first;
  both["crystals"] = {crystal(0.4)};
  const std::vector<float> sum = rendered(render, both, all);
  CHECK(a != b);
  for (std::size_t i = 0; i < all; ++i) CHECK(sum[i] == doctest::Approx(a[i] + b[i]).epsilon(1e-6));
  CHECK(has(render.printed(), "2 crystals, whose images are added up"));
  both.erase("crystal");
  both["crystals"] = {crystal(0.1), crystal(0.4)};
  CHECK(rendered(render, both, all) == sum);

  first["policy"] = second["policy"] = both["policy"] = "compat";
  const std::vector<float> c = rendered(render, first, all), d = rendered(render, second, all);
  const std::vector<float> compat_sum = rendered(render, both, all);
  for (std::size_t i = 0; i < all; ++i) CHECK(compat_sum[i] == doctest::Approx(c[i] + d[i]).epsilon(1e-6));
  both["policy"] = "corrected";

  // A precision for all: the second crystal is too large for float32.
  both["crystals"][1]["cells"] = {3000, 3000, 3000};
  write_text(render.file("e.json"), both.dump());
  REQUIRE(render.run(words_of("--experiment e.json --precision float32 --json r.json")) == 0);
  CHECK(has(render.printed(), "--precision float32: mixed is used"));
  CHECK(Json::parse(render.bytes("r.json"))["execution"]["precision_used"] == "mixed");

  CHECK(render.run(words_of("--experiment e.json -N 4")) == 0);
  CHECK(has(render.printed(), "-N: changes only the first of 2 crystals"));
  CHECK(render.run(words_of("--experiment e.json -N 4 --strict")) == 2);
}

TEST_CASE("render panels: what cannot be is one error that names the item") {
  RenderProcess render;
  const auto check_refused = [&](const char* place, const Json& value, const std::string& expected) {
    Json experiment = of_two_panels();
    experiment["crystals"] = {crystal(0.4)};
    experiment["beam"]["spectrum"]["lines"] = {{{"wavelength_m", 1.5e-10}}, {{"wavelength_m", 1.6e-10}}};
    experiment["selection"]["runs"] = {{{"panel", 1}, {"slow", 5}, {"first_fast", 2}, {"count", 4}}};
    experiment[Json::json_pointer(place)] = value;
    write_text(render.file("e.json"), experiment.dump());
    INFO(place);
    CHECK(render.run(words_of("--experiment e.json")) == 2);
    const std::string printed = render.printed();
    CHECK_MESSAGE(has(printed, "nbk-render: " + expected), printed);
    CHECK(render.files() == Names{"e.json"});
  };
  check_refused("/detector/panels/1/slow", {0, 0, 2}, "detector.panels[1].slow, cosine to fast = 1");
  check_refused("/detector/panels/0/pixels_fast", 0, "detector.panels[0].pixels_fast = 0");
  check_refused("/beam/spectrum/lines/1/weight", -1, "beam.spectrum.lines[1].weight = -1");
  check_refused("/beam/spectrum/lines/1/structure_factor_set", 1, "beam.spectrum.lines[1].structure_factor_set = 1");
  check_refused("/selection/runs/0/panel", 2, "selection.runs[0].panel = 2");
  check_refused("/selection/runs/0/count", 9, "selection.runs[0].count = 9");
  check_refused("/crystals/0/cells", {3, 0, 3}, "crystals[0].cells = 0");
  check_refused("/crystals/0/u_matrix", {{1, 0, 0}, {0, 1, 0}, {0, 0, 2}}, "crystals[0].u_matrix, deviation from");
  check_refused("/crystal/u_matrix", {{1, 0, 0}, {0, 1, 0}, {0, 0, 2}}, "crystal.u_matrix, deviation from");
}

TEST_CASE("render panels: the picture, the record and the written experiment") {
  RenderProcess render;
  Json experiment = of_two_panels();
  experiment["beam"]["spectrum"]["lines"] = {{{"wavelength_m", 1.5e-10}, {"weight", 2}},
                                             {{"wavelength_m", 1.52e-10}, {"structure_factor_set", 1}}};
  experiment["further_sets"] = {{{"default_amplitude", 50}}};
  write_text(render.file("e.json"), experiment.dump());
  REQUIRE(render.run(words_of("--experiment e.json --png p.png --json r.json --save-experiment again.json")) == 0);
  const Json record = Json::parse(render.bytes("r.json")), simulated = record["simulated"];
  CHECK(simulated["panels"] == 2);
  CHECK(simulated["pixels"] == all);
  CHECK(simulated["wavelengths"] == 2);
  CHECK(simulated["structure_factor_sets"] == 2);
  CHECK(simulated["crystals"] == 1);
  CHECK(record["files"]["integer_image"]["file"] == Json{"intimage_000.img", "intimage_001.img"});
  CHECK(has(render.printed(), "a spectrum of 2 wavelengths from 1.5e-10 to 1.52e-10 meters"));
  CHECK(has(render.printed(), "2 sets of structure factors"));
  const std::string png = render.bytes("p.png");
  CHECK(png.substr(16, 8) == std::string("\0\0\0\x18\0\0\0\x18", 8));  // 24 x 24 pixels
  const std::string image = render.bytes("floatimage.bin");
  REQUIRE(render.run(words_of("--experiment again.json")) == 0);
  CHECK(render.bytes("floatimage.bin") == image);
}

TEST_CASE("render panels: files of panels never replace other files") {
  RenderProcess render;
  Json experiment = of_two_panels();
  write_text(render.file("intimage_001.img"), experiment.dump());
  CHECK(render.run(words_of("--experiment intimage_001.img")) == 2);
  CHECK(has(render.printed(),
            "--experiment and -intfile (its default): intimage_001.img, the file of a panel, would be"));
  CHECK(render.files() == Names{"intimage_001.img"});
  write_text(render.file("e.json"), experiment.dump());
  CHECK(render.run(words_of("--experiment e.json --json image_000.pgm")) == 2);
  CHECK(has(render.printed(), "would be written twice"));
}

TEST_CASE("render panels: flags that a list of panels leaves without effect are said") {
  RenderProcess render;
  write_text(render.file("e.json"), of_two_panels().dump());
  CHECK(render.run(words_of("--experiment e.json -distance 70 -roi 0 3 0 3 -oversample 2")) == 0);
  CHECK(has(render.printed(), "-distance: has no effect; the experiment lists panels"));
  CHECK(has(render.printed(), "-roi: has no effect; the experiment lists panels"));
  CHECK_FALSE(has(render.printed(), "-oversample: has no effect"));
  CHECK(render.run(words_of("--experiment e.json -curved_det -seed 1")) == 2);
}

TEST_CASE("render spectrum: a file of wavelengths, and what is odd about it") {
  const std::string small = "-default_F 100 -cell 70 80 90 -N 3 -distance 60 -detpixels 24 -pixel 1 -nonoise";
  RenderProcess render;
  write_text(render.file("s.txt"), "1.4 1\n1.6 3\n");
  REQUIRE(render.run(words_of(small + " --spectrum s.txt --policy corrected --json r.json")) == 0);
  CHECK(has(render.printed(), "reading spectrum from s.txt"));
  CHECK(has(render.printed(), "lambda1 = 1.6e-10"));
  CHECK_FALSE(has(render.printed(), "WARNING"));
  const Json record = Json::parse(render.bytes("r.json"));
  CHECK(record["simulated"]["wavelengths"] == 2);
  CHECK(record["simulated"]["wavelength_m"].get<double>() == doctest::Approx(1.55e-10));
  const std::vector<float> image = floats(render, "floatimage.bin", all);

  // Weights count as w / mean(w).
  write_text(render.file("t.txt"), "1.4 1\n1.6 1\n1.6 1\n1.6 1\n");
  REQUIRE(render.run(words_of(small + " --spectrum t.txt --policy corrected -floatfile t")) == 0);
  const std::vector<float> repeated = floats(render, "t", all);
  for (std::size_t i = 0; i < all; ++i) CHECK(image[i] == doctest::Approx(repeated[i]).epsilon(1e-6));

  REQUIRE(render.run(words_of(small + " --spectrum s.txt")) == 0);
  CHECK(has(render.printed(), "--spectrum: its weights do not count"));
  REQUIRE(render.run(words_of(small + " --spectrum s.txt -lambda 1 --policy corrected")) == 0);
  CHECK(has(render.printed(), "--spectrum: does not reach the wavelength of the beam, 1 A"));
  CHECK(render.run(words_of(small + " --spectrum none")) == 1);
  CHECK(render.run(words_of(small + " --spectrum s.txt -floatfile s.txt")) == 2);
}

TEST_CASE("render scan: an image of a sweep") {
  RenderProcess render;
  Json experiment = of_two_panels();
  experiment["scan"] = {{"first_image", 5}, {"images", 3}, {"start_rad", 0.2}, {"oscillation_rad", 0.01}};
  write_text(render.file("e.json"), experiment.dump());
  REQUIRE(render.run(words_of("--experiment e.json --image 7")) == 0);
  const std::vector<float> image = floats(render, "floatimage.bin", all);
  experiment.erase("scan");
  experiment["crystal"]["phi"] = {{"start_rad", 0.2 + 0.01 * 2}, {"range_rad", 0.01}, {"step_rad", 0.01}, {"steps", 1}};
  CHECK(rendered(render, experiment, all) == image);
  CHECK(render.run(words_of("--experiment e.json --image 7")) == 2);
  CHECK(has(render.printed(), "--image = 7: needs an --experiment with a scan"));
}
