// SPDX-License-Identifier: MIT
#include "nbk/physics/scattering.hpp"
#include "nbk/physics/structure_factor/constant.hpp"
#include "nbk/physics/structure_factor/nearest.hpp"
#include "nbk/physics/structure_factor/tricubic.hpp"
#include "nbk/plan/bordered_amplitudes.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace nbk;
using namespace nbk::physics;

namespace {

double polynomial_f(double h, double k, double l) { return 3 + h - 0.5 * k * k + 0.25 * l * l * l + 0.1 * h * k * l; }

/// A box of reflections on a polynomial of degree 3, which tricubic interpolation reproduces.
StructureFactors box() {
  StructureFactors f;
  f.h_min = -4;
  f.h_max = 5;
  f.k_min = -3;
  f.k_max = 3;
  f.l_min = 0;
  f.l_max = 6;
  f.default_amplitude = 7;
  for (int h = f.h_min; h <= f.h_max; ++h) {
    for (int k = f.k_min; k <= f.k_max; ++k) {
      for (int l = f.l_min; l <= f.l_max; ++l) f.amplitude.push_back(polynomial_f(h, k, l));
    }
  }
  return f;
}

template <class T, class L>
struct Fixture {
  StructureFactorTable<L> table = plan::table_shape<L>(box(), true);
  std::vector<L> amplitudes = plan::bordered_amplitudes<L>(box(), {}, table);
  Fixture() { table.amplitude = amplitudes.data(); }
};

}  // namespace

TEST_CASE("cell: nearest finds the reflection inside, the default outside, also far outside") {
  const Fixture<double, double> fixture;
  const auto at = [&](double h, double k, double l) {
    NearestF::State<double, double> state;
    const Vec3<double> hkl{h, k, l};
    return NearestF::intensity<double, double>(fixture.table, state, hkl,
                                               {nearest_index(h), nearest_index(k), nearest_index(l)});
  };
  CHECK(at(1.2, -2.9, 3.4) == doctest::Approx(std::pow(polynomial_f(1, -3, 3), 2)));
  CHECK(at(-4.0, 3.0, 6.0) == doctest::Approx(std::pow(polynomial_f(-4, 3, 6), 2)));
  CHECK(at(0.5, 0.5, 0.5) == doctest::Approx(std::pow(polynomial_f(0, 0, 0), 2)));  // halves go down
  CHECK(at(-0.5, 0.5, 1.5) == doctest::Approx(std::pow(polynomial_f(-1, 0, 1), 2)));
  CHECK(at(5.6, 0, 0) == 49);
  CHECK(at(1e6, -1e6, 3) == 49);
  CHECK(at(0, 0, -1) == 49);
}

TEST_CASE("cell: a pack remembers its last reflections and notices each lane that moved on") {
  constexpr int width = simd::native_lanes<float>;
  using V = pack_t<float, width>;
  const Fixture<float, float> fixture;
  NearestF::State<V, V> state;
  for (int moved = 0; moved < width; ++moved) {
    const Vec3<V> first{V(1.0F), V(1.0F), V(2.0F)};
    NearestF::intensity<V, V>(fixture.table, state, first, first);
    const V l = select(lane_numbers<V>() == V(static_cast<float>(moved)), V(3.0F), V(2.0F));
    const Vec3<V> second{V(1.0F), V(1.0F), l};
    float f[width];
    store(NearestF::intensity<V, V>(fixture.table, state, second, second), static_cast<float*>(f));
    for (int i = 0; i < width; ++i) {
      CHECK(static_cast<double>(f[i]) ==
            doctest::Approx(std::pow(polynomial_f(1, 1, i == moved ? 3 : 2), 2)).epsilon(1e-6));
    }
  }
}

