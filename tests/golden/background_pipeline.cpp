// SPDX-License-Identifier: MIT
// Spots, water, air and noise by nbk's programs, against the chain of C programs that they replace.
#include "nbk/io/float_image.hpp"
#include "nbk/io/smv_reader.hpp"
#include "support/background_cases.hpp"
#include "support/drop_in_processes.hpp"
#include "support/places.hpp"
#include "support/render_process.hpp"
#include "support/words.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace {

using nbk::bench::system::read_text;
using nbk::testing::material_folder;
using nbk::testing::words_of;

const std::filesystem::path folder = std::filesystem::path(nbk::testing::places::tests) / "golden/background/pipeline";

const std::string panel = " -lambda 1.0 -distance 120 -detpixels 128 -pixel 0.8 -polar 0.9 ";
const std::string beam = " -flux 1e12 -exposure 0.01 -beamsize 0.1 -nonoise -noprogress ";

/// Makes one image of a material, and returns its file.
std::string render_material(nbk::testing::BackgroundProcess& background, const char* table, const std::string& sample) {
  const std::string line = "-stol " + (material_folder / "inputs" / table).string() + panel + beam +
                           " -Xbeam 52.0 -Ybeam 51.2 -floatfile out.bin " + sample;
  REQUIRE(background.run(words_of(line)) == 0);
  return background.file("out.bin").string();
}

const std::string spots_line =
    "-hkl " + (folder / "small.hkl").string() + panel + beam +
    "-cell 60 70 80 90 90 90 -misset 10 20 30 -N 12 -oversample 2 -nointerpolate -Xbeam 50.8 -Ybeam 51.6 "
    "-floatfile total.bin";

/// Renders water and air one by one, and then the spots to which they are added.
/// \param sampling  flags of the air
std::vector<float> total_of_chain(nbk::testing::BackgroundProcess& water, nbk::testing::BackgroundProcess& air,
                                  nbk::testing::RenderProcess& render, const std::string& sampling = {}) {
  const std::string of_water = render_material(water, "liquid.stol", "-oversample 2 -thick 0.1 -density 1 -MW 18");
  const std::string of_air = render_material(air, "gas.stol", "-thick 35 -density 1.2e-3 -MW 28" + sampling);
  REQUIRE(render.run(words_of(spots_line + " --spot-scale 3e9 --add " + of_water + " --add " + of_air)) == 0);
  return nbk::io::read_float_image(render.file("total.bin"));
}

}  // namespace

TEST_CASE("programs: spots, water, air and noise are those of the chain of C programs") {
  nbk::testing::BackgroundProcess water, air;
  nbk::testing::RenderProcess render;
  total_of_chain(water, air, render);

  nbk::testing::NoiseProcess noise;
  const std::string response = "-floatfile " + render.file("total.bin").string() +
                               " -detpixels_x 128 -detpixels_y 128 -pixel 0.8 -distance 120 -lambda 1.0 -Xbeam 52.0 "
                               "-Ybeam 51.2 -scale 1 -seed 42 -calib_seed 17 -calibration 0.03 -psf fiber -psf_fwhm "
                               "300 -gain 1.8 -readout_noise 3 -adc 40 -noisefile final.img";
  REQUIRE(noise.run(words_of(response)) == 0);
  CHECK(noise.bytes("final.img") == read_text(folder / "final.img"));
}

// One command has one sampling for all, and the random numbers of nbk: the expected photons agree as floats, the counts
// in mean and variance. noisify gives the photons that a point spread takes off the image back to it, nbk loses them:
// 0.3 % of 550 a pixel.
TEST_CASE("programs: one command makes the image of the whole chain") {
  nbk::testing::BackgroundProcess water, air;
  nbk::testing::RenderProcess step_by_step, render;
  const std::vector<float> total = total_of_chain(water, air, step_by_step, " -oversample 2");
  nbk::bench::system::write_text(render.file("detector.json"),
                                 R"({"schema": "nbk-response", "schema_version": 1, "seed": 42, "calibration": 0.03,
      "calibration_seed": 17, "gain_adu_per_photon": 1.8, "readout_noise_adu": 3, "offset_adu": 40,
      "point_spread": {"kind": "fibre", "fwhm_px": 0.375}})");
  const std::string tables = (material_folder / "inputs").string();
  REQUIRE(render.run(words_of(spots_line + " --spot-scale 3e9 --material " + tables + "/liquid.stol:0.1:1:18 " +
                              "--material " + tables + "/gas.stol:35:1.2e-3:28 --response detector.json")) == 0);
  const std::vector<float> image = nbk::io::read_float_image(render.file("total.bin"));
  REQUIRE(image.size() == total.size());
  float worst = 0;
  for (std::size_t i = 0; i < image.size(); ++i) worst = std::max(worst, std::abs(image[i] - total[i]));
  CHECK(worst <= 1e-6F * *std::ranges::max_element(total));

  const auto moments_of = [&](const std::filesystem::path& file) {
    const nbk::io::SmvImage recorded = nbk::io::read_smv(file);
    std::array<double, 2> sums{};
    for (std::size_t i = 0; i < recorded.pixels.size(); ++i) {
      const double mean = static_cast<double>(total[i]), difference = (recorded.pixels[i] - 40.0) / 1.8 - mean;
      sums[0] += difference / static_cast<double>(total.size());
      sums[1] += difference * difference / mean / static_cast<double>(total.size());
    }
    return sums;
  };
  const auto chain = moments_of(folder / "final.img"), one = moments_of(render.file("detectorimage.img"));
  MESSAGE("mean and variance of the chain: ", chain[0], " ", chain[1], ", of one command: ", one[0], " ", one[1]);
  CHECK(std::abs(one[0] - chain[0]) < 0.005 * 550);
  CHECK(one[1] == doctest::Approx(chain[1]).epsilon(0.08));
}
