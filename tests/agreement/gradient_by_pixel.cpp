// SPDX-License-Identifier: MIT
// Derivatives as devices compute them, one pixel a thread, on a host: the same as in packs.
#include "support/experiments.hpp"
#include "support/gradient_fixture.hpp"

#include <doctest/doctest.h>

#include <Kokkos_Core.hpp>
#include <nbk/launch/adjoint.hpp>
#include <nbk/launch/derivatives.hpp>
#include <nbk/launch/normal_equations.hpp>
#include <nbk/model/water_material.hpp>
#include <nbk/nbk.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

using namespace nbk;
using namespace nbk::testing;
using At = nbk::physics::PixelSums;

namespace {

/// Two tilted panels with layers and sub-pixels, a spectrum, domains, and two energies' structure factors.
Experiment experiment(LatticeShape shape, bool interpolate) {
  Experiment e = tilted_spectrum(shape);
  e.detector.mask.assign(32 * 32, 1);
  for (std::size_t i = 0; i < 200; ++i) e.detector.mask[i * 5] = 0;
  e.beam.sources[1].structure_factor_set = 1;
  StructureFactors& f = e.structure_factors;
  f.h_min = f.k_min = f.l_min = -30;
  f.h_max = f.k_max = f.l_max = 30;
  f.interpolate = interpolate;
  for (int i = 0; i < 61 * 61 * 61; ++i) f.amplitude.push_back(100 + 40 * std::sin(0.07 * i));
  e.further_sets = {f};
  for (double& amplitude : e.further_sets[0].amplitude) amplitude *= 1.3;
  return e;
}

DerivativeCoefficients all_sums(const Scene& scene) {
  DerivativeCoefficients c;
  c.names.assign(At::count, "sum");
  c.panels = static_cast<int>(scene.panels.size());
  c.values.assign(static_cast<std::size_t>(At::count * At::count), 0.0);
  for (int s = 0; s < At::count; ++s) c.values[static_cast<std::size_t>(s * At::count + s)] = 1;
  const std::size_t orientations = scene.phi_rad.size() * scene.domains.size();
  c.twists = 2;
  for (std::size_t i = 0; i < 2 * orientations; ++i)
    c.twist_vectors.push_back({static_cast<double>(i), 1, std::cos(static_cast<double>(i))});
  c.beam_turns_used = 1;
  for (const Ray& ray : scene.rays) {
    const auto turned = physics::turned_ray(scene.frame.polarization, ray.incident, {0, 1, 0});
    c.beam_turns.push_back({turned.incident, turned.electric, turned.magnetic});
  }
  if (scene.diffuse) {
    for (int i = 0; i < At::count * physics::DiffuseSums::own; ++i) c.of_halos.push_back(std::cos(0.9 * i));
  }
  return c;
}

void check_same(const double* got, const double* wanted, std::size_t count, double bound) {
  double worst = 0, largest = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double e = std::abs(got[i] - wanted[i]);
    if (!(e <= worst)) worst = e;
    largest = std::max(largest, std::abs(wanted[i]));
  }
  CHECK(worst <= bound * largest);
}

/// \tparam Choice  PlanShape or PlanWithDiffuse
template <class PrecisionT, class Choice = PlanShape>
void compare(const Experiment& e, double bound) {
  using Sums = std::conditional_t<std::is_same_v<Choice, PlanShape>, kernel::AllSums, kernel::HaloSums>;
  const Host exec;
  const Plan<PrecisionT, Host> plan(exec, e);
  DerivativePlan<PrecisionT, Host> c(all_sums(plan.scene()));
  const launch::GradientWork<PrecisionT, Host, Choice> work(exec, plan, c, {});
  const auto pixels = static_cast<std::size_t>(work.panels.positions);
  const Pixels image("image", pixels), by_pixel("by pixel", pixels), data("data", pixels), variances("v", pixels);
  const PixelImages images("images", At::count, pixels), images_by_pixel("by pixel", At::count, pixels);
  derivatives(exec, plan, c, image, images, Choice{});
  launch::derivatives_by_pixel<Sums>(
      work, launch::DeviceImages<double, double>{by_pixel.data(), images_by_pixel.data(), work.panels.positions});
  check_same(by_pixel.data(), image.data(), pixels, bound);
  for (std::size_t s = 0; s < At::count; ++s) {
    CAPTURE(s);
    if (s == At::constant) continue;
    check_same(images_by_pixel.data() + s * pixels, images.data() + s * pixels, pixels, bound);
  }
  for (std::size_t i = 0; i < pixels; ++i) {
    data(i) = 1.1 * image(i) + 2;
    variances(i) = i % 5 == 0 ? 0.0 : 3 + image(i);
  }
  std::vector<double> wanted, got(At::count, 0.0);
  adjoint(exec, plan, c, data, wanted, Choice{});
  const auto addend_of = [&](const launch::PixelRangeOfPanel& range, const double*, const double* kept,
                             std::int64_t stride) {
    return launch::AdjointAddend<PrecisionT, double>{plan.tables(range.panel), range.positions, data.data(), kept,
                                                     stride};
  };
  launch::sum_by_pixel<Sums>(work, addend_of, got);
  for (std::size_t p = 0; p < wanted.size(); ++p) {
    if (p != At::constant) CHECK(std::abs(got[p] - wanted[p]) <= 30 * bound * std::abs(wanted[p]));
  }
  NormalEquations normal;
  normal_equations(exec, plan, c, data, variances, {FitTarget::model_variance, 0.5}, normal, Choice{});
  std::vector<double> total(2 + At::count + At::count * (At::count + 1) / 2, 0.0);
  const auto fit_addend_of = [&](const launch::PixelRangeOfPanel& range, const double* of_range, const double* kept,
                                 std::int64_t stride) {
    return launch::NormalAddend<PrecisionT, double>{plan.tables(range.panel),
                                                    range.positions,
                                                    data.data(),
                                                    variances.data(),
                                                    {FitTarget::model_variance, 0.5},
                                                    of_range,
                                                    kept,
                                                    stride,
                                                    At::count,
                                                    work.materials};
  };
  launch::sum_by_pixel<Sums>(work, fit_addend_of, total);
  CHECK(total[0] == doctest::Approx(normal.loss).epsilon(30 * bound));
  CHECK(total[1] == normal.pixels);
  const double* triangle = total.data() + 2 + At::count;
  for (std::size_t p = 0; p < At::count; ++p) {
    for (std::size_t q = 0; q <= p; ++q, ++triangle) {
      const double scale = std::sqrt(normal.matrix[p * At::count + p] * normal.matrix[q * At::count + q]);
      CHECK(std::abs(*triangle - normal.matrix[p * At::count + q]) <= 30 * bound * scale);
    }
  }
}

}  // namespace