TEST_CASE_TEMPLATE("cell: a pack reads the lanes' reflections in every set", T, float, double) {
  constexpr int width = simd::native_lanes<T>;
  using V = pack_t<T, width>;
  constexpr int sets = 3;
  std::vector<StructureFactors> further{box(), box()};
  for (std::size_t n = 0; n < further.size(); ++n)
    for (double& f : further[n].amplitude) f *= static_cast<double>(n + 2);
  StructureFactorTable<T> table = plan::table_of_sets<T>(box(), true, sets, false);
  const std::vector<T> amplitudes = plan::bordered_amplitudes<T>(box(), further, table);
  table.amplitude = amplitudes.data();
  NearestF::State<V, V> state;
  // Runs of equal reflections of every length, up to one for each lane, and sets in any order.
  for (int run = width; run >= 1; --run) {
    const V l = floor(lane_numbers<V>() / V(static_cast<T>(run))) - V(T(2));
    const Vec3<V> nearest{V(T(1)), V(T(-1)), l};
    for (const int set : {0, 2, 1, 1, 0}) {
      state.set_offset = set * table.step_of_set;
      T intensity[width];
      store(NearestF::intensity<V, V>(table, state, nearest, nearest), static_cast<T*>(intensity));
      for (int i = 0; i < width; ++i) {
        const int lane_l = i / run - 2;
        const double f = lane_l >= 0 && lane_l <= 6 ? polynomial_f(1, -1, lane_l) * (set + 1) : 7;
        CHECK(static_cast<double>(intensity[i]) == doctest::Approx(f * f).epsilon(1e-6));
      }
    }
  }
}

TEST_CASE_TEMPLATE("cell: tricubic reproduces a cubic inside, falls back to the nearest reflection outside", T, float,
                   double) {
  constexpr int width = simd::native_lanes<T>;
  using V = pack_t<T, width>;
  const Fixture<T, T> fixture;
  const double tolerance = sizeof(T) == 4 ? 2e-5 : 1e-12;
  // lanes with different stencils, and some that do not fit
  const V step = lane_numbers<V>();
  const Vec3<V> hkl{step * T(0.45) - T(2.3), step * T(-0.21) + T(0.9), V(T(2.75))};
  const Vec3<V> nearest{nearest_index(hkl.x), nearest_index(hkl.y), nearest_index(hkl.z)};
  TricubicF::State<V, V> state;
  T value[width], h[width], k[width], l[width];
  store(TricubicF::intensity<V, V>(fixture.table, state, hkl, nearest), static_cast<T*>(value));
  store(hkl.x, static_cast<T*>(h));
  store(hkl.y, static_cast<T*>(k));
  store(hkl.z, static_cast<T*>(l));
  for (int i = 0; i < width; ++i) {
    const bool inside = h[i] >= -2 && h[i] <= 3 && k[i] >= -1 && k[i] <= 1 && l[i] >= 2 && l[i] <= 4;
    const double rh = std::ceil(static_cast<double>(h[i]) - 0.5), rk = std::ceil(static_cast<double>(k[i]) - 0.5),
                 rl = std::ceil(static_cast<double>(l[i]) - 0.5);
    const bool in_box = rh >= -4 && rh <= 5 && rk >= -3 && rk <= 3;
    const double f = inside ? polynomial_f(h[i], k[i], l[i]) : in_box ? polynomial_f(rh, rk, rl) : 7;
    CHECK(static_cast<double>(value[i]) == doctest::Approx(f * f).epsilon(tolerance));
  }
}

TEST_CASE_TEMPLATE("cell: tricubic gives a lane the same bits whatever its neighbours' stencils are", T, float,
                   double) {
  constexpr int width = simd::native_lanes<T>;
  using V = pack_t<T, width>;
  const Fixture<T, T> fixture;
  T alone[width], together[width];
  for (int i = 0; i < width; ++i) {
    const T h = T(0.1) + T(i) * T(0.07);
    const auto value = [&](const V& along_h, T* to) {
      const Vec3<V> hkl{along_h, V(T(0.3)), V(T(2.75))};
      TricubicF::State<V, V> state;
      store(TricubicF::intensity<V, V>(fixture.table, state, hkl,
                                       Vec3<V>{nearest_index(hkl.x), nearest_index(hkl.y), nearest_index(hkl.z)}),
            to);
    };
    value(V(h), static_cast<T*>(alone));
    value(select(lane_numbers<V>() == V(T(i)), V(h), V(h + T(1))), static_cast<T*>(together));
    CHECK(alone[i] == together[i]);
  }
}

TEST_CASE("cell: the stencil fits two planes inside the box, edges included") {
  const Fixture<double, double> fixture;
  const auto fits = [&](double h) { return can_interpolate(fixture.table, Vec3<double>{h, 0, 3}); };
  CHECK(fits(-2.0));
  CHECK_FALSE(fits(std::nextafter(-2.0, -3.0)));
  CHECK(fits(3.0));
  CHECK_FALSE(fits(std::nextafter(3.0, 4.0)));
}
