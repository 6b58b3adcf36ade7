// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/host_tasks.hpp"

#include <Kokkos_Core.hpp>

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace nbk::launch {
inline namespace NBK_ISA {

/// Starts filling the pixels of an image without gaps with zeros. On hosts by the threads that compute pixels, and
/// without Kokkos' own fill, of which a compiler makes 30 KB of code.
template <ExecSpace Exec, class View>
void fill_with_zeros(const Exec& exec, const View& image) {
  using Pixel = typename View::non_const_value_type;
  if constexpr (is_host_space<Exec>) {
    constexpr std::size_t piece = std::size_t{1} << 18;  // bytes
    const std::size_t bytes = image.size() * sizeof(Pixel);
    auto* const begin = reinterpret_cast<unsigned char*>(image.data());
    const auto clear = [=](std::int64_t i) {
      const std::size_t first = static_cast<std::size_t>(i) * piece;
      std::memset(begin + first, 0, std::min(piece, bytes - first));
    };
    const auto pieces = static_cast<std::int64_t>((bytes + piece - 1) / piece);
    kernel::start_on_host(exec, "nbk::fill_with_zeros", {0, pieces, 1}, kernel::HostTask(clear));
  } else {
    Kokkos::deep_copy(exec, image, Pixel(0));
  }
}

}  // namespace NBK_ISA
}  // namespace nbk::launch
