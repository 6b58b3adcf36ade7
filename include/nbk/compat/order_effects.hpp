// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/compat/ordered_pixel.hpp"
#include "nbk/launch/dispatch.hpp"
#include "nbk/launch/pieces.hpp"
#include "nbk/simd/isa.hpp"

#include <Kokkos_Core.hpp>

namespace nbk::launch {
inline namespace NBK_ISA {

/// The lowest pixel of the window that a search finds, in growing pieces so that an early one is found early.
template <class Search, ExecSpace Exec>
std::int64_t first_pixel(const Exec& exec, const Search& search, std::int64_t pixels) {
  std::int64_t begin = 0;
  for (std::int64_t piece = 1024; begin < pixels; begin += piece, piece *= 4) {
    const std::int64_t end = begin + piece < pixels ? begin + piece : pixels;
    std::int64_t lowest = kernel::no_pixel;
    Kokkos::parallel_reduce("nbk::first_pixel",
                            Kokkos::RangePolicy<Exec, Kokkos::IndexType<std::int64_t>>(exec, begin, end), search,
                            Kokkos::Min<std::int64_t>(lowest));
    exec.fence("nbk::first_pixel");
    if (lowest != kernel::no_pixel) return lowest;
  }
  return kernel::no_pixel;
}

/// As launch_pieces for the whole window, with the pixels whose value depends on the order of evaluation in the C
/// program computed again in that order: the first evaluated one, if its orientations differ (`first_orientations` not
/// nullptr), and the one where tricubic interpolation stops for the rest of the image.
template <class Shape, ExecSpace Exec, PrecisionLike P>
void launch_in_order(const Exec& exec, const Tables<P>& t, const kernel::ImageRows& image, const KernelChoice& choice,
                     const physics::CellAxes<typename P::Geometry>* first_orientations, const Pieces& pieces) {
  using kernel::no_pixel;
  using kernel::OrderedLookup;
  using Special = kernel::OrderedPixel<P>;
  const std::int64_t pixels = pixel_count(t.window);
  const bool tricubic = choice.lookup == CellLookup::tricubic;
  const auto again = [&](const Special& special) {
    const kernel::OrderedPixelKernel<Shape, P> body{t, image, special};
    Kokkos::parallel_for("nbk::ordered_pixel", Kokkos::RangePolicy<Exec>(exec, 0, 1), body);
  };

  Special first;
  if (first_orientations != nullptr) {
    first.pixel = first_pixel(
        exec, kernel::FirstPixelSearch<Shape, P>{t, image.stride, kernel::WalkUntil::first_evaluation, {}}, pixels);
    first.first_orientations = first_orientations;
  }
  Special stop;
  if (tricubic)
    stop.pixel = first_pixel(
        exec, kernel::FirstPixelSearch<Shape, P>{t, image.stride, kernel::WalkUntil::outside_table, first}, pixels);

  launch_pieces<Shape>(exec, t, image, {0, stop.pixel < pixels ? stop.pixel : pixels}, choice, pieces);
  if (stop.pixel != no_pixel) {
    launch_pieces<Shape>(exec, t, image, {stop.pixel + 1, pixels}, {CellLookup::nearest, choice.weighting}, pieces);
    stop.lookup = OrderedLookup::interrupted;
    if (stop.pixel == first.pixel) stop.first_orientations = first_orientations;
    again(stop);
  }
  if (first.pixel != no_pixel && first.pixel != stop.pixel) {
    first.lookup = choice.lookup == CellLookup::constant                              ? OrderedLookup::constant
                   : choice.lookup == CellLookup::nearest || first.pixel > stop.pixel ? OrderedLookup::nearest
                                                                                      : OrderedLookup::tricubic;
    again(first);
  }
}

}  // namespace NBK_ISA
}  // namespace nbk::launch
