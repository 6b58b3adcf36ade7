// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/exit_ray.hpp"
#include "nbk/kernel/image_rows.hpp"

#include <cstddef>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Places of up to `MostPacks` packs of pixels of one panel, in a row or anywhere.
/// \tparam Geometry  a pack of the geometry's numbers
template <class Geometry, int MostPacks>
struct ScatteredPlaces {
  int packs = 0;
  Geometry fast[static_cast<std::size_t>(MostPacks)], slow[static_cast<std::size_t>(MostPacks)];  ///< columns, rows
  bool in_row = false;  ///< they follow each other in a row, from `first` on
  PixelPlace first;
};

/// exit_ray() to pixels that need not lie in a row.
template <class Geometry, class PrecisionT>
KOKKOS_FORCEINLINE_FUNCTION ExitRay<Geometry> exit_ray_anywhere(const Tables<PrecisionT>& tables, const Geometry& fast,
                                                                const Geometry& slow, const Subpixel& sub) {
  using Number = scalar_t<Geometry>;
  const auto& panel = tables.panel;
  const Number size = panel.subpixel_size, half = size * Number(0.5);
  const auto metres = [&](const Geometry& pixel, int part) {
    return fma(fma(pixel, static_cast<Number>(tables.oversample), Geometry(static_cast<Number>(part))), size,
               Geometry(half));
  };
  const Geometry fast_m = metres(fast, sub.fast), slow_m = metres(slow, sub.slow);
  const Vec3<Number> start = static_cast<Number>(sub.layer) * tables.layers.step_m * panel.normal + panel.origin;
  const Vec3<Geometry> position{fma(fast_m, panel.fast.x, fma(slow_m, panel.slow.x, Geometry(start.x))),
                                fma(fast_m, panel.fast.y, fma(slow_m, panel.slow.y, Geometry(start.y))),
                                fma(fast_m, panel.fast.z, fma(slow_m, panel.slow.z, Geometry(start.z)))};
  ExitRay<Geometry> ray = ray_to(tables, position);
  if constexpr (!rounds_as_double<typename PrecisionT::Lattice> && is_single<Number>) {
    // The rounding of 1 / R makes d too long or too short, which h sees times the order of the reflection.
    Vec3<Geometry>& d = ray.direction;
    const Geometry excess = fma(-d.x, d.x, fma(-d.y, d.y, fma(-d.z, d.z, Geometry(Number(1))))) * Geometry(Number(0.5));
    d = {fma(excess, d.x, d.x), fma(excess, d.y, d.y), fma(excess, d.z, d.z)};
  }
  return ray;
}

}  // namespace NBK_ISA
}  // namespace nbk::kernel
