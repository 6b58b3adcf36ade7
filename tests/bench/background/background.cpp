// SPDX-License-Identifier: MIT
// nbk-background as a program: flags, traps of nonBragg, refusals, corrected images, and form factors of an image.
#include "bench/background/background_command.hpp"
#include "bench/background/background_flags.hpp"
#include "bench/background/background_help.hpp"
#include "bench/background/background_setup.hpp"
#include "bench/system/files.hpp"
#include "nbk/core/error.hpp"
#include "nbk/io/float_image.hpp"
#include "support/drop_in_processes.hpp"
#include "support/flag_table_checks.hpp"
#include "support/places.hpp"
#include "support/words.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using nbk::bench::background::BackgroundCommand;
using nbk::bench::background::BackgroundOptions;
using nbk::bench::background::BackgroundSetup;
using nbk::bench::system::read_text;
using nbk::bench::system::write_text;
using nbk::testing::BackgroundProcess;
using nbk::testing::has;
using nbk::testing::words_of;

BackgroundCommand parsed(const std::string& line) {
  return nbk::bench::background::parse_background(words_of("-stol t " + line));
}

BackgroundSetup set_up(const std::string& line) { return nbk::bench::background::make_setup(parsed(line).options); }

bool any_has(const std::vector<std::string>& texts, const std::string& part) {
  return std::ranges::any_of(texts, [&](const std::string& text) { return has(text, part); });
}

bool warns(const std::string& line, const std::string& part) { return any_has(parsed(line).warnings, part); }

/// The error of a line; empty: none.
std::string error_of(const std::string& line) {
  try {
    set_up(line);
  } catch (const nbk::InvalidInput& error) {
    return error.what();
  }
  return {};
}

/// A run on a small panel, with a table of one's own.
struct Run {
  explicit Run(const std::string& line, const std::string& table = "0 4\n0.1 6\n0.2 5\n0.5 2\n0.9 1\n") {
    write_text(process.file("t"), table);
    code = process.run(words_of("-stol t -detpixels 40 -pixel 1 -distance 60 -fluence 1e22 " + line));
  }
  std::vector<float> image() const { return nbk::io::read_float_image(process.file("floatimage.bin")); }

  BackgroundProcess process;
  int code = 0;
};

}  // namespace

TEST_CASE("background: of two tables the last counts, and that is said") {
  const BackgroundCommand command = parsed("-4stol u");
  CHECK(command.options.files.form_factor == "u");
  CHECK(any_has(command.warnings, "-4stol u: takes the place of t"));
  CHECK(parsed("").warnings.empty());
}

TEST_CASE("nbk-background: docs/background_cli.md is the table of flags") {
  const std::string page = read_text(fs::path(nbk::testing::places::tests) / "../docs/background_cli.md");
  CHECK_MESSAGE(page == nbk::bench::background::background_help_markdown(),
                "run: nbk-background --help-markdown > docs/background_cli.md");
}

TEST_CASE("nbk-background: every row of the table is complete, and recognises its names") {
  nbk::testing::check_flag_table(nbk::bench::background::background_flag_table(),
                                 nbk::bench::background::background_help_text());
}

