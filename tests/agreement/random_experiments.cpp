// SPDX-License-Identifier: MIT
// Experiments made up from a seed, by the kernels in double and by the reference, which shares no code with them.
#include "bench/reference/reference.hpp"
#include "support/random_experiment.hpp"

#include <doctest/doctest.h>

#include <Kokkos_Core.hpp>
#include <nbk/nbk.hpp>

#include <nbk/compiled_kernels.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

using namespace nbk;
using namespace nbk::testing;

namespace {

using Host = Kokkos::DefaultHostExecutionSpace;

template <class P, class View>
std::vector<double> filled(const Host& exec, const Plan<P, Host>& plan, const View& view) {
  simulate(exec, plan, view);
  exec.fence();
  return {view.data(), view.data() + view.size()};
}

/// Photons in double, [panel][slow][fast] or as a list.
template <class P>
std::vector<double> photons(const Experiment& e) {
  const Host exec;
  const Plan<P, Host> plan(exec, e);
  if (e.selection.runs.empty()) {
    const ImageExtents extents = image_extents(plan.scene());
    return filled(
        exec, plan,
        Kokkos::View<double***, Kokkos::LayoutRight, Host>("image", extents.panels, extents.slow, extents.fast));
  }
  const auto listed = static_cast<std::size_t>(scene::listed_pixels(plan.scene().selection));
  return filled(exec, plan, Kokkos::View<double*, Kokkos::LayoutRight, Host>("pixels", listed));
}

double largest(const std::vector<double>& image) {
  double most = 0;
  for (const double pixel : image) most = std::max(most, std::fabs(pixel));
  return most;
}

/// Largest difference as a share of the reference's largest pixel. Not a number fails every bound.
double distance(const std::vector<double>& ours, const std::vector<double>& reference) {
  if (ours.size() != reference.size()) return NAN;
  double worst = 0;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    const double difference = std::fabs(ours[i] - reference[i]);
    if (!(difference <= worst)) worst = difference;
  }
  const double most = largest(reference);
  return worst == 0 ? 0 : worst / most;
}

constexpr std::uint64_t experiments = 150;

}  // namespace

TEST_CASE("random experiments: the kernels and the reference agree in double") {
  std::size_t dark = 0;
  for (std::uint64_t seed = 1; seed <= experiments; ++seed) {
    const Experiment e = random_experiment(seed);
    const std::vector<double> reference = reference::render_in_double(e);
    CAPTURE(seed);
    dark += largest(reference) == 0;
    CHECK(distance(photons<Fp64>(e), reference) <= 1e-11);
  }
  CHECK(dark <= experiments / 10);
}
