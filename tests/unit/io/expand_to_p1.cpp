// SPDX-License-Identifier: MIT
// Expansion to P1 against brute force: structure factors of all atoms of the cell, summed one by one for every index.
#include "nbk/io/expand_to_p1.hpp"

#include "nbk/io/resolution.hpp"
#include "nbk/io/symmetry_operation.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>
#include <string>
#include <vector>

namespace {

using namespace nbk;
using namespace nbk::io;

/// A space group by its generators, and the number of its operations in International Tables A.
struct Group {
  const char* name;
  std::vector<const char*> generators;
  std::size_t order;
};

const std::vector<Group> groups{
    {"P 1", {}, 1},
    {"P -1", {"-x,-y,-z"}, 2},
    {"P 1 21/c 1", {"-x,y+1/2,-z+1/2", "-x,-y,-z"}, 4},
    {"C 1 2/c 1", {"x+1/2,y+1/2,z", "-x,y,-z+1/2", "-x,-y,-z"}, 8},
    {"P 21 21 21", {"-x+1/2,-y,z+1/2", "-x,y+1/2,-z+1/2"}, 4},
    {"F d d 2", {"x,y+1/2,z+1/2", "x+1/2,y,z+1/2", "-x,-y,z", "x+1/4,-y+1/4,z+1/4"}, 16},
    {"P 43 21 2", {"-x,-y,z+1/2", "-y+1/2,x+1/2,z+3/4", "-x+1/2,y+1/2,-z+3/4"}, 8},
    {"P 31 2 1", {"-y,x-y,z+1/3", "y,x,-z"}, 6},
    {"R -3 c, hexagonal axes", {"x+2/3,y+1/3,z+1/3", "-y,x-y,z", "y,x,-z+1/2", "-x,-y,-z"}, 36},
    {"P 61 2 2", {"x-y,x,z+1/6", "y,x,-z+1/3"}, 12},
    {"P 21 3", {"z,x,y", "-x+1/2,-y,z+1/2"}, 12},
    {"I a -3 d", {"z,x,y", "-x+1/2,-y,z+1/2", "y+3/4,x+1/4,-z+1/4", "-x,-y,-z", "x+1/2,y+1/2,z+1/2"}, 96},
};

/// The operation that does `second` first, then `first`.
SymmetryOperation product(const SymmetryOperation& first, const SymmetryOperation& second) {
  SymmetryOperation result{.rotation = {}, .translation = first.translation};
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t i = 0; i < 3; ++i) {
      for (std::size_t column = 0; column < 3; ++column)
        result.rotation[row][column] += first.rotation[row][i] * second.rotation[i][column];
      result.translation[row] += first.rotation[row][i] * second.translation[i];
    }
    result.translation[row] = (result.translation[row] % 24 + 24) % 24;
  }
  return result;
}

std::vector<SymmetryOperation> operations_of(const Group& group) {
  std::vector<SymmetryOperation> all{SymmetryOperation{}};
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (const char* text : group.generators) {
      const auto generator = parse_symmetry_operation(text);
      REQUIRE(generator);
      const SymmetryOperation next = product(*generator, all[i]);
      if (std::ranges::find(all, next) == all.end()) all.push_back(next);
    }
  }
  REQUIRE(all.size() == group.order);
  return all;
}

struct Atom {
  double x, y, z, weight;
};

/// All atoms of the cell of a crystal with four in the asymmetric unit.
std::vector<Atom> atoms_of(const std::vector<SymmetryOperation>& operations) {
  std::vector<Atom> all;
  for (const Atom& atom : {Atom{0.113, 0.271, 0.187, 6},
                           {0.389, 0.061, 0.223, 8},
                           {0.047, 0.173, 0.431, 7},
                           {0.2987, 0.4319, 0.0529, 16}}) {
    for (const SymmetryOperation& o : operations) {
      const auto moved = [&](std::size_t row) {
        return o.rotation[row][0] * atom.x + o.rotation[row][1] * atom.y + o.rotation[row][2] * atom.z +
               o.translation[row] / 24.0;
      };
      all.push_back({moved(0), moved(1), moved(2), atom.weight});
    }
  }
  return all;
}

std::complex<double> structure_factor(const std::vector<Atom>& atoms, int h, int k, int l) {
  std::complex<double> sum = 0;
  for (const Atom& a : atoms) sum += std::polar(a.weight, 2 * std::numbers::pi * (h * a.x + k * a.y + l * a.z));
  return sum;
}

/// One reflection of each set of equivalent ones, as a list of merged reflections has them.
MergedReflections merged_list(const std::vector<SymmetryOperation>& operations, const std::vector<Atom>& atoms,
                              int most) {
  MergedReflections list;
  list.operations = operations;
  for (int h = -most; h <= most; ++h) {
    for (int k = -most; k <= most; ++k) {
      for (int l = -most; l <= most; ++l) {
        const Miller index{h, k, l};
        bool is_first = true;
        for (const SymmetryOperation& operation : operations) {
          const Miller other = equivalent_index(operation, index), mate{-other[0], -other[1], -other[2]};
          is_first = is_first && !(other > index) && !(mate > index);
        }
        if (!is_first) continue;
        const auto f = structure_factor(atoms, h, k, l);
        list.reflections.push_back({h, k, l, std::abs(f)});
        list.phase_rad.push_back(std::arg(f));
      }
    }
  }
  return list;
}

}  // namespace

