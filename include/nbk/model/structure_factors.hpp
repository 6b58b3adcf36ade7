// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace nbk {

/// One reflection of a list.
struct Reflection {
  int h = 0;             ///< Miller index along a*
  int k = 0;             ///< Miller index along b*
  int l = 0;             ///< Miller index along c*
  double amplitude = 0;  ///< structure factor F, electrons
};

/// Range of Miller indices along one axis, both ends included.
struct IndexRange {
  int min = 0;   ///< the smallest index
  int max = -1;  ///< the largest index; less than `min`: none
};

/// Structure factors on a dense grid of Miller indices.
struct StructureFactors {
  int h_min = 0;                  ///< smallest h
  int h_max = -1;                 ///< largest h
  int k_min = 0;                  ///< smallest k
  int k_max = -1;                 ///< largest k
  int l_min = 0;                  ///< smallest l
  int l_max = -1;                 ///< largest l
  std::vector<double> amplitude;  ///< [h][k][l] over the ranges, l fastest, electrons; empty: no table
  double default_amplitude = 0;   ///< F of every reflection outside the table, electrons
  /// True: `amplitude` and `default_amplitude` hold intensities F^2, electrons^2, which may be negative.
  bool intensities = false;
  std::optional<bool> interpolate;  ///< tricubic between the reflections; not given: if an axis has at most 2 cells

  /// True if there are amplitudes.
  bool has_table() const { return !amplitude.empty(); }

  /// Returns the ranges of a table without its amplitudes, for a Plan that takes them from a View.
  /// \throws InvalidInput  a range without indices
  static StructureFactors over(IndexRange h, IndexRange k, IndexRange l) {
    const auto require_range = [](IndexRange range, const char* name) {
      require(range.min <= range.max, std::string("range of ") + name + ", its end", range.max,
              "must be at least " + std::to_string(range.min) + ", its beginning");
    };
    require_range(h, "h");
    require_range(k, "k");
    require_range(l, "l");
    StructureFactors f;
    f.h_min = h.min, f.h_max = h.max;
    f.k_min = k.min, f.k_max = k.max;
    f.l_min = l.min, f.l_max = l.max;
    return f;
  }

  /// Returns the table of a function of the Miller indices. Runs on the host.
  /// \param amplitude_of  function of (h, k, l), called for every reflection, l fastest; returns F in electrons
  /// \throws InvalidInput  a range without indices, or more than 2^31 reflections
  /// \code
  /// const auto odd = [](int h, int k, int l) { return (h + k + l) % 2 != 0 ? 10.0 : 0.0; };
  /// const auto f = StructureFactors::from(odd, {-9, 9}, {-9, 9}, {-9, 9});
  /// \endcode
  template <class Function>
  static StructureFactors from(Function&& amplitude_of, IndexRange h, IndexRange k, IndexRange l) {
    constexpr bool callable = std::is_invocable_r_v<double, Function&, int, int, int>;
    static_assert(callable,
                  "nbk::StructureFactors::from: the first argument must be callable with the Miller indices "
                  "(int h, int k, int l) and return the structure factor F, a number of electrons");
    StructureFactors f = over(h, k, l);
    const auto count = [](IndexRange range) { return static_cast<double>(range.max) - range.min + 1; };
    const double reflections = count(h) * count(k) * count(l);
    require(reflections <= 2147483648.0, "number of structure factors", reflections, "must be at most 2^31");
    if constexpr (callable) {
      f.amplitude.reserve(static_cast<std::size_t>(reflections));
      for (int i = h.min; i <= h.max; ++i) {
        for (int j = k.min; j <= k.max; ++j) {
          for (int m = l.min; m <= l.max; ++m) f.amplitude.push_back(static_cast<double>(amplitude_of(i, j, m)));
        }
      }
    }
    return f;
  }
};

}  // namespace nbk
