// SPDX-License-Identifier: MIT
// Halos of one number by the equation, written down again, and their slopes against central differences.
#include "nbk/core/precision.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/physics/diffuse_slopes.hpp"
#include "nbk/plan/bordered_amplitudes.hpp"
#include "nbk/plan/diffuse_tables.hpp"
#include "nbk/scene/make_derivative_coefficients.hpp"
#include "nbk/scene/make_scene.hpp"
#include "support/experiments.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

using namespace nbk;

namespace {

using Exec = Kokkos::DefaultHostExecutionSpace;
constexpr double pi = constants::pi<double>;

/// A triclinic crystal with halos that differ along all axes.
Experiment with_halos() {
  Experiment e = nbk::testing::smoke_experiment();
  e.policy = Policy::corrected;
  e.crystal.shape = LatticeShape("gauss");
  e.crystal.fudge = 1.2;
  e.crystal.u_matrix = Mat3d{{0.6, -0.8, 0}, {0.8, 0.6, 0}, {0, 0, 1}};
  DiffuseScattering diffuse;
  diffuse.gamma_A = {20, 35, 50};
  diffuse.sigma_A = {0.3, 0.4, 0.5};
  diffuse.laue_group = LaueGroup::monoclinic_b;
  e.crystal.diffuse = diffuse;
  const auto amplitude = [](int h, int k, int l) { return 10.0 + 3 * h - 2 * k + 0.5 * l * l; };
  e.structure_factors = StructureFactors::from(amplitude, {-4, 4}, {-5, 5}, {-3, 6});
  e.structure_factors.interpolate = false;
  return e;
}

/// The tables that a kernel would have.
struct Halos {
  explicit Halos(const Experiment& e)
      : scene(make_scene(e)), factors(plan::table_shape<double>(e.structure_factors, true)) {
    amplitudes = plan::bordered_amplitudes(e.structure_factors, {}, factors);
    factors.amplitude = amplitudes.data();
    tables.set_crystal(Exec(), scene);
  }

  physics::DiffuseSlopes<double> slopes(const Vec3d& hkl) const {
    physics::StencilState<double, double> stencil;
    const Vec3d whole = nearest(hkl);
    return physics::diffuse_slopes(*tables.parameters(), factors, stencil, whole, hkl - whole);
  }
  double intensity(const Vec3d& hkl) const {
    physics::StencilState<double, double> stencil;
    const Vec3d whole = nearest(hkl);
    return physics::diffuse_intensity(*tables.parameters(), factors, stencil, whole, hkl - whole);
  }
  static Vec3d nearest(const Vec3d& hkl) {
    return {std::ceil(hkl.x - 0.5), std::ceil(hkl.y - 0.5), std::ceil(hkl.z - 0.5)};
  }

  Scene scene;
  physics::StructureFactorTable<double> factors;
  std::vector<double> amplitudes;
  plan::DiffuseTables<Fp64, Exec> tables;
};

/// Miller indices of a scattering vector, 1/Angstrom.
Vec3d indices(const Scene& scene, const Vec3d& q_per_A) {
  const CellVectors& direct = scene.lattice.direct;
  return 1e10 * Vec3d{dot(direct.a_m, q_per_A), dot(direct.b_m, q_per_A), dot(direct.c_m, q_per_A)};
}

/// Points of reciprocal space inside of the table, none next to a half index.
std::vector<Vec3d> points(const Scene& scene) {
  std::vector<Vec3d> all;
  const Lattice& lattice = scene.lattice;
  for (const Vec3d& hkl : {Vec3d{1.2, -2.3, 3.1}, {-2.9, 0.1, 1.7}, {0.3, 3.2, -1.1}, {2.1, 2.4, 4.3}})
    all.push_back(hkl.x * lattice.a_star_per_A + hkl.y * lattice.b_star_per_A + hkl.z * lattice.c_star_per_A);
  return all;
}

/// A parameter, the same by hand, and the step of differences.
struct Checked {
  std::string name;
  DerivativeChange change;
  std::function<void(Experiment&, double)> move;
  double step = 1e-4;
};

/// Compares the derivative of the halos at fixed points of reciprocal space with central differences.
void check(const Experiment& e, const Checked& checked) {
  CAPTURE(checked.name);
  const Halos halos(e);
  DerivativeParameters parameters;
  parameters.add(checked.name, checked.change);
  const auto c = make_derivative_coefficients(halos.scene, DerivativeSetting::of(e), parameters);
  double largest = 0, worst = 0;
  for (const Vec3d& q : points(halos.scene)) {
    const auto at = [&](double step) {
      Experiment moved = e;
      checked.move(moved, step);
      const Halos other(moved);
      return other.intensity(indices(other.scene, q));
    };
    const auto slope = [&](double step) { return (at(step) - at(-step)) / (2 * step); };
    const double expected = (4 * slope(checked.step / 2) - slope(checked.step)) / 3;
    const Vec3d h = indices(halos.scene, q);
    const auto slopes = halos.slopes(h);
    double derivative = c.coefficient(0, 0, physics::PixelSums::image) * slopes.value;
    const double by[3] = {slopes.by_index.x, slopes.by_index.y, slopes.by_index.z}, index[3] = {h.x, h.y, h.z};
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j)
        derivative += c.coefficient(0, 0, physics::PixelSums::strain + 3 * i + j) * by[i] * index[j];
    for (int s = 0; s < physics::DiffuseSums::own; ++s)
      derivative += c.coefficient(0, 0, physics::DiffuseSums::halo + s) * slopes.own[static_cast<std::size_t>(s)];
    largest = std::max(largest, std::fabs(expected));
    worst = std::max(worst, std::fabs(derivative - expected));
  }
  CHECK(largest > 0);
  CHECK(worst <= 1e-8 * largest);
}

