// SPDX-License-Identifier: MIT
// Spots, water, air and noise by nbk's programs, against the chain of C programs that they replace.
#include "support/background_cases.hpp"
#include "support/drop_in_processes.hpp"
#include "support/render_process.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

namespace {

using nbk::bench::system::read_text;
using nbk::testing::material_folder;

const std::filesystem::path folder = std::filesystem::path(NBK_TESTS_DIR) / "golden/background/pipeline";

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream text(line);
  return {std::istream_iterator<std::string>(text), {}};
}

const std::string panel = " -lambda 1.0 -distance 120 -detpixels 128 -pixel 0.8 -polar 0.9 ";
const std::string beam = " -flux 1e12 -exposure 0.01 -beamsize 0.1 -nonoise -noprogress ";

/// Makes one image of a material, and returns its file.
std::string render_material(nbk::testing::BackgroundProcess& background, const char* table, const std::string& sample) {
  const std::string line = "-stol " + (material_folder / "inputs" / table).string() + panel + beam +
                           " -Xbeam 52.0 -Ybeam 51.2 -floatfile out.bin " + sample;
  REQUIRE(background.run(words_of(line)) == 0);
  return background.file("out.bin").string();
}

}  // namespace

TEST_CASE("programs: spots, water, air and noise are those of the chain of C programs") {
  nbk::testing::BackgroundProcess water, air;
  const std::string of_water = render_material(water, "liquid.stol", "-oversample 2 -thick 0.1 -density 1 -MW 18");
  const std::string of_air = render_material(air, "gas.stol", "-thick 35 -density 1.2e-3 -MW 28");

  nbk::testing::RenderProcess render;
  const std::string spots = "-hkl " + (folder / "small.hkl").string() + panel + beam +
                            "-cell 60 70 80 90 90 90 -misset 10 20 30 -N 12 -oversample 2 -nointerpolate -Xbeam 50.8 "
                            "-Ybeam 51.6 -floatfile total.bin --spot-scale 3e9 --add " +
                            of_water + " --add " + of_air;
  REQUIRE(render.run(words_of(spots)) == 0);

  nbk::testing::NoiseProcess noise;
  const std::string response = "-floatfile " + render.file("total.bin").string() +
                               " -detpixels_x 128 -detpixels_y 128 -pixel 0.8 -distance 120 -lambda 1.0 -Xbeam 52.0 "
                               "-Ybeam 51.2 -scale 1 -seed 42 -calib_seed 17 -calibration 0.03 -psf fiber -psf_fwhm "
                               "300 -gain 1.8 -readout_noise 3 -adc 40 -noisefile final.img";
  REQUIRE(noise.run(words_of(response)) == 0);
  CHECK(noise.bytes("final.img") == read_text(folder / "final.img"));
}
