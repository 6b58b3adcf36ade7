// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/evaluations.hpp"
#include "nbk/kernel/split_index.hpp"

#include <type_traits>

/// \file
/// The first stage of evaluations: Miller indices, split into the nearest whole ones and the rest.

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Evaluations that follow each other in a list.
struct EvaluationRange {
  int first = 0, count = 0;
};

/// Writes down what evaluations are: orientations that follow each other at one wavelength.
template <class List, class TablesT>
KOKKOS_FORCEINLINE_FUNCTION void set_orientations(List& list, const TablesT& tables, const EvaluationRange& range,
                                                  int orientation, int wave) {
  const auto weight = static_cast<scalar_t<typename List::Lattice>>(tables.waves[wave].weight);
  for (int i = 0; i < range.count; ++i) {
    list.orientation[range.first + i] = orientation + i;
    list.wave[range.first + i] = wave;
    list.weight[range.first + i] = weight;
  }
}

/// The same of wavelengths of one orientation.
template <class List, class TablesT>
KOKKOS_FORCEINLINE_FUNCTION void set_waves(List& list, const TablesT& tables, const EvaluationRange& range,
                                           int orientation, int wave) {
  for (int i = 0; i < range.count; ++i) {
    list.orientation[range.first + i] = orientation;
    list.wave[range.first + i] = wave + i;
    list.weight[range.first + i] = static_cast<scalar_t<typename List::Lattice>>(tables.waves[wave + i].weight);
  }
}

/// Indices in the lattice's numbers.
template <class Value, class Geometry>
KOKKOS_FORCEINLINE_FUNCTION Vec3<Value> indices_to_value(const Geometry& h, const Geometry& k, const Geometry& l) {
  return {convert<Value>(h), convert<Value>(k), convert<Value>(l)};
}

/// Writes down the split indices of an evaluation.
/// \tparam Kept    the indices themselves and the nearest whole ones are read
/// \tparam Scaled  they are of one of several wavelengths
template <bool Kept, bool Scaled, class List, class Split>
KOKKOS_FORCEINLINE_FUNCTION void keep_split(List& list, int e, const Split& h, const Split& k, const Split& l) {
  constexpr bool of_index = std::is_same_v<typename List::Geometry, typename List::Lattice> && !Kept && !Scaled;
  if constexpr (!of_index) list.rest[e] = {h.rest, k.rest, l.rest};
  if constexpr (Kept) {
    list.hkl[e] = {h.value, k.value, l.value};
    list.nearest[e] = {h.nearest, k.nearest, l.nearest};
  }
}

/// Splits the indices of [begin, end) into the list behind its end.
/// \param indices_of  (number): Miller indices
template <bool Exact, class List, class IndicesOf>
KOKKOS_FORCEINLINE_FUNCTION void split_all(List& list, int begin, int end, const IndicesOf& indices_of) {
  using Geometry = typename List::Geometry;
  using Value = typename List::Lattice;
  using Split = SplitIndex<Geometry, Value>;
  int e = list.count;  // in a register: one in memory would wait for its own store each time
  for (int n = begin; n < end; ++n, ++e) {
    const auto indices = indices_of(n);
    const Split h = split_index<Exact, Value>(indices.h()), k = split_index<Exact, Value>(indices.k()),
                l = split_index<Exact, Value>(indices.l());
    constexpr bool scaled = std::is_same_v<decltype(indices), const IndicesOfWavelength<Geometry>>;
    keep_split<Exact, scaled>(list, e, h, k, l);
    if constexpr (scaled) {
      if (n == begin) list.index[e] = indices_to_value<Value>(indices.scaled.x, indices.scaled.y, indices.scaled.z);
    } else {
      list.index[e] = indices_to_value<Value>(h.value, k.value, l.value);
    }
  }
}

/// Splits the indices of one evaluation behind the end of the list, and returns false where no lane is within reach of
/// a spot.
/// \param kept  the indices themselves and the nearest whole ones are read
template <class List, class Indices>
KOKKOS_FORCEINLINE_FUNCTION bool split_near(List& list, const Vec3<scalar_t<typename List::Lattice>>& reach, bool kept,
                                            const Indices& indices) {
  using Geometry = typename List::Geometry;
  using Value = typename List::Lattice;
  using Split = SplitIndex<Geometry, Value>;
  const Split h = split_index<true, Value>(indices.h());
  if (!any(abs(h.rest) <= Value(reach.x))) return false;
  const Split k = split_index<true, Value>(indices.k());
  const auto near_in_two = abs(h.rest) <= Value(reach.x) && abs(k.rest) <= Value(reach.y);
  if (!any(near_in_two)) return false;
  const Split l = split_index<true, Value>(indices.l());
  if (!any(near_in_two && abs(l.rest) <= Value(reach.z))) return false;
  constexpr bool scaled = std::is_same_v<Indices, IndicesOfWavelength<Geometry>>;
  list.rest[list.count] = {h.rest, k.rest, l.rest};
  if (kept) {
    list.hkl[list.count] = {h.value, k.value, l.value};
    list.nearest[list.count] = {h.nearest, k.nearest, l.nearest};
  }
  if constexpr (scaled) {
    list.index[list.count] = indices_to_value<Value>(indices.scaled.x, indices.scaled.y, indices.scaled.z);
  } else {
    list.index[list.count] = indices_to_value<Value>(h.value, k.value, l.value);
  }
  return true;
}

}  // namespace NBK_ISA
}  // namespace nbk::kernel
