// SPDX-License-Identifier: MIT
// simulate_with(): shapes that the library does not know.
#include "support/experiments.hpp"

#include <doctest/doctest.h>

#include <Kokkos_Core.hpp>
#include <nbk/nbk.hpp>

#include <vector>

using namespace nbk;
using namespace nbk::testing;

namespace {

using Host = Kokkos::DefaultHostExecutionSpace;
using HostPlan = Plan<Fp32, Host>;

/// The library's shapes under other names.
struct OwnRound {
  static constexpr bool compact = false;
  template <class V>
  static KOKKOS_INLINE_FUNCTION V intensity(const physics::LatticeParameters<scalar_t<V>>& p, const Vec3<V>& delta) {
    return physics::Round::intensity(p, delta);
  }
};
struct OwnTophat {
  static constexpr bool compact = true;
  template <class V>
  static KOKKOS_INLINE_FUNCTION V intensity(const physics::LatticeParameters<scalar_t<V>>& p, const Vec3<V>& delta) {
    return physics::Tophat::intensity(p, delta);
  }
};

std::vector<float> copy_of(const Host& exec, const Image<Host>& image) {
  exec.fence();
  return {image.data(), image.data() + image.size()};
}

std::vector<float> usual(const Host& exec, const Experiment& experiment) {
  const HostPlan plan(exec, experiment);
  const auto image = make_image(exec, plan);
  simulate(exec, plan, image);
  return copy_of(exec, image);
}

template <class Shape>
std::vector<float> with(const Host& exec, const Experiment& experiment) {
  const HostPlan plan(exec, experiment);
  const auto image = make_image(exec, plan);
  simulate_with<Shape>(exec, plan, image);
  return copy_of(exec, image);
}

}  // namespace

TEST_CASE("own shape: the library's formula under another name gives its bits, whatever shape the crystal names") {
  const Host exec;
  Experiment e = smoke_experiment();
  e.crystal.phi = {0.0, 0.02, {}, 2};  // one pixel depends on the order of evaluation
  e.crystal.shape = LatticeShape("round");
  const auto round = usual(exec, e);
  CHECK(with<OwnRound>(exec, e) == round);
  CHECK(with<physics::Round>(exec, e) == round);
  e.crystal.shape = LatticeShape("gauss");
  CHECK(with<OwnRound>(exec, e) == round);
  CHECK(usual(exec, e) != round);
}

TEST_CASE("own shape: a compact one finds its spots where the library's own reach is too short") {
  const Host exec;
  Experiment e = smoke_experiment();
  e.crystal.cells = {10, 10, 10};
  e.crystal.mosaicity.spread_rad = 0.01;
  e.crystal.mosaicity.domains = 20;
  e.crystal.shape = LatticeShape("tophat");
  const auto tophat = usual(exec, e);
  CHECK(with<OwnTophat>(exec, e) == tophat);
  double sum = 0;
  for (const float pixel : tophat) sum += static_cast<double>(pixel);
  CHECK(sum > 0);
  e.crystal.shape = LatticeShape("square");
  CHECK(with<OwnTophat>(exec, e) == tophat);
}

TEST_CASE("own shape: one of the library's shapes must be the plan's") {
  const Host exec;
  const HostPlan plan(exec, smoke_experiment());
  const auto image = make_image(exec, plan);
  CHECK(complaint([&] { simulate_with<physics::Round>(exec, plan, image); }) ==
        "crystal.shape = square: must be round, which simulate_with() was told");
}

TEST_CASE("simulate: an image may be a part of a larger View, but without gaps") {
  const Host exec;
  const Experiment e = smoke_experiment();
  const HostPlan plan(exec, e);
  const Kokkos::View<float***, Kokkos::LayoutRight, Kokkos::HostSpace> batch("batch", 3, 32, 32),
      wide("wide", 1, 32, 40);
  const auto second = Kokkos::subview(batch, std::pair(1, 2), Kokkos::ALL, Kokkos::ALL);
  simulate(exec, plan, second);
  exec.fence();
  const auto expected = usual(exec, e);
  CHECK(std::vector<float>(second.data(), second.data() + second.size()) == expected);
  CHECK(batch(0, 5, 5) == 0.0F);
  CHECK(batch(2, 5, 5) == 0.0F);
  const Kokkos::View<float***, Kokkos::LayoutRight, Kokkos::HostSpace> small("small", 1, 32, 31);
  CHECK(
      begins_with(complaint([&] { simulate(exec, plan, small); }), "image extents = 1 x 32 x 31: must be 1 x 32 x 32"));
}
