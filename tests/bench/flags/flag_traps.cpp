// SPDX-License-Identifier: MIT
// What the C program does with a command line that does not say what it seems to.
#include "nbk/core/error.hpp"
#include "support/flag_samples.hpp"
#include "support/words.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <numbers>

namespace {

using namespace nbk::testing;
using nbk::Convention;
using nbk::Pivot;
using nbk::Vec3d;
using nbk::bench::flags::Command;

constexpr double degrees = 180.0 * std::numbers::inv_pi;

bool warns(const Command& command, const std::string& text) {
  return std::ranges::any_of(command.warnings, [&](const std::string& w) { return w.find(text) != std::string::npos; });
}

void check_strict(const std::string& line, const char* text) {
  INFO(line);
  CHECK_THROWS_WITH_AS(parse_line("--strict " + line), doctest::Contains(text), nbk::InvalidInput);
}

}  // namespace

TEST_CASE("flags: a plain line warns of nothing, and strict accepts it") {
  const std::string line = "-lambda 6.2 -N 5 -distance 100 -detpixels 64 -misset 1 -2 3 -phi -5 -oversample 1";
  CHECK(parse_line(line).warnings.empty());
  CHECK_NOTHROW(parse_line("--strict " + line));
}

TEST_CASE("flags: -misset_seed is -misset, too, when two words follow its value") {
  // Seen in the C program: -misset_seed 1357 -lambda 1 turns the crystal by 1357, 0 and 1 degrees.
  const Command command = parse_line("-misset random -misset_seed 1357 -lambda 1 -N 8");
  CHECK_FALSE(command.experiment.crystal.random_misset_seed);
  CHECK(command.experiment.crystal.misset_rad == Vec3d{1357 / degrees, 0, 1 / degrees});
  CHECK(warns(command, "-misset_seed: also acts as -misset"));
  check_strict("-misset random -misset_seed 1357 -lambda 1", "also acts as -misset");

  const Command meant = parse_line("--policy corrected -misset random -misset_seed 1357 -lambda 1 -N 8");
  CHECK(meant.experiment.crystal.random_misset_seed == -1357);
  CHECK(meant.warnings.empty());

  const Command harmless = parse_line("-misset_seed 1357 -misset random -lambda 1");
  CHECK(harmless.experiment.crystal.random_misset_seed == -1357);
  CHECK(harmless.warnings.empty());
}

