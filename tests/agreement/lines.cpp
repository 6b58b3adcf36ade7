// SPDX-License-Identifier: MIT
#include "support/experiments.hpp"
#include "support/image_of.hpp"
#include "support/photons_of.hpp"

#include <doctest/doctest.h>

#include <Kokkos_Core.hpp>
#include <nbk/nbk.hpp>

#include <algorithm>
#include <cmath>
#include <type_traits>
#include <vector>

using namespace nbk;
using nbk::testing::image_of;
using nbk::testing::photons_of;

namespace {

using Host = Kokkos::DefaultHostExecutionSpace;

/// The same with rows that end in the middle of a pack.
Experiment tilted(LatticeShape shape, Policy policy) {
  Experiment e = nbk::testing::tilted();
  e.policy = policy;
  e.crystal.shape = shape;
  e.detector.pixels_fast = 301;
  e.detector.pixels_slow = 11;
  e.detector.pixel_size_m = 3e-4;
  return e;
}

/// Largest difference of a pixel, relative to the brightest.
double largest_difference(const std::vector<float>& a, const std::vector<float>& b) {
  double worst = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    worst = std::max(worst, std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i])));
  }
  return worst / static_cast<double>(*std::max_element(a.begin(), a.end()));
}

/// A plan's image with its rows as lines, and without.
template <class P>
struct Images {
  Images(const Host& exec, const Plan<P, Host>& plan) {
    REQUIRE(plan.tables().rows_as_lines);
    Tables<P> rays = plan.tables();
    rays.rows_as_lines = false;
    by_lines = image_of(exec, plan, plan.tables());
    by_rays = image_of(exec, plan, rays);
  }
  std::vector<float> by_lines, by_rays;
};

/// Fp32: indices of about 50 cells per wavelength within 8 units in the last place, 5 cells along each axis.
template <class P>
constexpr double bound() {
  return std::is_same_v<P, Fp32> ? 3e-4 : std::is_same_v<P, Mixed> ? 3e-6 : 2e-7;
}

}  // namespace

TEST_CASE_TEMPLATE("lines: an image is that of single rays", P, Fp32, Mixed, Fp64) {
  const Host exec;
  bool any_differs = false;
  for (const Policy policy : {Policy::compat, Policy::corrected}) {
    for (const LatticeShape shape : {LatticeShape("square"), LatticeShape("round")}) {
      for (const std::array cells : {std::array{5.0, 5.0, 5.0}, std::array{4.0, 3.0, 6.0}, std::array{9.0, 7.0, 8.0}}) {
        Experiment e = tilted(shape, policy);
        e.crystal.cells = cells;
        const Images<P> images(exec, Plan<P, Host>(exec, e));
        CHECK(largest_difference(images.by_rays, images.by_lines) < bound<P>());
        any_differs = any_differs || images.by_lines != images.by_rays;
        // In double the last bit counts for round crystals.
        if (std::is_same_v<P, Fp64> && shape == LatticeShape("round")) CHECK(images.by_lines == images.by_rays);
      }
    }
  }
  // In float, or else there were no lines; what is computed in double is the same in the float image, but for luck.
  if (std::is_same_v<P, Fp32>) CHECK(any_differs);
}

TEST_CASE_TEMPLATE("lines: a row of more than one task is that of single rays", P, Fp32, Mixed, Fp64) {
  const Host exec;
  Experiment e = nbk::testing::smoke_experiment();
  e.detector.pixels_fast = launch::line_segment_pixels + 77;
  e.detector.pixels_slow = 2;
  e.detector.pixel_size_m = 2e-5;
  e.detector.distance_m = 0.2;
  const Images<P> images(exec, Plan<P, Host>(exec, e));
  CHECK(largest_difference(images.by_rays, images.by_lines) < bound<P>());
}

TEST_CASE_TEMPLATE("lines: listed pixels are single rays, also where an image has lines", P, Fp32, Mixed, Fp64) {
  const Host exec;
  Experiment e = tilted(LatticeShape("square"), Policy::corrected);
  const Images<P> images(exec, Plan<P, Host>(exec, e));
  std::vector<float> expected;
  // Short runs, runs of whole packs and more than a block, and one that is listed twice, in no order of the panel.
  for (const PixelRun& run : {PixelRun{0, 7, 280, 21},
                              {0, 8, 0, 301},
                              {0, 2, 0, 1},
                              {0, 2, 1, 5},
                              {0, 10, 17, 64},
                              {0, 3, 30, 15},
                              {0, 4, 30, 15},
                              {0, 5, 30, 15},
                              {0, 2, 1, 5},
                              {0, 0, 100, 201},
                              {0, 5, 3, 12}}) {
    e.selection.runs.push_back(run);
    const auto begin = images.by_rays.begin() + run.slow * e.detector.pixels_fast.value() + run.first_fast;
    expected.insert(expected.end(), begin, begin + run.count);
  }
  CHECK(photons_of<P, float>(e) == expected);
}

TEST_CASE("lines: in double only where no last bit decides anything") {
  using namespace nbk::kernel;
  using namespace nbk::physics;
  CHECK(has_lines<Bragg<Square, ConstantF>, Fp64>);
  CHECK_FALSE(has_lines<Bragg<Square, NearestF>, Fp64>);
  CHECK_FALSE(has_lines<Bragg<Square, TricubicF>, Fp64>);
  CHECK_FALSE(has_lines<Bragg<Round, ConstantF>, Fp64>);
  CHECK(has_lines<Bragg<Round, TricubicF>, Mixed>);
  CHECK_FALSE(has_lines<Bragg<Gauss, ConstantF>, Fp32>);
  CHECK_FALSE(has_lines<Bragg<Square, ConstantF>, Df64>);
}
