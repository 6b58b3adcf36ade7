// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/concepts.hpp"
#include "nbk/core/error.hpp"
#include "nbk/response/check_response.hpp"
#include "nbk/response/pixel_steps.hpp"
#include "nbk/response/point_spreader.hpp"
#include "nbk/response/response.hpp"

#include <Kokkos_Core.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace nbk {

/// States of the pixels of an image, [panel][slow][fast]; an empty View: all are good.
template <ExecSpace Exec>
using PixelStates = Kokkos::View<const PixelState***, Kokkos::LayoutRight, typename Exec::memory_space>;

namespace response {

/// Part of the steps that a kernel does.
enum class Part {
  all,    ///< there is no point spread between the others
  count,  ///< up to the point spread
  read    ///< after it
};

inline namespace NBK_ISA {

/// Kernel of the steps that see one pixel at a time. A work item is a block of pixels side by side.
template <ExecSpace Exec, Part Steps, class In, class Out>
struct PixelKernel {
  static constexpr std::size_t lanes = is_host_space<Exec> ? philox_lanes : 1;

  PixelSteps steps;
  In in;
  Out out;
  PixelStates<Exec> states;
  std::int64_t blocks_of_row = 0, rows_of_panel = 0;

  KOKKOS_FUNCTION PixelState state(const PixelOfDetector& place, std::size_t fast) const {
    return states.size() == 0 ? PixelState::good : states(place.panel, place.slow, fast);
  }

  KOKKOS_FUNCTION void operator()(std::int64_t item) const {
    const std::int64_t row = item / blocks_of_row;
    const PixelOfDetector place{static_cast<std::uint32_t>(row / rows_of_panel),
                                static_cast<std::uint32_t>(row % rows_of_panel),
                                static_cast<std::uint32_t>(item % blocks_of_row) * static_cast<std::uint32_t>(lanes)};
    const std::size_t first = place.fast, width = in.extent(2);
    const std::size_t n = first + lanes <= width ? lanes : width - first;
    double pixels[lanes] = {};
    for (std::size_t i = 0; i < n; ++i) {
      pixels[i] = static_cast<double>(in(place.panel, place.slow, first + i));
    }
    if constexpr (Steps != Part::read) count_photons(pixels, steps, place);
    if constexpr (Steps != Part::count) read_out(pixels, steps, place);
    if (states.size() != 0) mark(pixels, place, n);
    for (std::size_t i = 0; i < n; ++i) {
      out(place.panel, place.slow, first + i) = static_cast<typename Out::value_type>(pixels[i]);
    }
  }

  /// Replaces pixels that do not count: by nothing before the point spread, by their marks at the end.
  KOKKOS_FUNCTION void mark(double (&pixels)[lanes], const PixelOfDetector& place, std::size_t n) const {
    for (std::size_t i = 0; i < n; ++i) {
      const PixelState now = state(place, place.fast + i);
      if (now == PixelState::good) continue;
      const double value = now == PixelState::gap ? steps.gap_mark_adu : steps.bad_mark_adu;
      pixels[i] = Steps == Part::count ? 0.0 : value;
    }
  }
};

/// Starts a kernel for all pixels of an image.
template <Part Steps, ExecSpace Exec, class In, class Out>
void run_steps(const Exec& exec, const PixelSteps& steps, const In& in, const Out& out,
               const PixelStates<Exec>& states) {
  using Kernel = PixelKernel<Exec, Steps, In, Out>;
  Kernel kernel{steps, in, out, states, 0, in.extent_int(1)};
  kernel.blocks_of_row = static_cast<std::int64_t>((in.extent(2) + Kernel::lanes - 1) / Kernel::lanes);
  const std::int64_t items = static_cast<std::int64_t>(in.extent(0) * in.extent(1)) * kernel.blocks_of_row;
  Kokkos::parallel_for("nbk::response", Kokkos::RangePolicy<Exec, Kokkos::IndexType<std::int64_t>>(exec, 0, items),
                       kernel);
}

}  // namespace NBK_ISA

/// Kernel that counts the pixels of a row that are no numbers of photons.
template <ExecSpace Exec, class In>
struct WrongPhotons {
  In photons;
  PixelStates<Exec> states;