TEST_CASE("flags: -seed is for the noise alone, a random orientation is seeded by the clock, and that is said") {
  const Command command = parse_line("-misset random -seed 7");
  CHECK(command.output.noise_seed == -7);
  REQUIRE(command.experiment.crystal.random_misset_seed);
  CHECK(*command.experiment.crystal.random_misset_seed < -1'000'000'000);  // seconds since 1970
  CHECK(warns(command, "-misset random: seeded by the clock; give -misset_seed " +
                           std::to_string(-*command.experiment.crystal.random_misset_seed)));
}

TEST_CASE("flags: -twotheta_axis sets the angle, too, unless -twotheta follows") {
  const Command command = parse_line("-twotheta 20 -twotheta_axis 3 0 -1");
  CHECK(command.experiment.detector.two_theta_rad == 3 / degrees);
  CHECK(command.experiment.detector.pivot == Pivot::sample);
  CHECK(warns(command, "-twotheta_axis: also acts as -twotheta"));
  check_strict("-twotheta 20 -twotheta_axis 3 0 -1", "-twotheta_axis");

  CHECK(parse_line("-twotheta_axis 3 0 -1 -twotheta 20").experiment.detector.two_theta_rad == 20 / degrees);
  CHECK(parse_line("-twotheta_axis 3 0 -1 -twotheta 20").warnings.empty());
  CHECK(parse_line("--policy corrected -twotheta 20 -twotheta_axis 3 0 -1").experiment.detector.two_theta_rad ==
        20 / degrees);
}

TEST_CASE("flags: a word that contains a flag's name is that flag") {
  const Command command = parse_line("-my-lambda 3 -Nasty 4 -x-fudge 2");
  CHECK(command.experiment.beam.wavelength_m == 3 / 1e10);
  CHECK(command.experiment.crystal.cells[0] == 4);
  CHECK(command.experiment.crystal.fudge == 2);
  CHECK(warns(command, "-my-lambda: unknown flag, taken as -lambda"));
  CHECK(warns(command, "-Nasty: unknown flag, taken as -Na"));
  CHECK(warns(command, "-x-fudge: unknown flag, taken as -fudge"));
  CHECK(command.problems.size() == 3);
  check_strict("-my-lambda 3", "taken as -lambda");
}

TEST_CASE("flags: nbk's own are strict in every mode: there is nothing to be compatible with") {
  CHECK(parse_line("--policy=corrected").experiment.policy == nbk::Policy::corrected);
  CHECK(parse_line("--precision=float32 --threads=2").program.threads == 2);
  CHECK(parse_line("--json=-lambda").program.json_file == "-lambda");
  CHECK(parse_line("--json=-lambda").experiment.beam.wavelength_m == 1e-10);
  CHECK(parse_line("--json a=b").program.json_file == "a=b");
  CHECK(parse_line("--json=a=b").program.json_file == "a=b");
  const std::pair<const char*, const char*> refused[] = {
      {"--plicy corrected", "--plicy: unknown flag; did you mean --policy?"},
      {"--plicy=corrected", "--plicy=corrected: unknown flag; did you mean --policy?"},
      {"--fudge 2", "--fudge: unknown flag; did you mean -fudge?"},
      {"--quiet --fudge 2", "--fudge: unknown flag"},
      {"--", "--: unknown flag"},
      {"--precision=half", "--precision = half"},
      {"--policy Corrected", "--policy = Corrected"},
      {"--threads 1.5", "--threads = 1.5: must be an integer"},
      {"--threads 1x", "--threads = 1x: must be an integer"},
      {"--threads 4294967297", "--threads = 4294967297: must be an integer"},
      {"--threads 513", "--threads = 513: must be an integer from 1 to 512"},
      {"--threads=", "--threads = : must be an integer"},
      {"--seed 7e3", "--seed = 7e3: must be an integer"},
      {"--strict=yes", "--strict takes no value"},
      {"--json=", "--json = '': must be the name of a file"},
      {"--json --png p", "--json: needs a value (file), but --png after it is a flag"},
      {"--json -N 5", "write --json=-N if that is meant"},
      {"-floatfile --quiet", "-floatfile: needs a value (file), but --quiet after it is a flag"},
      {"-distance --quiet", "-distance: needs a value (mm), but --quiet after it is a flag"},
      {"--png", "--png: needs a value"},
  };
  for (const std::string mode : {"", "--policy corrected ", "--strict "}) {
    for (const auto& [line, text] : refused) {
      INFO(mode << line);
      CHECK_THROWS_WITH_AS(parse_line(mode + line), doctest::Contains(text), nbk::InvalidInput);
    }
  }
}

TEST_CASE("flags: strict makes every trap an error, and problems are those that may change the image") {
  check_strict("-Xclose 3", "-Xclose: has no effect");
  check_strict("-xds -fdet_vector 0 1 0", "-xds: is replaced");
  check_strict("-pix0_vector 1 2 3", "-pix0_vector: only selects");
  check_strict("-seed 4294967303", "not an integer of 32 bits, taken as 7");
  check_strict("-cell 10 20 30 90 0 90", "-cell: its value 5, 0, is taken as 90 degrees");
  check_strict("-cell 10 0 30 90 90 90", "-cell: its value 2, 0, is taken as the first edge");
  CHECK(parse_line("-Xclose 3").problems.empty());
  CHECK(parse_line("-misset random").problems.empty());
  CHECK(parse_line("-cell 10 20 30 90 0 90").problems.size() == 1);
  CHECK(parse_line("-lamda 3").problems.size() == 2);  // the flag and the word after it
}

TEST_CASE("flags: what nothing recognises is said") {
  const Command command = parse_line("-lamda 3 -hdiv 0.1 word 17");
  CHECK(command.experiment.beam.wavelength_m == 1e-10);
  CHECK(warns(command, "-lamda: unknown flag, ignored; did you mean -lambda?"));
  CHECK(warns(command, "-hdiv: unknown flag"));
  CHECK(warns(command, "word: belongs to no flag"));
  CHECK(warns(command, "17: belongs to no flag"));
  check_strict("-lamda 3", "did you mean -lambda?");
  check_strict("word", "belongs to no flag");
  auto words = words_of("--strict -dump none -cell 70 -default_F 1");
  words.emplace_back();
  CHECK_THROWS_WITH_AS(nbk::bench::flags::parse(words), doctest::Contains("'': belongs to no flag"), nbk::InvalidInput);
}

TEST_CASE("flags: numbers that a wrong unit makes are said") {
  CHECK(warns(parse_line("-energy 12.4"), "-energy 12.4 (eV): a wavelength of 999.873 A is no X-ray's"));
  CHECK(warns(parse_line("-lambda 1e-3"), "-lambda 1e-3 (A): a wavelength of 0.001 A is no X-ray's"));
  CHECK(warns(parse_line("-mosaic 400 -mosaic_dom 3"),
              "-mosaic 400 (deg): a spread of 400 degrees is more than half a turn"));
  CHECK(warns(parse_line("-pixel 172"), "-pixel 172 (mm): a pixel of 172 mm is no detector's"));
  CHECK(warns(parse_line("-distance 0.1"), "-distance 0.1 (mm): a detector 0.1 mm from the sample is none"));
  CHECK(parse_line("-energy 12400 -pixel 0.172 -mosaic 0.4 -mosaic_dom 3").warnings.empty());
  check_strict("-energy 12.4", "no X-ray's");
}

TEST_CASE("flags: values that are no numbers are zero, or what they begin with") {
  const Command command = parse_line("-Xbeam abc -distance 12mm -oversample 3.7 -adc -mosflm");
  CHECK(command.experiment.detector.beam_x_m == 0.0);
  CHECK(command.experiment.detector.distance_m == 0.012);
  CHECK(command.experiment.detector.oversample == 3);
  CHECK(command.output.adc_offset == 0);
  CHECK(command.experiment.frame.convention == Convention::mosflm);
  CHECK(warns(command, "-Xbeam = abc: not a number"));
  CHECK(warns(command, "-distance = 12mm: not a number"));
  CHECK(warns(command, "-oversample = 3.7: not an integer"));
  CHECK(warns(command, "-adc = -mosflm: not a number"));
  check_strict("-Xbeam abc", "not a number");
  for (const char* value : {"nan", "inf", "-inf", "1e999"}) {
    CHECK_THROWS_WITH_AS(parse_line(std::string("-lambda ") + value), doctest::Contains("finite"), nbk::InvalidInput);
  }
}

TEST_CASE("flags: a missing value leaves the flag without effect, where the C program survives it") {
  for (const char* line :
       {"-lambda", "-misset 1 2", "-roi 1 2 3", "-fdet_vector 1 0", "-curved_det", "-printout_pixel 1"}) {
    INFO(line);
    const Command command = parse_line(line);
    CHECK(warns(command, "ignored as the C program does"));
    check_strict(line, "must follow");
  }
  CHECK(parse_line("-misset 1 2").experiment.crystal.misset_rad == Vec3d{0, 0, 0});
  CHECK_FALSE(parse_line("-curved_det").experiment.detector.curved);
  for (const char* line : {"-detector_abs", "-detector_thick", "-detector_thicksteps", "-thicksteps", "--json"}) {
    CHECK_THROWS_WITH_AS(parse_line(line), doctest::Contains("needs a value"), nbk::InvalidInput);
  }
}

TEST_CASE("flags: the last convention or vector flag decides, and custom begins from its own axes") {
  const nbk::Frame custom = nbk::Frame::of(Convention::custom);
  const Command command = parse_line("-xds -fdet_vector 0 1 0");
  CHECK(command.experiment.frame.convention == Convention::custom);
  CHECK(command.experiment.frame.fast == Vec3d{0, 1, 0});
  CHECK(command.experiment.frame.beam == custom.beam);
  CHECK(command.experiment.frame.two_theta_axis == Vec3d{0, 1, 0});
  CHECK(warns(command, "-xds: is replaced by the custom convention"));

  const Command named = parse_line("-fdet_vector 0 1 0 -xds");
  CHECK(named.experiment.frame.convention == Convention::xds);
  CHECK(named.experiment.frame.fast == Vec3d{1, 0, 0});
  CHECK(warns(named, "-fdet_vector: has no effect"));
}

TEST_CASE("flags: centres that a convention does not look at are said") {
  CHECK(warns(parse_line("-xds -Xbeam 3"), "-Xbeam: has no effect in the xds convention"));
  CHECK(warns(parse_line("-Xclose 3"), "-Xclose: has no effect in the mosflm convention"));
  CHECK(warns(parse_line("-ORGX 3"), "-ORGX: has no effect"));
  CHECK(warns(parse_line("-pivot sample"), "-pivot: has no effect"));
  CHECK(parse_line("-xds -ORGX 3").warnings.empty());
  CHECK(parse_line("-fdet_vector 0 0 1 -Xclose 3 -pivot sample").warnings.empty());
  CHECK(warns(parse_line("-pix0_vector 1 2 3"), "-pix0_vector: only selects the custom convention"));
  CHECK_FALSE(warns(parse_line("--policy corrected -pix0_vector 1 2 3"), "-pix0_vector"));
}

TEST_CASE("flags: a sensor that absorbs nothing but has a thickness is said, whichever order means it") {
  CHECK(warns(parse_line("-detector_abs inf -detector_thick 9"), "the image is zero"));
  CHECK(parse_line("-detector_thick 9 -detector_abs 0").experiment.detector.sensor.thickness_m == 0);
  CHECK(parse_line("-detector_thick 9 -detector_abs 0").warnings.empty());
}

TEST_CASE("flags: an experiment without a crystal or structure factors is refused") {
  const auto parse = [](const std::string& line) { return nbk::bench::flags::parse(words_of("-dump none " + line)); };
  CHECK_THROWS_WITH_AS(parse("-default_F 1"), doctest::Contains("-cell"), nbk::InvalidInput);
  CHECK_THROWS_WITH_AS(parse("-cell 10"), doctest::Contains("-hkl"), nbk::InvalidInput);
  CHECK_THROWS_WITH_AS(parse("-cell 10 -default_F 0"), doctest::Contains("-default_F 0: without -hkl"),
                       nbk::InvalidInput);
  CHECK_THROWS_WITH_AS(parse("-default_F 1 -cell 0"), doctest::Contains("-cell = 0"), nbk::InvalidInput);
  CHECK_THROWS_WITH_AS(parse("-default_F 1 -cell -10"), doctest::Contains("-cell = 0"), nbk::InvalidInput);
  CHECK_THROWS_WITH_AS(parse("-default_F 1 -cell 9 -energy 0"), doctest::Contains("-energy"), nbk::InvalidInput);
  CHECK_THROWS_WITH_AS(parse_line("--precision half"), doctest::Contains("float32, float64, mixed, df64"),
                       nbk::InvalidInput);
  CHECK_THROWS_WITH_AS(parse_line("--threads 0"), doctest::Contains("--threads"), nbk::InvalidInput);
}

TEST_CASE("flags: fewer cells than one are one, and that is said") {
  const Command command = parse_line("-N 0");
  CHECK(command.experiment.crystal.cells[1] == 1);
  CHECK(warns(command, "-N"));
  check_strict("-Na -3", "-Na");
}
