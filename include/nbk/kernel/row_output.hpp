// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/image_rows.hpp"

#include <cstdint>
#include <type_traits>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// The place of computed pixels that follow each other in memory, with their mask: for hosts.
/// \tparam Sum  number in which photons are summed
template <class Sum>
class RowOutput {
 public:
  /// \param image  from the first pixel on
  /// \param mask   from the first pixel on, 0: not computed; nullptr: no mask
  RowOutput(const ImageRows& image, const std::uint8_t* mask) : m_image(image), m_mask(mask) {}

  bool masked() const { return m_mask != nullptr; }

  /// The pixels' own memory, where photons can be stored as they come; else nullptr.
  Sum* memory() const {
    if constexpr (std::is_same_v<Sum, float>) {
      if (m_mask == nullptr && m_image.wide == nullptr && m_image.use == ImageUse::replace) return m_image.data;
    }
    return nullptr;
  }

  /// Returns true if none of these pixels is computed, and makes them 0 or leaves what is there.
  bool leaves_out(int first, int count) const {
    if (m_mask == nullptr) return false;
    for (int i = first; i < first + count; ++i) {
      if (m_mask[i] != 0) return false;
    }
    for (int i = first; i < first + count; ++i) m_image.put(Sum(0), i);
    return true;
  }

  /// Puts photons into their places.
  void put(const Sum* photons, int first, int count) const {
    if (m_mask == nullptr && m_image.wide == nullptr && m_image.use == ImageUse::replace) {
      for (int i = 0; i < count; ++i) store_as_float(photons[i], m_image.data + first + i);
      return;
    }
    for (int i = 0; i < count; ++i)
      m_image.put(m_mask == nullptr || m_mask[first + i] != 0 ? photons[i] : Sum(0), first + i);
  }

 private:
  ImageRows m_image;
  const std::uint8_t* m_mask;
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
