// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/row_functions.hpp"
#include "nbk/kernel/row_output.hpp"
#include "nbk/plan/panel_lists.hpp"

#include <algorithm>
#include <cstddef>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Computes one piece of the panels' lists per index, in packs of `Width` pixels: for host spaces only. The pixels of a
/// pack lie anywhere; their bits are those that they have in an image.
template <int Width, class PrecisionT>
struct ListKernel {
  const Tables<PrecisionT>* panels = nullptr;
  const ListPiece* pieces = nullptr;
  RowFunctions<PrecisionT> functions;
  ImageRows list;  ///< the result: one pixel behind the other

  void operator()(std::int64_t index) const {
    const ListPiece& piece = pieces[index];
    const Tables<PrecisionT>& tables = panels[piece.panel];
    constexpr int most_pixels = most_packs_per_block * Width;
    PixelPlace places[static_cast<std::size_t>(most_pixels)];
    Sum photons[static_cast<std::size_t>(most_pixels)];
    const int most = functions.most_packs * Width;
    for (int first = piece.first; first < piece.first + piece.count; first += most) {
      const int count = std::min(most, piece.first + piece.count - first);
      const int packs = (count + Width - 1) / Width;
      // The last pack is filled with the last pixel.
      for (int i = 0; i < packs * Width; ++i) {
        const PixelPlace& place = tables.listed.places[first + std::min(i, count - 1)];
        places[i] = {place.fast + tables.first_fast, place.slow + tables.first_slow};
      }
      functions.listed(tables, places, packs, photons);
      for (int i = 0; i < count; ++i) put(tables, first + i, photons[i]);
    }
  }

 private:
  using Sum = typename PrecisionT::Accumulate;

  void put(const Tables<PrecisionT>& tables, int pixel, const Sum& photons) const {
    list.put(is_wanted(tables, tables.listed.places[pixel]) ? photons : Sum(0), tables.listed.positions[pixel]);
  }
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
