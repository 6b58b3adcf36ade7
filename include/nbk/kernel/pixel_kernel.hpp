// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/image_rows.hpp"
#include "nbk/kernel/pixel_block.hpp"
#include "nbk/kernel/source_terms.hpp"

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Computes one pixel of a panel and puts it into an image, or a listed pixel into a list.
/// \tparam TermsT  SourceTerms or others like them, of packs of one pixel
/// \param index   of the pixel in the window, or in the panel's list
template <class TermsT, Weighting WeightingT, class PrecisionT>
KOKKOS_FORCEINLINE_FUNCTION void compute_pixel(const Tables<PrecisionT>& tables, const ImageRows& image,
                                               std::int64_t index) {
  const bool listed = tables.listed.places != nullptr;
  const PixelPlace place = listed ? tables.listed.places[index] : place_in(tables.window, index);
  const std::ptrdiff_t to = listed ? tables.listed.positions[index] : place.offset(image.stride);
  if (!is_wanted(tables, place)) {
    image.put(typename PrecisionT::Accumulate(0), to);
    return;
  }
  TermsT terms;
  PlacesInRow<typename TermsT::Geometry, 1> places({place.fast + tables.first_fast, place.slow + tables.first_slow});
  PixelBlock<TermsT, WeightingT, 1, 1, PrecisionT>::compute(tables, terms, places, 1,
                                                            [&](int, auto photons) { image.put(photons, to); });
}

/// Computes one pixel per index, of the window or of the list: for devices.
template <Scatterer ScattererT, Weighting WeightingT, class PrecisionT>
struct PixelKernel {
  using Types = Packs<PrecisionT, 1>;
  using Terms = SourceTerms<ScattererT, typename WeightingT::template Running<Types>, Types, 1, PrecisionT>;

  Tables<PrecisionT> tables;
  ImageRows image;
  std::int64_t first = 0;

  KOKKOS_INLINE_FUNCTION void operator()(std::int64_t index) const {
    compute_pixel<Terms, WeightingT>(tables, image, first + index);
  }
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
