// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/image_rows.hpp"
#include "nbk/kernel/pixel_block.hpp"
#include "nbk/kernel/source_terms.hpp"

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Computes one pixel per index: for devices.
template <Scatterer ScattererT, Weighting WeightingT, class PrecisionT>
struct PixelKernel {
  Tables<PrecisionT> tables;
  ImageRows image;
  std::int64_t first = 0;

  KOKKOS_INLINE_FUNCTION void operator()(std::int64_t index) const {
    const PixelPlace place = place_in(tables.window, first + index);
    float value = 0;
    if (tables.mask == nullptr || tables.mask[place.offset(image.stride)] != 0) {
      using Types = Packs<PrecisionT, 1>;
      using Terms = SourceTerms<ScattererT, typename WeightingT::template Running<Types>, Types, 1, PrecisionT>;
      Terms terms;
      PixelBlock<Terms, WeightingT, 1, 1, PrecisionT>::compute(
          tables, terms, place, 1, [&](int, auto photons) { store_as_float(photons, &value); });
    }
    image.data[place.offset(image.stride)] = value;
  }
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
