// SPDX-License-Identifier: MIT
#include "nbk/io/image_list.hpp"

#include <nlohmann/json.hpp>

#include <doctest/doctest.h>

#include <numbers>
#include <string>
#include <vector>

using namespace nbk::io;

namespace {

std::vector<ListedImage> images_of(const std::string& text) {
  return parse_image_list<nlohmann::json>(text, "list").images;
}

void check_refused(const std::string& text, const std::string& expected) {
  INFO(text);
  CHECK_THROWS_WITH_AS(images_of(text), doctest::Contains(("list: " + expected).c_str()), nbk::FileError);
}

}  // namespace

TEST_CASE("image list: one object a line, comments and empty lines left out") {
  const auto images = images_of(
      "# three stills\n\n{}\r\n {\"misset_deg\": [1, 2, 3], \"scale\": 0.5, \"name\": \"b\"}\n"
      "{\"wavelength_A\": 0.98, \"seed\": -7, \"cell\": [1, 2, 3, 90, 91, 92]}");
  REQUIRE(images.size() == 3);
  CHECK(images[0].line == 3);
  CHECK(images[1].line == 4);
  CHECK(images[1].misset_deg == nbk::Vec3d{1, 2, 3});
  CHECK(images[1].scale == 0.5);
  CHECK(images[1].name == "b");
  CHECK(images[2].wavelength_A == 0.98);
  CHECK(images[2].seed == -7);
  CHECK(images[2].cell.size() == 6);
  for (int i = 0; i < 3; ++i) CHECK(images[static_cast<std::size_t>(i)].slot == i);
}

TEST_CASE("image list: slots in any order") {
  const auto images = images_of("{\"slot\": 2}\n{\"slot\": 0}\n{\"slot\": 1}\n");
  CHECK(images[0].slot == 2);
  CHECK(images[2].slot == 1);
}

TEST_CASE("image list: a line with a mistake is one error with its number and a remedy") {
  check_refused("{}\n{\"misset\": [1, 2, 3]}\n",
                "line 2: /misset: is not a key of an image; did you mean misset_deg or misset_seed? There are slot, "
                "name, misset_deg");
  check_refused("{\"misset_deg\": [1, 2]}", "line 1: /misset_deg: must be a list of 3");
  check_refused("{\"misset_deg\": [1, \"2\", 3]}", "line 1: /misset_deg/1: must be a number");
  check_refused("{\"wavelength_A\": 0}", "line 1: /wavelength_A: must be > 0");
  check_refused("{\"wavelength_A\": -1}", "line 1: /wavelength_A: must be > 0");
  check_refused("{\"scale\": -1}", "line 1: /scale: must be > 0");
  check_refused("{\"cell\": [1, 2, 3]}", "line 1: /cell: must be six numbers: a b c in Angstrom");
  check_refused("{\"cell\": [1, 2, 0, 90, 90, 90]}", "line 1: /cell: must have edges > 0 Angstrom");
  check_refused("{\"cell\": [1, 2, 3, 90, 90, 180]}", "line 1: /cell: must have edges > 0 Angstrom, and angles");
  check_refused("{\"slot\": -1}", "line 1: /slot: must be at least 0");
  check_refused("{\"slot\": 1.5}", "line 1: /slot: must be an integer");
  check_refused("{\"name\": \"a/b\"}", "line 1: /name: must be 1 to 200 characters");
  check_refused("{\"name\": \"\"}", "line 1: /name: must be");
  check_refused("{\"spectrum\": {\"lines\": []}}", "line 1: /spectrum: must have lines");
  check_refused("{\"spectrum\": {\"file\": \"a\"}}", "line 1: /spectrum/file: must not be here");
  check_refused("{\"a_matrix\": [[1,0,0],[0,1,0],[0,0,1]], \"u_matrix\": [[1,0,0],[0,1,0],[0,0,1]]}",
                "line 1: must have one of");
  check_refused("{\"misset_deg\": [1, 2, 3], \"misset_seed\": 4}", "line 1: must have one of /misset_deg");
  check_refused("{\"osc_deg\": -1}", "line 1: /osc_deg: must be at least 0");
  check_refused("{\"scale\": 1, \"scale\": 2}", "line 1: /scale: is there twice");
  check_refused("[1]", "line 1: must be one JSON object, for example {\"misset_deg\"");
  check_refused("{\"scale\": 1", "line 1: is no JSON: parse error at line 1, column 12: ");
  check_refused("{} {}", "line 1: is no JSON: parse error at line 1, column 4: ");
  check_refused("{\"wavelength_A\": 1e400}", "line 1: is no JSON: number overflow parsing '1e400'");
  check_refused("# nothing\n", "has no images; write one JSON object a line");
}

