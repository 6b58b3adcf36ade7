// SPDX-License-Identifier: MIT
// nbk-noise as a program: flags, traps of noisify, refusals, and the corrected images.
#include "bench/noise/noise_command.hpp"
#include "bench/noise/noise_flags.hpp"
#include "bench/noise/noise_help.hpp"
#include "bench/system/files.hpp"
#include "nbk/io/float_image.hpp"
#include "nbk/io/smv_reader.hpp"
#include "support/drop_in_processes.hpp"
#include "support/flag_table_checks.hpp"
#include "support/places.hpp"
#include "support/words.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using nbk::bench::noise::NoiseCommand;
using nbk::bench::noise::NoiseOptions;
using nbk::bench::system::read_text;
using nbk::bench::system::write_text;
using nbk::testing::has;
using nbk::testing::NoiseProcess;
using nbk::testing::words_of;

NoiseCommand parsed(const std::string& line) { return nbk::bench::noise::parse_noise(words_of(line)); }

bool warns(const NoiseCommand& command, const std::string& part) {
  for (const std::string& warning : command.warnings) {
    if (has(warning, part)) return true;
  }
  return false;
}

/// The error of a line; empty: none.
std::string error_of(const std::string& line) {
  try {
    parsed(line);
  } catch (const nbk::InvalidInput& error) {
    return error.what();
  }
  return {};
}

/// A run on an image of one value, 30 x 20 pixels, and what it printed where it failed.
struct Run {
  Run(const std::string& line, float photons, std::size_t pixels = 600) {
    nbk::io::write_float_image(process.file("in"), std::vector<float>(pixels, photons));
    write_text(process.file("kernel"), "0 1 0\n1 2 1  # a cross\n0 1 0\n");
    code = process.run(words_of("-floatfile in -detpixels_x 30 -detpixels_y 20 -seed 3 " + line));
  }
  nbk::io::SmvImage noisy() const { return nbk::io::read_smv(process.file("noiseimage.img")); }
  std::string printed() const { return process.printed(); }

  NoiseProcess process;
  int code = 0;
};

/// The pixels of a 32-bit file.
std::vector<std::int32_t> signed_pixels(const std::string& bytes) {
  std::vector<std::int32_t> pixels((bytes.size() - 512) / 4);
  std::memcpy(pixels.data(), bytes.data() + 512, pixels.size() * 4);
  return pixels;
}

}  // namespace

TEST_CASE("nbk-noise: docs/noise.md is the table of flags") {
  const std::string page = read_text(fs::path(nbk::testing::places::tests) / "../docs/noise.md");
  CHECK_MESSAGE(page == nbk::bench::noise::noise_help_markdown(), "run: nbk-noise --help-markdown > docs/noise.md");
}

TEST_CASE("nbk-noise: every row of the table is complete, and recognises its names") {
  nbk::testing::check_flag_table(nbk::bench::noise::noise_flag_table(), nbk::bench::noise::noise_help_text());
}

