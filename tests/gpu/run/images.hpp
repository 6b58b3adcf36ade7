// SPDX-License-Identifier: MIT
#pragma once

#include "cuda_space.hpp"
#include "experiments.hpp"
#include "kernels.hpp"
#include "reference.hpp"
#include "report.hpp"

#include <nbk/nbk.hpp>

#include <algorithm>
#include <string>
#include <type_traits>
#include <vector>

namespace nbk::gpu_run {

/// Pixels of a View of the device, on the host.
template <class View>
std::vector<typename View::non_const_value_type> pixels_of(const View& view) {
  std::vector<typename View::non_const_value_type> pixels(view.size());
  device().memory.copy(pixels.data(), view.data(), pixels.size() * sizeof(pixels[0]));
  return pixels;
}

/// Makes device memory with these pixels.
template <class T>
Kokkos::View<T*, Kokkos::LayoutRight, Kokkos::CudaSpace> on_device(const std::vector<T>& pixels) {
  const Kokkos::View<T*, Kokkos::LayoutRight, Kokkos::CudaSpace> view(
      Kokkos::view_alloc("pixels", Kokkos::WithoutInitializing), pixels.size());
  device().memory.copy(view.data(), pixels.data(), pixels.size() * sizeof(T));
  return view;
}

/// Simulates an image, or listed pixels, through the library's public functions.
template <class PrecisionT, class Pixel = float>
std::vector<Pixel> image_of(Engine engine, const Experiment& experiment, ImageUse use = ImageUse::replace,
                            const PlanOptions& options = {}) {
  const Kokkos::Cuda exec;
  device().engine = engine;
  const Plan<PrecisionT, Kokkos::Cuda> plan(exec, experiment, options);
  if constexpr (std::is_same_v<Pixel, float>) {
    if (!experiment.selection.runs.empty()) {
      const auto list = make_pixel_list(exec, plan);
      simulate(exec, plan, list);
      return pixels_of(list);
    }
  }
  const ImageExtents extents = image_extents(plan.scene());
  const Kokkos::View<Pixel***, Kokkos::LayoutRight, Kokkos::CudaSpace> image(
      Kokkos::view_alloc("image", Kokkos::WithoutInitializing), extents.panels, extents.slow, extents.fast);
  if (use == ImageUse::add) Kokkos::deep_copy(exec, image, Pixel(0));
  simulate(exec, plan, image, {{}, use});
  return pixels_of(image);
}

/// What a precision's kernels must do. Bounds are of the maximum of an image; 0: the same bits.
struct Rules {
  double host_bound = 0;        ///< of images from the host's functors
  double round_bound = 5e-6;    ///< the same of round crystals, which take another path on devices
  double double_bound = 0;      ///< the same of images of double
  double derivative_bound = 0;  ///< the same of derivatives
  double reference_bound = 0;   ///< from images in double; 0: that of the experiment

