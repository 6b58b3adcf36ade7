// SPDX-License-Identifier: MIT
#include "nbk/io/crystfel_geometry.hpp"

#include "bench/system/files.hpp"
#include "nbk/core/error.hpp"
#include "support/places.hpp"
#include "support/relative.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace {

using nbk::Panel;
using nbk::Vec3d;
using nbk::io::CrystfelGeometry;
using nbk::io::parse_crystfel_geometry;
using nbk::testing::near;

std::string stored(const std::string& name) {
  return nbk::bench::system::read_text(std::filesystem::path(nbk::testing::places::tests) /
                                       "build/fuzz/corpus/crystfel_geometry" / name);
}

void check_vector(const Vec3d& v, const Vec3d& expected) {
  CHECK(v.x == doctest::Approx(expected.x).epsilon(1e-13).scale(1));
  CHECK(v.y == doctest::Approx(expected.y).epsilon(1e-13).scale(1));
  CHECK(v.z == doctest::Approx(expected.z).epsilon(1e-13).scale(1));
}

const std::string head = "clen = 0.1 m\nres = 10000\n";
const std::string good =
    "p/min_fs = 0\np/max_fs = 9\np/min_ss = 0\np/max_ss = 4\np/corner_x = 1\np/corner_y = 2\np/fs = x\np/ss = y\n";

/// Replaces the one place of a part of a text.
std::string with(std::string text, const std::string& part, const std::string& other) {
  const std::size_t place = text.find(part);
  REQUIRE(place != std::string::npos);
  return text.replace(place, part.size(), other);
}

void check_refused(const std::string& text, const std::string& expected) {
  INFO(text);
  CHECK_THROWS_WITH_AS(parse_crystfel_geometry(text, "d.geom"), doctest::Contains(("d.geom: " + expected).c_str()),
                       nbk::FileError);
}

/// Number of masked pixels of a panel.
std::size_t masked(const Panel& panel) {
  std::size_t count = 0;
  for (const auto pixel : panel.mask) count += pixel == 0;
  return count;
}

}  // namespace

TEST_CASE("crystfel geometry: panels are where CrystFEL has them, in the laboratory of dxtbx") {
  const CrystfelGeometry geometry = parse_crystfel_geometry(stored("two_panels"), "d.geom");
  CHECK(*geometry.wavelength_m == near(12398.419843320026e-10 / 9500));
  const auto& panels = geometry.detector.panels;
  REQUIRE(panels.size() == 2);
  CHECK(panels[0].name == "a");
  CHECK(panels[0].pixels_fast == 40);
  CHECK(panels[0].pixels_slow == 20);
  CHECK(panels[0].pixel_size_m == near(1e-4, 1e-9));
  // CrystFEL has x to the left and z along the beam, as seen with the axes of dxtbx.
  check_vector(panels[0].origin_m, {-12.5e-4, -30.25e-4, -0.082});
  check_vector(panels[0].fast, {0.006, 0.999982, 0});
  check_vector(panels[0].slow, {0.999982, -0.006, 0});
  check_vector(panels[1].origin_m, {60e-4, 3e-4, -0.079});
  check_vector(panels[1].fast, {-1, 0, 0});
  check_vector(panels[1].slow, {0, -1, 0});
  CHECK(panels[0].readout.gain == near(9.5, 1e-12));
  CHECK(*panels[0].trusted.most == near(9000 / 9.5, 1e-12));
  CHECK(*panels[0].trusted.least == near(-1 / 9.5, 1e-12));
  CHECK(geometry.warnings.empty());
  CHECK(geometry.ignored == std::vector<std::string>{"data", "dim0", "dim1", "dim2", "mask", "mask_good", "group"});
}

TEST_CASE("crystfel geometry: bad regions, edges and whole panels are masked") {
  const CrystfelGeometry geometry = parse_crystfel_geometry(stored("two_panels"), "d.geom");
  const Panel &a = geometry.detector.panels[0], &b = geometry.detector.panels[1];
  CHECK(masked(a) == 0);
  REQUIRE(b.mask.size() == 40 * 30);
  for (int ss = 0; ss < 30; ++ss) {
    for (int fs = 0; fs < 40; ++fs) {
      const bool edge = fs == 0 || fs == 39 || ss == 0 || ss == 29;
      const bool stripe = fs >= 10 && fs <= 12;
      // The first corner of the pixel is at x = -60 + fs, y = 3 - ss; bounds are not included.
      const bool beam = fs >= 5 && fs <= 9 && ss >= 2 && ss <= 6;
      INFO(fs, " ", ss);
      CHECK((b.mask[static_cast<std::size_t>(ss * 40 + fs)] == 0) == (edge || stripe || beam));
    }
  }
  CHECK(masked(parse_crystfel_geometry(head + good + "p/no_index = 1\n", "d").detector.panels[0]) == 50);
  CHECK(masked(parse_crystfel_geometry(head + good + "p/no_index = false\n", "d").detector.panels[0]) == 0);
}

TEST_CASE("crystfel geometry: a file of one panel, with a camera length of its own") {
  const CrystfelGeometry geometry = parse_crystfel_geometry(stored("one_panel"), "d.geom");
  CHECK(*geometry.wavelength_m == near(0.9768e-10));
  const Panel& panel = geometry.detector.panels.at(0);
  check_vector(panel.origin_m, {5 / 5814.0 - 1e-3, -5 / 5814.0, -0.1});
  CHECK(masked(panel) == 20);
}

