// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/image_rows.hpp"
#include "nbk/kernel/pixel_block.hpp"
#include "nbk/kernel/source_terms.hpp"

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Computes one pixel per index, of the window or of the list: for devices.
template <Scatterer ScattererT, Weighting WeightingT, class PrecisionT>
struct PixelKernel {
  Tables<PrecisionT> tables;
  ImageRows image;
  std::int64_t first = 0;

  KOKKOS_INLINE_FUNCTION void operator()(std::int64_t index) const {
    const bool listed = tables.listed.places != nullptr;
    const PixelPlace place = listed ? tables.listed.places[first + index] : place_in(tables.window, first + index);
    const std::ptrdiff_t to = listed ? tables.listed.positions[first + index] : place.offset(image.stride);
    if (!is_wanted(tables, place)) {
      image.put(typename PrecisionT::Accumulate(0), to);
      return;
    }
    using Types = Packs<PrecisionT, 1>;
    using Terms = SourceTerms<ScattererT, typename WeightingT::template Running<Types>, Types, 1, PrecisionT>;
    Terms terms;
    PlacesInRow<typename Types::Geometry, 1> places({place.fast + tables.first_fast, place.slow + tables.first_slow});
    PixelBlock<Terms, WeightingT, 1, 1, PrecisionT>::compute(tables, terms, places, 1,
                                                             [&](int, auto photons) { image.put(photons, to); });
  }
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