  /// The first two for a crystal.
  double image_bound(const Experiment& experiment) const {
    return experiment.crystal.shape == LatticeShape("round") && round_bound > host_bound ? round_bound : host_bound;
  }
};

/// The rules of a precision.
/// \param fused  nvcc may have fused multiplications and additions in single precision
template <class PrecisionT>
Rules rules_of(bool fused) {
  Rules rules;
  if constexpr (std::is_same_v<PrecisionT, Fp64>) {
    // Doubles whose last bits differ, as nvcc fuses operations; seen as floats they are the same.
    rules.round_bound = 0;
    rules.double_bound = rules.derivative_bound = 1e-11;
    rules.reference_bound = 1e-6;
  } else if constexpr (!std::is_same_v<PrecisionT, Fp32>) {
    // nvcc fuses sums of derivatives, which are in double.
    rules.derivative_bound = 1e-9;
    rules.reference_bound = 2e-5;
  }
  if (fused) {
    rules.host_bound = 3e-3;  // where rays graze the panel; elsewhere 3e-4
    rules.derivative_bound = 3e-4;
  }
  return rules;
}

inline void print_row(const std::string& name, const Difference& bits, const char* engine) {
  std::printf("  %-34s %6zu pixels differ  %.1e of the pixel  %.1e of the maximum  %s\n", name.c_str(), bits.bits,
              bits.of_pixel, bits.of_maximum, engine);
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
void check_path(Report& report, const Rules& rules, const NamedExperiment& named, int number) {
  device().most_blocks = number % 2 == 0 ? 1U << 30 : 2;
  device().block_threads = number % 2 == 0 ? 128 : 96;
  executor().warps_backwards = number % 3 == 0;
  const ImageUse use = number % 4 < 2 ? ImageUse::replace : ImageUse::add;
  check_image<PrecisionT>(report, rules, named, false, use);
  if constexpr (std::is_same_v<typename PrecisionT::Accumulate, double>) {
    const ImageUse other = use == ImageUse::add ? ImageUse::replace : ImageUse::add;
    if (named.experiment.selection.runs.empty()) check_image<PrecisionT, double>(report, rules, named, false, other);
  }
}

/// All pictures, and small ones for all paths through all kernels of images.
template <class PrecisionT>
void check_images(Report& report, const Rules& rules, const ReferenceImages& reference) {
  constexpr bool compounding =
      std::is_same_v<typename PrecisionT::Accumulate, double> && std::is_same_v<typename PrecisionT::Lattice, double>;
  for (const NamedExperiment& named : named_experiments(compounding)) {
    check_image<PrecisionT>(report, rules, named, true);
    check_accuracy<PrecisionT>(report, rules, named, reference.at(named.name));
  }
  int number = 0;
  for (NamedExperiment& named : paths_of_backgrounds()) check_path<PrecisionT>(report, rules, named, number++);
  for_each_type(physics::Shapes{}, [&](auto shape) {
    for (int lookup = 0; lookup < 3; ++lookup) {
      for (const TermWeighting weighting :
           {TermWeighting::first_value, TermWeighting::per_term, TermWeighting::compounding}) {
        if (weighting == TermWeighting::compounding && !compounding) continue;
        const Combination combination{shape_of<decltype(shape)>, lookup, weighting};
        std::vector<NamedExperiment> paths = paths_of(combination);
        if (combination.is_compact() && weighting != TermWeighting::compounding) {
          for (NamedExperiment& named : window_paths_of(combination)) paths.push_back(std::move(named));
        }
        number = 0;
        for (NamedExperiment& named : paths) {
          named.name += ": " + std::string(combination.shape.name()) + ", lookup " + std::to_string(lookup) +
                        ", weighting " + std::to_string(static_cast<int>(weighting));
          check_path<PrecisionT>(report, rules, named, number++);
        }
      }
    }
  });
  device().most_blocks = 1U << 30;
  device().block_threads = 128;
  executor().warps_backwards = false;
}

/// Lists of pixels, panels and materials.
template <class PrecisionT>
void check_lists(Report& report, const Rules& rules) {
  for_each_type(physics::Shapes{}, [&](auto shape) {
    for (int lookup = 0; lookup < 3; ++lookup) {
      NamedExperiment named{
          "list: " + std::string(shape_of<decltype(shape)>.name()) + ", lookup " + std::to_string(lookup),
          two_panels(shape_of<decltype(shape)>, lookup > 0, lookup == 2), 0, 0};
      Experiment& e = named.experiment;
      for (int slow = 60; slow > 4; slow -= 3) e.selection.runs.push_back({slow % 2, slow, slow / 4, 3 + slow % 17});
      if (lookup == 0) e.materials = matter();
      check_image<PrecisionT>(report, rules, named, true);
    }
  });
}

/// Tables of structure factors from a View on the device.
template <class PrecisionT>
void check_amplitudes(Report& report) {
  Experiment e = two_panels({}, false, false);
  e.structure_factors = StructureFactors::over({-9, 9}, {-8, 8}, {-20, 20});
  e.structure_factors.default_amplitude = 30;
  std::vector<float> amplitudes;
  for (int i = 0; i < 19 * 17 * 41; ++i) amplitudes.push_back(static_cast<float>(100 + 40 * std::sin(0.07 * i)));
  const auto image = [&](Engine engine) {
    const Kokkos::Cuda exec;
    device().engine = engine;
    const auto flat = on_device(amplitudes);
    const Kokkos::View<float***, Kokkos::LayoutRight, Kokkos::CudaSpace> view(flat.data(), 19, 17, 41);
    const Plan<PrecisionT, Kokkos::Cuda> plan(exec, e, view);
    const auto pixels = make_image(exec, plan);
    simulate(exec, plan, pixels);
    return pixels_of(pixels);
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
