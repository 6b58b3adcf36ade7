// SPDX-License-Identifier: MIT
// Parameters by name, made ready once: they follow their plan, and no step takes memory.
#include "support/gradient_fixture.hpp"
#include "support/kokkos_events.hpp"

#include <doctest/doctest.h>

#include <Kokkos_Core.hpp>
#include <nbk/differentiation.hpp>
#include <nbk/model/water_material.hpp>

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

using namespace nbk;
using namespace nbk::testing;

namespace {

using HostPlan = Plan<Fp64, Host>;
using HostDerivativePlan = DerivativePlan<Fp64, Host>;

const DerivativeParameters parameters{"crystal.turn_rad.y",
                                      "crystal.cell.a_A",
                                      "crystal.cells.b",
                                      "scale",
                                      "detector.distance_m",
                                      "beam.turn_rad.x",
                                      "crystal.mosaicity.spread_rad"};

Crystal turned(Crystal crystal, int step) {
  crystal.misset_rad.y += 1e-3 * step;
  return crystal;
}

/// Images, gradients and normal equations of one step.
struct Step {
  explicit Step(std::size_t pixels_in)
      : pixels(pixels_in),
        image("image", pixels_in),
        data("data", pixels_in),
        variances("variances", pixels_in),
        images("images", parameters.size(), pixels_in) {
    for (std::size_t i = 0; i < pixels; ++i) {
      data(i) = 2 + std::cos(static_cast<double>(i));
      variances(i) = 1 + 0.5 * std::sin(static_cast<double>(i));
    }
  }

  template <class Parameters>
  void run(const Host& exec, const HostPlan& plan, Parameters& by) {
    derivatives(exec, plan, by, image, images);
    adjoint(exec, plan, by, data, gradient);
    normal_equations(exec, plan, by, data, variances, {}, normal);
  }

  std::vector<double> numbers() const {
    std::vector<double> all(images.data(), images.data() + images.size());
    all.insert(all.end(), image.data(), image.data() + pixels);
    all.insert(all.end(), gradient.begin(), gradient.end());
    all.insert(all.end(), normal.vector.begin(), normal.vector.end());
    all.insert(all.end(), normal.matrix.begin(), normal.matrix.end());
    return all;
  }

  std::size_t pixels;
  Pixels image, data, variances;
  PixelImages images;
  std::vector<double> gradient;
  NormalEquations normal;
};

std::size_t pixels_of(const Experiment& e) { return static_cast<std::size_t>(scene::listed_pixels(e.selection)); }

}  // namespace

TEST_CASE("derivative plan: it follows its plan, with the bits of coefficients made for each step") {
  const Host exec;
  Experiment e = listed_spectrum(shape_of<physics::Square>);
  HostPlan plan(exec, e);
  HostDerivativePlan by(parameters);
  Step followed(pixels_of(e)), fresh(pixels_of(e));
  std::vector<double> before;
  for (int step = 0; step < 3; ++step) {
    e.crystal = turned(e.crystal, step);
    plan.update(exec, e.crystal);
    followed.run(exec, plan, by);
    const auto scene = make_scene(e);
    const auto coefficients = make_derivative_coefficients(scene, DerivativeSetting::of(e), parameters);
    CHECK(by.coefficients().values == coefficients.values);
    fresh.run(exec, plan, coefficients);
    CHECK(followed.numbers() == fresh.numbers());
    CHECK(followed.numbers() != before);
    before = followed.numbers();
  }
  fresh.run(exec, plan, parameters);
  CHECK(followed.numbers() == fresh.numbers());
}

TEST_CASE("derivative plan: steps of a fit take no memory of Kokkos") {
  const Host exec;
  const Experiment e = listed_spectrum(shape_of<physics::Gauss>);
  HostPlan plan(exec, e);
  HostDerivativePlan by(parameters);
  Step fit(pixels_of(e));
  // As devices do it, one pixel a thread.
  std::vector<double> gradient(parameters.size());
  const auto by_pixel = [&] {
    const launch::GradientWork<Fp64, Host, PlanShape> work(exec, plan, by, {});
    const auto addend_of = [&](const launch::PixelRangeOfPanel& range, const double*, const double* kept,
                               std::int64_t stride) {
      return launch::AdjointAddend<Fp64, double>{plan.tables(range.panel), range.positions, fit.data.data(), kept,
                                                 stride};
    };
    launch::sum_by_pixel<kernel::AllSums>(work, addend_of, gradient);
  };
  fit.run(exec, plan, by);
  by_pixel();
  const KokkosEvents events;
  for (int step = 1; step < 4; ++step) {
    plan.update(exec, turned(e.crystal, step));
    fit.run(exec, plan, by);
    by_pixel();
  }
  CHECK(events.allocations() == 0);
  { const Pixels one("one", 1); }
  CHECK(events.allocations() == 1);  // the count counts
}

TEST_CASE("derivative plan: results are found by name") {
  const HostDerivativePlan by(parameters);
  CHECK(by.size() == 7);
  CHECK(by.names().at(by.index("scale")) == "scale");
  CHECK(
      begins_with(complaint([&] { (void)by.index("scales"); }),
                  "parameter of a derivative = scales: must be one of the list: crystal.turn_rad.y, crystal.cell.a_A"));
  CHECK(parameters.index("crystal.cells.b") == by.index("crystal.cells.b"));
}

TEST_CASE("derivative plan: refuses materials, and coefficients of another plan") {
  const Host exec;
  Experiment e = listed_spectrum(shape_of<physics::Square>);
  Step step(pixels_of(e));
  DerivativeCoefficients coefficients = mixtures(1);
  coefficients.panels = 2;
  const auto complaint_of = [&](const auto& by) {
    return complaint([&] {
      const HostPlan plan(exec, e);
      adjoint(exec, plan, by, step.data, step.gradient);
    });
  };
  CHECK(complaint_of(parameters).empty());
  CHECK(begins_with(complaint_of(coefficients), "derivatives, panels of the coefficients = 2: must be 1"));
  e.materials = {water_material(1e-3)};
  CHECK(begins_with(complaint_of(parameters), "materials = 1: must be none for derivatives"));
}
