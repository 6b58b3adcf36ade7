// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/precision.hpp"
#include "nbk/kernel/exit_ray.hpp"
#include "nbk/kernel/packs.hpp"
#include "nbk/kernel/term.hpp"
#include "nbk/physics/absorption.hpp"

#include <concepts>
#include <type_traits>

/// \file
/// Solid angle, polarisation and absorption weight the terms of a pixel. A weighting is a stateless type that says how.
/// Its Factors collect the sum of one pack of pixels:
///
///     counts_empty_terms                   true: a term of 0 changes the sum (of the type, not of its Factors)
///     begin(tables)                        a new pixel
///     direction(tables, sub, ray)          a new sub-pixel or layer: inverse_r, cosine_to_normal(panel)
///     source(tables, group, ray, visible)  a new incident direction: polarization(); lanes not visible are culled in
///                                          all wavelengths
///     add(term, weight)                    one evaluation
///     restore(mask, before)                takes evaluations back where the mask is set; `before` was `sum` then
///     end_source()
///     pixel(tables)                        the pixel's value
///
/// PerTerm is what is physically meant; compat/ has the others.

namespace nbk::kernel {
inline namespace NBK_ISA {

/// A weighting, as above.
template <class T>
concept Weighting = std::is_empty_v<T> && std::same_as<const bool, decltype(T::counts_empty_terms)> &&
    requires(typename T::template Factors<Packs<Fp64, 1>, Fp64>& factors, const Tables<Fp64>& tables,
             const SourceGroup<double>& group, const ExitRay<double>& ray, const ScatteredPair<double>& pair) {
  factors.begin(tables);
  factors.direction(tables, Subpixel{}, ray);
  factors.source(tables, group, pair, true);
  factors.add(Term<double>{}, 1.0);
  factors.restore(false, factors.sum);
  factors.end_source();
  { factors.pixel(tables) } -> std::same_as<double>;
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
