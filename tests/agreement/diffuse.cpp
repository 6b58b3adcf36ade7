// SPDX-License-Identifier: MIT
// Diffuse scattering by the kernels against the reference, which shares no code with them.
#include "bench/reference/reference.hpp"
#include "nbk/nbk.hpp"
#include "nbk/physics/structure_factor/nearest.hpp"
#include "support/closeness.hpp"
#include "support/experiments.hpp"
#include "support/render.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

using namespace nbk;
using namespace nbk::testing;

namespace {

using Exec = Kokkos::DefaultHostExecutionSpace;
using HostImage = Kokkos::View<double***, Kokkos::LayoutRight, Kokkos::HostSpace>;

/// A tilted panel with layers, sub-pixels, two sources of different weights, three domains, a sweep, a missetting and
/// a table that the image leaves.
Experiment with_halos() {
  Experiment e = tilted();
  e.policy = Policy::corrected;
  e.beam.fluence_per_m2 = 1e24;
  e.beam.sources[1].weight = 3;
  e.crystal.shape = LatticeShape("gauss");
  e.crystal.mosaicity = {0.01, 3, -7};
  e.crystal.phi = {0.02, 0.05, {}, 2};
  e.crystal.cells = {4, 5, 6};
  DiffuseScattering diffuse;
  diffuse.gamma_A = {20, 35, 50};
  diffuse.sigma_A = {0.3, 0.4, 0.5};
  diffuse.laue_group = LaueGroup::monoclinic_b;
  e.crystal.diffuse = diffuse;
  const auto amplitude = [](int h, int k, int l) {
    return (h + 2 * k + 3 * l) % 7 == 0 ? 0.0 : 20.0 + h - 2 * k + 3 * l;
  };
  e.structure_factors = StructureFactors::from(amplitude, {-12, 12}, {-12, 12}, {-9, 12});
  e.structure_factors.default_amplitude = 15;
  e.structure_factors.interpolate = false;
  return e;
}

/// Largest difference as a share of the brightest pixel, and of both without their spots.
void check_agreement(const Experiment& e, const std::string& dtype, double bound) {
  CAPTURE(dtype);
  const std::vector<float> ours = render(e, dtype);
  const std::vector<double> expected = reference::render_in_double(e);
  REQUIRE(ours.size() == expected.size());
  double most = 0, worst = 0;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    most = std::max(most, expected[i]);
    const double off = std::fabs(static_cast<double>(ours[i]) - expected[i]);
    if (!(off <= worst)) worst = off;
  }
  CHECK(most > 0);
  CHECK(worst <= bound * most);
  // The halos count: without them the image is another.
  Experiment spots = e;
  spots.crystal.diffuse.reset();
  const std::vector<double> without = reference::render_in_double(spots);
  double added = 0;
  for (std::size_t i = 0; i < without.size(); ++i) added = std::max(added, expected[i] - without[i]);
  CHECK(added > 100 * bound * most);
}

std::vector<double> numbers(const HostImage& image) { return {image.data(), image.data() + image.size()}; }

}  // namespace

// Float images: a spot of 1e6 photons and a halo of 1 are rounded one after the other, 2^-24 of the brightest each.
constexpr double in_double = 2e-7, in_float = 2e-4;

TEST_CASE("diffuse scattering: agrees with the reference in every precision and along both axes") {
  Experiment e = with_halos();
  for (const DiffuseAxes axes : {DiffuseAxes::crystal, DiffuseAxes::laboratory}) {
    e.crystal.diffuse->axes = axes;
    check_agreement(e, "float64", in_double);
    check_agreement(e, "mixed", in_float);
    check_agreement(e, "df64", in_float);
    check_agreement(e, "float32", in_float);
  }
}

TEST_CASE("diffuse scattering: agrees for every Laue group, matrices of one's own and principal axes") {
  Experiment e = with_halos();
  e.crystal.phi = {};
  for (int group = 1; group <= 14; ++group) {
    CAPTURE(group);
    e.crystal.diffuse->laue_group = static_cast<LaueGroup>(group);
    check_agreement(e, "float64", in_double);
  }
  e.crystal.diffuse->principal_axes = Mat3d{{0.8, -0.6, 0}, {0.6, 0.8, 0.1}, {0, 0, 1}};
  check_agreement(e, "float64", in_double);
  e.crystal.diffuse->operators = {Mat3d::identity(), {{0, -1, 0}, {0.7, -0.7, 0}, {0, 0, 1}}};
  check_agreement(e, "float64", in_double);
}

TEST_CASE("diffuse scattering: agrees for every stencil and both normalisations") {
  Experiment e = with_halos();
  for (const int stencil : {0, 1, 2, 3}) {
    for (const auto normalization : {DiffuseNormalization::stencil, DiffuseNormalization::volume}) {
      CAPTURE(stencil);
      e.crystal.fudge = 1.3;
      e.crystal.diffuse->stencil = stencil;
      e.crystal.diffuse->normalization = normalization;
      check_agreement(e, "float64", in_double);
    }
  }
}

