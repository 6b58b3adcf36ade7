// SPDX-License-Identifier: MIT
#pragma once

#include "bench/reference/pixel.hpp"

#include <cstddef>
#include <functional>
#include <vector>

/// \file
/// The order in which the C program visits pixels, and what it carries from one to the next.

namespace nbk::reference {

using Image = std::vector<float>;

/// Places [begin, end) of an image, row by row.
struct Places {
  std::size_t begin = 0, end = 0;
};

/// Index of a pixel in the image; growing in the order in which the C program visits them.
std::size_t place(const Resolved& r, int fast, int slow);

/// Whether a pixel is left out by the mask.
bool masked(const Resolved& r, std::size_t at);

/// Threads to use where nobody says how many.
int default_threads();

/// Calls visit(fast, slow, place) for the wanted pixels at some places, rows spread over threads. A visit that returns
/// false ends its row.
void for_each_pixel(const Resolved& r, const Places& places, int threads,
                    const std::function<bool(int, int, std::size_t)>& visit);

/// Pixels in order, one by one, up to and including the one that has the run's first evaluation, or to `end`.
/// \return the next place
std::size_t render_first(const Resolved& r, std::size_t end, Image& image, RunState& state);

/// Pixels with interpolation until its first miss. \return the place of the pixel that has the miss; `places.end` where
/// there is none
std::size_t render_interpolated(const Resolved& r, const Places& places, int threads, Image& image);

}  // namespace nbk::reference
