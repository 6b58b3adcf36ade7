// SPDX-License-Identifier: MIT
// Parameters by name, made ready once: they follow their plan, and no step takes memory.
#include "support/gradient_fixture.hpp"
#include "support/kokkos_events.hpp"

#include <doctest/doctest.h>

#include <Kokkos_Core.hpp>
#include <nbk/differentiation.hpp>
#include <nbk/model/water_material.hpp>

#include <algorithm>
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

TEST_CASE("derivative plan: refuses coefficients of another plan") {
  const Host exec;
  const Experiment e = listed_spectrum(shape_of<physics::Square>);
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
}

namespace {

/// Parameters that leave alone what materials scatter, but for its factor.
const DerivativeParameters of_crystal{
    "crystal.turn_rad.y", "crystal.cell.a_A", "crystal.cells.b",     "scale",
    "background",         "materials",        "beam.fluence_per_m2", "crystal.mosaicity.spread_rad"};

/// \param thickness_m  so little that the photons, some 5e3, leave the digits of those of the crystal alone
Experiment with_materials(bool listed, double thickness_m = 1e-15) {
  Experiment e = listed ? listed_spectrum(shape_of<physics::Square>) : tilted_spectrum(shape_of<physics::Square>);
  e.materials = {water_material(thickness_m)};
  return e;
}

template <class View>
bool close(const View& got, const View& wanted, double bound = 1e-13) {
  double worst = 0, largest = 0;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const double e = std::abs(got.data()[i] - wanted.data()[i]);
    if (!(e <= worst)) worst = e;
    largest = std::max(largest, std::abs(wanted.data()[i]));
  }
  return largest > 0 && worst <= bound * largest;
}

}  // namespace

TEST_CASE("derivatives with materials: the image has them, the derivatives are those of the crystal and of a factor") {
  const Host exec;
  const Experiment e = with_materials(false);
  Experiment alone = e;
  alone.materials.clear();
  const HostPlan plan(exec, e), plan_alone(exec, alone);
  const auto extents = image_extents(plan.scene());
  const auto make = [&](const char* name) { return WideImage(name, extents.panels, extents.slow, extents.fast); };
  const WideImage image = make("image"), wanted = make("wanted"), materials = make("materials"),
                  crystal = make("alone");
  const std::size_t pixels = image.size();
  const PixelImages images("images", of_crystal.size(), pixels), images_alone("images", 4, pixels);
  derivatives(exec, plan, of_crystal, image, images);
  simulate(exec, plan, wanted);
  simulate_materials(exec, plan, materials);
  const DerivativeParameters some{"crystal.turn_rad.y", "crystal.cell.a_A", "crystal.cells.b", "scale"};
  derivatives(exec, plan_alone, some, crystal, images_alone);
  CHECK(close(image, wanted));
  CHECK(!close(image, crystal, 1e-3));
  const auto of = [&](const PixelImages& all, std::size_t parameter) {
    return Pixels(all.data() + parameter * pixels, pixels);
  };
  for (std::size_t p = 0; p < 4; ++p) CHECK(close(of(images, p), of(images_alone, p), 0.0));
  CHECK(close(of(images, of_crystal.index("materials")), Pixels(materials.data(), pixels), 0.0));
  const Pixels by_fluence("by fluence", pixels);
  for (std::size_t i = 0; i < pixels; ++i) by_fluence(i) = wanted.data()[i] / plan.scene().fluence_per_m2;
  CHECK(close(of(images, of_crystal.index("beam.fluence_per_m2")), by_fluence));
}

TEST_CASE("normal equations with materials: those of data from which they were taken") {
  const Host exec;
  const Experiment e = with_materials(true);
  Experiment alone = e;
  alone.materials.clear();
  const HostPlan plan(exec, e), plan_alone(exec, alone);
  const std::size_t pixels = pixels_of(e);
  const Pixels materials("materials", pixels), data("data", pixels), variances("v", pixels), rest("rest", pixels),
      sums("sums", pixels);
  simulate_materials(exec, plan, materials);
  for (std::size_t i = 0; i < pixels; ++i) {
    rest(i) = 2 + std::cos(static_cast<double>(i));
    data(i) = rest(i) + materials(i);
    variances(i) = 1 + 0.5 * std::sin(static_cast<double>(i));
    sums(i) = variances(i) + materials(i);
  }
  const DerivativeParameters some{"crystal.turn_rad.y", "crystal.cell.a_A", "scale", "background"};
  for (const FitTarget target : {FitTarget::least_squares, FitTarget::model_variance}) {
    const FitModel fit{target, 0.5, 1.3};
    NormalEquations got, wanted;
    normal_equations(exec, plan, some, data, variances, fit, got);
    normal_equations(exec, plan_alone, some, rest, target == FitTarget::least_squares ? variances : sums, fit, wanted);
    CHECK(got.pixels == wanted.pixels);
    CHECK(got.loss == doctest::Approx(wanted.loss).epsilon(1e-12));
    for (std::size_t p = 0; p < some.size(); ++p) {
      CHECK(got.vector[p] == doctest::Approx(wanted.vector[p]).epsilon(1e-9));
      for (std::size_t q = 0; q < some.size(); ++q)
        CHECK(got.matrix[p * some.size() + q] == doctest::Approx(wanted.matrix[p * some.size() + q]).epsilon(1e-9));
    }
  }
}

TEST_CASE("normal equations with materials: the slope by their factor is that of the loss") {
  const Host exec;
  const std::size_t pixels = pixels_of(with_materials(true));
  const Pixels data("data", pixels), variances("v", pixels);
  for (std::size_t i = 0; i < pixels; ++i) {
    data(i) = 40 + 5 * std::cos(static_cast<double>(i));
    variances(i) = 1;
  }
  const auto normal_of = [&](double factor, FitTarget target) {
    NormalEquations normal;
    normal_equations(exec, HostPlan(exec, with_materials(true, 1e-15 * factor)), of_crystal, data, variances,
                     {target, 0.5, 1.3}, normal);
    return normal;
  };
  for (const FitTarget target : {FitTarget::least_squares, FitTarget::model_variance, FitTarget::poisson}) {
    const double step = 1e-4,
                 slope = (normal_of(1 + step, target).loss - normal_of(1 - step, target).loss) / (2 * step);
    const NormalEquations normal = normal_of(1, target);
    const std::size_t place = of_crystal.index("materials");
    CHECK(normal.vector[place] == doctest::Approx(-slope).epsilon(1e-6));
    CHECK(normal.matrix[place * of_crystal.size() + place] > 0);
  }
}

TEST_CASE("derivatives with materials: what moves these as well is refused, and so is their factor without any") {
  const Host exec;
  const Experiment e = with_materials(true);
  Step step(pixels_of(e));
  const auto complaint_of = [&](const Experiment& of, const char* name) {
    return complaint([&] {
      const HostPlan plan(exec, of);
      adjoint(exec, plan, DerivativeParameters{name}, step.data, step.gradient);
    });
  };
  for (const char* name : {"beam.wavelength_factor", "beam.turn_rad.x", "beam.kahn_factor", "detector.distance_m",
                           "detector.turn_rad.y", "detector.sensor.thickness_m"}) {
    CAPTURE(name);
    CHECK(begins_with(complaint_of(e, name), std::string("parameter of a derivative = ") + name +
                                                 ": must be of an experiment without materials"));
  }
  CHECK(complaint_of(e, "crystal.phi.start_rad").empty());
  CHECK(begins_with(complaint_of(listed_spectrum(shape_of<physics::Square>), "materials"),
                    "parameter of a derivative = materials: must be of an experiment with materials"));
}
