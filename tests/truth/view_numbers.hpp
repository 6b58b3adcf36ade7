// SPDX-License-Identifier: MIT
#pragma once

#include <nbk/scene/image_extents.hpp>
#include <nbk/scene/validate_selection.hpp>

#include <Kokkos_Core.hpp>

#include <cstddef>
#include <vector>

/// \file
/// Numbers in Kokkos' Views and in vectors.

namespace nbk::truth {

using HostExec = Kokkos::DefaultHostExecutionSpace;
using Numbers = Kokkos::View<double*, Kokkos::LayoutRight, HostExec::memory_space>;

/// Returns the number of pixels of a scene's image, or of its runs.
inline std::size_t pixel_count(const Scene& scene) {
  if (scene.selection.runs.empty()) return image_extents(scene).pixels();
  return static_cast<std::size_t>(scene::listed_pixels(scene.selection));
}

/// Returns the elements of a View in their order.
template <class Exec, class View>
std::vector<double> numbers_of(const Exec& exec, const View& view) {
  std::vector<double> numbers(view.size());
  const Kokkos::View<double*, Kokkos::HostSpace, Kokkos::MemoryUnmanaged> all(numbers.data(), numbers.size());
  const Kokkos::View<const double*, typename View::memory_space, Kokkos::MemoryUnmanaged> flat(view.data(),
                                                                                               view.size());
  Kokkos::deep_copy(exec, all, flat);
  exec.fence("nbk::truth::numbers_of");
  return numbers;
}

/// Returns a View with these elements.
inline Numbers view_of(const HostExec& exec, const std::vector<double>& numbers) {
  const Numbers view("nbk::truth::numbers", numbers.size());
  const Kokkos::View<const double*, Kokkos::HostSpace, Kokkos::MemoryUnmanaged> all(numbers.data(), numbers.size());
  Kokkos::deep_copy(exec, view, all);
  exec.fence("nbk::truth::view_of");
  return view;
}

}  // namespace nbk::truth