void check_all(const Experiment& e) {
  using scene::change_named;
  const auto gamma = [](Vec3d by) { return [by](Experiment& m, double s) { m.crystal.diffuse->gamma_A += s * by; }; };
  const auto sigma = [](Vec3d by) { return [by](Experiment& m, double s) { m.crystal.diffuse->sigma_A += s * by; }; };
  const auto named = [&](const std::string& name, std::function<void(Experiment&, double)> move, double step) {
    check(e, {name, change_named(name), std::move(move), step});
  };
  named("crystal.diffuse.gamma_A", gamma({1, 1, 1}), 1e-2);
  named("crystal.diffuse.gamma_A.x", gamma({1, 0, 0}), 1e-2);
  named("crystal.diffuse.gamma_A.y", gamma({0, 1, 0}), 1e-2);
  named("crystal.diffuse.gamma_A.z", gamma({0, 0, 1}), 1e-2);
  named("crystal.diffuse.sigma_A", sigma({1, 1, 1}), 1e-4);
  named("crystal.diffuse.sigma_A.x", sigma({1, 0, 0}), 1e-4);
  named("crystal.diffuse.sigma_A.y", sigma({0, 1, 0}), 1e-4);
  named("crystal.diffuse.sigma_A.z", sigma({0, 0, 1}), 1e-4);
  named(
      "crystal.cell.a_A", [](Experiment& m, double s) { m.crystal.cell->a_A += s; }, 1e-2);
  named(
      "crystal.cell.b_A", [](Experiment& m, double s) { m.crystal.cell->b_A += s; }, 1e-2);
  named(
      "crystal.cell.c_A", [](Experiment& m, double s) { m.crystal.cell->c_A += s; }, 1e-2);
  named(
      "crystal.cell.alpha_rad", [](Experiment& m, double s) { m.crystal.cell->alpha_rad += s; }, 1e-4);
  named(
      "crystal.cell.beta_rad", [](Experiment& m, double s) { m.crystal.cell->beta_rad += s; }, 1e-4);
  named(
      "crystal.cell.gamma_rad", [](Experiment& m, double s) { m.crystal.cell->gamma_rad += s; }, 1e-4);
  named(
      "crystal.misset_rad.x", [](Experiment& m, double s) { m.crystal.misset_rad.x += s; }, 1e-4);
  named(
      "crystal.misset_rad.z", [](Experiment& m, double s) { m.crystal.misset_rad.z += s; }, 1e-4);
}

}  // namespace

TEST_CASE("diffuse scattering: a halo is the transform of exp(-distance / gamma), its integral 1") {
  // In a cubic crystal of one cell and one reflection, stencil 0, M = 1/a and e exp(-e) apart.
  Experiment e = with_halos();
  e.crystal.u_matrix.reset();
  e.crystal.cell = UnitCell{50, 50, 50, pi / 2, pi / 2, pi / 2};
  e.crystal.diffuse->gamma_A = {40, 40, 40};
  e.crystal.diffuse->sigma_A = {0.4, 0.4, 0.4};
  e.crystal.diffuse->laue_group = LaueGroup::triclinic;
  e.crystal.diffuse->stencil = 0;
  const Halos halos(e);
  const Vec3d at{2, 1, -1};
  const double q = std::sqrt(6.0) / 50, exponent = 4 * pi * pi * 0.16 * q * q;
  const double f = 10.0 + 6 - 2 + 0.5, weight = f * f * exponent * std::exp(-exponent);
  for (const double x : {0.0, 0.1, 0.4}) {
    const double t = 1 + 4 * pi * pi * 1600 * x * x / 2500;
    CHECK(halos.intensity(at + Vec3d{x, 0, 0}) == doctest::Approx(weight * 8 * pi * 64000 / (t * t)).epsilon(1e-12));
  }
  // Integral over shells of reciprocal space, as far as the cell of the reflection reaches; the rest beyond r is
  // 2 / (pi^2 r gamma).
  e.crystal.diffuse->gamma_A = {4000, 4000, 4000};
  const Halos narrow(e);
  double integral = 0;
  const double step = 1e-5, last = 0.45;
  for (double x = step / 2; x < last; x += step)
    integral += 4 * pi * x * x * step / 125000 * narrow.intensity(at + Vec3d{x, 0, 0}) / weight;
  CHECK(integral + 2 / (pi * pi * last * 80) == doctest::Approx(1).epsilon(1e-4));
}

