// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/concepts.hpp"
#include "nbk/core/error.hpp"
#include "nbk/model/structure_factors.hpp"
#include "nbk/physics/structure_factor/table.hpp"

#include <Kokkos_Core.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>

/// \file
/// Structure factors that lie in a View already, on the device or wherever the execution space reaches them.

namespace nbk::plan {

/// Requirements on a View of amplitudes, as errors of the compiler that say what to do.
template <class View, class Exec>
constexpr void require_amplitude_view() {
  static_assert(View::rank == 3 && std::is_arithmetic_v<typename View::non_const_value_type>,
                "nbk::Plan: structure factors come as a Kokkos::View of numbers with three extents, [h][k][l], for "
                "example Kokkos::View<float***, MEMORY>");
  static_assert(Kokkos::SpaceAccessibility<Exec, typename View::memory_space>::accessible,
                "nbk::Plan: the View of structure factors lies in memory that the plan's execution space cannot reach: "
                "copy it there with Kokkos::create_mirror_view_and_copy");
}

/// Rejects a View of other extents than the ranges of the indices.
template <class View>
void require_extents(const View& amplitudes, const StructureFactors& ranges) {
  const auto count = [](int low, int high) { return static_cast<std::int64_t>(high) - low + 1; };
  const std::int64_t wanted[3] = {count(ranges.h_min, ranges.h_max), count(ranges.k_min, ranges.k_max),
                                  count(ranges.l_min, ranges.l_max)};
  const auto text = [](const auto& extent) {
    return std::to_string(extent(0)) + " x " + std::to_string(extent(1)) + " x " + std::to_string(extent(2));
  };
  const auto given = [&](unsigned i) { return static_cast<std::int64_t>(amplitudes.extent(i)); };
  const bool same = given(0) == wanted[0] && given(1) == wanted[1] && given(2) == wanted[2];
  require(same, "structure factors, extents of the View", text(given),
          "must be " + text([&](unsigned i) { return wanted[i]; }) + ", the plan's ranges of h, k and l");
}

/// Counts amplitudes that are no finite numbers.
template <class View>
struct CountNotFinite {
  View amplitudes;

  KOKKOS_INLINE_FUNCTION void operator()(std::int64_t h, std::int64_t k, std::int64_t l, std::int64_t& count) const {
    if (!Kokkos::isfinite(static_cast<double>(amplitudes(h, k, l)))) ++count;
  }
};

/// Fills the plan's table, whose border holds the default (plan/bordered_amplitudes.hpp).
template <class L, class View>
struct FillBordered {
  physics::StructureFactorTable<L> table;
  L* to;  ///< [h][k][l] with borders
  View amplitudes;

  KOKKOS_INLINE_FUNCTION void operator()(std::int64_t h, std::int64_t k, std::int64_t l) const {
    const bool border =
        h == 0 || k == 0 || l == 0 || h == table.h_count - 1 || k == table.k_count - 1 || l == table.l_count - 1;
    to[(h * table.k_count + k) * table.l_count + l] =
        border ? table.default_amplitude : static_cast<L>(amplitudes(h - 1, k - 1, l - 1));
  }
};

template <ExecSpace Exec>
using EachReflection = Kokkos::MDRangePolicy<Exec, Kokkos::Rank<3>, Kokkos::IndexType<std::int64_t>>;

/// Rejects amplitudes that are no finite numbers. Waits for the answer.
template <ExecSpace Exec, class View>
void require_finite(const Exec& exec, const View& amplitudes) {
  std::int64_t bad = 0;
  Kokkos::parallel_reduce("nbk::plan::check_structure_factors",
                          EachReflection<Exec>(exec, {0, 0, 0},
                                               {static_cast<std::int64_t>(amplitudes.extent(0)),
                                                static_cast<std::int64_t>(amplitudes.extent(1)),
                                                static_cast<std::int64_t>(amplitudes.extent(2))}),
                          CountNotFinite<View>{amplitudes}, bad);
  exec.fence("nbk::plan::check_structure_factors");
  require(bad == 0, "structure factors in the View that are no finite numbers", bad, "must be none");
}

/// Starts filling `to`, which has room for the table with its borders.
template <class L, ExecSpace Exec, class View>
void fill_bordered(const Exec& exec, const View& amplitudes, const physics::StructureFactorTable<L>& table, L* to) {
  Kokkos::parallel_for("nbk::plan::fill_structure_factors",
                       EachReflection<Exec>(exec, {0, 0, 0}, {table.h_count, table.k_count, table.l_count}),
                       FillBordered<L, View>{table, to, amplitudes});
}

}  // namespace nbk::plan
