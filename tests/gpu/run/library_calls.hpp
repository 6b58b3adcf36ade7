// SPDX-License-Identifier: MIT
#pragma once

#include "experiments.hpp"

#include <nbk/nbk.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// Calls of the library's public functions on Kokkos::Cuda, whichever that is: tests/gpu/run has spaces of its own in
/// its place, tests/gpu/standin has Kokkos' own backend.

namespace nbk::gpu_run {

using CudaMemory = Kokkos::CudaSpace;

/// Pixels of a View of the device, on the host.
template <class View>
auto pixels_of(const View& view) {
  using T = typename View::non_const_value_type;
  using Unmanaged = Kokkos::MemoryTraits<Kokkos::Unmanaged>;
  std::vector<T> pixels(view.size());
  const Kokkos::Cuda exec;
  Kokkos::deep_copy(exec, Kokkos::View<T*, Kokkos::HostSpace, Unmanaged>(pixels.data(), pixels.size()),
                    Kokkos::View<const T*, CudaMemory, Unmanaged>(view.data(), pixels.size()));
  exec.fence();
  return pixels;
}

/// Makes device memory with these pixels.
template <class T>
Kokkos::View<T*, Kokkos::LayoutRight, CudaMemory> on_device(const std::vector<T>& pixels) {
  using Host = Kokkos::View<const T*, Kokkos::HostSpace, Kokkos::MemoryTraits<Kokkos::Unmanaged>>;
  const Kokkos::View<T*, Kokkos::LayoutRight, CudaMemory> view(
      Kokkos::view_alloc("pixels", Kokkos::WithoutInitializing), pixels.size());
  const Kokkos::Cuda exec;
  Kokkos::deep_copy(exec, view, Host(pixels.data(), pixels.size()));
  exec.fence();
  return view;
}

/// Simulates an image, or listed pixels, of a plan.
template <class Pixel = float, class PrecisionT>
std::vector<Pixel> pixels_of_plan(const Plan<PrecisionT, Kokkos::Cuda>& plan, bool listed,
                                  ImageUse use = ImageUse::replace) {
  const Kokkos::Cuda exec;
  if constexpr (std::is_same_v<Pixel, float>) {
    if (listed) {
      const auto list = make_pixel_list(exec, plan);
      simulate(exec, plan, list);
      return pixels_of(list);
    }
  }
  const ImageExtents extents = image_extents(plan.scene());
  const Kokkos::View<Pixel***, Kokkos::LayoutRight, CudaMemory> image(
      Kokkos::view_alloc("image", Kokkos::WithoutInitializing), extents.panels, extents.slow, extents.fast);
  if (use == ImageUse::add) Kokkos::deep_copy(exec, image, Pixel(0));
  simulate(exec, plan, image, {{}, use});
  return pixels_of(image);
}

/// Simulates an image, or listed pixels, of an experiment.
template <class PrecisionT, class Pixel = float>
std::vector<Pixel> simulated(const Experiment& experiment, ImageUse use = ImageUse::replace,
                             const PlanOptions& options = {}) {
  const Plan<PrecisionT, Kokkos::Cuda> plan(Kokkos::Cuda(), experiment, options);
  return pixels_of_plan<Pixel>(plan, !experiment.selection.runs.empty(), use);
}

/// How the photons of a path enter its image.
inline ImageUse use_of(const NamedExperiment& path) { return path.number % 4 < 2 ? ImageUse::replace : ImageUse::add; }

/// Simulates an image with structure factors from a View on the device.
/// \param amplitudes  of the ranges of the experiment's table, flat
template <class PrecisionT>
std::vector<float> simulated_from_view(const Experiment& experiment, const std::vector<float>& amplitudes) {
  const auto flat = on_device(amplitudes);
  const StructureFactors& f = experiment.structure_factors;
  const auto extent = [](int min, int max) { return static_cast<std::size_t>(max - min + 1); };
  const Kokkos::View<float***, Kokkos::LayoutRight, CudaMemory> view(
      flat.data(), extent(f.h_min, f.h_max), extent(f.k_min, f.k_max), extent(f.l_min, f.l_max));
  const Plan<PrecisionT, Kokkos::Cuda> plan(Kokkos::Cuda(), experiment, view);
  return pixels_of_plan(plan, false);
}

}  // namespace nbk::gpu_run