TEST_CASE("nbk-background: flags set what they say, in their units") {
  const BackgroundOptions o =
      parsed(
          "-samplesize 0.2 -thick 0.3 -density 0.9 -MW 28 -Xbeam 12 -Ybeam 13 -distance 200 -detpixels_x 40 "
          "-detpixels_y 50 -pixel 0.08 -lambda 1.2 -flux 1e11 -exposure 0.5 -beamsize 0.05 -dispersion 3 -dispsteps 4 "
          "-hdivrange 2 -vdivstep 0.5 -divsteps 3 -polar 0.9 -oversample 3 -roi 1 2 3 4 -adc 10 -gain 1.8 -scale 2 "
          "-pgmscale 3 -phi 10 -osc 0.5 -seed 7 -ignore 65535 -ignore 3 -nonoise -floatfile f -intfile i -pgmfile p")
          .options;
  CHECK(o.sample.thickness_m == doctest::Approx(0.3e-3));
  CHECK(o.sample.width_m == doctest::Approx(0.2e-3));
  CHECK(o.sample.density_g_per_m3 == doctest::Approx(0.9e6));
  CHECK(o.sample.molar_mass_g_per_mol == 28);
  CHECK(*o.panel.beam_x_m == doctest::Approx(12e-3));
  CHECK(*o.panel.beam_y_m == doctest::Approx(13e-3));
  CHECK(o.panel.distance_m == doctest::Approx(0.2));
  CHECK(o.panel.pixels_fast == 40);
  CHECK(o.panel.pixels_slow == 50);
  CHECK(o.panel.pixel_size_m == doctest::Approx(0.08e-3));
  CHECK(o.panel.oversample == 3);
  CHECK(o.panel.roi == std::array<int, 4>{1, 2, 3, 4});
  CHECK(o.beam.wavelength_m == doctest::Approx(1.2e-10));
  CHECK(o.beam.flux_per_s == 1e11);
  CHECK(o.beam.exposure_s == 0.5);
  CHECK(o.beam.size_m == doctest::Approx(0.05e-3));
  CHECK(*o.beam.dispersion.range == doctest::Approx(0.03));
  CHECK(*o.beam.dispersion.count == 4);
  CHECK(*o.beam.horizontal.range == doctest::Approx(2e-3));
  CHECK(*o.beam.horizontal.count == 3);
  CHECK(*o.beam.vertical.step == doctest::Approx(0.5e-3));
  CHECK(o.beam.kahn_factor == 0.9);
  CHECK(o.offset_adu == 10);
  CHECK(o.gain == 1.8);
  CHECK(o.int_scale == 2);
  CHECK(o.pgm_scale == 3);
  CHECK(o.seed == -7);
  CHECK(o.ignored == std::vector<std::uint16_t>{65535, 3});
  CHECK(!o.add_noise);
  CHECK(o.files.float_file == "f");
  CHECK(o.files.int_file == "i");
  CHECK(o.files.pgm_file == "p");
}

TEST_CASE("nbk-background: traps of nonBragg act, and are told") {
  CHECK(parsed("-thicksteps 4").options.sample.thickness_m == doctest::Approx(4e-3));
  CHECK(warns("-thicksteps 4", "-thicksteps: unknown flag, taken as -thickness"));
  CHECK(parsed("-twotheta 5 -twotheta_axis 0 0 -1").options.panel.two_theta_rad == 0);
  CHECK(warns("-twotheta 5 -twotheta_axis 0 0 -1", "-twotheta_axis: also acts as -twotheta"));
  CHECK(warns("-curved_det", "-curved_det: ignored as nonBragg does"));
  CHECK(warns("-odet_vector 1 2 3", "-odet_vector: has no effect"));
  CHECK(warns("-cell 50 50 50 90 90 90", "-cell: a flag of nanoBragg"));
  CHECK(warns("-nonsense 3", "-nonsense: unknown flag"));
  CHECK(any_has(set_up("-detpixels 101 -pixel 0.1").problems, "-detpixels_x: 101 pixels become 102"));
  CHECK(set_up("-detpixels 101 -pixel 0.1 --policy corrected").panel.pixels_fast == 101);
  CHECK(any_has(set_up("-beamsize 0.05").problems, "-height: 0.1 mm is cut to the beam's 0.05 mm"));
}

TEST_CASE("nbk-background: the beam's place is told in nanoBragg's flags, and those put it there") {
  const BackgroundSetup setup = set_up("-Xbeam 12 -Ybeam 15 -pixel 1 -detpixels 40");
  CHECK(any_has(setup.notes, "-Xbeam 14.5 -Ybeam 11.5"));
  CHECK(setup.panel.beam_fast_m == doctest::Approx(12e-3));
  CHECK(setup.panel.beam_slow_m == doctest::Approx(15e-3));
}