  KOKKOS_FUNCTION void operator()(std::int64_t row, std::int64_t& wrong) const {
    const auto rows = static_cast<std::int64_t>(photons.extent(1));
    const auto panel = static_cast<std::size_t>(row / rows), slow = static_cast<std::size_t>(row % rows);
    for (std::size_t fast = 0; fast < photons.extent(2); ++fast) {
      const auto pixel = photons(panel, slow, fast);
      const bool counts = states.size() == 0 || states(panel, slow, fast) == PixelState::good;
      // An infinite number less itself is NaN, and no NaN is >= 0.
      wrong += counts && !(pixel >= 0 && pixel - pixel == 0) ? 1 : 0;
    }
  }
};

/// Throws InvalidInput unless every pixel that counts has a number of photons >= 0. Waits for the answer.
template <ExecSpace Exec, class In>
void require_photons(const Exec& exec, const In& photons, const PixelStates<Exec>& states) {
  const auto rows = static_cast<std::int64_t>(photons.extent(0) * photons.extent(1));
  std::int64_t wrong = 0;
  Kokkos::parallel_reduce("nbk::response::check",
                          Kokkos::RangePolicy<Exec, Kokkos::IndexType<std::int64_t>>(exec, 0, rows),
                          WrongPhotons<Exec, In>{photons, states}, wrong);
  require(wrong == 0, "photons: pixels that are negative, infinite or NaN", wrong, "must be 0");
}

}  // namespace response

/// Makes of the expected photons of an image what a detector records, in detector units: all steps of Response. The
/// result has the same bits for any number of threads. Returns when the work is enqueued, after a check of the photons
/// that waits for the space.
/// \param exec      instance of an execution space
/// \param response  the steps
/// \param photons   View of float or double, [panel][slow][fast], Kokkos::LayoutRight; units of photons_per_unit
/// \param adu       View of float or double of the same extents; it may be `photons` itself
/// \param states    gaps and bad pixels: they give nothing to their neighbours, and have their marks at the end
/// \throws InvalidInput  a member of `response` that cannot be computed, other extents, or pixels that are no photons
template <ExecSpace Exec, class Photons, class Adu>
void apply_response(const Exec& exec, const Response& response, const Photons& photons, const Adu& adu,
                    const PixelStates<Exec>& states = {}) {
  static_assert(Kokkos::is_view_v<Photons> && Kokkos::is_view_v<Adu> && Photons::rank == 3 && Adu::rank == 3,
                "nbk::apply_response: photons and adu must be Kokkos::Views with three extents, [panel][slow][fast]");
  using Real = typename Adu::non_const_value_type;
  check_response(response);
  for (std::size_t i = 0; i < 3; ++i) {
    require(photons.extent(i) == adu.extent(i), "extent of adu", adu.extent(i), "must be that of photons");
    require(states.size() == 0 || photons.extent(i) == states.extent(i), "extent of states", states.extent(i),
            "must be that of photons");
  }
  require(photons.size() > 0 && photons.extent(0) < (1U << 16), "extents of photons", photons.size(),
          "must have pixels, and less than 65536 panels");
  response::require_photons(exec, photons, states);
  const PixelSteps steps = PixelSteps::of(response);
  if (response.point_spread.kind == PointSpread::Kind::none) {
    response::run_steps<response::Part::all>(exec, steps, photons, adu, states);
    return;
  }
  const PointSpreader<Exec, Real> spreader(exec, response.point_spread, adu.extent(0), adu.extent(1), adu.extent(2));
  response::run_steps<response::Part::count>(exec, steps, photons, spreader.input(), states);
  spreader.spread(exec, adu);
  response::run_steps<response::Part::read>(exec, steps, adu, adu, states);
}

}  // namespace nbk
