// SPDX-License-Identifier: MIT
#include "kernels/simulation.hpp"
#include "support/experiments.hpp"

#include <doctest/doctest.h>

#include <Kokkos_Core.hpp>
#include <nbk/nbk.hpp>

#include "compiled_kernels.hpp"

#include <vector>

using namespace nbk;

namespace {

using Host = Kokkos::DefaultHostExecutionSpace;

/// Mosaic domains of a crystal with compact spots: what screening is for.
Experiment compact(LatticeShape shape) {
  Experiment e = nbk::tests::smoke_experiment();
  e.crystal.shape = shape;
  e.crystal.cells = {18, 16, 20};
  e.crystal.mosaicity.spread_rad = 0.01;
  e.crystal.mosaicity.domains = 9;
  e.detector.pixel_size_m = 1e-4;
  e.detector.pixels_fast = 300;
  e.detector.pixels_slow = 40;
  e.detector.oversample = 2;
  return e;
}

template <class P>
std::vector<float> image_of(const Host& exec, const Plan<P, Host>& plan, const Tables<P>& tables) {
  const auto image = make_image(exec, plan);
  const kernel::ImageRows rows{image.data(), plan.scene().panel.pixels_fast};
  launch::with_shape(plan.shape(), [&](auto shape) {
    launch::launch_shape<decltype(shape)>(exec, tables, rows, {0, launch::pixel_count(tables.window)},
                                          {plan.lookup(), plan.weighting()});
  });
  exec.fence();
  return {image.data(), image.data() + image.size()};
}

}  // namespace

TEST_CASE_TEMPLATE("screening: an image without it has the same bits", P, Fp32, Mixed, Df64, Fp64) {
  const Host exec;
  for (const LatticeShape shape : {LatticeShape::gauss, LatticeShape::tophat}) {
    for (const double rotation_rad : {0.0, 0.3, 0.8}) {
      Experiment e = compact(shape);
      e.detector.rotation_rad = {0, 0, rotation_rad};
      const Plan<P, Host> plan(exec, e);
      REQUIRE(plan.tables().screening.used);
      Tables<P> all = plan.tables();
      all.screening.used = false;
      const auto screened = image_of(exec, plan, plan.tables());
      double sum = 0;
      for (const float pixel : screened) sum += static_cast<double>(pixel);
      CHECK(sum > 0);
      CHECK(screened == image_of(exec, plan, all));
    }
  }
}

TEST_CASE("screening: a reach that is too short loses spots, so the comparison above can fail") {
  const Host exec;
  const Plan<Fp64, Host> plan(exec, compact(LatticeShape::tophat));
  Tables<Fp64> narrow = plan.tables();
  narrow.screening.reach = {-0.05, -0.05, -0.05};
  CHECK(image_of(exec, plan, narrow) != image_of(exec, plan, plan.tables()));
}