TEST_CASE("diffuse scattering: nothing where the stencil leaves the table, or F is 0") {
  Experiment e = with_halos();
  e.structure_factors.default_amplitude = 50;
  CHECK(Halos(e).intensity({2.8, 0.1, 0.2}) > 0);
  CHECK(Halos(e).intensity({3.8, 0.1, 0.2}) == 0);
  CHECK(Halos(e).intensity({2.8, 0.1, -2.8}) == 0);
  e.crystal.diffuse->stencil = 0;
  CHECK(Halos(e).intensity({3.8, 0.1, 0.2}) > 0);
  CHECK(Halos(e).intensity({4.8, 0.1, 0.2}) == 0);
  e.crystal.diffuse->stencil = 5;
  CHECK(Halos(e).intensity({0.1, 1.1, 0.2}) == 0);
  e = with_halos();
  const std::size_t place = ((1U + 4) * 11 + (0 + 5)) * 10 + (0 + 3);
  CHECK(Halos(e).intensity({1.1, 0.2, 0.3}) > 0);
  e.structure_factors.amplitude[place] = 0;
  CHECK(Halos(e).intensity({1.1, 0.2, 0.3}) == 0);
  CHECK(Halos(e).intensity({2.1, 0.2, 0.3}) > 0);
}

TEST_CASE("diffuse scattering: the slopes' value is the intensity") {
  const Halos halos(with_halos());
  for (const Vec3d& q : points(halos.scene)) {
    const Vec3d h = indices(halos.scene, q);
    CHECK(halos.slopes(h).value == doctest::Approx(halos.intensity(h)).epsilon(1e-13));
  }
}

TEST_CASE("diffuse scattering: derivatives by all its numbers, the cell and the orientation") {
  Experiment e = with_halos();
  for (const DiffuseAxes axes : {DiffuseAxes::crystal, DiffuseAxes::laboratory}) {
    for (const auto normalization : {DiffuseNormalization::stencil, DiffuseNormalization::volume}) {
      CAPTURE(static_cast<int>(axes));
      CAPTURE(static_cast<int>(normalization));
      e.crystal.diffuse->axes = axes;
      e.crystal.diffuse->normalization = normalization;
      check_all(e);
      if (normalization == DiffuseNormalization::volume)
        check(e, {"crystal.fudge", PlainChange::fudge, [](Experiment& m, double s) { m.crystal.fudge += s; }});
    }
  }
  // In the default orientation, where a* keeps its direction.
  e.crystal.u_matrix.reset();
  check_all(e);
}

TEST_CASE("diffuse scattering: derivatives by a change of the vectors of one's own") {
  Experiment e = with_halos();
  const Scene scene = make_scene(e);
  e.crystal.cell.reset();
  e.crystal.u_matrix.reset();
  e.crystal.misset_rad = {};
  e.crystal.real_space_A = scene::lattice_vectors_A(scene.lattice);
  const Mat3d change{{1, 2, -3}, {0.5, -1, 2}, {-2, 1, 0.7}};
  for (const DiffuseAxes axes : {DiffuseAxes::crystal, DiffuseAxes::laboratory}) {
    e.crystal.diffuse->axes = axes;
    check(e, {"strain", LatticeChange{change},
              [&](Experiment& m, double s) { m.crystal.real_space_A = *m.crystal.real_space_A + s * change; }, 1e-3});
  }
}

TEST_CASE("diffuse scattering: parameters of halos that are not there") {
  Experiment e = with_halos();
  e.crystal.diffuse.reset();
  const std::string said = nbk::testing::complaint(
      [&] { make_derivative_coefficients(make_scene(e), DerivativeSetting::of(e), {"crystal.diffuse.sigma_A"}); });
  CHECK(said.find("crystal.diffuse.sigma_A") != std::string::npos);
  CHECK(said.find("must be of a crystal with diffuse scattering") != std::string::npos);
}
