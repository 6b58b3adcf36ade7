// SPDX-License-Identifier: MIT
// nbk-render: materials, and what a detector makes of the photons.
#include "bench/flags/experiment_file.hpp"
#include "bench/system/files.hpp"
#include "nbk/io/adu_image.hpp"
#include "nbk/io/float_image.hpp"
#include "nbk/io/smv_reader.hpp"
#include "nbk/response/apply_response.hpp"
#include "support/render_process.hpp"

#include <Kokkos_Core.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace {

using nbk::testing::RenderProcess;

const std::vector<std::string> small{
    "-default_F", "100",         "-cell",   "70",       "80",        "90",       "90",         "90", "90",
    "-N",         "5",           "-lambda", "1.5",      "-distance", "60",       "-detpixels", "24", "-pixel",
    "1",          "-oversample", "1",       "-fluence", "1e26",      "-nonoise", "-nopgm"};
const char* const response_text = R"({"schema": "nbk-response", "schema_version": 1, "gain_adu_per_photon": 1.8,
    "calibration": 0.03, "readout_noise_adu": 3, "offset_adu": 40, "seed": 5,
    "point_spread": {"kind": "gauss", "fwhm_px": 1.5}})";

std::vector<std::string> with(const std::vector<std::string>& more) {
  std::vector<std::string> line = small;
  line.insert(line.end(), more.begin(), more.end());
  return line;
}

/// What the library makes of the float image of a run.
std::vector<std::int32_t> expected(const RenderProcess& render, const nbk::Response& response) {
  const std::vector<float> photons = nbk::io::read_float_image(render.file("floatimage.bin"));
  using Exec = Kokkos::DefaultHostExecutionSpace;
  const Kokkos::View<float***, Kokkos::LayoutRight, Kokkos::HostSpace> in("in", 1, 24, 24);
  const Kokkos::View<double***, Kokkos::LayoutRight, Kokkos::HostSpace> adu("adu", 1, 24, 24);
  std::copy(photons.begin(), photons.end(), in.data());
  nbk::apply_response(Exec(), response, in, adu);
  Kokkos::fence();
  std::vector<std::int32_t> integers(adu.size());
  for (std::size_t i = 0; i < integers.size(); ++i) {
    integers[i] = nbk::to_integer<std::uint16_t>(adu.data()[i], {});
  }
  return integers;
}

}  // namespace

TEST_CASE("nbk-render: --response writes what apply_response makes of the photons") {
  RenderProcess render;
  nbk::bench::system::write_text(render.file("detector.json"), response_text);
  const nbk::Response response = nbk::bench::flags::read_response(render.file("detector.json"));
  REQUIRE(render.run(with({"--response", "detector.json"})) == 0);
  CHECK(render.printed().find("photons on detector image (0 saturated)") != std::string::npos);
  const nbk::io::SmvImage image = nbk::io::read_smv(render.file("detectorimage.img"));
  const std::vector<std::int32_t> wanted = expected(render, response);
  CHECK(std::vector<std::int32_t>(image.pixels.begin(), image.pixels.end()) == wanted);

  SUBCASE("a seed of the line is another image, by the line and by the response") {
    REQUIRE(render.run(with({"--response", "detector.json", "--seed", "9", "--detector-image", "nine.img"})) == 0);
    nbk::Response other = response;
    other.seed = 9;
    const nbk::io::SmvImage nine = nbk::io::read_smv(render.file("nine.img"));
    CHECK(std::vector<std::int32_t>(nine.pixels.begin(), nine.pixels.end()) == expected(render, other));
    CHECK(nine.pixels != image.pixels);
  }
  SUBCASE("an experiment file carries the response") {
    REQUIRE(render.run(with({"--response", "detector.json", "--save-experiment", "e.json"})) == 0);
    REQUIRE(render.run({"--experiment", "e.json", "--detector-image", "again.img", "-nonoise", "-nopgm"}) == 0);
    CHECK(nbk::io::read_smv(render.file("again.img")).pixels == image.pixels);
  }
  SUBCASE("32 bits have a sign and their own TYPE") {
    REQUIRE(render.run(with({"--response", "detector.json", "--image-bits", "32"})) == 0);
    const std::string file = render.bytes("detectorimage.img");
    CHECK(file.size() == 512 + 24 * 24 * 4);
    CHECK(file.find("TYPE=long_integer;") != std::string::npos);
  }
}

