// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/scene/image_extents.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>

namespace nbk::bench::render {

/// Does all parts of a piece of work, which are independent of each other. \throws what a part has thrown
using DoParts = std::function<void(std::size_t parts, const std::function<void(std::size_t)>& part)>;

/// Does the parts in order.
void do_one_by_one(std::size_t parts, const std::function<void(std::size_t)>& part);

/// Does the parts by the threads of Kokkos' host space. Only the thread that simulates may call it.
void do_side_by_side(std::size_t parts, const std::function<void(std::size_t)>& part);

/// Rows of an image, those of all panels counted through, in parts that stay in the cache. The parts depend on the
/// extents only, so that sums over them have the same bits for any number of threads.
class RowParts {
 public:
  explicit RowParts(const ImageExtents& extents)
      : m_width(extents.fast),
        m_rows(extents.panels * extents.slow),
        m_part(std::max(std::size_t{1}, (std::size_t{1} << 16) / std::max(std::size_t{1}, extents.fast))) {}

  /// Returns the number of parts.
  std::size_t count() const { return (m_rows + m_part - 1) / m_part; }
  /// Returns the first row of a part.
  std::size_t first(std::size_t part) const { return part * m_part; }
  /// Returns the row behind the last one of a part.
  std::size_t end(std::size_t part) const { return std::min(m_rows, first(part) + m_part); }
  /// Returns the number of pixels of a row.
  std::size_t width() const { return m_width; }

 private:
  std::size_t m_width, m_rows, m_part;
};

}  // namespace nbk::bench::render
