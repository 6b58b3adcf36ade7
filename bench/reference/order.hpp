// SPDX-License-Identifier: MIT
#pragma once

#include "bench/reference/pixel.hpp"

#include <cstddef>
#include <functional>
#include <vector>

/// \file
/// Order in which the C program visits pixels, and the state that it carries from one to the next.

namespace nbk::reference {

/// Photons of one panel, [slow][fast].
using Image = std::vector<double>;

/// Places [begin, end) of an image, row by row.
struct Places {
  std::size_t begin = 0, end = 0;
};

/// Returns the index of a pixel in the panel's image. It grows in the order in which the C program visits pixels.
std::size_t place(const ResolvedPanel& panel, int fast, int slow);

/// True if the mask leaves a pixel out.
bool masked(const ResolvedPanel& panel, std::size_t at);

/// Returns the number of threads to use by default.
int default_threads();

/// Calls visit(fast, slow, place) for the wanted pixels at some places. Rows are spread over threads. A visit that
/// returns false ends its row.
void for_each_pixel(const ResolvedPanel& panel, const Places& places, int threads,
                    const std::function<bool(int, int, std::size_t)>& visit);

/// Renders pixels in order, one by one, up to and including the one with the run's first evaluation, or to `end`.
/// \return the next place
std::size_t render_first(const Resolved& r, const ResolvedPanel& panel, std::size_t end, Image& image, RunState& state);

/// Renders pixels with interpolation until its first miss.
/// \return the place of the pixel with the miss; `places.end` if there is none
std::size_t render_interpolated(const Resolved& r, const ResolvedPanel& panel, const Places& places, int threads,
                                Image& image);

}  // namespace nbk::reference
