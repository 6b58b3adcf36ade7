// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/launch/dispatch.hpp"
#include "nbk/plan/spot_lists.hpp"
#include "nbk/simd/isa.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>

namespace nbk::launch {
inline namespace NBK_ISA {

/// Cuts an image into pieces that are computed one after the other; without `next`, all of it is one piece.
struct Pieces {
  /// Called before every piece, when those before it are finished.
  /// \param done  pixels of the window so far
  /// \return pixels of the next piece, > 0; whole rows suit the kernels best
  std::function<std::int64_t(std::int64_t done)> next;
};

/// Calls launch_shape() of a shape, a piece at a time; fences after each where there are pieces.
/// \param launch  launch_shape() of the shape
template <ExecSpace Exec, PrecisionLike PrecisionT>
void launch_pieces(const Exec& exec, decltype(&launch_shape<physics::Square, Exec, PrecisionT>) launch,
                   const Tables<PrecisionT>& tables, const kernel::ImageRows& image, const kernel::PixelRange& range,
                   const KernelChoice& choice, const Pieces& pieces) {
  if (!pieces.next) return launch(exec, tables, image, range, choice);
  for (std::int64_t begin = range.begin; begin < range.end;) {
    const std::int64_t end = std::min(range.end, begin + std::max<std::int64_t>(1, pieces.next(begin)));
    launch(exec, tables, image, {begin, end}, choice);
    exec.fence("nbk::launch_pieces");
    begin = end;
  }
}

}  // namespace NBK_ISA
}  // namespace nbk::launch

namespace nbk {
inline namespace NBK_ISA {

/// Ways to compute an image.
struct LaunchOptions {
  launch::Pieces pieces{};           ///< shows progress
  ImageUse use = ImageUse::replace;  ///< fate of the photons that the image holds
  /// Memory for lists of spots, bytes: an image whose lists are longer is computed in parts. Only the list of one tile
  /// of 64 x 32 pixels may take more.
  std::size_t most_list_bytes = plan::usual_list_bytes;
};

}  // namespace NBK_ISA
}  // namespace nbk
