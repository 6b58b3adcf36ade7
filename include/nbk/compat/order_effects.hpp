// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/compat/ordered_pixel.hpp"
#include "nbk/kernel/host_tasks.hpp"
#include "nbk/plan/cell_lookup.hpp"

#include <Kokkos_Core.hpp>

#include <atomic>
#include <cstdint>

namespace nbk::compat {
inline namespace NBK_ISA {

/// The lowest pixel of [begin, end) that a search finds. Waits for the answer.
template <class Search, ExecSpace Exec>
std::int64_t lowest_pixel(const Exec& exec, const Search& search, std::int64_t begin, std::int64_t end) {
  constexpr const char* label = "nbk::first_pixel";
  std::int64_t lowest = no_pixel;
  if constexpr (is_host_space<Exec>) {
    std::atomic<std::int64_t> shared = no_pixel;
    const auto visit = [&](std::int64_t pixel) {
      std::int64_t found = shared.load(std::memory_order_relaxed), before = found;
      search(pixel, found);
      while (found < before && !shared.compare_exchange_weak(before, found, std::memory_order_relaxed)) {}
    };
    kernel::start_on_host(exec, label, {begin, end}, kernel::HostTask(visit));
    exec.fence(label);
    lowest = shared;
  } else {
    Kokkos::parallel_reduce(label, Kokkos::RangePolicy<Exec, Kokkos::IndexType<std::int64_t>>(exec, begin, end), search,
                            Kokkos::Min<std::int64_t>(lowest));
    exec.fence(label);
  }
  return lowest;
}

/// The lowest pixel of the window that a search finds, in growing pieces so that an early one is found early.
template <class Search, ExecSpace Exec>
std::int64_t first_pixel(const Exec& exec, const Search& search, std::int64_t pixels) {
  std::int64_t begin = 0;
  for (std::int64_t piece = 1024; begin < pixels; begin += piece, piece *= 4) {
    const std::int64_t end = begin + piece < pixels ? begin + piece : pixels;
    const std::int64_t lowest = lowest_pixel(exec, search, begin, end);
    if (lowest != no_pixel) return lowest;
  }
  return no_pixel;
}

/// The pixels of an image that depend on the order of evaluation in the C program.
template <PrecisionLike PrecisionT>
struct OrderEffects {
  OrderedPixel<PrecisionT> first;  ///< the first evaluated one, if its orientations differ
  OrderedPixel<PrecisionT> stop;   ///< the one where tricubic interpolation stops for the rest of the image
};

/// Finds those pixels. Waits for the answers.
/// \param lookup              of the image
/// \param first_orientations  of the first evaluated pixel; nullptr: as everywhere
template <class Factor, ExecSpace Exec, PrecisionLike PrecisionT>
OrderEffects<PrecisionT> find_order_effects(
    const Exec& exec, const Factor& factor, const Tables<PrecisionT>& tables, CellLookup lookup,
    const physics::CellAxes<typename PrecisionT::Geometry>* first_orientations) {
  using Search = FirstPixelSearch<Factor, PrecisionT>;
  const std::int64_t pixels = kernel::pixel_count(tables.window);
  OrderEffects<PrecisionT> effects;
  auto& [first, stop] = effects;
  if (first_orientations != nullptr) {
    first.pixel = first_pixel(exec, Search{factor, tables, WalkUntil::first_evaluation, {}}, pixels);
    first.first_orientations = first_orientations;
  }
  if (lookup == CellLookup::tricubic) {
    stop.pixel = first_pixel(exec, Search{factor, tables, WalkUntil::outside_table, first}, pixels);
    stop.lookup = OrderedLookup::interrupted;
  }
  if (stop.pixel == first.pixel) stop.first_orientations = first_orientations;
  first.lookup = lookup == CellLookup::constant                              ? OrderedLookup::constant
                 : lookup == CellLookup::nearest || first.pixel > stop.pixel ? OrderedLookup::nearest
                                                                             : OrderedLookup::tricubic;
  return effects;
}

/// Starts computing the found pixels again, in the C program's order.
template <class Factor, ExecSpace Exec, PrecisionLike PrecisionT>
void compute_in_order(const Exec& exec, const Factor& factor, const Tables<PrecisionT>& tables,
                      const kernel::ImageRows& image, const OrderEffects<PrecisionT>& effects) {
  const auto again = [&](const OrderedPixel<PrecisionT>& special) {
    constexpr const char* label = "nbk::ordered_pixel";
    const OrderedPixelKernel<Factor, PrecisionT> body{factor, tables, image, special};
    if constexpr (is_host_space<Exec>) {
      kernel::start_on_host(exec, label, {0, 1}, kernel::HostTask(body));
    } else {
      Kokkos::parallel_for(label, Kokkos::RangePolicy<Exec>(exec, 0, 1), body);
    }
  };
  const auto& [first, stop] = effects;
  if (stop.pixel != no_pixel) again(stop);
  if (first.pixel != no_pixel && first.pixel != stop.pixel) again(first);
}

}  // namespace NBK_ISA
}  // namespace nbk::compat
