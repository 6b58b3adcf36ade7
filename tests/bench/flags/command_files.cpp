// SPDX-License-Identifier: MIT
// Flags that name files: what is taken from them, and in which order.
#include "bench/system/files.hpp"
#include "nbk/core/error.hpp"
#include "nbk/io/hkl_cache.hpp"
#include "support/flag_samples.hpp"
#include "support/places.hpp"
#include "support/words.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <numbers>

namespace {

using namespace nbk::testing;
using nbk::bench::flags::Command;
using nbk::bench::system::TemporaryFolder;
using nbk::bench::system::write_text;

constexpr double degrees = 180.0 * std::numbers::inv_pi;
const std::string inputs = std::string(nbk::testing::places::tests) + "/golden/parity/inputs/";

Command parse(const std::string& line) { return nbk::bench::flags::parse(words_of(line)); }

bool warns(const Command& command, const std::string& text) {
  return std::ranges::any_of(command.warnings, [&](const std::string& w) { return w.find(text) != std::string::npos; });
}

/// An image of 4 x 3 pixels with every key that is used.
std::string header_with(const std::string& further) {
  std::string bytes =
      "{\nHEADER_BYTES=512;\nSIZE1=4;\nSIZE2=3;\nPIXEL_SIZE=0.5;\nDISTANCE=200;\nWAVELENGTH=1.5;\n" + further + "}\f";
  bytes.resize(512, ' ');
  return bytes + std::string({1, 0, 0, 0, 2, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 0});
}

}  // namespace

TEST_CASE("command files: an orientation matrix") {
  for (const std::string flag : {"-mat ", "-matrix "}) {
    const Command command = parse_line(flag + inputs + "A.mat");
    REQUIRE(command.experiment.crystal.a_matrix);
    CHECK(command.experiment.crystal.a_matrix->row0 == nbk::Vec3d{0.00821170, 0.00393120, -0.00561000});
    CHECK(command.loaded.size() == 1);
  }
  CHECK(parse("-dump none -default_F 1 -mat " + inputs + "A.mat").experiment.crystal.a_matrix);
  CHECK_THROWS_WITH_AS(parse_line("-mat /no/such"), doctest::Contains("/no/such"), nbk::FileError);
}

TEST_CASE("command files: a list of structure factors, its default and its cache") {
  const Command command = parse_line("-hkl " + inputs + "small.hkl -default_F 12");
  const nbk::StructureFactors& factors = command.experiment.structure_factors;
  CHECK(command.reflections == 4493);
  CHECK(factors.h_min == -9);
  CHECK(factors.amplitude[nbk::io::table_index(factors, -9, -8, 1)] == 12);
  CHECK(factors.amplitude[nbk::io::table_index(factors, -9, -8, -7)] == 22.925);
  CHECK(factors.default_amplitude == 12);
  CHECK(command.output.write_cache);

  const TemporaryFolder scratch("nbk-test");
  const std::string cache = (scratch.path() / "cache").string();
  nbk::io::write_hkl_cache(cache, factors);
  const Command again = parse("-cell 10 -default_F 7 -dump " + cache);
  CHECK(again.experiment.structure_factors.amplitude == factors.amplitude);
  CHECK(again.experiment.structure_factors.default_amplitude == 7);
  CHECK_FALSE(again.output.write_cache);
  CHECK(warns(again, "found here and used"));
  write_text(cache, "nonsense");
  CHECK_THROWS_AS(parse("-cell 10 -default_F 7 -dump " + cache), nbk::FileError);
}

TEST_CASE("command files: sources, with what their lines leave out") {
  const Command command = parse_line("-sourcefile " + inputs + "sources.txt");
  REQUIRE(command.experiment.beam.sources.size() == 4);
  CHECK(command.experiment.beam.sources[1].position == nbk::Vec3d{-10, 0.01, 0});
  CHECK(command.experiment.beam.sources[2].wavelength_m == 9.97e-11);

  const TemporaryFolder scratch("nbk-test");
  const std::string file = (scratch.path() / "sources").string();
  write_text(file, "# none\n-1\n");
  const Command defaults = parse_line("-sourcefile " + file + " -lambda 2 -beam_vector 0 3 4");
  CHECK(defaults.experiment.beam.sources[0].position == nbk::Vec3d{-1, -6, -8});
  CHECK(defaults.experiment.beam.sources[0].wavelength_m == 2 / 1e10);
  CHECK(warns(defaults, "line 1: a comment"));
}

TEST_CASE("command files: amorphous structure factors must be there and are not used") {
  for (const std::string flag : {"-stol ", "-4stol ", "-Q "}) {
    CHECK(warns(parse_line(flag + inputs + "glass.stol"), "no effect"));
    CHECK_THROWS_AS(parse_line(flag + "/no/such"), nbk::FileError);
  }
}

TEST_CASE("command files: headers of a mask and of an image") {
  const TemporaryFolder scratch("nbk-test");
  const std::string first = (scratch.path() / "first").string(), second = (scratch.path() / "second").string();
  write_text(first,
             header_with("BEAM_CENTER_X=1;\nBEAM_CENTER_Y=0.4;\nPHI=3;\nOSC_RANGE=2;\nXDS_ORGX=1.5;\nORGY=2;\n"));
  write_text(second, header_with("CLOSE_DISTANCE=190;\nBEAM_CENTER_Y=0.3;\nOSC_RANGE=-1;\n"));

  const Command mask = parse_line("-mask " + first);
  const nbk::Detector& detector = mask.experiment.detector;
  CHECK(detector.mask == std::vector<std::uint16_t>{1, 0, 2, 1, 1, 1, 1, 1, 1, 1, 1, 0});
  CHECK(detector.pixels_fast == 4);
  CHECK(detector.pixels_slow == 3);
  CHECK(detector.pixel_size_m == 0.0005);
  CHECK(detector.distance_m == 0.2);
  CHECK(mask.experiment.beam.wavelength_m == 1.5 / 1e10);
  CHECK(detector.beam_x_m == 0.001);
  CHECK(detector.beam_y_m == 0.0005 * 3 - 0.4 / 1000);
  CHECK(detector.org_x_px == 1.5);
  CHECK(detector.org_y_px == 2);
  CHECK(mask.experiment.crystal.phi.start_rad == 3 / degrees);
  CHECK(mask.experiment.crystal.phi.range_rad == 2 / degrees);

  // The image comes after the mask, wherever it stands, and flags come after both.
  const Command both = parse_line("-lambda 3 -img " + second + " -mask " + first);
  CHECK(both.experiment.beam.wavelength_m == 3 / 1e10);
  CHECK(both.experiment.detector.beam_y_m == 0.3 / 1000);
  CHECK(both.experiment.detector.close_distance_m == 0.19);
  CHECK(both.experiment.detector.distance_m == 0.19);  // "DISTANCE" is also the end of CLOSE_DISTANCE
  CHECK_FALSE(both.experiment.crystal.phi.range_rad);
  CHECK_FALSE(both.experiment.detector.mask.empty());
  CHECK(warns(both, "its header says WAVELENGTH = 1.5, but 3 is used"));
  CHECK_FALSE(warns(mask, "its header says"));

  CHECK_THROWS_AS(parse_line("-img /no/such"), nbk::FileError);
  CHECK_THROWS_AS(parse_line("-mask " + inputs + "A.mat"), nbk::FileError);
}
