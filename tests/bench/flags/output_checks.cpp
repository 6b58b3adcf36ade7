// SPDX-License-Identifier: MIT
// Outputs and responses of a line that contradict themselves are said, and refused with --strict.
#include "bench/flags/experiment_file.hpp"
#include "bench/system/files.hpp"
#include "nbk/core/error.hpp"
#include "support/flag_samples.hpp"
#include "support/words.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

using namespace nbk::testing;
using nbk::bench::flags::Command;

/// Checks that a line has one warning of its own, and that --strict makes it an error.
void check_said(const std::string& line, const std::string& text) {
  INFO(line);
  const Command command = parse_line(line);
  REQUIRE(command.warnings.size() == 1);
  CHECK(command.warnings[0] == text);
  CHECK_THROWS_WITH_AS(parse_line("--strict " + line), text.c_str(), nbk::InvalidInput);
}

void check_silent(const std::string& line) {
  INFO(line);
  CHECK(parse_line(line).warnings.empty());
  CHECK_NOTHROW(parse_line("--strict " + line));
}

}  // namespace

TEST_CASE("outputs: a scale that is none is said to be left to the program") {
  for (const char* value : {"0", "-1", "-1e300"}) {
    check_said(
        std::string("-scale ") + value,
        std::string("-scale ") + value + " (counts/photon): must be > 0 to have an effect; the maximum becomes 55000");
    check_said(std::string("-pgmscale ") + value,
               std::string("-pgmscale ") + value + " (grey/photon): must be > 0 to have an effect; 5 rmsd become 250");
  }
  check_silent("-scale 2 -pgmscale 0.1");
}

TEST_CASE("outputs: an offset that the integers do not hold is said") {
  check_said("-adc 1e9", "-adc 1e9 (counts): all pixels of the integer images are 65535, their largest value");
  check_said(
      "-adc -100 -scale 2",
      "-adc -100 (counts): pixels of the integer images that have fewer counts than that are 0, their least value");
  check_said("-adc 20000",
             "-adc 20000 (counts): the brightest pixels of the integer image are 65535, its largest value, because the "
             "maximum "
             "becomes 55000 before the offset; give -scale");
  check_silent("-adc 20000 -scale 1");
  check_silent("-adc 65535 -scale 1");
  check_silent("-adc 10535");
  check_silent("-adc 0");
}

TEST_CASE("outputs: a file that another flag leaves out is said") {
  check_said("-noisefile n -nonoise", "-noisefile: has no effect, because of -nonoise");
  check_said("--noise parallel -nonoise", "--noise: has no effect, because of -nonoise");
  check_said("-pgmfile p -nopgm", "-pgmfile: has no effect, because of -nopgm");
  check_said("-pgmscale 2 -nopgm", "-pgmscale: has no effect, because of -nopgm");
  check_silent("-nonoise -noisefile n");  // the last one counts
  for (const std::string flag : {"--detector-image d", "--image-bits 32", "--rounding nearest", "--overflow wrap"}) {
    check_said(flag,
               flag.substr(0, flag.find(' ')) + ": has no effect without a response of the detector; give --response");
  }
}

TEST_CASE("outputs: numbers of a response that the integers do not hold are said") {
  const nbk::bench::system::TemporaryFolder folder("nbk-test");
  const std::string file = folder.path() / "r.json";
  const auto with = [&](const std::string& members, const std::string& line = "") {
    nbk::bench::system::write_text(file, R"({"schema": "nbk-response", "schema_version": 1, )" + members + "}");
    return "--response " + file + " " + line;
  };
  const std::string name = "--response " + file + ": ";
  check_said(with("\"saturation_adu\": 1e6"),
             name +
                 "saturation_adu 1e+06 is beyond the 16 bits of --detector-image: such pixels become 65535; see "
                 "--image-bits 32");
  check_said(with("\"offset_adu\": -10"), name +
                                              "offset_adu -10 is beyond the 16 bits of --detector-image: such "
                                              "pixels become 0; see --image-bits 32");
  check_said(with("\"offset_adu\": 70000", "--overflow wrap"),
             name +
                 "offset_adu 70000 is beyond the 16 bits of --detector-image: such pixels wrap round, as --overflow "
                 "says; see --image-bits 32");
  check_said(with("\"overload_adu\": 70000, \"saturation_adu\": 100"),
             name +
                 "overload_adu 70000 is beyond the 16 bits of --detector-image: such pixels become 65535; see "
                 "--image-bits 32");
  check_said(with("\"overload_adu\": 50, \"saturation_adu\": 100"),
             name + "overload_adu 50 is a value that pixels below saturation_adu have, too; nothing tells them apart");
  check_said(with("\"saturation_adu\": 1e10", "--image-bits 32"),
             name + "saturation_adu 1e+10 is beyond the 32 bits of --detector-image: such pixels become 2.14748e+09");
  check_silent(with("\"saturation_adu\": 1e6", "--image-bits 32"));
  check_silent(with("\"saturation_adu\": 1e6, \"overload_adu\": -1", "--image-bits 32"));
  check_silent(with("\"saturation_adu\": 60000, \"overload_adu\": 65535, \"offset_adu\": 40"));
  CHECK_THROWS_WITH_AS(parse_line(with("\"saturation_adu\": 30, \"offset_adu\": 40")),
                       doctest::Contains("saturation_adu = 30: must be above offset_adu"), nbk::FileError);
}