TEST_CASE("nbk-noise: flags set what they say, in their units") {
  const NoiseOptions o =
      parsed(
          "-bin f -scale 2 -fluence 1e29 -gain 1.8 -adc 10 -readnoise 3 -flicker 0.1 -calibration 0.2 "
          "-seed 7 -calib_seed 8 -psf fiber -psf_size 80 -psf_radius 5.9 -bits 32 -pixel 0.08 "
          "-distance 200 -lambda 1.2 -Xbeam 4 -Ybeam 3 -phi 10 -osc 0.5 -detsize 33 "
          "-detpixels 40 -detpixels_y 50 -intfile i -pgmfile p -noisefile n -nopgm")
          .options;
  CHECK(o.files.float_file == "f");
  CHECK(o.files.int_file == "i");
  CHECK(o.files.pgm_file == "p");
  CHECK(o.files.noise_file == "n");
  CHECK(!o.files.write_pgm);
  CHECK(o.scale == 2);
  CHECK(o.fluence_per_m2 == 1e29);
  CHECK(o.gain == 1.8);
  CHECK(o.offset == 10);
  CHECK(o.readout_noise == 3);
  CHECK(o.flicker == 0.1);
  CHECK(o.calibration == 0.2);
  CHECK(o.seed == -7);
  CHECK(o.calibration_seed == -8);
  CHECK(o.psf == nbk::compat::SpreadShape::fibre);
  CHECK(o.psf_fwhm_m == 80e-6F);
  CHECK(o.psf_radius_px == 5);
  CHECK(o.bits == 32);
  CHECK(o.header.pixel_size_m == 0.08 / 1000);
  CHECK(o.header.distance_m == 0.2);
  CHECK(o.header.wavelength_A == 1.2);
  CHECK(o.header.beam_x_m == 4 / 1000.0);
  CHECK(o.header.beam_y_m == 3 / 1000.0);
  CHECK(o.header.phi_deg == 10);
  CHECK(o.header.osc_deg == 0.5);
  CHECK(o.header.size_slow_m == 33 / 1000.0);
  CHECK(o.header.pixels_fast == 40);
  CHECK(o.header.pixels_slow == 50);
  CHECK(!parsed("-bin f -nonoise").options.add_noise);
  CHECK(parsed("my_floatimage.bin").options.files.float_file == "my_floatimage.bin");
}

TEST_CASE("nbk-noise: nbk's own flags set what they say, with and without an equals sign") {
  const NoiseOptions o = parsed(
                             "-bin f --policy corrected --flicker-image 0.1 --gain-spread=0.2 --psf-kernel k --mask m "
                             "--bad-mark -2 --saturation 1000 --overload-mark=-1 --rounding truncation "
                             "--overflow wrap --image-number 5 --threads 1 -bits 32 --strict --quiet")
                             .options;
  CHECK(o.policy == nbk::Policy::corrected);
  CHECK(o.own.image_flicker == 0.1);
  CHECK(o.own.gain_spread == 0.2);
  CHECK(o.files.kernel == "k");
  CHECK(o.files.mask == "m");
  CHECK(o.own.bad_mark == -2);
  CHECK(o.own.saturation_adu == 1000);
  CHECK(o.own.overload_mark == -1);
  CHECK(o.own.integers.rounding == nbk::Rounding::truncation);
  CHECK(o.own.integers.overflow == nbk::Overflow::wrap);
  CHECK(o.own.image_number == 5);
  CHECK(o.threads == 1);
  CHECK(o.strict);
  CHECK(o.quiet);
}

TEST_CASE("nbk-noise: traps of noisify are kept, and warned of") {
  CHECK(warns(parsed("-bin f"), "-calibration: not given"));
  CHECK(!warns(parsed("-bin f -calibration 0"), "-calibration"));
  CHECK(warns(parsed("-bin f -flicker 0.1 -calib_seed 5"), "-calib_seed: has no effect"));
  CHECK(warns(parsed("-bin f -calibration 0.1"), "another one for every seed"));
  CHECK(warns(parsed("-bin f -fluence 1e20"), "-fluence: multiplies"));
  CHECK(warns(parsed("-bin f -phisteps 10"), "-phisteps: unknown flag, taken as -phi"));
  CHECK(parsed("-bin f -phisteps 10").options.header.phi_deg == 10);
  CHECK(warns(parsed("-bin f -noisefile floatimage.bin2 -bin g"), "also acts as -floatfile"));
  CHECK(warns(parsed("-bin f -typo"), "-typo: unknown flag, ignored"));
  CHECK(warns(parsed("-bin f stray"), "stray: belongs to no flag"));
  CHECK(warns(parsed("-bin f -gain"), "-gain: ignored as noisify does"));
  CHECK(warns(parsed("-bin f -gain 2x"), "-gain = 2x: not a number, taken as 2"));
  CHECK(warns(parsed("-bin f -psf square"), "neither gauss nor fiber"));
  CHECK(warns(parsed("-bin f -psf fiber"), "-psf_radius PIXELS bounds it"));
  CHECK(!warns(parsed("-bin f -psf fiber -psf_radius 9"), "-psf_radius PIXELS"));
  CHECK(warns(parsed("-bin f -nonoise -readout_noise 3"), "because of -nonoise"));
  CHECK(warns(parsed("-bin f -header h -distance 100"), "-distance: has no effect, because -header"));
  CHECK(parsed("-bin f -phisteps 10 --policy corrected").options.header.phi_deg == 10);
  CHECK(!warns(parsed("-bin f --policy corrected"), "-calibration"));
}