TEST_CASE("image list: slots and names that cannot all be are errors with both lines") {
  check_refused("{\"slot\": 0}\n{\"slot\": 0}\n", "line 2: slot 0 is that of line 1, too");
  check_refused("{\"slot\": 1}\n{}\n", "line 2: slot 1 is that of line 1, too");
  check_refused("{\"slot\": 7}\n", "line 1: /slot: must be 0 to 0 in a list of 1");
  check_refused("{\"name\": \"a\"}\n{\"name\": \"b\"}\n{\"name\": \"a\"}\n", "line 3: /name: is that of line 1, too");
}

TEST_CASE("image list: another wavelength keeps the crystal of an A matrix") {
  const auto image = images_of("{\"wavelength_A\": 2}")[0];
  nbk::Beam beam;
  beam.wavelength_m = 1e-10;
  beam.spectrum.lines = {{1e-10, 1, 0}};
  nbk::Crystal crystal;
  crystal.a_matrix = nbk::Mat3d{{0.1, 0, 0}, {0, 0.2, 0}, {0, 0, 0.3}};
  set_beam(image, beam);
  CHECK(beam.wavelength_m == 2 * 1e-10);
  CHECK(beam.spectrum.lines.empty());
  set_crystal(image, 1e-10, beam.wavelength_m, crystal);
  CHECK(crystal.a_matrix->row1.y == doctest::Approx(0.4).epsilon(1e-15));
}

TEST_CASE("image list: a matrix of the image is its whole orientation") {
  const auto images = images_of(
      "{\"a_matrix\": [[0.5,0,0],[0,0.5,0],[0,0,0.5]], \"wavelength_A\": 2}\n"
      "{\"real_space_A\": [[10,0,0],[0,20,0],[0,0,30]]}\n{\"misset_seed\": 9}\n");
  nbk::Crystal shared;
  shared.a_matrix = nbk::Mat3d::identity();
  shared.misset_rad = {1, 2, 3};
  shared.cell = nbk::UnitCell{10, 20, 30};
  nbk::Crystal crystal = shared;
  set_crystal(images[0], 1e-10, 2e-10, crystal);
  CHECK(crystal.a_matrix->row0.x == 0.5);
  CHECK(crystal.misset_rad == nbk::Vec3d{});
  crystal = shared;
  set_crystal(images[1], 1e-10, 1e-10, crystal);
  CHECK_FALSE(crystal.a_matrix);
  CHECK(crystal.real_space_A->row2.z == 30);
  CHECK_FALSE(crystal.cell);
  crystal = shared;
  set_crystal(images[2], 1e-10, 1e-10, crystal);
  CHECK(crystal.a_matrix->row0.x == 1);
  CHECK(crystal.random_misset_seed == -9);
}

TEST_CASE("image list: a spectrum sets the wavelength to its mean") {
  const auto image = images_of(
      "{\"spectrum\": {\"lines\": [{\"wavelength_m\": 1e-10, \"weight\": 3}, {\"wavelength_m\": 2e-10}]}}")[0];
  nbk::Beam beam;
  set_beam(image, beam);
  CHECK(beam.wavelength_m == doctest::Approx(1.25e-10).epsilon(1e-15));
  CHECK(beam.spectrum.lines.size() == 2);
}
