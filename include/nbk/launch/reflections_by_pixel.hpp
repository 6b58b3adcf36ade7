// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/reflection_pixel.hpp"
#include "nbk/launch/gradient_by_pixel.hpp"

#include <cstdint>
#include <vector>

namespace nbk::launch {
inline namespace NBK_ISA {

/// The magnitudes of a range of pixels, which are one row.
struct MagnitudeAddend {
  const double* magnitudes;

  KOKKOS_INLINE_FUNCTION double operator()(int, std::int64_t index) const { return magnitudes[index]; }
};

/// Gives the terms of all pixels to their reflections, a pixel a thread: for devices. Returns the sum of the
/// magnitudes, or 0 where reflections have sums.
template <class Exec, class PrecisionT, class View>
double reflections_by_pixel(const Exec& exec, const Plan<PrecisionT, Exec>& plan, const View& slopes,
                            const kernel::ReflectionTable& reflections) {
  struct {
    DeviceTable<double, Exec> sums;
    std::vector<double> host_sums;
  } scratch;
  DeviceTable<double, Exec> magnitudes;
  std::vector<double> total(1, 0.0);
  for (const PixelRangeOfPanel& range : pixel_ranges(plan, most_kept_pixels)) {
    magnitudes.resize(exec, "nbk::adjoint_structure_factors::magnitudes", static_cast<std::size_t>(range.count));
    with_differentiable_shape(PlanShape{}, plan.shape(), [&](auto shape) {
      with_lookup(plan.lookup(), [&](auto lookup) {
        using Body =
            kernel::ReflectionPixel<decltype(shape), decltype(lookup), PrecisionT, typename View::non_const_value_type>;
        const Body body{plan.tables(range.panel), range.positions, slopes.data(), reflections, magnitudes.data()};
        using Policy =
            Kokkos::RangePolicy<Exec, Kokkos::IndexType<std::int64_t>, Kokkos::LaunchBounds<block_threads<Exec>>>;
        Kokkos::parallel_for("nbk::adjoint_structure_factors::by_pixel", Policy(exec, 0, range.count), body);
      });
    });
    add_rows(exec, scratch, MagnitudeAddend{magnitudes.data()}, range.count, total);
  }
  return total[0];
}

}  // namespace NBK_ISA
}  // namespace nbk::launch