TEST_CASE("nbk-noise: lines that cannot be used are one error each, which names the flag") {
  for (const auto& refused : std::vector<std::pair<std::string, std::string>>{
           {"", "-floatfile: "},
           {"-bin f -psf", "-psf: needs a value"},
           {"-bin f -bits 8", "-bits = 8: "},
           {"-bin f -psf square --policy corrected", "-psf = square: must be gauss or fiber"},
           {"-bin f -flicker -0.1 --policy corrected", "-flicker = -0.1: "},
           {"-bin f -pixel 0", "-pixel = 0: "},
           {"-bin f -psf_radius -1", "-psf_radius = -1: "},
           {"-bin f --policy corrected -psf_fwhm -1", "-psf_fwhm = "},
           {"-bin f -detpixels -4", "-detpixels -4: -detpixels_x = -4: "},
           {"-bin f --typo", "--typo: unknown flag"},
           {"-bin f --policy right", "--policy = right: must be one of compat, corrected"},
           {"-bin f --saturation", "--saturation: needs a value"},
           {"-bin f --saturation 5x --policy corrected", "--saturation = 5x: must be a number"},
           {"-bin f --strict=1", "--strict=1: --strict takes no value"},
           {"-bin f --saturation 5", "--saturation: needs --policy corrected"},
           {"-bin f --policy corrected -gain 0", "-gain = 0: "},
           {"-bin f --policy corrected -scale -1", "-scale = -1: "},
           {"-bin f --policy corrected -flicker -1", "-flicker = -1: "},
           {"-bin f --policy corrected -adc 65535", "-adc = 65535: must be below the largest integer"},
           {"-bin f --policy corrected -adc 40 --saturation 30", "--saturation = 30: must be above -adc"},
           {"-bin f --noisegain 2", "--noisegain: unknown flag (--help lists all flags)"},
           {"-bin f --gain-spred 2", "--gain-spred: unknown flag; did you mean --gain-spread? (--help lists"},
           {"-bin f --policy corrected -psf gauss --psf-kernel k", "--psf-kernel = k: "},
           {"-bin f -noisefile f", "-floatfile and -noisefile: "},
           {"-bin f -intfile x -noisefile x", "-intfile and -noisefile: "},
           {"-bin f --strict -typo", "-typo: unknown flag"},
       }) {
    INFO(refused.first);
    CHECK(error_of(refused.first).starts_with(refused.second));
  }
}

TEST_CASE("nbk-noise: files that cannot be used end the run with a message") {
  CHECK(Run("", 1, 10).code == 1);
  CHECK(has(Run("", 1, 10).printed(), "does not read so short a file"));
  CHECK(has(Run("", 1, 500).printed(), "the rest is 0"));
  CHECK(has(Run("", 1, 700).printed(), "the rest is left out"));
  CHECK(Run("--policy corrected", 1, 700).code == 2);
  CHECK(has(Run("", -1).printed(), "in: negative pixels = 600; noisify goes on"));
  CHECK(has(Run("--policy corrected", -1).printed(), "in: negative pixels = 600: must be 0"));
  CHECK(has(Run("--policy corrected", std::nanf("")).printed(), "in: infinite or NaN pixels = 600: must be 0"));
  CHECK(Run("", std::nanf("")).noisy().pixels[0] == 0);
  CHECK(Run("-psf fiber", std::nanf("")).code == 1);
  CHECK(has(Run("-psf fiber", std::nanf("")).printed(), "in: infinite or NaN pixels = 600, for which noisify finds"));
  CHECK(has(Run("-psf fiber -psf_radius 2 -calibration 0", std::nanf("")).printed(), "adding back nan lost photons"));
  CHECK(has(Run("--policy corrected -calib_seed 3", 1).printed(), "-calib_seed = 3: must differ from -seed"));
  CHECK(Run("-header nowhere", 1).code == 1);
}