TEST_CASE("expand to P1: every crystal system against sums over all atoms, amplitudes and phases") {
  constexpr int most = 3;
  for (const Group& group : groups) {
    CAPTURE(group.name);
    const auto operations = operations_of(group);
    const auto atoms = atoms_of(operations);
    // Equivalent indices of hexagonal axes may be twice as large.
    const MergedReflections list = merged_list(operations, atoms, 2 * most);
    const ExpandedReflections expanded = expand_to_p1(list, FriedelMates::copied, -1.0, group.name);
    CHECK(expanded.averaged == 0);
    std::size_t seen = 0;
    double worst = 0;
    for (int h = -most; h <= most; ++h) {
      for (int k = -most; k <= most; ++k) {
        for (int l = -most; l <= most; ++l) {
          const std::size_t place = table_index(expanded.table, h, k, l);
          const auto exact = structure_factor(atoms, h, k, l);
          const auto found = std::polar(expanded.table.amplitude[place], expanded.phase_rad[place]);
          // An amplitude of rounding errors has a phase of its own.
          worst = std::max(worst, std::abs(found - exact));
          ++seen;
        }
      }
    }
    CHECK(seen == 343);
    CHECK(worst < 1e-10 * static_cast<double>(atoms.size()));
  }
}

TEST_CASE("expand to P1: mates that the list has are kept, others are copied or left out") {
  MergedReflections list;
  list.reflections = {{1, 2, 3, 5.0}, {-1, -2, -3, 7.0}, {2, 0, 1, 3.0}};
  const auto copied = expand_to_p1(list, FriedelMates::copied, 0.5, "list");
  const auto value = [](const ExpandedReflections& e, int h, int k, int l) {
    return e.table.amplitude[table_index(e.table, h, k, l)];
  };
  CHECK(value(copied, 1, 2, 3) == 5.0);
  CHECK(value(copied, -1, -2, -3) == 7.0);
  CHECK(value(copied, -2, 0, -1) == 3.0);
  CHECK(value(copied, 0, 0, 0) == 0.5);
  CHECK(copied.reflections == 4);
  const auto absent = expand_to_p1(list, FriedelMates::absent, 0.5, "list");
  CHECK(value(absent, -2, 0, -1) == 0.5);
  CHECK(absent.reflections == 3);
}

TEST_CASE("expand to P1: entries of one set of equivalent reflections are averaged, whatever their order") {
  MergedReflections list;
  list.operations = operations_of(groups[4]);
  list.reflections = {{1, 2, 3, 4.0}, {1, -2, -3, 8.0}, {-1, -2, 3, 3.0}};
  const auto expanded = expand_to_p1(list, FriedelMates::copied, 0, "list");
  CHECK(expanded.table.amplitude[table_index(expanded.table, 1, 2, 3)] == 5.0);
  CHECK(expanded.table.amplitude[table_index(expanded.table, -1, 2, 3)] == 5.0);
  CHECK(expanded.averaged == 4);
  CHECK(expanded.reflections == 8);
}

TEST_CASE("expand to P1: what cannot be expanded is one error") {
  MergedReflections list;
  CHECK_THROWS_WITH_AS(expand_to_p1(list, FriedelMates::copied, 0, "x.mtz"), "x.mtz: no reflections are left",
                       FileError);
  list.reflections = {{1, 2, 2'000'000'000, 4.0}};
  CHECK_THROWS_WITH_AS(expand_to_p1(list, FriedelMates::copied, 0, "x.mtz"),
                       doctest::Contains("x.mtz: reflection 1 2 2000000000: a Miller index is out of range"),
                       FileError);
  list.reflections = {{1000, 1000, 1000, 4.0}};
  CHECK_THROWS_WITH_AS(expand_to_p1(list, FriedelMates::copied, 0, "x.mtz"), doctest::Contains("MiB"), FileError);
}

TEST_CASE("symmetry operations: texts of all programs, and what is none") {
  const auto expected = [](const char* text) {
    const auto operation = parse_symmetry_operation(text);
    REQUIRE(operation);
    return *operation;
  };
  const SymmetryOperation screw = expected("-x,y+1/2,-z+1/2");
  for (const char* same : {"-X, 1/2+Y, 1/2-Z", " - x , 0.5 + y , .5-z ", "-x,y-1/2,-z-0.5", "-x,+y+1/2,-z+3/2"})
    CHECK(expected(same) == screw);
  CHECK(expected("x,y,z+0.3333").translation[2] == 8);
  CHECK(expected("x,y,z+.66667").translation[2] == 16);
  for (const char* text : {"", "x", "x,y", "x,y,z,", "x,y,z,x", "x,x,x", "x,y,w", "x,y,z+1/7", "x,y,2z", "x,y,z+1/0",
                           "x,y,z+", "x,,z", "x,y,z+99", "x,y,z+1e9", "x,y,z+nan", "x+x+x,y,z"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_symmetry_operation(text));
  }
}

TEST_CASE("resolution: spacings of a triclinic cell, and the cut at both ends") {
  const UnitCell cell{6.1, 7.3, 9.7, 1.4, 1.7, 1.8};
  const ReciprocalLengths lengths(cell);
  // 1 / d^2 of a plane (h 0 0) is a*^2 = (b c sin(alpha) / V)^2
  const double volume = scene::cell_volume_A3(cell);
  const double a_star = 7.3 * 9.7 * std::sin(1.4) / volume;
  CHECK(lengths.per_d2({3, 0, 0}) == doctest::Approx(9 * a_star * a_star).epsilon(1e-12));
  std::vector<Reflection> reflections;
  for (int h = -4; h <= 4; ++h) reflections.push_back({h, 0, 0, 1.0});
  std::vector<double> phases(9, 0.0);
  const double d1 = 1 / a_star;
  CHECK(cut_resolution(reflections, phases, cell, {.finest_A = d1 / 3, .coarsest_A = d1 / 2}) == 5);
  CHECK(reflections.size() == 4);
  CHECK(phases.size() == 4);
  CHECK(reflections.front().h == -3);
  CHECK(reflections.back().h == 3);
}
