// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/image_use.hpp"
#include "nbk/plan/tables.hpp"
#include "nbk/simd/isa.hpp"
#include "nbk/simd/pack_functions.hpp"

#include <Kokkos_Core.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// The image of one panel as kernels see it, [slow][fast] of float or of double; or a list of pixels.
struct ImageRows {
  float* data = nullptr;      ///< nullptr for an image of double
  std::ptrdiff_t stride = 0;  ///< pixels from one row to the next
  double* wide = nullptr;     ///< the image of double
  ImageUse use = ImageUse::replace;

  /// Puts the photons of one pixel into its place. A device has images of double only for sums in double: code for
  /// others has no double at all.
  template <class Sum>
  KOKKOS_FORCEINLINE_FUNCTION void put(const Sum& photons, std::ptrdiff_t offset) const {
    KOKKOS_IF_ON_HOST((wide != nullptr ? put_wide(photons, offset) : put_narrow(photons, offset);))
    KOKKOS_IF_ON_DEVICE((
        if constexpr (std::is_same_v<Sum, double>) {
          wide != nullptr ? put_wide(photons, offset) : put_narrow(photons, offset);
        } else { put_narrow(photons, offset); }))
  }

  /// The image from a pixel on.
  KOKKOS_FORCEINLINE_FUNCTION ImageRows from(std::ptrdiff_t offset) const {
    return {data == nullptr ? nullptr : data + offset, stride, wide == nullptr ? nullptr : wide + offset, use};
  }

 private:
  template <class Sum>
  KOKKOS_FORCEINLINE_FUNCTION void put_wide(const Sum& photons, std::ptrdiff_t offset) const {
    const auto value = static_cast<double>(photons);
    wide[offset] = use == ImageUse::add ? wide[offset] + value : value;
  }
  template <class Sum>
  KOKKOS_FORCEINLINE_FUNCTION void put_narrow(const Sum& photons, std::ptrdiff_t offset) const {
    float value = 0;
    store_as_float(photons, &value);
    data[offset] = use == ImageUse::add ? data[offset] + value : value;
  }
};

/// The rows of an image of float, from its first pixel on.
inline ImageRows image_rows(float* data, std::ptrdiff_t stride, ImageUse use = ImageUse::replace) {
  return {data, stride, nullptr, use};
}
/// The rows of an image of double.
inline ImageRows image_rows(double* data, std::ptrdiff_t stride, ImageUse use = ImageUse::replace) {
  return {nullptr, stride, data, use};
}

/// Pixels [begin, end) of a PixelWindow, counted row by row within the window.
struct PixelRange {
  std::int64_t begin = 0, end = 0;
};

/// Pixels of a window.
inline std::int64_t pixel_count(const PixelWindow& window) {
  return static_cast<std::int64_t>(window.fast_max - window.fast_min + 1) * (window.slow_max - window.slow_min + 1);
}

/// Returns true for a pixel that is inside of the window and not masked.
template <class PrecisionT>
KOKKOS_INLINE_FUNCTION bool is_wanted(const Tables<PrecisionT>& tables, const PixelPlace& place) {
  const PixelWindow& w = tables.window;
  const bool inside =
      w.fast_min <= place.fast && place.fast <= w.fast_max && w.slow_min <= place.slow && place.slow <= w.slow_max;
  return inside && (tables.mask == nullptr || tables.mask[place.offset(tables.mask_stride)] != 0);
}

/// Finds a pixel by its index within a window, counted row by row.
KOKKOS_INLINE_FUNCTION PixelPlace place_in(const PixelWindow& window, std::int64_t index) {
  const int width = window.fast_max - window.fast_min + 1;
  return {window.fast_min + static_cast<int>(index % width), window.slow_min + static_cast<int>(index / width)};
}

}  // namespace NBK_ISA
}  // namespace nbk::kernel