TEST_CASE("nbk-noise: a terminal that takes nothing does not stop the work, and exit codes stay right") {
  Run run("-typo", 50);
  REQUIRE(run.code == 0);
  const std::string expected = run.process.bytes("noiseimage.img");
  for (const std::string& streams : nbk::testing::deaf_streams) {
    INFO(streams);
    fs::remove(run.process.file("noiseimage.img"));
    const std::string line = "\"$PROGRAM\" -floatfile in -detpixels_x 30 -detpixels_y 20 -seed 3 -typo " + streams;
    CHECK(run.process.run_in_shell(line) == 0);
    CHECK(run.process.bytes("noiseimage.img") == expected);
    CHECK(run.process.run_in_shell("\"$PROGRAM\" --typo " + streams) == 2);
    CHECK(run.process.run_in_shell("\"$PROGRAM\" -floatfile none " + streams) == 1);
  }
}

TEST_CASE("nbk-noise: a corrected image does not wrap, and has its marks") {
  const Run dark("--policy corrected -calibration 0 -adc 0 -readout_noise 4", 0.0F);
  REQUIRE(dark.code == 0);
  for (const std::uint16_t pixel : dark.noisy().pixels) CHECK(pixel < 40);
  const Run bright("--policy corrected -calibration 0 --saturation 500 --overload-mark 60000", 1000.0F);
  for (const std::uint16_t pixel : bright.noisy().pixels) CHECK(pixel == 60000);
  CHECK(has(bright.printed(), "(600 overloads)"));
  const Run wide("--policy corrected -calibration 0 -bits 32 -adc -10", 0.0F);
  CHECK(signed_pixels(wide.process.bytes("noiseimage.img")) == std::vector<std::int32_t>(600, -10));
  CHECK(has(wide.process.bytes("noiseimage.img").substr(0, 512), "TYPE=long_integer;"));
  const Run full("--policy corrected -calibration 0 -bits 32", 1e9F);
  CHECK(signed_pixels(full.process.bytes("intimage.img"))[7] == 1000000040);
}

TEST_CASE("nbk-noise: a corrected image depends on its seeds and its number alone") {
  const std::string line = "--policy corrected -readout_noise 3 -psf fiber -psf_fwhm 80 ";
  const auto pixels = [&](const std::string& more) { return Run(line + more, 50).noisy().pixels; };
  const auto image = pixels("");
  CHECK(pixels("--threads 1") == image);
  CHECK(pixels("-seed 4") != image);
  CHECK(pixels("-calib_seed 4") != image);
  CHECK(pixels("--image-number 1") != image);
}

TEST_CASE("nbk-noise: rounding, kernel and mask reach the image") {
  const std::string still = "--policy corrected -nonoise -adc 0.5 ";
  const auto count = [](const Run& run, std::size_t i) {
    return nbk::io::read_smv(run.process.file("intimage.img")).pixels.at(i);
  };
  CHECK(count(Run(still, 6), 0) == 7);
  CHECK(count(Run(still + "--rounding truncation", 6), 0) == 6);
  const Run spread(still + "--psf-kernel kernel", 6);
  REQUIRE(spread.code == 0);
  CHECK(count(spread, 31) == 7);
  CHECK(count(spread, 0) == 5);  // a corner has lost two of six parts: 4.5
  Run first(still, 6);
  NoiseProcess masked;
  nbk::io::write_float_image(masked.file("in"), std::vector<float>(600, 6.0F));
  std::string mask = first.process.bytes("intimage.img");
  mask[512 + 2 * 45] = mask[512 + 2 * 45 + 1] = 0;
  write_text(masked.file("mask"), mask);
  REQUIRE(masked.run(words_of("-floatfile in -detpixels_x 30 --policy corrected -nonoise --mask mask --bad-mark 9")) ==
          0);
  const auto pixels = nbk::io::read_smv(masked.file("intimage.img")).pixels;
  CHECK(pixels[45] == 9);
  CHECK(pixels[44] == 46);
}