TEST_CASE("nbk-render: pixels of a mask have the mark of bad ones in a detector's image") {
  RenderProcess render;
  nbk::bench::system::write_text(render.file("detector.json"),
                                 R"({"schema": "nbk-response", "schema_version": 1, "bad_mark_adu": 65535})");
  REQUIRE(render.run(small) == 0);
  std::string mask = render.bytes("intimage.img");
  for (std::size_t i = 512; i < mask.size(); ++i) mask[i] = 1;
  mask[512 + 2 * 30] = mask[512 + 2 * 30 + 1] = 0;
  nbk::bench::system::write_text(render.file("mask.img"), mask);
  REQUIRE(render.run(with({"-mask", "mask.img", "--response", "detector.json"})) == 0);
  const nbk::io::SmvImage image = nbk::io::read_smv(render.file("detectorimage.img"));
  CHECK(image.pixels[30] == 65535);
  CHECK(image.pixels[31] < 65535);
}

TEST_CASE("nbk-render: --material adds what the experiment's materials add") {
  RenderProcess render;
  nbk::bench::system::write_text(render.file("plastic.stol"), "# electrons\n0 20\n0.5 8\n1 2\n");
  REQUIRE(render.run(with({"--material", "water:0.2", "--material", "air:10", "--material", "plastic.stol:0.05:1.2:14",
                           "--save-experiment", "e.json"})) == 0);
  const auto document = nbk::bench::flags::read_document(render.file("e.json"));
  REQUIRE(document.experiment.materials.size() == 3);
  CHECK(document.experiment.materials[0].name == "water");
  CHECK(document.experiment.materials[1].thickness_m == doctest::Approx(0.01));
  CHECK(document.experiment.materials[2].density_g_per_cm3 == 1.2);
  CHECK(document.experiment.materials[2].molar_mass_g_per_mol == 14);
  CHECK(document.experiment.materials[2].thickness_m == doctest::Approx(5e-5));
  const std::vector<float> all = nbk::io::read_float_image(render.file("floatimage.bin"));
  REQUIRE(render.run(small) == 0);
  const std::vector<float> spots = nbk::io::read_float_image(render.file("floatimage.bin"));
  for (std::size_t i = 0; i < all.size(); ++i) CHECK(all[i] > spots[i]);
}

TEST_CASE("nbk-render: a material or a response that cannot be is one error before any work") {
  RenderProcess render;
  const auto refused = [&](const std::vector<std::string>& more, const char* text) {
    CAPTURE(text);
    CHECK(render.run(with(more)) != 0);
    CHECK(render.printed().find(text) != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(render.file("floatimage.bin")));
  };
  refused({"--material", "water"}, "--material = water: must be water:MM");
  refused({"--material", "water:-1"}, "--material = water:-1: must be water:MM");
  refused({"--material", "plastic.stol:1"}, "--material = plastic.stol:1: must be water:MM");
  refused({"--material", "plastic.stol:1:1:14"}, "plastic.stol");
  refused({"--response", "detector.json"}, "detector.json");
  nbk::bench::system::write_text(render.file("detector.json"), response_text);
  refused({"--response", "detector.json", "--detector-image", "detector.json"}, "--detector-image");
  refused({"--response", "detector.json", "--detector-image", "floatimage.bin"}, "--detector-image");
  refused({"--response", "detector.json", "--seed", "123456789"}, "must differ from the calibration_seed");
  refused({"--response", "detector.json", "--image-bits", "8"}, "--image-bits = 8: must be 16 or 32");
  refused({"--response", "detector.json", "--rounding", "up"}, "--rounding = up: must be one of");
}
