// SPDX-License-Identifier: MIT
#pragma once

#include "derivative_calls.hpp"
#include "library_calls.hpp"
#include "rules.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

namespace nbk::gpu_run {

/// What a result may be.
struct ResultRule {
  double bound = 0;  ///< largest difference, of the maximum; 0: the same bits
  bool may_be_dark = false;
};

/// Images of one plan that is changed in place: to an experiment, then to another crystal; the second in pieces, too.
template <class PrecisionT>
std::vector<float> images_of_updates(Plan<PrecisionT, Kokkos::Cuda>& plan, const Experiment& experiment) {
  const Kokkos::Cuda exec;
  std::vector<float> all;
  const auto append = [&](const std::vector<float>& image) { all.insert(all.end(), image.begin(), image.end()); };
  plan.update(exec, experiment);
  append(pixels_of_plan(plan, false));
  Crystal crystal = experiment.crystal;
  crystal.misset_rad = {0.3, 0.1, -0.2};
  crystal.mosaicity = {0.01, 3};
  plan.update(exec, crystal);
  append(pixels_of_plan(plan, false));
  const auto image = make_image(exec, plan);
  LaunchOptions in_pieces;
  in_pieces.pieces.next = [](std::int64_t done) { return done == 0 ? 640 : 1000; };
  simulate(exec, plan, image, in_pieces);
  append(pixels_of(image));
  return all;
}

/// Images of a plan whose structure factors are replaced by those of a View on the device.
template <class PrecisionT>
std::vector<float> images_of_two_views() {
  const Experiment e = experiment_of_view();
  std::vector<float> amplitudes = amplitudes_of_view();
  const Kokkos::Cuda exec;
  const auto view_of = [&](const auto& flat) {
    return Kokkos::View<float***, Kokkos::LayoutRight, CudaMemory>(flat.data(), 19, 17, 41);
  };
  const auto first = on_device(amplitudes);
  Plan<PrecisionT, Kokkos::Cuda> plan(exec, e, view_of(first));
  std::vector<float> both = pixels_of_plan(plan, false);
  std::reverse(amplitudes.begin(), amplitudes.end());
  const auto second = on_device(amplitudes);
  plan.update(exec, view_of(second));
  const std::vector<float> image = pixels_of_plan(plan, false);
  both.insert(both.end(), image.begin(), image.end());
  return both;
}

/// Computes all that tests/gpu/standin compares, one after the other, and calls f(name, rule, compute) for each, where
/// compute() returns its numbers.
template <class PrecisionT, class F>
void for_each_result(const Rules& rules, const F& f) {
  const auto image = [&](const NamedExperiment& named, ImageUse use) {
    f(named.name, ResultRule{rules.image_bound(named.experiment), named.may_be_dark},
      [&] { return simulated<PrecisionT>(named.experiment, use, named.options); });
  };
  const std::vector<NamedExperiment> experiments = named_experiments(may_compound<PrecisionT>);
  for (const NamedExperiment& named : experiments) image(named, ImageUse::replace);
  Plan<PrecisionT, Kokkos::Cuda> plan(Kokkos::Cuda(), experiments.back().experiment);
  for (const NamedExperiment& named : experiments) {
    f("one plan: " + named.name, ResultRule{rules.image_bound(named.experiment)},
      [&] { return images_of_updates(plan, named.experiment); });
  }
  f("two Views of amplitudes", ResultRule{rules.host_bound}, images_of_two_views<PrecisionT>);
  for (const NamedExperiment& named : listed_experiments()) image(named, ImageUse::replace);
  for_each_path(may_compound<PrecisionT>, [&](const NamedExperiment& named) {
    image(named, use_of(named));
    if constexpr (std::is_same_v<typename PrecisionT::Accumulate, double>) {
      const ImageUse other = use_of(named) == ImageUse::add ? ImageUse::replace : ImageUse::add;
      if (!named.experiment.selection.runs.empty()) return;
      f(named.name + ", in double",
        ResultRule{std::max(rules.double_bound, rules.image_bound(named.experiment)), named.may_be_dark},
        [&] { return simulated<PrecisionT, double>(named.experiment, other, named.options); });
    }
  });
  if constexpr (!std::is_same_v<PrecisionT, Df64>) {
    for_each_derivative_case([&](const DerivativeCase& c) {
      const double bound = std::max(rules.image_bound(c.experiment), rules.derivative_bound);
      std::vector<std::vector<double>> parts;
      for (std::size_t i = 0; i < derivative_parts.size(); ++i) {
        // Sums of derivatives may be 0 by symmetry.
        f(c.name + ": " + derivative_parts[i], ResultRule{bound, i > 0}, [&] {
          if (i == 0) parts = differentiated<PrecisionT>(c);
          return parts[i];
        });
      }
    });
  }
}

}  // namespace nbk::gpu_run
