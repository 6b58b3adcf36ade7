// SPDX-License-Identifier: MIT
#include "nbk/scene/shape_of.hpp"

#include "bench/system/files.hpp"
#include "nbk/physics/shape/lattice_factor.hpp"
#include "support/experiments.hpp"
#include "support/places.hpp"

#include <doctest/doctest.h>

#include <cxxabi.h>

#include <nlohmann/json.hpp>

#include <cctype>
#include <cstdlib>
#include <set>
#include <string>
#include <typeinfo>
#include <vector>

using namespace nbk;

namespace {

struct OfAProgram {};

/// Name of a type without its namespaces.
template <class T>
std::string type_name() {
  int status = 0;
  char* text = abi::__cxa_demangle(typeid(T).name(), nullptr, nullptr, &status);
  const std::string name = status == 0 ? text : "";
  std::free(text);
  return name.substr(name.rfind(':') + 1);
}

}  // namespace

TEST_CASE("shapes: every type of the list has its choice, and every choice its type") {
  std::vector<std::string> seen;
  for (const LatticeShape shape : shapes_of<physics::Shapes>) {
    scene::with_shape(shape, [&](auto type) {
      CHECK(shape_of<decltype(type)> == shape);
      seen.emplace_back(shape.name());
    });
  }
  CHECK(seen.size() == physics::Shapes::size);
  CHECK(std::set<std::string>(seen.begin(), seen.end()).size() == seen.size());
  CHECK(contains<physics::Shapes, physics::Gauss>);
  CHECK_FALSE(contains<physics::Shapes, OfAProgram>);
}

TEST_CASE("shapes: the default is the first of the list, and names are the types' in small letters") {
  CHECK(shapes_of<physics::Shapes>[0] == LatticeShape());
  for_each_type(physics::Shapes{}, [](auto shape) {
    std::string name = type_name<decltype(shape)>();
    for (char& letter : name) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    CHECK(name == decltype(shape)::name);
  });
}

TEST_CASE("shapes: a name that is none is refused with the names that are") {
  const std::string complaint = nbk::testing::complaint([] { scene::with_shape(LatticeShape("cube"), [](auto) {}); });
  CHECK(complaint == "crystal.shape = cube: must be one of " + scene::shape_names());
  CHECK(scene::shape_names().starts_with("square, "));
}

TEST_CASE("shapes: the schema of experiments has the names of the list") {
  const auto schema = nlohmann::json::parse(nbk::bench::system::read_text(std::string(nbk::testing::places::tests) +
                                                                          "/../docs/schema/experiment.schema.json"));
  std::vector<std::string> names;
  for (const LatticeShape shape : shapes_of<physics::Shapes>) names.emplace_back(shape.name());
  CHECK(schema.at("properties").at("crystal").at("properties").at("shape").at("enum") == names);
}
