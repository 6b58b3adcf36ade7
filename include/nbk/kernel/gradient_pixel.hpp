// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/gradient_block.hpp"
#include "nbk/kernel/image_rows.hpp"
#include "nbk/kernel/single_pixel_terms.hpp"

#include <cstddef>
#include <cstdint>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// The pixels of one panel, and the places of their results.
struct PanelPositions {
  std::int64_t first = 0;     ///< number of the first pixel, in the window or the list of the panel
  std::int64_t position = 0;  ///< of the panel's pixel (0, 0) in images; not read for lists
  std::int64_t stride = 0;    ///< pixels from one row of images to the next; not read for lists

  template <class PrecisionT>
  KOKKOS_INLINE_FUNCTION PixelPlace place(const Tables<PrecisionT>& tables, std::int64_t index) const {
    return tables.listed.places != nullptr ? tables.listed.places[first + index]
                                           : place_in(tables.window, first + index);
  }

  /// Returns the position of a pixel in images.
  template <class PrecisionT>
  KOKKOS_INLINE_FUNCTION std::int64_t of(const Tables<PrecisionT>& tables, std::int64_t index) const {
    if (tables.listed.places != nullptr) return tables.listed.positions[first + index];
    const PixelPlace place_of = place_in(tables.window, first + index);
    return position + place_of.slow * stride + place_of.fast;
  }
};

/// Order of results.
enum class ResultOrder {
  image,       ///< that of pixels in images
  as_computed  ///< that of the kernel's indices
};

/// Pixels of one panel and where their results go, for kernels that compute one pixel per index.
/// \tparam TI  float or double, of the image
/// \tparam TD  float or double, of the derivative images
template <class PrecisionT, class TI, class TD>
struct PixelResults {
  using Types = Packs<PrecisionT, 1>;

  Tables<PrecisionT> tables;
  DerivativeTables<PrecisionT> more;
  PanelPositions positions;
  ResultOrder order = ResultOrder::image;
  const double* coefficients = nullptr;  ///< [parameter][sum] of the panel
  int parameters = 0;
  TI* image = nullptr;        ///< nullptr: not wanted; with the materials in the order of images
  TD* derivatives = nullptr;  ///< [parameter][position]
  std::int64_t parameter_stride = 0;

  /// Returns the place of a pixel's results.
  KOKKOS_FORCEINLINE_FUNCTION std::int64_t place_of(std::int64_t index) const {
    return order == ResultOrder::as_computed ? index : positions.of(tables, index);
  }

  /// Computes the sums of a pixel.
  template <class Sums, class TermsT>
  KOKKOS_FORCEINLINE_FUNCTION void compute(const PixelPlace& place, TermsT& terms,
                                           typename Types::Sum (*sums)[Sums::count]) const {
    using Geometry = typename Types::Geometry;
    ScatteredPlaces<Geometry, 1> at;
    at.packs = 1;
    at.fast[0] = static_cast<Geometry>(place.fast + tables.first_fast);
    at.slow[0] = static_cast<Geometry>(place.slow + tables.first_slow);
    GradientBlock<Sums, TermsT, 1, 1, PrecisionT>::compute(tables, more, terms, at, sums);
  }

  /// Returns a derivative: the sums times their coefficients.
  template <class Sums>
  KOKKOS_FORCEINLINE_FUNCTION double derivative(int parameter, const typename Types::Sum* sums) const {
    double total = 0;
    for (int s = 0; s < Sums::count; ++s)
      total = fma(coefficients[parameter * physics::PixelSums::count + s], static_cast<double>(sums[s]), total);
    return total;
  }
};

/// Computes the image and the derivative images of one pixel per index: for devices.
template <class Sums, DifferentiableShape ShapeT, StructureFactorLookup LookupT, class PrecisionT, class TI, class TD>
struct GradientPixel {
  using At = physics::PixelSums;

  PixelResults<PrecisionT, TI, TD> to;
  const typename PrecisionT::Accumulate* materials = nullptr;  ///< photons by position; nullptr: none

  KOKKOS_INLINE_FUNCTION void operator()(std::int64_t index) const {
    using Value = typename Packs<PrecisionT, 1>::Sum;
    const PixelPlace place = to.positions.place(to.tables, index);
    Value sums[1][static_cast<std::size_t>(Sums::count)];
    if (is_wanted(to.tables, place)) {
      SinglePixelTerms<Sums, ShapeT, LookupT, PrecisionT> terms;
      to.template compute<Sums>(place, terms, sums);
    } else {
      for (int s = 0; s < Sums::count; ++s) sums[0][s] = Value(0);
    }
    if (materials != nullptr) sums[0][At::materials] = materials[to.positions.of(to.tables, index)];
    const std::int64_t result = to.place_of(index);
    if (to.image != nullptr) {
      const bool alone = to.order == ResultOrder::as_computed;
      to.image[result] = static_cast<TI>(alone ? sums[0][At::image] : sums[0][At::image] + sums[0][At::materials]);
    }
    for (int p = 0; p < to.parameters; ++p)
      to.derivatives[p * to.parameter_stride + result] = static_cast<TD>(to.template derivative<Sums>(p, sums[0]));
  }
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