TEST_CASE("nbk-background: what cannot be is one error that names the item") {
  const auto fails = [](const std::string& line, const std::string& start) {
    CAPTURE(line);
    CHECK(error_of(line).rfind(start, 0) == 0);
  };
  fails("-pixel 0", "-pixel = 0");
  fails("-detpixels -4", "-detpixels -4: -detpixels_x = -4");
  fails("-lambda 0", "-lambda = 0");
  fails("-MW 0", "-MW = 0");
  fails("-thick 0", "-thickness = 0");
  fails("-gain 0", "-gain = 0");
  fails("-density 0 --policy corrected", "-density = 0");
  fails("-density -1 --policy corrected", "-density = -1: must be > 0 g/cm^3");
  fails("-gain -2 --policy corrected", "-gain = -2: must be > 0 ADU/photon");
  fails("-roi 900 950 0 10 -detpixels 40", "-roi, first column = 900");
  fails("--nonsense", "--nonsense: unknown flag");
  fails("--threads 0", "--threads = 0");
  fails("-thicksteps 4 --strict", "-thicksteps: unknown flag");
  CHECK(has(error_of("-floatfile t"), "-stol"));
  CHECK(Run("", "").code == 1);
  CHECK(Run("--policy corrected", "0 1\n0 2\n").code == 1);
  CHECK(Run("--policy corrected", "0 1\n").code == 2);
  CHECK(Run("--policy corrected", "0 1\n0.5 -2\n").code == 2);
}

TEST_CASE("nbk-background: corrected skips comments, sorts, and holds the value at the end of the table") {
  const Run sorted("-nonoise --policy corrected", "# a comment\n0 4\n0.2 5\n0.1 6\n"),
      whole("-nonoise --policy corrected", "0 4\n0.1 6\n0.2 5\n0.9 5\n");
  REQUIRE(sorted.code == 0);
  const std::vector<float> held = sorted.image();
  CHECK(std::ranges::all_of(held, [](float pixel) { return pixel > 0; }));
  CHECK(has(sorted.process.printed(), "the value at the end holds"));
  CHECK(held.front() == doctest::Approx(whole.image().front()).epsilon(0.05));
  const Run compat("-nonoise", "0 4\n0.1 6\n0.2 5\n");
  CHECK(compat.image().front() < held.front());  // the straight line falls
}

TEST_CASE("nbk-background: lines of text that are not what they should be are said, with the line") {
  const std::string table = "0 4\n0.1 x\n0.2 5 7\n0.5 2\n0.9 y\n";
  const Run compat("-nonoise", table);
  CHECK(compat.code == 0);
  CHECK(has(compat.process.printed(), "t: line 2: column 2 is \"x\", taken as 0, and 1 such lines after it"));
  CHECK(has(compat.process.printed(), "t: line 3: has 3 fields, the first line 2; 2 are read"));
  CHECK(has(Run("-nonoise --quiet", table).process.printed(), "t: line 2: column 2 is \"x\""));
  CHECK(Run("-nonoise --strict", table).code == 2);
  const Run corrected("-nonoise --policy corrected", table);
  CHECK(corrected.code == 1);
  CHECK(has(corrected.process.printed(), "t: line 2: "));
  CHECK(has(Run("-nonoise", "\xef\xbb\xbf" + table).process.printed(), "t: begins with a byte order mark, which is"));
  // The table that -stolout writes has six columns.
  CHECK(Run("-nonoise --strict", "0 4 1   4 1  101\n0.9 2 1   2 1  101\n").code == 0);

  for (const std::string policy : {"compat", "corrected"}) {
    Run run("-nonoise");
    write_text(run.process.file("rays"), "-10 0 0 1 1e-10\n-10 0 zero 1 1e-10 7\n");
    const int code = run.process.run(words_of(
        "-stol t -detpixels 40 -pixel 1 -distance 60 -fluence 1e22 -sourcefile rays -nonoise --policy " + policy));
    CHECK(code == (policy == "compat" ? 0 : 1));
    CHECK(has(run.process.printed(), "rays: line 2: column 3 is \"zero\", taken as 0"));
  }
}

