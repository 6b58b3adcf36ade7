// SPDX-License-Identifier: MIT
#pragma once

#include "cuda_space.hpp"
#include "kernels.hpp"
#include "library_calls.hpp"
#include "reference.hpp"
#include "rules.hpp"

#include <algorithm>
#include <string>
#include <type_traits>
#include <vector>

namespace nbk::gpu_run {

/// Simulates an image, or listed pixels, through the library's public functions.
template <class PrecisionT, class Pixel = float>
std::vector<Pixel> image_of(Engine engine, const Experiment& experiment, ImageUse use = ImageUse::replace,
                            const PlanOptions& options = {}) {
  device().engine = engine;
  return simulated<PrecisionT, Pixel>(experiment, use, options);
}

/// Compares nvcc's code with the same functors on the host.
template <class PrecisionT, class Pixel = float>
void check_image(Report& report, const Rules& rules, const NamedExperiment& named, bool print,
                 ImageUse use = ImageUse::replace) {
  const auto wanted = image_of<PrecisionT, Pixel>(Engine::host, named.experiment, use, named.options);
  const auto got = image_of<PrecisionT, Pixel>(Engine::translated, named.experiment, use, named.options);
  const Difference d = difference(got, wanted);
  const double bound = std::is_same_v<Pixel, double> ? std::max(rules.double_bound, rules.image_bound(named.experiment))
                                                     : rules.image_bound(named.experiment);
  const bool good = bound == 0 ? d.bits == 0 : d.of_maximum <= bound;
  if (print || !good) print_row(named.name, d, "host's functor");
  report.require(good, named.name + ": the image of nvcc's code differs from the host's");
  report.require(named.may_be_dark || has_signal(wanted), named.name + ": the image is dark, so it shows nothing");
}

/// Compares nvcc's code with the image in double.
template <class PrecisionT>
void check_accuracy(Report& report, const Rules& rules, const NamedExperiment& named,
                    const std::vector<float>& wanted) {
  const auto limit = [&](double of_experiment) {
    return rules.reference_bound > 0 ? rules.reference_bound : of_experiment;
  };
  const auto check = [&](Approximation approximation, const char* name, double bound) {
    executor().approximation = approximation;
    const Difference d = difference(image_of<PrecisionT>(Engine::translated, named.experiment), wanted);
    print_row(named.name, d, name);
    report.require(d.of_maximum <= bound, named.name + ": differs by " + std::to_string(d.of_maximum) +
                                              " of the maximum from the image in double, more than " +
                                              std::to_string(bound));
  };
  check(Approximation::rounded, "double, functions rounded", limit(named.rounded));
  if constexpr (std::is_same_v<PrecisionT, Fp32>)
    check(Approximation::loose, "double, functions 2 ulp off", limit(named.loose));
  executor().approximation = Approximation::as_host;
}

/// Compares one of many small pictures. Every second one has fewer threads than pixels, and other extents; every image
/// is once replaced, once added.
template <class PrecisionT>
void check_path(Report& report, const Rules& rules, const NamedExperiment& named) {
  const int number = named.number;
  device().most_blocks = number % 2 == 0 ? 1U << 30 : 2;
  device().block_threads = number % 2 == 0 ? 128 : 96;
  executor().warps_backwards = number % 3 == 0;
  check_image<PrecisionT>(report, rules, named, false, use_of(named));
  if constexpr (std::is_same_v<typename PrecisionT::Accumulate, double>) {
    const ImageUse other = use_of(named) == ImageUse::add ? ImageUse::replace : ImageUse::add;
    if (named.experiment.selection.runs.empty()) check_image<PrecisionT, double>(report, rules, named, false, other);
  }
}

/// All pictures, and small ones for all paths through all kernels of images.
template <class PrecisionT>
void check_images(Report& report, const Rules& rules, const ReferenceImages& reference) {
  constexpr bool compounding = may_compound<PrecisionT>;
  for (const NamedExperiment& named : named_experiments(compounding)) {
    check_image<PrecisionT>(report, rules, named, true);
    check_accuracy<PrecisionT>(report, rules, named, reference.at(named.name));
  }
  for_each_path(compounding, [&](const NamedExperiment& named) { check_path<PrecisionT>(report, rules, named); });
  device().most_blocks = 1U << 30;
  device().block_threads = 128;
  executor().warps_backwards = false;
}

/// Lists of pixels, panels and materials.
template <class PrecisionT>
void check_lists(Report& report, const Rules& rules) {
  for (const NamedExperiment& named : listed_experiments()) check_image<PrecisionT>(report, rules, named, true);
}

/// Tables of structure factors from a View on the device.
template <class PrecisionT>
void check_amplitudes(Report& report) {
  const Experiment e = experiment_of_view();
  std::vector<float> amplitudes = amplitudes_of_view();
  const auto image = [&](Engine engine) {
    device().engine = engine;
    return simulated_from_view<PrecisionT>(e, amplitudes);
  };
  const auto wanted = image(Engine::host);
  device().most_blocks = 2;
  report.require(has_signal(wanted), "amplitudes in a View: dark");
  for (const unsigned blocks : {1U << 30, 2U}) {
    device().most_blocks = blocks;
    const Difference d = difference(image(Engine::translated), wanted);
    print_row("amplitudes in a View", d, "host's functor");
    report.require(d.of_maximum <= (std::is_same_v<PrecisionT, Fp32> ? 1e-3 : 0.0), "amplitudes in a View: differ");
  }
  amplitudes[777] = NAN;
  std::string complaint;
  try {
    image(Engine::translated);
  } catch (const InvalidInput& error) {
    complaint = error.what();
  }
  report.require(complaint.find("finite") != std::string::npos, "an amplitude that is no number is not found");
  device().most_blocks = 1U << 30;
}

}  // namespace nbk::gpu_run
