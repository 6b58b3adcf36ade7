// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/precision.hpp"
#include "nbk/core/type_list.hpp"
#include "nbk/kernel/image_rows.hpp"
#include "nbk/kernel/pixel_block.hpp"
#include "nbk/kernel/pixel_tiles.hpp"
#include "nbk/kernel/plain_tables.hpp"
#include "nbk/kernel/source_terms.hpp"
#include "nbk/physics/structure_factor/constant.hpp"
#include "nbk/physics/structure_factor/nearest.hpp"

#include <cstddef>
#include <cstdint>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Computes one pixel of a panel.
/// \tparam TermsT  SourceTerms or others like them, of packs of one pixel
/// \param place   of the pixel in its panel
/// \param to      its place in the image or list
template <class TermsT, Weighting WeightingT, class PrecisionT>
KOKKOS_FORCEINLINE_FUNCTION void compute_pixel(const Tables<PrecisionT>& tables, const ImageRows& image,
                                               const PixelPlace& place, std::ptrdiff_t to) {
  if (!is_wanted(tables, place)) {
    image.put(typename PrecisionT::Accumulate(0), to);
    return;
  }
  TermsT terms;
  PlacesInRow<typename TermsT::Geometry, 1> places({place.fast + tables.first_fast, place.slow + tables.first_slow});
  PixelBlock<TermsT, WeightingT, 1, 1, PrecisionT>::compute(tables, terms, places, 1,
                                                            [&](int, auto photons) { image.put(photons, to); });
}

/// The same by the pixel's index in the window, or in the panel's list.
template <class TermsT, Weighting WeightingT, class PrecisionT>
KOKKOS_FORCEINLINE_FUNCTION void compute_pixel(const Tables<PrecisionT>& tables, const ImageRows& image,
                                               std::int64_t index) {
  const bool listed = tables.listed.places != nullptr;
  const PixelPlace place = listed ? tables.listed.places[index] : place_in(tables.window, index);
  compute_pixel<TermsT, WeightingT>(tables, image, place,
                                    listed ? tables.listed.positions[index] : place.offset(image.stride));
}

/// Pixels that a thread of a device computes together, so that they share what is the same for all. Only where a pixel
/// is a long chain without branches, in float or with float's lattice: other kernels have no room for more, or pixels
/// that differ too much.
template <Scatterer ScattererT, Weighting WeightingT, class PrecisionT>
inline constexpr int pixels_of_thread = 1;
template <StructureFactorLookup LookupT, Weighting WeightingT>
  requires contains<TypeList<physics::ConstantF, physics::NearestF>, LookupT>
inline constexpr int pixels_of_thread<physics::Bragg<physics::Square, LookupT>, WeightingT, Fp32> = 4;
template <Weighting WeightingT>
inline constexpr int pixels_of_thread<physics::Bragg<physics::Square, physics::ConstantF>, WeightingT, Mixed> = 2;

/// Computes an image, or listed pixels, on a device.
/// \tparam Pixels  that a thread computes together
template <Scatterer ScattererT, Weighting WeightingT, class PrecisionT, int Pixels = 1>
class PixelKernel {
 public:
  /// \param rectangle  the pixels, of the window; not read where pixels are listed
  PixelKernel(const Tables<PrecisionT>& tables, const ImageRows& image, const PixelWindow& rectangle)
      : m_tables(tables), m_image(image), m_tiles(rectangle), m_plain(plain_case(tables)) {}

  /// Threads that are needed.
  int threads() const { return m_tables.listed.places != nullptr ? m_tables.listed.count : m_tiles.threads(); }

  KOKKOS_INLINE_FUNCTION void operator()(int thread) const {
    const bool listed = m_tables.listed.places != nullptr;
    PixelPlace place = listed ? m_tables.listed.places[thread] : m_tiles.first_of(thread);
    int left = 1;
    if (!listed) {
      if (place.slow > m_tiles.window.slow_max || place.fast > m_tiles.window.fast_max) return;
      KOKKOS_IF_ON_DEVICE((if constexpr (pixels > 1) {
        if (m_plain != PlainCase::none)
          return with_plain_tables(m_tables, m_plain, [&](const auto& tables) { compute_together(tables, place); });
      }))
      left = pixels;
    }
    for (; left > 0 && (listed || place.fast <= m_tiles.window.fast_max); --left, place.fast += tile_lanes_fast) {
      compute_pixel<Terms, WeightingT>(m_tables, m_image, place,
                                       listed ? m_tables.listed.positions[thread] : place.offset(m_image.stride));
    }
  }

 private:
  static constexpr int pixels = Pixels;

  using Sum = typename PrecisionT::Accumulate;
  using Running = typename WeightingT::template Running<Packs<PrecisionT, 1>>;
  using Terms = SourceTerms<ScattererT, Running, Packs<PrecisionT, 1>, 1, PrecisionT>;
  using TermsTogether = SourceTerms<ScattererT, Running, PixelsOfThread<PrecisionT>, pixels, PrecisionT>;

  /// Computes the pixels of a thread.
  KOKKOS_FORCEINLINE_FUNCTION void compute_together(const Tables<PrecisionT>& tables, const PixelPlace& first) const {
    TermsTogether terms;
    PlacesOfThread<typename PrecisionT::Geometry> places(
        {first.fast + tables.first_fast, first.slow + tables.first_slow});
    const ImageRows to = m_image.from(first.offset(m_image.stride));
    const std::uint8_t* const mask = tables.mask == nullptr ? nullptr : tables.mask + first.offset(tables.mask_stride);
    const int last = m_tiles.window.fast_max - first.fast;
    PixelBlock<TermsTogether, WeightingT, 1, pixels, PrecisionT>::compute(
        tables, terms, places, pixels, [&](int i, const Sum& photons) {
          const int at = i * tile_lanes_fast;
          if (at > last) return;
          to.put(mask == nullptr || mask[at] != 0 ? photons : Sum(0), at);
        });
  }

  Tables<PrecisionT> m_tables;
  ImageRows m_image;
  PixelTiles<pixels> m_tiles;
  PlainCase m_plain;
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
