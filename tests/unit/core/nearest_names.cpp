// SPDX-License-Identifier: MIT
// Which names a message suggests in place of one that is none.
#include "nbk/core/nearest_names.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace nbk;
using Names = std::vector<std::string>;

TEST_CASE("nearest names: letters to replace, add and leave out are counted") {
  CHECK(edit_distance("", "") == 0);
  CHECK(edit_distance("abc", "") == 3);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("kitten", "sitting") == 3);
  CHECK(edit_distance("weight", "wieght") == 2);
  CHECK(edit_distance("A", "a") == 1);
}

TEST_CASE("nearest names: the best come first, at most three, and none that is far") {
  const Names names{
      "scale", "crystal.cell.a_A", "crystal.cells.a", "crystal.turn_rad.x", "crystal.turn_rad.y", "crystal.turn_rad.z"};
  CHECK(nearest_names("scael", Names{"spoon", "scale"}) == Names{"scale"});
  CHECK(nearest_names("crystal.cell.a", names) == Names{"crystal.cell.a_A", "crystal.cells.a"});
  CHECK(nearest_names("turn_rad.y", names) == Names{"crystal.turn_rad.y"});
  CHECK(nearest_names("crystal.turn_rad.w", names) ==
        Names{"crystal.turn_rad.x", "crystal.turn_rad.y", "crystal.turn_rad.z"});
  CHECK(nearest_names("SCALE", names) == Names{"scale"});
  CHECK(nearest_names("nothing", names).empty());
  CHECK(nearest_names("x", names).empty());
  CHECK(nearest_names("", names).empty());
  CHECK(nearest_names("scale", {}).empty());
}

TEST_CASE("nearest names: a short list is given whole, a long one by what is like the word") {
  CHECK(allowed_names("gaus", {"square", "gauss"}, "the list") == "must be one of the list: square, gauss");
  Names many;
  for (int i = 0; i < 20; ++i) many.push_back("panel_" + std::to_string(i));
  CHECK(allowed_names("panel_2x", many, "the list") ==
        "must be one of the list, which has 20; did you mean panel_2, panel_0 or panel_1?");
  CHECK(allowed_names("wavelength", many, "the list") == "must be one of the list, which has 20");
}

TEST_CASE("nearest names: all names of an object, those most like the word in front") {
  CHECK(names_in_place_of("wieght", {"position", "weight"}) == "did you mean weight? There are position, weight");
  CHECK(names_in_place_of("colour", {"position", "weight"}) == "there are position, weight");
}
