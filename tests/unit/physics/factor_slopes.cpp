// SPDX-License-Identifier: MIT
#include "nbk/math/rotation.hpp"
#include "nbk/physics/absorption_slopes.hpp"
#include "nbk/physics/polarization_slopes.hpp"
#include "nbk/physics/structure_factor/structure_slopes.hpp"
#include "nbk/plan/bordered_amplitudes.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace nbk;
using namespace nbk::physics;

namespace {

/// Central differences with two steps, of which the error of the second order is taken out.
template <class F>
double difference(const F& f, double step) {
  const auto once = [&](double h) { return (f(h) - f(-h)) / (2 * h); };
  return (4 * once(step / 2) - once(step)) / 3;
}

const Vec3d along_beam{1, 0, 0}, inclined = strict::unit({1, 0.2, -0.1}), polarized_along{0, 0, 1};
const Vec3d diffracted = strict::unit({0.4, 0.8, 0.3});

double polynomial_f(double h, double k, double l) { return 3 + h - 0.5 * k * k + 0.25 * l * l * l + 0.1 * h * k * l; }

StructureFactors polynomial_box() {
  StructureFactors f;
  f.h_min = f.k_min = f.l_min = -6;
  f.h_max = f.k_max = f.l_max = 6;
  f.default_amplitude = 7;
  for (int h = -6; h <= 6; ++h) {
    for (int k = -6; k <= 6; ++k) {
      for (int l = -6; l <= 6; ++l) f.amplitude.push_back(polynomial_f(h, k, l));
    }
  }
  return f;
}

}  // namespace

TEST_CASE("slopes of the polarisation: by differences in direction, Kahn factor and beam") {
  for (const double kahn : {0.0, 0.7, -1.0}) {
    for (const Vec3d& incident : {along_beam, inclined, polarized_along}) {
      const auto axes = polarization_axes(polarized_along, incident);
      const auto slopes = polarization_slopes(incident, diffracted, axes, kahn);
      CHECK(slopes.value == doctest::Approx(polarization_factor(incident, diffracted, axes, kahn)).epsilon(1e-14));
      for (const Vec3d& axis : {Vec3d{1, 0, 0}, Vec3d{0, 1, 0}, strict::unit({0.1, -0.5, 0.4})}) {
        const double turned = difference(
            [&](double angle) {
              return polarization_factor(incident, rotate_about(diffracted, axis, angle), axes, kahn);
            },
            1e-2);
        CHECK(std::fabs(dot(slopes.by_direction, cross(axis, diffracted)) - turned) < 1e-9);
        if (axes.undefined) continue;
        const double of_beam = difference(
            [&](double angle) {
              const Vec3d other = rotate_about(incident, axis, angle);
              return polarization_factor(other, diffracted, polarization_axes(polarized_along, other), kahn);
            },
            1e-2);
        const TurnedRay<double> ray = turned_ray(polarized_along, incident, axis);
        CHECK(std::fabs(polarization_turn_slope(incident, diffracted, axes, ray, kahn) - of_beam) < 1e-8);
      }
      const double by_kahn =
          difference([&](double h) { return polarization_factor(incident, diffracted, axes, kahn + 0.05 + h); }, 1e-2);
      CHECK(slopes.by_kahn == doctest::Approx(by_kahn).epsilon(1e-11));
    }
  }
}

TEST_CASE("slopes of the polarisation: a ray along the polarisation turns without axes") {
  const TurnedRay<double> ray = turned_ray(polarized_along, polarized_along, along_beam);
  CHECK(ray.incident == cross(along_beam, polarized_along));
  CHECK(ray.electric == Vec3d{});
  CHECK(ray.magnetic == Vec3d{});
}

