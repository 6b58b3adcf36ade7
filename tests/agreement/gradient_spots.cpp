// SPDX-License-Identifier: MIT
// Derivatives by lists of spots and by windows have the bits of those by pixels.
#include "support/dice.hpp"
#include "support/experiments.hpp"
#include "support/gradient_fixture.hpp"
#include "support/random_spots.hpp"

#include <doctest/doctest.h>

#include <Kokkos_Core.hpp>
#include <nbk/differentiation.hpp>
#include <nbk/model/water_material.hpp>
#include <nbk/nbk.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

using namespace nbk;
using namespace nbk::testing;
using At = nbk::physics::PixelSums;

namespace {

/// An experiment that has derivatives.
Experiment differentiable(std::uint64_t seed) {
  Experiment e = random_spots(seed);
  e.policy = Policy::corrected;
  e.crystal.shape = LatticeShape("gauss");
  e.water_size_m = 0;
  return e;
}

/// Parameters that mix sums with each other, on every panel in another way.
/// \param all  false: those of the crystal alone
DerivativeCoefficients mixtures(const Scene& scene, bool all) {
  DerivativeCoefficients c;
  c.names = {"first", "second", "third"};
  c.panels = static_cast<int>(scene.panels.size());
  for (int i = 0; i < c.panels * 3; ++i) {
    for (int s = 0; s < At::count; ++s) {
      const bool used = (all || s < At::cells) && (i + s) % 3 != 0;
      c.values.push_back(used ? std::sin(1.3 * i + s * s) : 0.0);
    }
  }
  if (!all) return c;
  const std::size_t orientations = scene.phi_rad.size() * scene.domains.size();
  c.twists = 2;
  for (std::size_t i = 0; i < 2 * orientations; ++i)
    c.twist_vectors.push_back({std::sin(static_cast<double>(i)), 1, std::cos(static_cast<double>(i))});
  c.beam_turns_used = 1;
  for (const Ray& ray : scene.rays) {
    const auto turned = physics::turned_ray(scene.frame.polarization, ray.incident, {0, 1, 0});
    c.beam_turns.push_back({turned.incident, turned.electric, turned.magnetic});
  }
  return c;
}

/// The numbers of all calls for derivatives, one after the other.
struct Answers {
  std::vector<double> numbers;
  Traversal traversal = Traversal::automatic;
  bool dark = true;

  void add(const std::vector<double>& more) { numbers.insert(numbers.end(), more.begin(), more.end()); }

  /// True if all bits are the same.
  bool operator==(const Answers& other) const {
    return numbers.size() == other.numbers.size() &&
           std::memcmp(numbers.data(), other.numbers.data(), numbers.size() * sizeof(double)) == 0;
  }
};

struct Request {
  bool all = true;                           ///< see mixtures()
  std::size_t bytes = std::size_t{1} << 30;  ///< of lists
  FitModel fit = {};
};

template <class P>
Answers answers(const Experiment& e, Traversal traversal, const Request& request) {
  const Host exec;
  PlanOptions options;
  options.traversal = traversal;
  const Plan<P, Host> plan(exec, e, options);
  DerivativePlan<P, Host> by(mixtures(plan.scene(), request.all));
  by.scratch().most_list_bytes = request.bytes;
  const auto pixels = static_cast<std::size_t>(launch::gradient_panels(plan).positions);
  const Pixels image("image", pixels), data("data", pixels), variances("variances", pixels);
  const PixelImages images("images", by.size(), pixels);
  Kokkos::deep_copy(image, -1);
  Kokkos::deep_copy(images, -1);
  derivatives(exec, plan, by, image, images);
  Answers all;
  all.traversal = by.traversal();
  all.add({image.data(), image.data() + pixels});
  all.add({images.data(), images.data() + images.size()});
  double sum = 0;
  for (std::size_t i = 0; i < pixels; ++i) {
    const auto n = static_cast<double>(i);
    sum += image(i);
    data(i) = i % 7 == 3 ? 0.0 : image(i) * (1 + 0.3 * std::sin(n)) + std::abs(std::cos(1.7 * n));
    variances(i) = i % 5 == 0 ? 0.0 : 2 + std::sin(n);
  }
  all.dark = sum == 0;
  std::vector<double> gradient;
  adjoint(exec, plan, by, data, gradient);
  all.add(gradient);
  NormalEquations normal;
  normal_equations(exec, plan, by, data, variances, request.fit, normal);
  all.add({normal.loss, normal.pixels});
  all.add(normal.vector);
  all.add(normal.matrix);
  return all;
}

constexpr std::uint64_t experiments = 150;

}  // namespace

// By hand: seeds 1 to 1,000.
TEST_CASE_TEMPLATE("gradient spots: random experiments have the bits of those by pixels", P, Fp32, Mixed, Fp64) {
  std::size_t dark = 0, unlisted = 0;
  for (std::uint64_t seed = 1; seed <= experiments; ++seed) {
    CAPTURE(seed);
    const Experiment e = differentiable(seed);
    constexpr FitTarget targets[] = {FitTarget::least_squares, FitTarget::model_variance, FitTarget::poisson};
    Request request{seed % 3 != 0, std::size_t{1} << 30, {targets[seed % 3], 1.5, 0.5}};
    const Answers pixels = answers<P>(e, Traversal::pixels, request);
    CHECK(answers<P>(e, Traversal::windows, request) == pixels);
    if (seed % 4 == 0) request.bytes = 20000;
    const Answers spots = answers<P>(e, Traversal::spots, request);
    CHECK(spots == pixels);
    unlisted += spots.traversal != Traversal::spots;
    dark += pixels.dark;
  }
  CHECK(dark < experiments / 2);
  CHECK(unlisted < experiments / 20);
}

TEST_CASE("gradient spots: of one wavelength, many orientations and wide rows have the same bits") {
  for (const int domains : {5, 63, 64, 65, 130}) {
    CAPTURE(domains);
    Experiment e = smoke_experiment();
    e.policy = Policy::corrected;
    e.crystal.shape = LatticeShape("gauss");
    e.crystal.cells = {14, 16, 12};
    e.crystal.intensity_cut = 1e-8;
    e.crystal.mosaicity = {0.02, domains, -7, {}};
    e.detector.pixels_fast = 600;
    e.detector.pixels_slow = 40;
    e.detector.pixel_size_m = 2e-4;
    e.detector.oversample = 2;
    for (const int wavelengths : {1, 40}) {
      if (wavelengths > 1) e.beam.dispersion = {0.02, {}, wavelengths};
      for (const bool all : {false, true}) {
        const Answers pixels = answers<Fp32>(e, Traversal::pixels, {all});
        CHECK_FALSE(pixels.dark);
        CHECK(answers<Fp32>(e, Traversal::spots, {all}) == pixels);
      }
    }
  }
}

TEST_CASE("gradient spots: dark pixels keep what materials and the background give them") {
  Experiment e = smoke_experiment();
  e.policy = Policy::corrected;
  e.crystal.shape = LatticeShape("gauss");
  e.crystal.cells = {40, 40, 40};
  e.crystal.intensity_cut = 1e-8;
  e.beam.dispersion = {0.01, {}, 20};
  e.materials = {water_material(1e-4)};
  const Answers pixels = answers<Fp32>(e, Traversal::pixels, {false});
  const Answers spots = answers<Fp32>(e, Traversal::spots, {false});
  CHECK(spots.traversal == Traversal::spots);
  CHECK(spots == pixels);
  for (std::size_t i = 0; i < 100; ++i) CHECK(spots.numbers[i] > 0);
}
