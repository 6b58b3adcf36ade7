// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/precision.hpp"
#include "nbk/kernel/exit_ray.hpp"
#include "nbk/kernel/packs.hpp"
#include "nbk/kernel/weighted_sum.hpp"
#include "nbk/physics/absorption.hpp"

#include <concepts>
#include <type_traits>

/// \file
/// Solid angle, polarisation and absorption weight the terms of a pixel. A weighting is a stateless type that says how.
/// Its Running is the sum of the terms of one pack of pixels. Terms know only this part of a weighting:
///
///     counts_empty_terms                   true: a term of 0 changes the sum
///     sum                                  so far
///     add(term, weight)                    one evaluation
///     restore(mask, before)                takes evaluations back where the mask is set; `before` was `sum` then
///
/// Its Factors are what multiplies the sum:
///
///     begin(tables, running)               a new pixel
///     direction(tables, sub, ray)          a new sub-pixel or layer: inverse_r, cosine_to_normal(panel)
///     source(tables, group, ray, visible, running)
///                                          a new incident direction: polarization(); lanes not visible are culled in
///                                          all wavelengths
///     end_source(running)
///     pixel(tables, running)               the pixel's value
///
/// PerTerm is what is physically meant; compat/ has the others.

namespace nbk::kernel {
inline namespace NBK_ISA {

/// A weighting, as above.
template <class T>
concept Weighting = std::is_empty_v<T> &&
    requires(typename T::template Factors<Packs<Fp64, 1>, Fp64>& factors,
             typename T::template Running<Packs<Fp64, 1>>& running, const Tables<Fp64>& tables,
             const SourceGroup<double>& group, const ExitRay<double>& ray, const ScatteredPair<double>& pair) {
  { running.counts_empty_terms } -> std::same_as<const bool&>;
  factors.begin(tables, running);
  factors.direction(tables, Subpixel{}, ray);
  factors.source(tables, group, pair, true, running);
  running.add(Term<double>{}, 1.0);
  running.restore(false, running.sum);
  factors.end_source(running);
  { factors.pixel(tables, running) } -> std::same_as<double>;
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