TEST_CASE("slopes of the absorption: by differences") {
  for (const int layer : {0, 1, 4}) {
    const double cosine = 0.7, mu = 0.4;
    const auto slopes = captured_slopes(cosine, layer, mu);
    CHECK(slopes.value == doctest::Approx(captured_in_layer(cosine, layer, mu)).epsilon(1e-14));
    const double by_cosine = difference([&](double h) { return captured_in_layer(cosine + h, layer, mu); }, 1e-3);
    const double by_mu = difference([&](double h) { return captured_in_layer(cosine, layer, mu + h); }, 1e-3);
    CHECK(slopes.by_cosine == doctest::Approx(by_cosine).epsilon(1e-9));
    CHECK(slopes.by_mu_per_layer == doctest::Approx(by_mu).epsilon(1e-9));
  }
}

TEST_CASE("slopes of structure factors: tricubic ones are those of the polynomial through the nodes") {
  const StructureFactors box = polynomial_box();
  StructureFactorTable<double> table = plan::table_shape<double>(box, true);
  const std::vector<double> amplitudes = plan::bordered_amplitudes<double>(box, {}, table);
  table.amplitude = amplitudes.data();
  TricubicF::State<double, double> state;
  for (const Vec3d& hkl : {Vec3d{0.2, 1.7, -2.4}, Vec3d{-3.9, 0, 3.5}, Vec3d{1, 2, 3}}) {
    const auto slopes = StructureSlopesOf<TricubicF, double, double>::get(table, state, hkl, hkl);
    const auto [h, k, l] = hkl;
    const double f = polynomial_f(h, k, l);
    CHECK(slopes.value == doctest::Approx(f * f).epsilon(1e-12));
    CHECK(slopes.by_index.x == doctest::Approx(2 * f * (1 + 0.1 * k * l)).epsilon(1e-11));
    CHECK(slopes.by_index.y == doctest::Approx(2 * f * (-k + 0.1 * h * l)).epsilon(1e-11));
    CHECK(slopes.by_index.z == doctest::Approx(2 * f * (0.75 * l * l + 0.1 * h * k)).epsilon(1e-11));
  }
  const Vec3d outside{5.3, 0, 0}, nearest{5, 0, 0};
  const auto rough = StructureSlopesOf<TricubicF, double, double>::get(table, state, outside, nearest);
  CHECK(rough.value == doctest::Approx(64));
  CHECK(rough.by_index == Vec3d{});
}

TEST_CASE("slopes of structure factors: lanes with stencils of their own, some outside of the table") {
  constexpr int width = register_lanes<double>;
  if constexpr (width > 1) {
    using Lanes = pack_t<double, width>;
    const StructureFactors box = polynomial_box();
    StructureFactorTable<double> table = plan::table_shape<double>(box, true);
    const std::vector<double> amplitudes = plan::bordered_amplitudes<double>(box, {}, table);
    table.amplitude = amplitudes.data();
    double h[width], got[4][width];
    for (int i = 0; i < width; ++i) h[i] = 1.6 + 0.9 * i;
    const Vec3<Lanes> hkl{load<Lanes>(static_cast<const double*>(h)), Lanes(0.3), Lanes(-1.6)};
    const Vec3<Lanes> nearest{round_half_down(hkl.x), round_half_down(hkl.y), round_half_down(hkl.z)};
    TricubicF::State<Lanes, Lanes> state;
    const auto slopes = StructureSlopesOf<TricubicF, Lanes, Lanes>::get(table, state, hkl, nearest);
    store(slopes.value, static_cast<double*>(got[0]));
    store(slopes.by_index.x, static_cast<double*>(got[1]));
    store(slopes.by_index.y, static_cast<double*>(got[2]));
    store(slopes.by_index.z, static_cast<double*>(got[3]));
    for (int i = 0; i < width; ++i) {
      TricubicF::State<double, double> own;
      const auto one = StructureSlopesOf<TricubicF, double, double>::get(table, own, {h[i], 0.3, -1.6},
                                                                         {round_half_down(h[i]), 0, -2});
      CHECK(got[0][i] == doctest::Approx(one.value).epsilon(1e-12));
      CHECK(got[1][i] == doctest::Approx(one.by_index.x).epsilon(1e-12));
      CHECK(got[2][i] == doctest::Approx(one.by_index.y).epsilon(1e-12));
      CHECK(got[3][i] == doctest::Approx(one.by_index.z).epsilon(1e-12));
    }
  }
}