TEST_CASE("crystfel geometry: a pixel is as long as its vector says") {
  const std::string wide = with(with(good, "p/fs = x", "p/fs = 2x"), "p/ss = y", "p/ss = 2.0y");
  CHECK(parse_crystfel_geometry(head + wide, "d").detector.panels[0].pixel_size_m == near(2e-4));
  CHECK(parse_crystfel_geometry(head + wide, "d").detector.panels[0].origin_m.x == near(-1e-4));
}

TEST_CASE("crystfel geometry: what is in the data files or unknown is said") {
  const auto warnings_of = [](const std::string& line) {
    return parse_crystfel_geometry(line + "\n" + head + good, "d.geom").warnings;
  };
  CHECK(warnings_of("photon_energy = /LCLS/photon_energy_eV").at(0) ==
        "d.geom: line 1: photon_energy is in the data files, which are not read; give -lambda");
  CHECK(warnings_of("bandwidth = 0.001").at(0).starts_with("d.geom: line 1: bandwidth is not simulated"));
  CHECK(warnings_of("bandwidth = 0").empty());
  CHECK(warnings_of("speed = 3").at(0) == "d.geom: line 1: speed is no key that is known here; it is ignored");
  CHECK(parse_crystfel_geometry(head + good + "p/speed = 3\np/speed = 4\n", "d").warnings.size() == 1);
}

TEST_CASE("crystfel geometry: one error names file, place and remedy") {
  const auto without = [](const std::string& line) { return head + with(good, line, ""); };
  check_refused(head, "has no panels; a panel has lines such as p0/min_fs = 0");
  check_refused("", "has no panels");
  check_refused("res = 10000\n" + good, "has no clen; write the camera length, as clen = 0.1 m");
  check_refused("clen = 0.1\n" + good, "panel p: has no res; write p/res = ..., or res = ... before the panels");
  check_refused(without("p/min_fs = 0\n"), "panel p: has no min_fs");
  check_refused(without("p/max_ss = 4\n"), "panel p: has no max_ss");
  check_refused(without("p/corner_y = 2\n"), "panel p: has no corner_y");
  check_refused(without("p/ss = y\n"), "panel p: has no ss");
  check_refused(head + good + "q/fs = x\n", "panel q: has no min_fs");
  check_refused(head + with(good, "max_fs = 9", "max_fs = -1"), "panel p: must have 0 <= min_fs <= max_fs");
  check_refused(head + with(good, "max_fs = 9", "max_fs = 9.5"),
                "line 4: p/max_fs: must be a whole number, found \"9.5\"");
  check_refused(head + with(good, "max_fs = 9", "max_fs = 999999999"), "has more than 268435456 pixels");
  check_refused(head + with(good, "p/fs = x", "p/fs = 2x"), "panel p: fs and ss must have the same length");
  check_refused(head + with(good, "p/fs = x", "p/fs = y"), "panel p: fs and ss must be at right angles");
  check_refused(head + with(good, "p/fs = x", "p/fs = 1.0"), "line 9: p/fs: must be a sum of numbers times x, y, z");
  check_refused(head + with(good, "p/fs = x", "p/fs = ax"), "line 9: p/fs: must be a sum of numbers");
  check_refused(head + with(good, "p/fs = x", "p/fs = 0x"), "line 9: p/fs: must have a length");
  check_refused("clen = /LCLS/detectorPosition\n",
                "line 1: clen: clen in the data files is not read; write the length here");
  check_refused("clen = 5 cm\n", "line 1: clen: must be in m or mm, found \"5 cm\"");
  check_refused("res = 0\n", "line 1: res: must be > 0");
  check_refused("wavelength = 1.2\n", "line 1: wavelength: must be in A or m");
  check_refused("photon_energy = 9 MeV\n", "line 1: photon_energy: must be in eV or keV");
  check_refused("photon_energy = -1\n", "line 1: photon_energy: must be > 0");
  check_refused("electron_voltage = 200 kV\n", "line 1: electron_voltage: X-rays are simulated");
  check_refused("clen\n", "line 1: must be \"key = value\", found \"clen\"");
  check_refused("clen = ; nothing\n", "line 1: clen has no value");
  check_refused(head + good + "bad_1/min_fs = 1\n", "line 11: bad_1: needs min_fs, max_fs, min_ss and max_ss");
  check_refused(head + good + "bad_1/min_x = 1\nbad_1/max_x = 2\n",
                "line 11: bad_1: needs min_x, max_x, min_y and max_y");
  check_refused(head + good + "bad_1/panel = p\n", "line 11: bad_1: must have bounds in fs and ss, or in x and y");
  check_refused(head + good + "bad_1/size = 1\n", "line 11: bad_1/size is no key of a bad region");
  const std::string region = "bad_1/min_fs = 1\nbad_1/max_fs = 2\nbad_1/min_ss = 1\nbad_1/max_ss = 2\n";
  check_refused(head + good + region + "bad_1/panel = r\n", "line 11: bad_1: panel must be the name of a panel");
  std::string second = good;
  for (std::size_t i = 0; (i = second.find("p/", i)) != std::string::npos;) second[i] = 'q';
  check_refused(head + good + second + region, "line 19: bad_1: needs panel, the name of its panel");
}
