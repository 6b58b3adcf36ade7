// SPDX-License-Identifier: MIT
#include "nbk/io/crystfel_cell.hpp"

#include "nbk/core/error.hpp"
#include "support/relative.hpp"

#include <doctest/doctest.h>

#include <numbers>
#include <string>

namespace {

using nbk::io::parse_crystfel_cell;
using nbk::testing::near;

const std::string head = "CrystFEL unit cell file version 1.0\n";
const std::string edges = "a = 66.2 A\nb = 6.7 nm\nc = 150.2 A\nal = 90 deg\nbe = 91.5 deg\n";

void check_refused(const std::string& text, const std::string& expected) {
  INFO(text);
  CHECK_THROWS_WITH_AS(parse_crystfel_cell(text, "x.cell"), doctest::Contains(("x.cell: " + expected).c_str()),
                       nbk::FileError);
}

}  // namespace

TEST_CASE("crystfel cell: lengths in A and nm, angles in deg and rad") {
  const nbk::UnitCell cell = parse_crystfel_cell(
      head + "\nlattice_type = monoclinic ; P\nunique_axis = b\n" + edges + "ga = 1.5 rad\n", "x.cell");
  CHECK(cell.a_A == 66.2);
  CHECK(cell.b_A == near(67));
  CHECK(cell.c_A == 150.2);
  CHECK(cell.alpha_rad == near(std::numbers::pi / 2));
  CHECK(cell.beta_rad == near(91.5 * std::numbers::pi / 180));
  CHECK(cell.gamma_rad == 1.5);
}

TEST_CASE("crystfel cell: one error names file, place and remedy") {
  check_refused("CRYST1   66.2\n", "line 1: must be \"CrystFEL unit cell file version 1.0\"");
  check_refused(head + edges, "has no ga; a cell needs a, b, c, al, be and ga");
  check_refused(head + "a = 66.2\n", "line 2: a: must be in A or nm, found \"66.2\"");
  check_refused(head + "a = 66.2 deg\n", "line 2: a: must be in A or nm");
  check_refused(head + "al = 90 A\n", "line 2: al: must be in deg or rad");
  check_refused(head + "a = -1 A\n", "line 2: a: must be a number > 0 and its unit");
  check_refused(head + "a = x A\n", "line 2: a: must be a number > 0 and its unit");
  check_refused(head + "a = 1 A 2\n", "line 2: a: must be a number and its unit");
  check_refused(head + "a = 1 A\na = 2 A\n", "line 3: a is there twice");
  check_refused(head + "a 1 A\n", "line 2: must be \"key = value\"");
}