TEST_CASE("diffuse scattering: agrees about spots of every shape, with every way to find F") {
  Experiment e = with_halos();
  for (const LatticeShape shape : shapes_of<physics::Shapes>) {
    CAPTURE(shape.name());
    e.crystal.shape = shape;
    e.structure_factors.interpolate = false;
    check_agreement(e, "float64", in_double);
    e.structure_factors.interpolate = true;
    check_agreement(e, "float64", in_double);
    Experiment constant = e;
    constant.structure_factors = {};
    constant.structure_factors.default_amplitude = 30;
    check_agreement(constant, "float64", in_double);
  }
}

TEST_CASE("diffuse scattering: agrees with a spectrum of several sets, intensities, a resolution limit and a region") {
  Experiment e = with_halos();
  e.beam.sources.clear();
  e.beam.spectrum.lines = {{1.5e-10, 1, 0}, {1.48e-10, 2, 1}, {1.46e-10, 0.5, 0}};
  e.further_sets = {
      StructureFactors::from([](int h, int k, int l) { return 40.0 - h + k - l; }, {-10, 11}, {-12, 9}, {-12, 12})};
  check_agreement(e, "float64", in_double);
  e.structure_factors.interpolate = true;
  check_agreement(e, "float64", in_double);
  e.structure_factors.intensities = e.further_sets[0].intensities = true;
  e.dmin_m = 3e-10;
  e.detector.roi = {3, 28, 5, 29};
  e.water_size_m = 1e-7;
  check_agreement(e, "float64", in_double);
}

TEST_CASE("diffuse scattering: one pass with spots and halos is the sum of two") {
  const Experiment e = with_halos();
  const Exec exec;
  const Plan<Fp64, Exec> plan(exec, e);
  const auto [panels, slow, fast] = image_extents(plan.scene());
  const HostImage together("together", panels, slow, fast), apart("apart", panels, slow, fast);
  const Tables<Fp64>& tables = plan.tables();
  const kernel::PixelRange all{0, launch::pixel_count(tables.window)};
  using Spots = physics::Bragg<physics::Gauss, physics::NearestF>;
  const auto rows = [](const HostImage& image) {
    return kernel::image_rows(image.data(), image.extent_int(2), ImageUse::add);
  };
  launch::launch_spots<physics::WithDiffuse<Spots>, kernel::PerTerm>(exec, tables, rows(together), all);
  simulate(exec, plan, apart);
  exec.fence();
  const std::vector<double> one = numbers(together), two = numbers(apart);
  const double most = *std::ranges::max_element(two);
  CHECK(most > 0);
  for (std::size_t i = 0; i < one.size(); ++i) CHECK(std::fabs(one[i] - two[i]) <= 1e-13 * most);
}

TEST_CASE("diffuse scattering: halos alone, added to an image, of listed pixels, and after an update") {
  Experiment e = with_halos();
  const Exec exec;
  Plan<Fp64, Exec> plan(exec, e);
  const auto [panels, slow, fast] = image_extents(plan.scene());
  const HostImage whole("whole", panels, slow, fast), halos("halos", panels, slow, fast),
      spots("spots", panels, slow, fast), added("added", panels, slow, fast);
  simulate(exec, plan, whole);
  simulate_diffuse(exec, plan, halos);
  Kokkos::deep_copy(exec, added, 7.0);
  simulate_diffuse(exec, plan, added, ImageUse::add);
  Crystal bare = e.crystal;
  bare.diffuse.reset();
  plan.update(exec, bare);
  simulate(exec, plan, spots);
  exec.fence();
  const std::vector<double> of_spots = numbers(spots), of_halos = numbers(halos), of_both = numbers(whole);
  const double most = *std::ranges::max_element(of_both);
  CHECK(*std::ranges::max_element(of_halos) > 1e-3 * most);
  for (std::size_t i = 0; i < of_both.size(); ++i) {
    CHECK(std::fabs(of_spots[i] + of_halos[i] - of_both[i]) <= 1e-14 * most);
    CHECK(added.data()[i] == 7.0 + of_halos[i]);
  }
  simulate_diffuse(exec, plan, halos);
  exec.fence();
  const std::vector<double> none = numbers(halos);
  CHECK(*std::ranges::max_element(none) == 0);

  plan.update(exec, e.crystal);
  const HostImage again("again", panels, slow, fast);
  simulate(exec, plan, again);
  exec.fence();
  CHECK(numbers(again) == of_both);

  e.selection.runs = {{0, 3, 4, 20}, {0, 30, 0, 32}, {0, 3, 4, 2}};
  const Plan<Fp64, Exec> listed(exec, e);
  const Kokkos::View<double*, Kokkos::LayoutRight, Kokkos::HostSpace> pixels("pixels", 54);
  simulate(exec, listed, pixels);
  exec.fence();
  std::size_t at = 0;
  for (const PixelRun& run : e.selection.runs)
    for (int i = 0; i < run.count; ++i) CHECK(pixels(at++) == whole(0, run.slow, run.first_fast + i));
}

TEST_CASE("diffuse scattering: a crystal without has the bits of one whose halos are of no height") {
  Experiment e = with_halos();
  e.crystal.diffuse->sigma_A = {0, 0, 0};
  const std::vector<float> flat = render(e, "float32");
  e.crystal.diffuse.reset();
  CHECK(render(e, "float32") == flat);
}
