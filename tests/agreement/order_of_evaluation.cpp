// SPDX-License-Identifier: MIT
// What depends on the order of evaluation in the C program (docs/physics.md, Q1 and Q10), by the kernels: the reference
// walks its pixels in that order.
#include "bench/reference/reference.hpp"
#include "support/closeness.hpp"
#include "support/experiments.hpp"
#include "support/render.hpp"

#include "bench/kernels/simulation.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace nbk;
using namespace nbk::testing;

namespace {

/// Reflections out to |h| = 9; the region begins where the indices are small and ends far outside.
Experiment leaves_the_table() {
  Experiment e = nbk::testing::smoke_experiment();
  e.crystal.cells = {2, 3, 4};
  StructureFactors& f = e.structure_factors;
  f.h_min = f.k_min = f.l_min = -9;
  f.h_max = f.k_max = f.l_max = 9;
  for (int i = 0; i < 19 * 19 * 19; ++i) f.amplitude.push_back(50 + i % 17);
  f.interpolate = true;
  e.detector.roi = {13, 19, 13, 31};
  e.detector.oversample = 2;
  return e;
}

void check_against_reference(const Experiment& experiment) {
  const auto expected = reference::render(experiment);
  for (const std::string& device : bench::devices()) {
    const auto parity = bench::measure::compare(render(experiment, "float64", device), expected, 32, 3);
    CHECK_MESSAGE(bench::measure::in_parity(parity, double_bounds), device << ": " << describe(parity));
  }
}

std::size_t differing(const std::vector<float>& a, const std::vector<float>& b) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < a.size(); ++i) count += a[i] != b[i];
  return count;
}

}  // namespace

TEST_CASE("order: interpolation stops where a serial run leaves the table, in the middle of a pixel") {
  Experiment e = leaves_the_table();
  check_against_reference(e);

  const auto stopped = render(e, "float64");
  e.policy = Policy::corrected;
  CHECK(differing(stopped, render(e, "float64")) > 10);  // goes on interpolating
  e.policy = Policy::compat;
  e.structure_factors.interpolate = false;
  const auto nearest = render(e, "float64");
  const auto smooth = differing(stopped, nearest);
  CHECK(smooth > 10);  // began by interpolating
  CHECK(smooth < 7 * 19 - 10);
  // One stretch of pixels: all those that interpolate come before all those that do not.
  std::size_t last = 0, first_same = stopped.size();
  for (std::size_t i = 0; i < stopped.size(); ++i) {
    if (nearest[i] == 0) continue;
    if (stopped[i] != nearest[i]) last = i;
    if (stopped[i] == nearest[i]) first_same = std::min(first_same, i);
  }
  CHECK(last < first_same);
}

TEST_CASE("order: a mask over the place where interpolation stops moves it on") {
  Experiment e = leaves_the_table();
  const auto open = render(e, "float64");
  e.structure_factors.interpolate = false;
  const auto nearest = render(e, "float64");
  e.structure_factors.interpolate = true;
  std::size_t stop = 0;
  while (nearest[stop] == 0 || open[stop] != nearest[stop]) ++stop;
  e.detector.mask.assign(32 * 32, 1);
  for (std::size_t i = 0; i < e.detector.mask.size(); ++i) {
    if (i % 32 + 2 >= stop % 32 && i % 32 <= stop % 32 + 2) e.detector.mask[i] = 0;
  }
  check_against_reference(e);
  const auto masked = render(e, "float64");
  std::size_t moved = 0;
  for (std::size_t i = 0; i < open.size(); ++i) moved += masked[i] != 0 && masked[i] != open[i];
  CHECK(moved > 0);
}

TEST_CASE("order: the first pixel of a sweep from 0 is its own, also where interpolation stops in it") {
  Experiment e = leaves_the_table();
  e.crystal.phi = {0, 0.07, {}, 3};
  e.beam.dispersion.range = 0.02;
  e.beam.dispersion.count = 2;
  check_against_reference(e);
  e.detector.roi = {0, 31, 0, 31};  // begins outside
  check_against_reference(e);
  e.structure_factors.interpolate = false;
  check_against_reference(e);
}