TEST_CASE("derivatives by pixel: the same as in packs") {
  compare<Fp64>(experiment(shape_of<physics::Square>, true), 1e-12);
  compare<Fp64>(experiment(shape_of<physics::Gauss>, false), 1e-12);
  compare<Fp32>(experiment(shape_of<physics::Round>, false), 1e-3);
}

TEST_CASE("derivatives by pixel: the same as in packs, with materials") {
  Experiment e = experiment(shape_of<physics::Square>, false);
  e.materials = {water_material(1e-15)};
  compare<Fp64>(e, 1e-12);
  compare<Fp32>(e, 1e-3);
}

TEST_CASE("derivatives by pixel: the same as in packs, with diffuse scattering") {
  Experiment e = experiment(shape_of<physics::Gauss>, false);
  DiffuseScattering diffuse;
  diffuse.gamma_A = {20, 35, 50};
  diffuse.sigma_A = {0.3, 0.4, 0.5};
  diffuse.laue_group = LaueGroup::orthorhombic;
  e.crystal.diffuse = diffuse;
  compare<Fp64, PlanWithDiffuse>(e, 1e-12);
  e.materials = {water_material(1e-15)};
  e.crystal.diffuse->stencil = 2;
  compare<Fp64, PlanWithDiffuse>(e, 1e-12);
  compare<Fp32, PlanWithDiffuse>(e, 1e-3);
}

namespace {

/// Derivatives of a plan in packs, then by pixel, behind each other.
template <class PrecisionT>
std::vector<double> derivatives_in_both_ways(const Experiment& e, Traversal traversal) {
  const Host exec;
  const Plan<PrecisionT, Host> plan(exec, e, PlanOptions{traversal});
  REQUIRE(plan.tables().windows.used == (traversal == Traversal::windows));
  DerivativePlan<PrecisionT, Host> c(all_sums(plan.scene()));
  const launch::GradientWork<PrecisionT, Host, PlanShape> work(exec, plan, c, {});
  const auto pixels = static_cast<std::size_t>(work.panels.positions);
  const PixelImages all("all", 2 * (At::count + 1), pixels);
  const auto part = [&](std::size_t from, std::size_t count) {
    return Kokkos::subview(all, std::pair{from, from + count}, Kokkos::ALL);
  };
  derivatives(exec, plan, c, Pixels(all.data(), pixels), PixelImages(part(1, At::count).data(), At::count, pixels));
  launch::derivatives_by_pixel<kernel::AllSums>(
      work, launch::DeviceImages<double, double>{part(At::count + 1, 1).data(), part(At::count + 2, At::count).data(),
                                                 work.panels.positions});
  return {all.data(), all.data() + all.size()};
}

}  // namespace

TEST_CASE("derivatives: the same bits where the wavelengths are solved for") {
  Experiment e = tilted_spectrum(shape_of<physics::Gauss>);
  e.crystal.cells = {40, 50, 60};
  e.crystal.fudge = 1;
  e.beam.sources.clear();
  for (int i = 0; i < 35; ++i) e.beam.spectrum.lines.push_back({1.5e-10 * (1 + 0.001 * i), 1.0 + 0.1 * (i % 3), 0});
  e.beam.directions = {{{1, 0, 0}, 1}, {{1, 0.03, 0.01}, 2}};
  for (const double cut : {0.0, 1e-4}) {
    e.crystal.intensity_cut = cut;
    const std::vector<double> pixels = derivatives_in_both_ways<Fp64>(e, Traversal::pixels);
    CHECK(std::any_of(pixels.begin(), pixels.end(), [](double value) { return value != 0; }));
    CHECK(derivatives_in_both_ways<Fp64>(e, Traversal::windows) == pixels);
    CHECK(derivatives_in_both_ways<Fp32>(e, Traversal::windows) ==
          derivatives_in_both_ways<Fp32>(e, Traversal::pixels));
  }
}
