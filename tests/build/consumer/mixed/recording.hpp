// SPDX-License-Identifier: MIT
#pragma once

#include <nbk/nbk.hpp>

#include <atomic>
#include <vector>

/// Square crystals, and a note of how many pixels were computed side by side.
struct Recording {
  static constexpr bool compact = false;
  static inline std::atomic<int> width{0};

  template <class V>
  static V intensity(const nbk::physics::LatticeParameters<nbk::scalar_t<V>>& p, const nbk::Vec3<V>& delta) {
    width = nbk::PackTraits<V>::width;
    return nbk::physics::Square::intensity(p, delta);
  }
};

/// What one file computed, in float and in double.
struct Result {
  int float_width = 0, double_width = 0;                ///< what the file was compiled for
  int float_width_in_use = 0, double_width_in_use = 0;  ///< what its kernels did
  std::vector<float> float_image, double_image;
};

Result plain();
Result wide();