TEST_CASE("nbk-background: a terminal that takes nothing does not stop the work, and exit codes stay right") {
  Run run("-nonoise -typo");
  REQUIRE(run.code == 0);
  const std::string expected = run.process.bytes("floatimage.bin");
  for (const std::string& streams : nbk::testing::deaf_streams) {
    INFO(streams);
    fs::remove(run.process.file("floatimage.bin"));
    const std::string line =
        "\"$PROGRAM\" -stol t -detpixels 40 -pixel 1 -distance 60 -fluence 1e22 -nonoise -typo " + streams;
    CHECK(run.process.run_in_shell(line) == 0);
    CHECK(run.process.bytes("floatimage.bin") == expected);
    CHECK(run.process.run_in_shell("\"$PROGRAM\" --typo " + streams) == 2);
    CHECK(run.process.run_in_shell("\"$PROGRAM\" -stol none " + streams) == 1);
  }
}

TEST_CASE("nbk-background: the picture's scale is nonBragg's, which takes the next pixel's deviation") {
  const Run run("-nonoise -roi 4 30 2 39");
  REQUIRE(run.code == 0);
  const std::vector<float> image = run.image();
  double sum = 0, deviations = 0;
  const auto over_window = [](const auto& use) {
    for (std::size_t slow = 2; slow <= 39; ++slow)
      for (std::size_t fast = 4; fast <= 30; ++fast) use(40 * slow + fast);
  };
  over_window([&](std::size_t i) { sum += static_cast<double>(image[i]); });
  constexpr double pixels = 27 * 38;
  over_window([&](std::size_t i) {
    deviations += std::pow(static_cast<double>(i + 1 < image.size() ? image[i + 1] : 0.0F) - sum / pixels, 2);
  });
  const std::string picture = run.process.bytes("image.pgm"), key = "# pixels scaled by ";
  const double scale = std::stod(picture.substr(picture.find(key) + key.size()));
  CHECK(scale == doctest::Approx(50 / std::sqrt(deviations / (pixels - 1))).epsilon(1e-5));
}

TEST_CASE("nbk-background: any number of threads gives the same bytes") {
  const Run one("-nonoise -polar 0.9 -polar_vector 0.1 0.2 1 --threads 1"),
      three("-nonoise -polar 0.9 -polar_vector 0.1 0.2 1 --threads 3");
  REQUIRE(one.code == 0);
  CHECK(one.process.bytes("floatimage.bin") == three.process.bytes("floatimage.bin"));
}

TEST_CASE("nbk-background: form factors of a rendered image are those that it was rendered with") {
  Run run("-nonoise -scale 20 -adc 40 -Xbeam 5 -Ybeam 5 -intfile measured.img");
  REQUIRE(run.code == 0);
  const auto again = words_of(
      "-stol t -img measured.img -pixel 1 -distance 60 -fluence 1e22 -Xbeam 5 -Ybeam 5 -nonoise -adc 40 -gain 20 "
      "-stolout o");
  // The brightest pixel of these flags has 1e7 photons, more than 16 bits; a weaker beam has not.
  std::vector<std::string> weak = words_of(
      "-stol t -detpixels 40 -pixel 1 -distance 60 -fluence 1e18 -Xbeam 5 -Ybeam 5 -nonoise -scale 20 -intfile "
      "measured.img");
  REQUIRE(run.process.run(weak) == 0);
  std::vector<std::string> extract = again;
  std::ranges::replace(extract, "1e22", "1e18");
  REQUIRE(run.process.run(extract) == 0);
  std::istringstream lines(run.process.bytes("o"));
  int points = 0;
  for (double stol = 0, mean = 0, rms = 0, median = 0, deviation = 0, pixels = 0;
       lines >> stol >> mean >> rms >> median >> deviation >> pixels; ++points) {
    CAPTURE(stol);
    CHECK(pixels > 100);
    CHECK(std::fabs(median - mean) <= 3 * rms);
    CHECK(deviation <= 2 * rms);
    if (stol == 0.5) CHECK(median == doctest::Approx(2).epsilon(0.2));
    if (stol == 0.2) CHECK(median == doctest::Approx(5).epsilon(0.2));
  }
  CHECK(points >= 2);

  for (const char* word : {"-roi", "0", "8", "0", "8"}) extract.push_back(word);
  CHECK(run.process.run(extract) == 0);
  CHECK(has(run.process.printed(), "-stolout: o is empty, because no angle of t has more than 100 pixels"));
  extract.push_back("--strict");
  CHECK(run.process.run(extract) == 2);
}
