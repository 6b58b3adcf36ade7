// SPDX-License-Identifier: MIT
// The warning of an image that takes days.
#include "bench/render/effort_warning.hpp"

#include "nbk/scene/make_scene.hpp"
#include "support/experiments.hpp"
#include "support/words.hpp"

#include <doctest/doctest.h>

using namespace nbk;
using bench::render::effort_warning;

TEST_CASE("effort: images that take days are warned of, with what makes them so large") {
  Experiment e = nbk::testing::smoke_experiment(Convention::xds);
  CHECK(effort_warning(make_scene(e)).empty());
  e.detector.oversample = 1000000;
  const std::string warning = effort_warning(make_scene(e));
  CHECK(nbk::testing::has(warning, "a pixel has 1000000 x 1000000 sub-pixels (-oversample)"));
  CHECK(nbk::testing::has(warning, "evaluations"));
}
