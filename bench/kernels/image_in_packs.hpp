// SPDX-License-Identifier: MIT
#pragma once

#include <nbk/model/experiment.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace nbk::bench {

/// Pack widths besides the one that make_simulation() computes in: 1 and that of two registers. None on a device, where
/// a pack is one pixel anyway, nor where the compiler's target has no packs.
std::vector<int> further_pack_widths(std::string_view device, std::string_view dtype);

/// The image of a whole detector in packs of `width` pixels, [slow][fast].
/// \param dtype  in use as it is, even where make_simulation() would take a wider one
/// \param width  one of further_pack_widths()
/// \throws InvalidInput; also for shapes, lookups and weightings that no further width is compiled for
///         (width_kernels.hpp), and pixels that depend on order
std::vector<float> image_in_packs(const Experiment& experiment, std::string_view device, std::string_view dtype,
                                  int width);

/// An execution space that Kokkos knows.
struct KnownSpace {
  std::string name;
  std::string device;  ///< its name in devices(); "" where this build has none of it
};
std::vector<KnownSpace> known_spaces();

}  // namespace nbk::bench
